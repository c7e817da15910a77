"""By what practices are ordered where no words decide: evidence, freshness, and the likeness of their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils import timezone

from intercity.cities.models import City
from intercity.core.matching import Likeness, Place, likeness
from intercity.practices.models import Practice, Practices
from intercity.practices.models.practices import FRESH
from intercity.practices.search.numbers import tuples
from intercity.practices.search.places import place_elsewhere, place_of, place_of_city

COMPARED: Final = 5_000
"""Practices whose places are compared with a city at most: those with the strongest evidence."""
LIKE, EVIDENCE, FRESHNESS = 0.6, 0.25, 0.15
"""What likeness, evidence and a status confirmed of late count where practices are ordered for a city."""
HIGHEST: Final = 5
"""The highest level of evidence."""


def by_evidence(found: Practices) -> Practices:
    """The strongest evidence first; of equal ones, those of which it was confirmed last how they stand."""
    return found.order_by("-evidence", F("status_confirmed_on").desc(nulls_last=True), "-pk")


def by_date(found: Practices) -> Practices:
    """What was published last first."""
    return found.order_by(F("published_at").desc(nulls_last=True), "-pk")


Key = tuple[int | None, str, int | None]
"""A place: a member by its key, or another by its country and GeoNames id."""


@dataclass(frozen=True)
class LikeCity:
    """A city with which the places of practices are compared."""

    city: City

    def of(self, practices: Sequence[Practice]) -> dict[int, Likeness]:
        """How alike the place of each practice is, by key; a practice of the city itself is left out."""
        others = [one for one in practices if one.city_id != self.city.pk]
        found = likeness(place_of_city(self.city), [place_of(one) for one in others])
        return {one.pk: alike for one, alike in zip(others, found, strict=True)}

    def ordered(self, found: Practices) -> list[int]:
        """The keys of practices elsewhere by how well they fit the city, its own last."""
        fresh = ExpressionWrapper(Q(status_confirmed_on__gte=timezone.localdate() - FRESH), BooleanField())
        asked = by_evidence(found).annotate(is_fresh=fresh)
        rows = tuples(asked.values_list("pk", "city", "country", "geonames_id", "evidence", "is_fresh")[:COMPARED])
        keys = [_key(city, country, number) for _, city, country, number, _, _ in rows]
        places = self._places(keys)
        alike = likeness(place_of_city(self.city), list(places.values()))
        worth = {key: LIKE * one.score for key, one in zip(places, alike, strict=True)}
        fits = [
            (city == self.city.pk, -(worth[key] + EVIDENCE * level / HIGHEST + FRESHNESS * bool(is_fresh)), pk)
            for key, (pk, city, _, _, level, is_fresh) in zip(keys, rows, strict=True)
        ]
        return [pk for _, _, pk in sorted(fits)]

    @staticmethod
    def _places(keys: Iterable[Key]) -> dict[Key, Place]:
        """Each place once."""
        keys = dict.fromkeys(keys)
        cities = City.objects.in_bulk([city for city, _, _ in keys if city is not None])
        return {
            (city, country, number): place_of_city(cities[city])
            if city is not None
            else place_elsewhere(country, number)
            for city, country, number in keys
        }


def _key(city: int | None, country: str, number: int | None) -> Key:
    return (city, "", None) if city is not None else (None, country, number)
