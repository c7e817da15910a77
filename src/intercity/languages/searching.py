"""Finding things of every kind by words in any language, by what the words are and by what they mean."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from intercity.core.language import cutting
from intercity.core.language.identifying import identify
from intercity.core.language.normalising import normalise
from intercity.core.language.ranking import NOTHING, Matched, Ranking, Statistics, Wanted
from intercity.languages import vectors, word_index
from intercity.languages.encoding import encoder
from intercity.languages.models import Passage
from intercity.languages.within import Scope, Within, scope

LONGEST = 500
"""Characters of a query that are read."""
MOST_WORDS = 32
NEAREST = 300
"""Passages that are found by meaning, and as many by words; all pages of a result are cut from these."""
MOST_HITS = 200
LEAST = 0.1
"""How much of a query a passage has to share, by what its words tell: "the" alone finds nothing."""

Likeness = Literal["strong", "near", ""]


@dataclass(frozen=True)
class Floors:
    """Cosines from which a passage of a class of languages is shown, and from which it is called strongly alike."""

    near: float
    strong: float


SAME_STRONG, SAME_GOOD = Floors(0.35, 0.63), Floors(0.40, 0.65)
FLOORS: Mapping[tuple[str, str], Floors] = {
    ("strong", "strong"): Floors(0.35, 0.57),
    ("good", "strong"): Floors(0.30, 0.48),
    ("good", "good"): Floors(0.36, 0.59),
}
"""Measured on FLORES-200 devtest, 1,012 sentences in twelve languages, each with each.

`near` lets in fewer than 1 % of sentences that have nothing to do with the query (their 99th percentile: .26 strong
with strong, .28 mixed, .35 good with good; .28 and .37 within a language) and 95 % or more of translations.
`strong` is what for 95 % of sentences no other sentence reaches. Measured with whole sentences; a query of a few words
is further even from what it means. By a script that was not kept: to be measured anew when the encoder changes.
"""


@dataclass(frozen=True)
class Understood:
    """How a query was read: its words, as they were cut; the language, None where unknown, and whether that is sure.

    `was_zawgyi`: it came in the Burmese encoding Zawgyi. `was_cut`: only its first 500 characters were read.
    `by_meaning`: passages were looked for by meaning, too, not by words alone.
    """

    text: str = ""
    words: tuple[str, ...] = ()
    language: str | None = None
    is_sure: bool = False
    by_meaning: bool = False
    was_zawgyi: bool = False
    was_cut: bool = False


@dataclass(frozen=True)
class Hit:
    """Something that was found, by its best passage, and why.

    `words` are the words of the query that the passage has, in its `language`; `meaning` is the cosine, or None where
    nothing was compared, and `likeness` what it says: "strong", "near", or "" for nothing that should be said.
    `text_id` is the Text whose words these are, and `original_language` its language, where it is one.
    """

    kind: str
    key: str
    address: str
    text_id: int | None
    body: str
    language: str
    original_language: str
    is_translation: bool
    score: float
    words: tuple[str, ...]
    meaning: float | None
    likeness: Likeness


@dataclass(frozen=True)
class Found:
    """A page of what was found. More than `total_is_at_least` may be there, if that is the most that is counted."""

    hits: tuple[Hit, ...] = ()
    total_is_at_least: int = 0
    start: int = 0
    understood_as: Understood = Understood()

    @property
    def has_more(self) -> bool:
        """Whether another page follows."""
        return self.start + len(self.hits) < self.total_is_at_least


@dataclass(frozen=True)
class _Scored:
    """A passage and what it is worth."""

    passage: int
    findable: int
    language: str
    score: float
    words: tuple[str, ...]
    cosine: float | None


def find(
    query: str,
    *,
    reader: str,
    languages: Sequence[str],
    kinds: Sequence[str] = (),
    within: Within | Collection[str] | None = None,
    most: int = 20,
    start: int = 0,
) -> Found:
    """What answers a query, the best first: any string may come; an empty one finds nothing.

    `reader` is the language of the interface and `languages` those of the network, by which the query's language is
    told; `kinds` narrows what is found, and `within` to some things of one kind, by their keys, ranked by the
    same measure. `start` is how many hits came on earlier pages.
    """
    where = scope(kinds, within)
    understood = understand(query, reader, languages)
    if not understood.words or where.is_empty:
        return Found(understood_as=understood)
    matched, passages = _by_words(understood, where)
    cosine, there = _by_meaning(understood, where, matched)
    best = _best_passages(understood, matched, cosine, {**passages, **there})
    start = max(0, start)
    page = best[start : start + max(0, most)]
    return Found(_hits(page, understood), len(best), start, understood)


def understand(query: str, reader: str, languages: Sequence[str]) -> Understood:
    """The words of a query, its language, and whether its meaning can be compared."""
    readable = query[: LONGEST + 1].encode("utf-8", "replace").decode().replace("\0", " ").strip()
    normalised = normalise(readable[:LONGEST])
    words = tuple(dict.fromkeys(word_index.as_stored(cutting.words(normalised.text)).split()))[:MOST_WORDS]
    if not words:
        return Understood()
    identified = identify(normalised.text, languages, interface=reader)
    likely = [one.language for one in identified.likely]
    language = identified.language or (reader if reader in likely or not likely else likely[0])
    return Understood(
        normalised.text, words, language, identified.is_sure, encoder().speaks(language), normalised.was_zawgyi,
        len(query) > LONGEST,
    )  # fmt: skip


def _wanted(words: Sequence[str], known: Mapping[str, Statistics]) -> list[Wanted]:
    """Each word, or where no passage has it with its accents, the word without them."""

    def is_there(word: str) -> bool:
        return any(one.passages_with.get(word) for one in known.values())

    plain = cutting.plain(words)
    return [Wanted(word, word if is_there(word) else folded) for word, folded in zip(words, plain, strict=True)]


def _by_words(understood: Understood, where: Scope) -> tuple[dict[int, Matched], dict[int, tuple[int, str]]]:
    """What passages share with the query, at most NEAREST of them; and the things and languages of these passages."""
    known = word_index.statistics({*understood.words, *cutting.plain(understood.words)})
    wanted = _wanted(understood.words, known)
    having = {one.term: sum(some.passages_with.get(one.term, 0) for some in known.values()) for one in wanted}
    terms = sorted((term for term, passages in having.items() if passages), key=lambda term: (having[term], term))
    rankings = {language: Ranking(wanted, statistics) for language, statistics in known.items()}
    found: dict[int, Matched] = {}
    passages: dict[int, tuple[int, str]] = {}
    telling = _telling(terms, wanted, rankings.values())
    for one in where.words(terms, telling) if telling else ():
        ranking = rankings.get(one.language)
        matched = ranking.score(one.words, one.plain) if ranking else NOTHING
        if ranking and ranking.share(matched.words) >= LEAST:
            is_other = one.language != understood.language
            found[one.passage] = _of_another_language(matched, ranking) if is_other else matched
            passages[one.passage] = one.findable, one.language
    kept = sorted(found, key=lambda pk: (-found[pk].score, pk))[:NEAREST]
    return {pk: found[pk] for pk in kept}, passages


def _telling(terms: Sequence[str], wanted: Sequence[Wanted], rankings: Collection[Ranking]) -> int:
    """How many of the terms, the rarest first, are worth looking for: with the others alone nothing is found."""
    rest: list[str] = []
    for place in reversed(range(len(terms))):
        rest += [one.word for one in wanted if one.term == terms[place]]
        if any(ranking.share(rest) >= LEAST for ranking in rankings):
            return place + 1
    return 0


def _of_another_language(matched: Matched, ranking: Ranking) -> Matched:
    """There a passage counts by how much of the query it has: a name is all of one, a year in a sentence little."""
    return Matched(matched.score * ranking.share(matched.words), matched.words)


def _by_meaning(
    understood: Understood, where: Scope, matched: Mapping[int, Matched]
) -> tuple[dict[int, float], Mapping[int, tuple[int, str]]]:
    """The cosines of the nearest passages, and of those that were found by words; and what of them is known."""
    if not understood.by_meaning or understood.language is None:
        return {}, {}
    query: NDArray[np.float32] = encoder().encode([understood.text], understood.language)[0]
    if not query.any():
        return {}, {}
    near = vectors.chosen().nearest(query, where.kinds, where.most(NEAREST), where.only)
    found = where.near(near, NEAREST)
    other = vectors.among(query, [pk for pk in matched if pk not in found])
    return found | dict(zip(other.passage.tolist(), other.cosine.tolist(), strict=True)), near.there


def _best_passages(
    understood: Understood,
    matched: Mapping[int, Matched],
    cosine: Mapping[int, float],
    passages: Mapping[int, tuple[int, str]],
) -> list[_Scored]:
    """Of each thing its best passage, the best thing first; of equal ones the one that was made first."""
    unknown = [pk for pk in cosine if pk not in passages]
    rows = Passage.objects.filter(pk__in=unknown).values_list("pk", "findable", "language")
    there = {**passages, **{pk: (findable, language) for pk, findable, language in rows}}
    top = max((one.score for one in matched.values()), default=1.0)
    best: dict[int, _Scored] = {}
    for pk in sorted(matched.keys() | cosine.keys()):
        if pk not in there:  # it went meanwhile
            continue
        findable, language = there[pk]
        words, near = matched.get(pk), cosine.get(pk)
        if words is None and (near is None or near < floors(understood.language, language).near):
            continue
        score = (words.score / top if words else 0.0) + max(near or 0.0, 0.0)
        if findable not in best or score > best[findable].score:
            best[findable] = _Scored(pk, findable, language, score, words.words if words else (), near)
    return sorted(best.values(), key=lambda one: (-one.score, one.findable))[:MOST_HITS]


def floors(query: str | None, passage: str) -> Floors:
    """From which cosine on a passage of a language is near a query of another, or of the same."""
    if query is None:
        return Floors(2, 2)
    classes = sorted((encoder().quality(query), encoder().quality(passage)))
    if query == passage:
        return SAME_STRONG if classes[0] == "strong" else SAME_GOOD
    return FLOORS.get((classes[0], classes[1]), Floors(2, 2))


def _likeness(understood: Understood, one: _Scored) -> Likeness:
    if one.cosine is None:
        return ""
    floor = floors(understood.language, one.language)
    return "strong" if one.cosine >= floor.strong else "near" if one.cosine >= floor.near else ""


def _hits(page: Sequence[_Scored], understood: Understood) -> tuple[Hit, ...]:
    """What is shown of them; what went since it was found is left out."""
    kept = Passage.objects.select_related("findable", "text").defer("words", "plain", "vector")
    rows = kept.in_bulk([one.passage for one in page])
    return tuple(
        Hit(
            kind=row.findable.kind,
            key=row.findable.key,
            address=row.findable.address,
            text_id=row.text_id,
            body=row.body,
            language=row.language,
            original_language=row.text.language if row.text else row.language,
            is_translation=row.is_translation,
            score=one.score,
            words=one.words,
            meaning=one.cosine,
            likeness=_likeness(understood, one),
        )
        for one in page
        if (row := rows.get(one.passage))
    )
