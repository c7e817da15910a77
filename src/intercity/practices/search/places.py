"""What is known of the places of cities and practices, by which they are alike."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from intercity.cities import gazetteer
from intercity.cities.models import City
from intercity.core.matching import Place, climate_by_latitude, income_of
from intercity.practices.models import Practice


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


def place_elsewhere(country: str, geonames_id: int | None) -> Place:
    """A place that is no member: what the gazetteer has of it, and else only its country."""
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


def places_elsewhere() -> dict[int, Place]:
    """The places of published practices that are no members and that the gazetteer knows, by their GeoNames id."""
    rows = Practice.objects.published().filter(city=None, geonames_id__isnull=False)
    found = rows.order_by().values_list("country", "geonames_id").distinct()
    return {number: place_elsewhere(country, number) for country, number in found if number is not None}


def in_countries(codes: Iterable[str]) -> Q:
    """Practices of members in these countries, or of other places there."""
    codes = list(codes)
    return Q(city__country__in=codes) | Q(city=None, country__in=codes)
