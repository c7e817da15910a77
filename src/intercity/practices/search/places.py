"""What is known of the places of cities and practices, by which they are alike."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache

from django.db.models import Q

from intercity.cities import gazetteer
from intercity.cities.models import City
from intercity.core.matching import Place, climate_by_latitude, income_of
from intercity.practices.models import FurtherPlace, Practice
from intercity.practices.search.numbers import any_of, tuples


def place_of_city(city: City) -> Place:
    """A member as matching sees it; its climate is told by its latitude only."""
    return Place(
        latitude=city.latitude,
        longitude=city.longitude,
        population=city.population,
        country=city.country,
        income=income_of(city.country),
        climate=climate_by_latitude(city.latitude),
        level=city.level,
        languages=tuple(city.languages),
    )


@lru_cache(maxsize=20_000)
def place_elsewhere(country: str, geonames_id: int | None) -> Place:
    """A place that is no member: what the gazetteer has of it, and else only its country.

    Kept in memory, since it comes with the program: nothing of it changes while that runs.
    """
    known = gazetteer.place(geonames_id) if geonames_id else None
    country = country or (known.country if known else "")
    if known is None:
        return Place(country=country, income=income_of(country))
    return Place(
        latitude=known.latitude,
        longitude=known.longitude,
        population=known.population or None,
        country=country,
        income=income_of(country),
        climate=climate_by_latitude(known.latitude),
    )


def place_of(practice: Practice) -> Place:
    """Where a practice was done."""
    if practice.city is not None:
        return place_of_city(practice.city)
    return place_elsewhere(practice.country, practice.geonames_id)


def elsewhere(is_so: Callable[[Place], bool]) -> Q:
    """Practices of no member whose place the gazetteer knows to be so."""
    rows = Practice.objects.published().filter(city=None, geonames_id__isnull=False)
    there = tuples(rows.order_by().values_list("geonames_id").distinct())
    found = [number for (number,) in there if is_so(place_elsewhere("", number))]
    return Q(city=None, geonames_id__in=any_of(found))


def in_countries(codes: Collection[str]) -> Q:
    """Practices of members in these countries, or of other places there."""
    members = City.objects.filter(country__in=codes).values_list("pk", flat=True)
    found = Q(city__in=any_of(members)) | Q(city=None, country__in=codes)
    across = list(FurtherPlace.objects.filter(country__in=codes).values_list("practice", flat=True))
    return found | Q(pk__in=any_of(across)) if across else found
