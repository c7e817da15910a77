"""What is findable is cut into passages, and each passage into words and a vector.

All of it can be thrown away and computed again; it may run twice, late, or after a crash.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import NamedTuple

from django.db import models, transaction
from django.db.models import Max, Q
from django.utils import timezone

from intercity.core.language import cutting, meaning
from intercity.core.language.pieces import pieces
from intercity.languages import vectors, word_index
from intercity.languages.encoding import encoder
from intercity.languages.models import Beside, Findable, Passage, Text

log = logging.getLogger("intercity.languages")
BATCH = 100
MOST = 1_000
"""Things built in one turn, so that other duties have theirs."""
RETRY = timedelta(minutes=1)
LOOK_AGAIN = 3_600.0
"""Seconds until passages are looked through again for old versions: only an update of the program brings any."""


@dataclass(frozen=True)
class Piece:
    """Some words by which a thing is found, in one language; `text` is where they are kept, if they are a Text.

    A name is found by its letters alone: compared by meaning, names of cities would be near to anything.
    """

    language: str
    body: str
    text: Text | None = None
    is_translation: bool = False
    is_name: bool = False


@dataclass(frozen=True)
class Described:
    """What a thing is found by: where it is read, from the root of the site, and its pieces.

    `beside` are texts that everybody reads there, too, and by which it is not found.
    """

    address: str
    pieces: Sequence[Piece]
    beside: Sequence[Text] = ()


Describe = Callable[[Sequence[str]], Mapping[str, Described | None]]
"""What the things with these keys are found by; one that is missing or None is not found any more."""


class _Identity(NamedTuple):
    """By which a passage that is there already is known again, so that it need not be made anew."""

    text: int | None
    language: str
    is_translation: bool
    is_name: bool
    body: str


def pieces_of(text: Text) -> list[Piece]:
    """The original and every translation of its newest version; uses prefetched translations where there are any."""
    fresh = (one for one in text.translations.all() if one.text_version == text.version)
    return [
        Piece(text.language, text.body, text),
        *(Piece(one.language, one.body, text, is_translation=True) for one in fresh),
    ]


def build(kinds: Sequence[str], describe: Describe) -> int:
    """Build the passages of things of these kinds that changed; returns how many. `describe` is asked in batches.

    What fails is tried again later; the others do not wait for it.
    """
    done = 0
    while done < MOST:
        stale = list(Findable.objects.stale(*kinds)[:BATCH])
        if not stale:
            break
        done += _build(stale, describe)
    return done


def _build(stale: Sequence[Findable], describe: Describe) -> int:
    """All at once; where that fails, one by one, so that the one at fault is found."""
    try:
        described = describe([one.key for one in stale])
        return _replace(stale, described)
    except Exception as error:
        if len(stale) > 1:
            return sum(_build([one], describe) for one in stale)
        log.exception("the passages of %s could not be built", stale[0])
        said = type(error).__name__
        Findable.objects.filter(pk=stale[0].pk).update(error=said, due_at=timezone.now() + RETRY)
        return 0


def _replace(stale: Sequence[Findable], described: Mapping[str, Described | None]) -> int:
    """Compute outside the transaction; inside it write, unless somebody has built a later version meanwhile."""
    wanted = {one.pk: _wanted(one, described.get(one.key)) for one in stale}
    kept = {pk: _kept(pk, identities) for pk, identities in wanted.items()}
    new = [
        Passage(
            findable_id=pk,
            text_id=one.text,
            language=one.language,
            is_translation=one.is_translation,
            is_name=one.is_name,
            body=one.body,
        )
        for pk, identities in wanted.items()
        for one in identities
        if one not in kept[pk]
    ]
    _fill(new)
    with transaction.atomic():
        word_index.only_writer()
        mine = {one.pk for one in stale if _advance(one, described.get(one.key))}
        staying = [pk for some in kept.values() for pk in some.values()]
        going = Passage.objects.filter(findable__in=mine).exclude(pk__in=staying)
        _write([one for one in new if one.findable_id in mine], going)
        for one in stale:
            if one.pk in mine:
                _put_beside(one, described.get(one.key))
    return len(mine)


def _wanted(one: Findable, described: Described | None) -> list[_Identity]:
    """Its passages, each once, in their order."""
    found = {
        _Identity(
            piece.text.pk if piece.text else None, piece.language, piece.is_translation, piece.is_name, body
        ): None
        for piece in (described.pieces if described else ())
        for body in pieces(piece.body.replace("\0", ""))
    }
    return list(found)


def _kept(pk: int, identities: Sequence[_Identity]) -> dict[_Identity, int]:
    """Passages that are there and stay as they are."""
    there = Passage.objects.filter(_as_of_now(), findable=pk).order_by("-pk")
    found = {
        _Identity(one.text_id, one.language, one.is_translation, one.is_name, one.body): one.pk
        for one in there.only("text_id", "language", "is_translation", "is_name", "body")
    }
    return {identity: found[identity] for identity in identities if identity in found}


def _advance(one: Findable, described: Described | None) -> int:
    """Say which version is built, unless somebody has built one since; it was read before the words were."""
    address = described.address if described else ""
    return Findable.objects.filter(pk=one.pk, indexed=one.indexed).update(
        indexed=one.wanted, address=address, error=""
    )


def _put_beside(one: Findable, described: Described | None) -> None:
    """Note which texts stand beside it; those that are there already, in the same version, stay."""
    wanted = {text.pk: text.version for text in (described.beside if described else ())}
    there = dict(Beside.objects.filter(findable=one).values_list("text", "text_version"))
    if wanted == there:
        return
    gone = [text for text, version in there.items() if wanted.get(text) != version]
    Beside.objects.filter(findable=one, text__in=gone).delete()
    known = Text.objects.filter(pk__in=wanted).values_list("pk", flat=True)
    new = [text for text in known if there.get(text) != wanted[text]]
    Beside.objects.bulk_create(Beside(findable=one, text_id=text, text_version=wanted[text]) for text in new)


def _fill(passages: Sequence[Passage]) -> None:
    """Cut into words; embed each language's passages together, where its meaning is understood; no names."""
    for one in passages:
        cut = cutting.words(one.body)
        folded = cutting.plain(cut)
        one.words = word_index.as_stored(cut)
        one.plain = word_index.as_stored(p for word, p in zip(cut, folded, strict=True) if p != word)
        one.words_by, one.vector, one.vector_by = cutting.CUT, None, ""
    spoken = [one for one in passages if not one.is_name and encoder().speaks(one.language)]
    if not spoken:
        return
    packed = meaning.pack(encoder().encode([one.body for one in spoken], [one.language for one in spoken]))
    for one, row in zip(spoken, packed, strict=True):
        one.vector, one.vector_by = row.tobytes(), encoder().name


def _write(new: Sequence[Passage], going: Iterable[Passage] = ()) -> None:
    """Write new passages and take old ones away, with the counts of their words; `only_writer` before."""
    change = Passage.objects.aggregate(newest=Max("change"))["newest"] or 0
    counts: Counter[tuple[str, str, str]] = Counter()
    gone = []
    for one in going:
        counts.subtract(word_index.counted(one.language, one.words, one.plain))
        gone.append(one.pk)
    for number, one in enumerate(new, start=1):
        counts.update(word_index.counted(one.language, one.words, one.plain))
        one.change = change + number
    Passage.objects.filter(pk__in=gone).delete()
    vectors.chosen().keep(Passage.objects.bulk_create(new, batch_size=500))
    word_index.add_to_counts(counts)


def _as_of_now() -> Q:
    """Passages cut and embedded by the versions that this program uses; what nothing speaks has no vector."""
    return Q(words_by=cutting.CUT) & Q(vector_by__in=[encoder().name, ""])


_looked_at: dict[tuple[str, str], float] = {}


def renew_passages() -> int:
    """Cut and embed again what an older version of this program made, some at a time; returns how many.

    Where the counts of words no longer agree with the passages, they are counted anew.
    """
    versions = (cutting.CUT, encoder().name)
    if time.monotonic() < _looked_at.get(versions, 0.0):
        return 0
    old = list(_old()[:MOST])
    if not old:
        if word_index.counts_are_off():
            with transaction.atomic():
                word_index.only_writer()
                word_index.count_again()
        _looked_at[versions] = time.monotonic() + LOOK_AGAIN
        return 0
    _renew(old)
    return len(old)


def _old() -> models.QuerySet[Passage]:
    languages = Passage.objects.filter(vector_by="").values_list("language", flat=True).distinct()
    learnt = [language for language in languages if encoder().speaks(language)]
    return Passage.objects.filter(~_as_of_now() | Q(vector_by="", language__in=learnt, is_name=False)).order_by("pk")


def _renew(old: Sequence[Passage]) -> None:
    """The same passages with new words and vectors, unless they went meanwhile."""
    before = {one.pk: word_index.counted(one.language, one.words, one.plain) for one in old}
    _fill(old)
    with transaction.atomic():
        word_index.only_writer()
        same = Passage.objects.filter(pk__in=before, change__in=[one.change for one in old])
        there = set(same.values_list("pk", flat=True))
        change = Passage.objects.aggregate(newest=Max("change"))["newest"] or 0
        counts: Counter[tuple[str, str, str]] = Counter()
        renewed = [one for one in old if one.pk in there]
        for number, one in enumerate(renewed, start=1):
            counts.subtract(before[one.pk])
            counts.update(word_index.counted(one.language, one.words, one.plain))
            one.change = change + number
        fields = ["words", "plain", "words_by", "vector", "vector_by", "change"]
        Passage.objects.bulk_update(renewed, fields, batch_size=100)
        vectors.chosen().keep(renewed)
        word_index.add_to_counts(counts)
