"""Practices by words in any language, by filters, for a city, or for a challenge; and why each was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from intercity.cities.models import City
from intercity.core.matching import Likeness
from intercity.languages.models import Kind
from intercity.languages.searching import MOST_HITS, Hit, Understood, find
from intercity.practices.models import Challenge, Practice, Practices
from intercity.practices.search.asked import Asked
from intercity.practices.search.filters import kept, themes_of
from intercity.practices.search.fitting import Fit, fitting
from intercity.practices.search.keys import Keys
from intercity.practices.search.ranking import LikeCity, by_date, by_evidence
from intercity.practices.search.reasons import Reason, about, found_by, like_city

A_PAGE: Final = 10
COUNTED: Final = 10_000
"""Of more that filters leave it is said that they are so many or more; a page further on counts further."""
ALIKE: Final = 0.5
"""What the likeness of places counts beside words and meaning, of which the best has about 1 each."""


NOTHING_UNDERSTOOD: Final = Understood()


@dataclass(frozen=True)
class FoundPractice:
    """A practice, why it was found, and how like its place is where a city is asked for."""

    practice: Practice
    reasons: tuple[Reason, ...] = ()
    likeness: Likeness | None = None


@dataclass(frozen=True)
class Page:
    """A page of what was found. Where `is_at_least`, more than `total` may be there.

    `city` and `challenge` are those that were asked for; `missing` names what was asked for and is not there.
    """

    asked: Asked
    hits: tuple[FoundPractice, ...] = ()
    total: int = 0
    is_at_least: bool = False
    understood: Understood = NOTHING_UNDERSTOOD
    city: City | None = None
    challenge: Challenge | None = None
    missing: tuple[str, ...] = ()
    among: Practices = field(default_factory=Practice.objects.none)

    @property
    def next(self) -> int | None:
        """The number of the next page."""
        return self.asked.page + 1 if self.asked.page * A_PAGE < self.total else None

    @property
    def previous(self) -> int | None:
        """The number of the page before."""
        return self.asked.page - 1 if self.asked.page > 1 else None


@dataclass(frozen=True)
class _Ordered:
    """All that was found, by key in order, with what is needed to say why; `all` are the practices they are of."""

    keys: Sequence[int]
    total: int
    all: Practices
    is_at_least: bool = False
    hits: Mapping[int, Hit] = field(default_factory=dict)
    fits: Mapping[int, Fit] = field(default_factory=dict)
    understood: Understood = NOTHING_UNDERSTOOD


def search(asked: Asked, reader: str, languages: Sequence[str], most: int = A_PAGE) -> Page:
    """What answers a question, the best first, `most` to a page.

    `reader` is the language of the interface, `languages` are the network's. By words, where there are some; then by
    fit to a challenge; else by fit to a city, by evidence, or by date. Only what is published is found.
    """
    city = _city(asked.like)
    challenge = Challenge.objects.with_words().filter(slug=asked.challenge).first() if asked.challenge else None
    start = (asked.page - 1) * most
    ordered = _ordered(asked, reader, languages, city, challenge, slice(start, start + most))
    page = ordered.keys
    there = {one.pk: one for one in Practice.objects.published().filter(pk__in=page).with_words()}
    found = [there[pk] for pk in page if pk in there]
    alike = LikeCity(city).of(found) if city else {}
    missing = [
        name for name, thing in (("like", city), ("challenge", challenge)) if getattr(asked, name) and not thing
    ]
    return Page(
        asked,
        tuple(
            FoundPractice(one, _why(asked, one, ordered, city, alike.get(one.pk), reader), alike.get(one.pk))
            for one in found
        ),
        ordered.total,
        ordered.is_at_least,
        ordered.understood,
        city,
        challenge,
        tuple(missing),
        ordered.all,
    )


def _city(slug: str) -> City | None:
    return City.objects.filter(slug=slug).prefetch_related("names").first() if slug else None


def _ordered(
    asked: Asked,
    reader: str,
    languages: Sequence[str],
    city: City | None,
    challenge: Challenge | None,
    page: slice,
) -> _Ordered:
    """The keys of one page, and how many there are in all."""
    among = kept(asked)
    if asked.q:
        return _by_words(asked, among, reader, languages, city, page)
    if challenge is not None:
        fits = {one.practice.pk: one for one in fitting(challenge, among)}
        return _Ordered(list(fits)[page], len(fits), among.filter(pk__in=list(fits)), fits=fits)
    total, is_at_least = _counted(among, page) if asked.filters else (among.count(), False)
    if city is not None and not asked.sort:
        return _Ordered(LikeCity(city).ordered(among)[page], total, among, is_at_least)
    order = by_date(among) if asked.sort == "newest" else by_evidence(among)
    return _Ordered(list(order.values_list("pk", flat=True)[page]), total, among, is_at_least)


def _counted(among: Practices, page: slice) -> tuple[int, bool]:
    """How many there are, as far as they are counted, and whether there may be more; of a page more than it shows."""
    most = COUNTED * (page.stop // COUNTED + 1)
    total = among.order_by()[:most].count()
    return total, total == most


def _by_words(
    asked: Asked, among: Practices, reader: str, languages: Sequence[str], city: City | None, page: slice
) -> _Ordered:
    found = find(
        asked.q,
        reader=reader,
        languages=languages,
        kinds=(Kind.PRACTICE,),
        within=Keys(among) if asked.filters else None,
        most=MOST_HITS,
    )
    hits = {int(hit.key): hit for hit in found.hits}
    all_of_them = among.filter(pk__in=list(hits))
    keys = list(hits)
    if city is not None and not asked.sort:
        keys = _with_likeness(hits, city, all_of_them)
    elif asked.sort:
        order = by_date(all_of_them) if asked.sort == "newest" else by_evidence(all_of_them)
        keys = list(order.values_list("pk", flat=True))
    is_full = len(hits) >= MOST_HITS
    return _Ordered(keys[page], len(keys), all_of_them, is_full, hits=hits, understood=found.understood_as)


def _with_likeness(hits: Mapping[int, Hit], city: City, found: Practices) -> list[int]:
    """The best of words and likeness first."""
    alike = LikeCity(city).of(list(found.select_related("city")))

    def worth(pk: int) -> float:
        return hits[pk].score + (ALIKE * alike[pk].score if pk in alike else 0.0)

    return sorted(hits, key=lambda pk: (-worth(pk), pk))


def _why(
    asked: Asked, one: Practice, ordered: _Ordered, city: City | None, alike: Likeness | None, reader: str
) -> tuple[Reason, ...]:
    if one.pk in ordered.fits:
        return ordered.fits[one.pk].reasons
    themes = [concept for concept in one.concepts if asked.theme and concept in themes_of(asked.theme)]
    hit = ordered.hits.get(one.pk)
    return (
        *(found_by(hit, reader) if hit else ()),
        *about(themes, reader),
        *(like_city(city.named(reader), alike, reader) if city and alike else ()),
    )
