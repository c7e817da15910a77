"""A city says what its problem is, in its own words, and whether it still looks for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.languages.actions import rewrite_text, write_text
from intercity.languages.models import Kind
from intercity.languages.wanting import want
from intercity.practices import vocabulary
from intercity.practices.actions.addressing import save_at, stem_of
from intercity.practices.actions.checking import ConflictError, fault_of_codes, line_of, needed_words, words_of
from intercity.practices.actions.rights import check_simulated, require_writer
from intercity.practices.models import Challenge, ChallengeState, Difference
from intercity.practices.models.versions import verbose_name
from intercity.refusals import RefusedError

Said = tuple[str, str]
"""A language, and words in it."""

LONGEST_TITLE = 160
LONGEST = 8_000
MOST_CONCEPTS = 10
TAKEN = frozenset({"add", "api", "export", "feed", "new", "search", "vocabulary", "write"})
"""Addresses that pages have."""


def add_challenge(
    person: Visitor,
    city: City,
    *,
    title: Said,
    description: Said = ("", ""),
    concepts: Sequence[str] = (),
    source: str = "",
    is_simulated: bool = False,
    begun_with: UUID | None = None,
) -> Challenge:
    """Say what a city's problem is: in one line, in own words where there are more, and what it is about.

    `begun_with` is the mark of the form: where it comes a second time, BegunBeforeError has what is there.
    """
    author = require_writer(person, city)
    check_simulated(is_simulated)
    language, line = _title(title)
    of_words, words = words_of("description", description, LONGEST)
    codes, origin = _concepts(concepts), line_of("source", source, 300)
    if city.left_on is not None:
        raise RefusedError(_("%(city)s is not a member any more.") % {"city": city.name}, "city")
    with transaction.atomic():
        challenge = Challenge(
            begun_with=begun_with,
            city=city,
            title=write_text(language, line),
            description=write_text(of_words, words) if words else None,
            concepts=codes,
            source=origin,
            written_by=author,
            is_simulated=is_simulated,
        )
        save_at(challenge, stem_of(line, f"challenge-of-{city.slug}", "challenge"), TAKEN)
        want(Kind.CHALLENGE, [challenge.pk])
        record(author, "challenge.added", challenge, city=city.slug, concepts=codes)
    return challenge


def edit_challenge(
    person: Visitor,
    challenge: Challenge,
    *,
    title: Said | None = None,
    description: Said | None = None,
    concepts: Sequence[str] | None = None,
    source: str | None = None,
    state: str | None = None,
    version: int | None = None,
) -> Challenge:
    """Say it better, or how it stands; what is left out stays as it is. An open one can be closed and opened again.

    `version` is that which the person began from; without one, nobody else's words are looked at. Where somebody saved
    other words in the same fields since, ConflictError says which, and nothing is saved.
    """
    author = require_writer(person, challenge.city)
    said = _said(title, description, concepts, source, state)
    with transaction.atomic():
        found = Challenge.objects.select_for_update().get(pk=challenge.pk)
        differences = _differences(found, said)
        since = found.version if version is None else version
        meanwhile = [one for one in differences if found.changed_in.get(one.field, 0) > since]
        if meanwhile:
            raise ConflictError(meanwhile, found.version)
        if differences:
            before = found.state
            _apply(found, differences)
            want(Kind.CHALLENGE, [found.pk])
            moved = {"state": [before, found.state]} if before != found.state else {}
            record(author, "challenge.edited", found, **moved)
    challenge.refresh_from_db()
    return challenge


def close_challenge(person: Visitor, challenge: Challenge, state: str = ChallengeState.CLOSED) -> Challenge:
    """Say that a city asks no longer, or that something is being tried."""
    if state == ChallengeState.OPEN:
        raise RefusedError(_("Choose how it ended: something is being tried, or it is no longer asked."), "state")
    return edit_challenge(person, challenge, state=state)


def _title(said: Said) -> Said:
    return needed_words("title", said, LONGEST_TITLE, _("Write in one line what the problem is."))


def _said(
    title: Said | None, description: Said | None, concepts: Sequence[str] | None, source: str | None, state: str | None
) -> dict[str, Any]:
    """What is told, as it is kept, by field; RefusedError for what cannot be."""
    if state is not None and state not in ChallengeState.values:
        raise RefusedError(_("Choose whether the city still looks for an answer."), "state")
    said = {
        "words.title": _title(title) if title is not None else None,
        "words.description": words_of("description", description, LONGEST) if description is not None else None,
        "concepts": _concepts(concepts) if concepts is not None else None,
        "source": line_of("source", source, 300) if source is not None else None,
        "state": ChallengeState(state) if state is not None else None,
    }
    return {field: value for field, value in said.items() if value is not None}


def _differences(challenge: Challenge, said: dict[str, Any]) -> list[Difference]:
    """What would change, field by field."""
    now: dict[str, Any] = {
        "words.title": (challenge.title.language, challenge.title.body),
        "words.description": (
            (challenge.description.language, challenge.description.body) if challenge.description else ("", "")
        ),
        **{name: getattr(challenge, name) for name in ("concepts", "source", "state")},
    }
    return [
        Difference(field, verbose_name(Challenge, field.rpartition(".")[2]), now[field], value)
        for field, value in said.items()
        if now[field] != value
    ]


def _apply(challenge: Challenge, differences: Sequence[Difference]) -> None:
    """Write what differs, as the next version."""
    challenge.version += 1
    challenge.changed_in |= {one.field: challenge.version for one in differences}
    for one in differences:
        if one.field == "words.title":
            rewrite_text(challenge.title, one.after[1], language=one.after[0])
        elif one.field == "words.description":
            _describe(challenge, *one.after)
        else:
            setattr(challenge, one.field, one.after)
    challenge.save()


def _describe(challenge: Challenge, language: str, words: str) -> None:
    """Other words, first words, or none."""
    text = challenge.description
    if text is not None and words:
        rewrite_text(text, words, language=language)
    elif words:
        challenge.description = write_text(language, words)
    elif text is not None:
        challenge.description = None
        challenge.save(update_fields=["description"])
        text.delete()


def _concepts(codes: Sequence[str]) -> list[str]:
    """What it is about, each once; RefusedError for what the vocabulary does not know."""
    sentence = fault_of_codes(list(codes), vocabulary.concepts())
    if sentence:
        raise RefusedError(sentence, "concepts")
    if len(set(codes)) > MOST_CONCEPTS:
        raise RefusedError(_("Choose at most %(most)d.") % {"most": MOST_CONCEPTS}, "concepts")
    return list(dict.fromkeys(codes))
