"""By what practices are ordered where no words decide: evidence, freshness, and the likeness of their places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import F
from django.utils import timezone

from intercity.cities.models import City
from intercity.core.matching import Likeness, Place, likeness
from intercity.practices.models import Practice, Practices
from intercity.practices.models.practices import FRESH
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
        rows = list(
            by_evidence(found).values_list("pk", "city", "country", "geonames_id", "evidence", "status_confirmed_on")[
                :COMPARED
            ]
        )
        places = self._places((city, country, number) for _, city, country, number, _, _ in rows)
        alike = dict(zip(places, likeness(place_of_city(self.city), list(places.values())), strict=True))
        today = timezone.localdate()

        def fit(row: tuple[int, int | None, str, int | None, int, date | None]) -> tuple[bool, float, int]:
            pk, city, country, number, level, confirmed = row
            fresh = confirmed is not None and confirmed >= today - FRESH
            score = LIKE * alike[_key(city, country, number)].score + EVIDENCE * level / HIGHEST + FRESHNESS * fresh
            return city == self.city.pk, -score, pk

        return [row[0] for row in sorted(rows, key=fit)]

    @staticmethod
    def _places(rows: Iterable[tuple[int | None, str, int | None]]) -> dict[tuple[object, ...], Place]:
        """Each place once."""
        keys = dict.fromkeys(_key(*row) for row in rows)
        cities = City.objects.in_bulk([city for city, _, _ in keys if city is not None])
        return {
            (city, country, number): place_of_city(cities[city])
            if city is not None
            else place_elsewhere(country, number)
            for city, country, number in keys
        }


def _key(city: int | None, country: str, number: int | None) -> tuple[int | None, str, int | None]:
    return (city, "", None) if city is not None else (None, country, number)
