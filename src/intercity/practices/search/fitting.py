"""Which practices fit a challenge, and why: what it is about, its words, the places, the evidence, recent spread."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import get_language

from intercity.core.matching import Likeness, likeness
from intercity.languages.models import Kind
from intercity.languages.network import network_languages
from intercity.languages.searching import Hit, find
from intercity.practices import vocabulary
from intercity.practices.evidence import Level
from intercity.practices.models import Adoption, AdoptionStage, Challenge, Practice, Practices
from intercity.practices.search.filters import having, themes_of
from intercity.practices.search.keys import Keys
from intercity.practices.search.places import place_of_city
from intercity.practices.search.ranking import HIGHEST, LikeCity, by_evidence
from intercity.practices.search.reasons import Reason, about, evident, found_by, like_city, taken_up

ABOUT, SAID, ALIKE, EVIDENCE, MOMENTUM = 0.35, 0.25, 0.20, 0.10, 0.10
"""What each term counts; they add up to 1. A judgement: there are no adoptions yet from which to learn it."""
NEIGHBOUR: Final = 0.4
"""What a concept of the same group counts where the concept itself is not meant."""
OF_A_THEME, OF_WORDS = 300, 100
"""Practices that are looked at: of the same themes, the strongest evidence first, and by words and meaning."""
RECENT: Final = timedelta(days=730)
"""What was taken over in the last two years shows what is spreading."""
UNCONFIRMED: Final = 0.5
"""What an adoption counts that the adopting city has not confirmed."""


@dataclass(frozen=True)
class Fit:
    """A practice that may be an answer: `score` in [0, 1] orders, and the reasons say what it is made of."""

    practice: Practice
    score: float
    reasons: tuple[Reason, ...]


def fits(challenge: Challenge, most: int = 5) -> list[tuple[Practice, tuple[Reason, ...]]]:
    """The published practices that fit a challenge best, with the reasons for each in the reader's language.

    Of the city itself none is shown: it knows them.
    """
    return [(one.practice, one.reasons) for one in fitting(challenge, Practice.objects.published())[:most]]


def fitting(challenge: Challenge, among: Practices) -> list[Fit]:
    """Those of some practices that fit, the best first; something of what they are about, or of the words, has to."""
    reader = get_language() or "en"
    hits = _hits(challenge, among, reader)
    concepts = _concepts(challenge)
    themes = {one for concept in concepts for one in _same_group(concept)}
    of_theme = by_evidence(having(among, themes)).values_list("pk", flat=True)[:OF_A_THEME] if themes else ()
    found = _whole(among.exclude(city=challenge.city), {*hits, *of_theme})
    alike = LikeCity(challenge.city).of(found)
    made = [_fit(challenge, one, concepts, hits, alike[one.pk], reader) for one in found]
    return sorted((one for one in made if one is not None), key=lambda one: (-one.score, one.practice.pk))


def _whole(among: Practices, keys: Iterable[int]) -> list[Practice]:
    since = timezone.localdate() - RECENT  # what was made up for a demonstration is no sign of anything
    recent = Adoption.objects.filter(began_on__gte=since, is_simulated=False).exclude(stage=AdoptionStage.STOPPED)
    lately = Prefetch("adoptions", recent.with_places(), to_attr="lately")
    return list(among.filter(pk__in=list(keys)).with_words().prefetch_related(lately))


def _concepts(challenge: Challenge) -> tuple[str, ...]:
    """What its people said that it is about; where they said nothing, what its words are likely about."""
    known = vocabulary.concepts()
    said = tuple(one for one in challenge.concepts if one in known)
    if said:
        return said
    likely = vocabulary.concepts_for(_words(challenge), challenge.title.language, most=3)
    return tuple(concept.id for concept, _likeness in likely)


def _words(challenge: Challenge) -> str:
    return "\n".join(text.body for text in (challenge.title, challenge.description) if text is not None)


def _hits(challenge: Challenge, among: Practices, reader: str) -> dict[int, Hit]:
    found = find(
        _words(challenge),
        reader=challenge.title.language or reader,
        languages=network_languages(),
        kinds=(Kind.PRACTICE,),
        within=Keys(among),
        most=OF_WORDS,
    )
    return {int(hit.key): hit for hit in found.hits}


def _same_group(concept: str) -> tuple[str, ...]:
    group = vocabulary.concepts()[concept].broader
    return themes_of(group or concept)


def _fit(
    challenge: Challenge,
    practice: Practice,
    concepts: Sequence[str],
    hits: Mapping[int, Hit],
    alike: Likeness,
    reader: str,
) -> Fit | None:
    shared, value = _shared(concepts, practice.concepts)
    hit = hits.get(practice.pk)
    if not shared and not (hit and (hit.words or hit.likeness == "strong")):
        return None  # perhaps similar in meaning is too little to be called an answer
    best = max((one.score for one in hits.values()), default=1.0)
    said = hit.score / best if hit and best > 0 else 0.0
    cities, momentum = _momentum(challenge, practice, reader)
    terms = (ABOUT * value, SAID * said, ALIKE * alike.score, EVIDENCE * practice.evidence / HIGHEST)
    reasons = [
        *about(shared, reader),
        *(found_by(hit, reader) if hit else ()),
        *like_city(challenge.city.named(reader), alike, reader),
        *evident(practice.evidence, str(Level(practice.evidence).label)),
        *taken_up(cities, reader),
    ]
    return Fit(practice, math.fsum(terms) + MOMENTUM * momentum, tuple(reasons))


def _shared(concepts: Sequence[str], own: Sequence[str]) -> tuple[list[str], float]:
    """Which of its concepts answer the challenge, and how much of the challenge they cover, in [0, 1]."""
    if not concepts:
        return [], 0.0
    exact = [one for one in own if one in concepts]
    near = [one for one in own if one not in exact and any(one in _same_group(concept) for concept in concepts)]
    covered = {concept for concept in concepts if concept in own}
    close = {concept for concept in concepts if concept not in own and set(own).intersection(_same_group(concept))}
    return exact or near, (len(covered) + NEIGHBOUR * len(close)) / len(concepts)


def _momentum(challenge: Challenge, practice: Practice, reader: str) -> tuple[list[str], float]:
    """Who took it over lately, the cities most like this one first, and how much that counts, in [0, 1)."""
    lately: list[Adoption] = [one for one in practice.lately if one.to_city_id != challenge.city_id]  # type: ignore[attr-defined]
    mine = place_of_city(challenge.city)
    alike = likeness(mine, [place_of_city(one.to_city) for one in lately])
    weights = [
        found.score * (1.0 if one.is_confirmed else UNCONFIRMED) for one, found in zip(lately, alike, strict=True)
    ]
    order = sorted(range(len(lately)), key=lambda place: -weights[place])
    return [lately[place].to_city.named(reader) for place in order[:3]], 1.0 - math.exp(-math.fsum(weights))
