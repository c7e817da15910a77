"""What suits a need or an offer: postings of the opposite direction and the same kind, with the reasons in words.

The sum behind it is that of `core.matching.needs`; here is only what is read for it, and how it is told. Nothing of it
is stored, so it is as new as the postings; only their vectors of meaning wait for the duty that makes them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Final

import numpy as np
from django.db.models import Count, F, Max
from django.utils import timezone
from django.utils.translation import get_language
from numpy.typing import NDArray

from intercity.core.language import meaning
from intercity.core.language.cutting import words as cut
from intercity.core.matching import Match as Sum
from intercity.core.matching import Side, Topic, match
from intercity.languages.encoding import encoder
from intercity.languages.models import Kind, Passage, Text
from intercity.partnerships.models import (
    AgreementParty,
    Direction,
    Introduction,
    IntroductionState,
    Outcome,
    Posting,
    Scheme,
)
from intercity.partnerships.reasons import Reason, reasons
from intercity.partnerships.vocabulary import chapter
from intercity.practices import vocabulary
from intercity.practices.models import Question
from intercity.practices.search.places import place_of_city

MOST_READ: Final = 2_000
"""Postings that are compared at most, the newest."""
LATELY: Final = timedelta(days=90)
EVERY: Final = 5
"""One of so many suggestions is kept for a city that has no partner yet, so that the well-known do not get all."""
FREQUENT: Final = 0.3
"""A word that more than this share of the postings of a language have says nothing."""
FEWEST: Final = 10
"""Postings of a language from which on that is counted."""
SHORTEST: Final = re.compile(r"[a-z0-9à-ɏ]{1,3}", re.IGNORECASE)
"""Words of Latin letters that are so short hold a sentence together, and say nothing by themselves."""


@dataclass(frozen=True)
class Match:
    """A posting that suits another: `score` in [0, 1] is what its reasons add; `sum` has every term of it."""

    posting: Posting
    score: float
    reasons: tuple[Reason, ...]
    sum: Sum


def matches(posting: Posting, most: int = 10) -> list[Match]:
    """The open postings of other cities that suit one best, the best first, in the reader's language.

    Only what has something in common in topics, meaning or words is suggested. Every fifth place is kept for a city
    that has neither an introduction nor an agreement yet, where one suits.
    """
    opposite = Direction.OFFER if posting.direction == Direction.NEED else Direction.NEED
    others = Posting.objects.open().filter(direction=opposite, kind=posting.kind).exclude(city=posting.city)
    found = list(others.with_words().order_by("-written_at", "-pk")[:MOST_READ])
    own, *sides = _sides([posting, *found])
    pairs = zip(found, match(own, sides), strict=True)
    suited = [(other, one) for other, one in pairs if one.is_about_the_same]
    suited.sort(key=lambda pair: (-pair[1].score, -pair[0].pk))
    chosen = _with_newcomers(suited, most)
    reader = get_language() or "en"
    return [Match(other, one.score, reasons(other, one, reader), one) for other, one in chosen]


def _sides(postings: Sequence[Posting]) -> list[Side]:
    """What is known of each posting and its city."""
    cities = {one.city_id for one in postings}
    vectors, said = _vectors(postings), _words(postings)
    answered, asked = _answered(cities), _asked(cities)
    now = timezone.now()
    return [
        Side(
            topics=_topics(one),
            meaning=vectors.get(one.pk),
            words=said[place],
            languages=tuple(one.languages),
            place=place_of_city(one.city),
            answered_days=(now - answered[one.city_id]).days if one.city_id in answered else None,
            asked_lately=asked.get(one.city_id, 0),
        )
        for place, one in enumerate(postings)
    ]


def _topics(posting: Posting) -> tuple[Topic, ...]:
    """Chapters in their sections, concepts in their groups."""
    known = vocabulary.concepts()
    found = []
    for one in posting.topics.all():
        goods = chapter(one.code) if one.scheme == Scheme.HS else None
        group = goods.section if goods else known[one.code].broader if one.code in known else ""
        found.append(Topic(one.scheme, one.code, group))
    return tuple(found)


def _texts(posting: Posting) -> list[Text]:
    return [text for text in (posting.title, posting.body) if text is not None]


def _words(postings: Sequence[Posting]) -> list[Mapping[str, frozenset[str]]]:
    """By language the words of each posting, of translations too, without those that most of them have."""
    found: list[dict[str, frozenset[str]]] = []
    for one in postings:
        several: dict[str, set[str]] = {}
        for language, body in _readable(one):
            several.setdefault(language, set()).update(word for word in cut(body) if not SHORTEST.fullmatch(word))
        found.append({language: frozenset(some) for language, some in several.items()})
    return [{code: some - _frequent(code, found) for code, some in one.items()} for one in found]


def _readable(posting: Posting) -> Iterable[tuple[str, str]]:
    """In which languages a posting can be read, and its words."""
    for text in _texts(posting):
        yield text.language, text.body
        for one in text.translations.all():
            if one.text_version == text.version:
                yield one.language, one.body


def _frequent(code: str, found: Sequence[Mapping[str, frozenset[str]]]) -> frozenset[str]:
    of_language = [one[code] for one in found if code in one]
    if len(of_language) < FEWEST:
        return frozenset()
    counted = Counter(word for some in of_language for word in some)
    return frozenset(word for word, times in counted.items() if times > FREQUENT * len(of_language))


def _vectors(postings: Sequence[Posting]) -> dict[int, NDArray[np.float32]]:
    """What each posting means: the mean direction of the passages of its originals, where they have been made."""
    rows = Passage.objects.filter(
        findable__kind=Kind.POSTING,
        findable__key__in=[str(one.pk) for one in postings],
        is_translation=False,
        is_name=False,
        vector__isnull=False,
        vector_by=encoder().name,
    ).values_list("findable__key", "vector")
    several: dict[int, list[NDArray[np.int8]]] = {}
    for key, vector in rows:
        if vector is not None:
            several.setdefault(int(key), []).append(np.frombuffer(bytes(vector), dtype=np.int8))
    found = {}
    for pk, packed in several.items():
        mean = meaning.unpack(np.stack(packed)).mean(axis=0)
        length = float(np.linalg.norm(mean))
        if length > 0:
            found[pk] = (mean / length).astype(np.float32)
    return found


def _answered(cities: Collection[int]) -> dict[int, datetime]:
    """When each city last answered: an introduction, what came of one, or a question about its practices.

    What the demonstration made up is no sign of anything.
    """
    introductions = Introduction.objects.filter(is_simulated=False).order_by()
    outcomes = Outcome.objects.filter(introduction__is_simulated=False).order_by()
    questions = Question.objects.filter(is_simulated=False).order_by()
    # Whoever proposes has said yes with it; a yes that came later answers the secretariat.
    later = introductions.filter(one__in=cities, one_yes_at__gt=F("proposed_at"))
    asked = (
        later.values_list("one").annotate(Max("one_yes_at")),
        introductions.filter(other__in=cities).values_list("other").annotate(Max("other_yes_at")),
        outcomes.filter(city__in=cities).values_list("city").annotate(Max("answered_at")),
        questions.filter(practice__city__in=cities).values_list("practice__city").annotate(Max("answered_at")),
    )
    found: dict[int, datetime] = {}
    for city, moment in chain.from_iterable(asked):
        if moment is not None and (city not in found or moment > found[city]):
            found[city] = moment
    return found


def _asked(cities: Collection[int]) -> dict[int, int]:
    """How often each city was asked for an introduction, or about a practice, in the last ninety days."""
    since = timezone.now() - LATELY
    proposed = Introduction.objects.filter(other__in=cities, proposed_at__gte=since, is_simulated=False)
    questions = Question.objects.filter(practice__city__in=cities, asked_at__gte=since, is_simulated=False)
    found: Counter[int] = Counter()
    for rows, city in ((proposed, "other"), (questions, "practice__city")):
        for key, times in rows.order_by().values_list(city).annotate(times=Count("pk")):
            found[key] += times
    return dict(found)


def _with_newcomers(suited: list[tuple[Posting, Sum]], most: int) -> list[tuple[Posting, Sum]]:
    """The best, with the last of every five places for a city that has no partner, where one suits."""
    partnered = _partnered({other.city_id for other, _one in suited})
    left = list(suited)
    chosen: list[tuple[Posting, Sum]] = []
    while left and len(chosen) < most:
        block = chosen[len(chosen) // EVERY * EVERY :]
        is_kept = len(block) == EVERY - 1 and all(other.city_id in partnered for other, _one in block)
        newcomer = next((pair for pair in left if pair[0].city_id not in partnered), None) if is_kept else None
        chosen.append(newcomer or left[0])
        left.remove(chosen[-1])
    return chosen


def _partnered(cities: Collection[int]) -> set[int]:
    """Cities that have an introduction or an agreement."""
    made = Introduction.objects.filter(state=IntroductionState.MADE)
    found = set(made.filter(one__in=cities).values_list("one", flat=True))
    found |= set(made.filter(other__in=cities).values_list("other", flat=True))
    return found | {pk for pk in AgreementParty.objects.filter(city__in=cities).values_list("city", flat=True) if pk}
