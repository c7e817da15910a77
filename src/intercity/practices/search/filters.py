"""The filters of the search: what each is called, which values it has, and which practices it keeps."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intercity.cities.countries import country_name
from intercity.cities.gazetteer import countries
from intercity.cities.models import City
from intercity.core.matching import Climate, Income, Place, Size, climate_by_latitude, income_of, size_class
from intercity.practices import vocabulary
from intercity.practices.evidence import Level
from intercity.practices.models import Cost, FurtherPlace, Practice, Practices, PracticeStatus
from intercity.practices.search.asked import Asked
from intercity.practices.search.listing import listed_under
from intercity.practices.search.numbers import any_of, tuples
from intercity.practices.search.places import elsewhere, in_countries, place_elsewhere

COUNTED: Final = 2_000
"""Of more practices no value of a filter is counted: it would take longer than the search."""

Words = str | Promise

INCOMES: Final[Mapping[Income, Words]] = {
    "low": _("low income"),
    "lower-middle": _("lower middle income"),
    "upper-middle": _("upper middle income"),
    "high": _("high income"),
}
SIZES: Final[Mapping[Size, Words]] = {
    "under-100k": _("fewer than 100,000 people"),
    "100k-500k": _("100,000 to 500,000 people"),
    "500k-1m": _("500,000 to 1 million people"),
    "1m-5m": _("1 to 5 million people"),
    "over-5m": _("5 million people or more"),
}
CLIMATES: Final[Mapping[Climate, Words]] = {
    "tropical": _("tropical"),
    "subtropical": _("subtropical"),
    "temperate": _("temperate"),
    "cold": _("cold"),
}
COSTS: Final[Mapping[str, Words]] = {"known": _("an amount is told"), "unknown": _("no amount is known")}
FAILED: Final[Mapping[str, Words]] = {"yes": _("only what was stopped or undone")}

NAMES: Final[Mapping[str, Words]] = {
    "theme": _("Challenge"),
    "target": _("SDG target"),
    "city": _("City"),
    "country": _("Country or territory"),
    "income": _("Income of the country"),
    "size": _("Size of the place"),
    # Translators: the climate is told by latitude only, not by measurements.
    "climate": _("Climate, by latitude"),
    "cost": _("Cost"),
    # Translators: the levels of evidence follow: "Evidence, at least: before and after were compared".
    "evidence": _("Evidence, at least"),
    # Translators: how a practice stands: running, stopped …
    "status": _("Status"),
    "failed": _("What did not work"),
}
"""What each filter is called, in the order in which they are offered."""

LISTED: Final = {"theme", "target"}
"""Filters of which a practice has several values, in a list."""

BOUNDS: Final[Mapping[str, tuple[int, int | None]]] = {
    "under-100k": (1, 100_000),
    "100k-500k": (100_000, 500_000),
    "500k-1m": (500_000, 1_000_000),
    "1m-5m": (1_000_000, 5_000_000),
    "over-5m": (5_000_000, None),
}


class Row(NamedTuple):
    """What is read of a practice to count it; its lists come as JSON, and are read where they are counted."""

    city: str | None
    city_country: str | None
    latitude: float | None
    population: int | None
    country: str
    geonames_id: int | None
    concepts: Any
    targets: Any
    evidence: int
    status: str
    has_cost: bool


@dataclass(frozen=True)
class Option:
    """A value of a filter: its words, the address that turns it on, and how many it keeps, None where not counted."""

    value: str
    label: str
    address: str
    count: int | None


@dataclass(frozen=True)
class Facet:
    """A filter that can be turned on."""

    name: str
    label: str
    options: tuple[Option, ...]


def kept(asked: Asked) -> Practices:
    """The published practices that the filters leave."""
    found = Practice.objects.published()
    for name, value in asked.filters.items():
        found = _listing(found, name, value) if name in LISTED else found.filter(CONDITIONS[name](value))
    return found


def themes_of(theme: str) -> tuple[str, ...]:
    """A concept alone, or a group with all concepts in it."""
    return (theme, *(one.id for one in vocabulary.concepts().values() if one.broader == theme))


def having(found: Practices, concepts: Collection[str]) -> Practices:
    """Those that are about one of these concepts."""
    return _of_any(found, concepts)


def _listing(found: Practices, name: str, value: str) -> Practices:
    return having(found, themes_of(value)) if name == "theme" else _of_any(found, [value])


def _of_any(found: Practices, values: Collection[str]) -> Practices:
    """Those that are listed under one of the values."""
    return found.filter(listed_under(tuple(values))) if values else found.none()


def _of_income(value: str) -> Q:
    return in_countries([code for code in countries() if income_of(code) == value])


def _of_size(value: str) -> Q:
    low, high = BOUNDS[value]
    members = City.objects.filter(population__gte=low)
    if high is not None:
        members = members.filter(population__lt=high)
    of_members = Q(city__in=any_of(members.values_list("pk", flat=True)))
    return of_members | elsewhere(lambda place: size_class(place.population) == value)


def _of_climate(value: str) -> Q:
    latitudes = City.objects.filter(latitude__isnull=False).values_list("pk", "latitude")
    members = [pk for pk, latitude in latitudes if climate_by_latitude(latitude) == value]
    return Q(city__in=any_of(members)) | elsewhere(lambda place: place.climate == value)


def _with_cost(value: str) -> Q:
    has_cost = Q(Exists(Cost.objects.filter(practice=OuterRef("pk"))))
    return has_cost if value == "known" else ~has_cost


CONDITIONS: Final[Mapping[str, Callable[[str], Q]]] = {
    "city": lambda value: Q(city__slug=value),
    "country": lambda value: in_countries([value]),
    "income": _of_income,
    "size": _of_size,
    "climate": _of_climate,
    "cost": _with_cost,
    "evidence": lambda value: Q(evidence__gte=int(value)),
    "status": lambda value: Q(status=value),
    "failed": lambda _value: Q(status__in=[PracticeStatus.STOPPED, PracticeStatus.REVERSED]),
}


def facets(asked: Asked, found: Practices, reader: str) -> tuple[Facet, ...]:
    """The filters that can still be turned on, with the values that keep something; a theme can be narrowed."""
    counts = _counted(asked, _rows(found))
    if counts is not None:
        _count_further(counts, found)
    offered = [name for name in NAMES if name not in asked.filters or _can_be_narrowed(asked, name)]
    made = ((name, tuple(_options(asked, name, counts, reader))) for name in offered)
    return tuple(Facet(name, str(NAMES[name]), options) for name, options in made if options)


def _can_be_narrowed(asked: Asked, name: str) -> bool:
    return name == "theme" and not vocabulary.concepts()[asked.theme].broader


def _rows(found: Practices) -> list[Row] | None:
    """What is counted; None where it is too much."""
    has_cost = Exists(Cost.objects.filter(practice=OuterRef("pk")))
    asked = found.order_by().values_list(
        "city__slug", "city__country", "city__latitude", "city__population", "country", "geonames_id", "concepts",
        "targets", "evidence", "status", has_cost,
    )[: COUNTED + 1]  # fmt: skip
    rows = [Row(*row) for row in tuples(asked)]
    if len(rows) > COUNTED:
        return None
    return [row._replace(concepts=json.loads(row.concepts), targets=json.loads(row.targets)) for row in rows]


def _counted(asked: Asked, rows: Sequence[Row] | None) -> dict[str, Counter[str]] | None:
    if rows is None:
        return None
    counts: dict[str, Counter[str]] = {name: Counter() for name in NAMES}
    for row in rows:
        for name, values in _values(asked, row):
            counts[name].update(set(values))
    return counts


def _count_further(counts: Mapping[str, Counter[str]], found: Practices) -> None:
    """What lies in a second country counts there, too, and under its income."""
    across = FurtherPlace.objects.filter(practice__in=found.order_by())
    lies: dict[tuple[int, str], set[str]] = {}
    for pk, of_city, of_place, code in across.values_list(
        "practice", "practice__city__country", "practice__country", "country"
    ):
        lies.setdefault((pk, of_city or of_place), set()).add(code)
    for (_pk, first), codes in lies.items():
        counts["country"].update(codes - {first})
        counts["income"].update({one for one in map(income_of, codes) if one and one != income_of(first)})


def _values(asked: Asked, row: Row) -> Iterator[tuple[str, Iterable[str]]]:
    """Which values of each filter would keep a practice."""
    country = row.city_country or row.country
    if row.city_country:
        place = Place(row.latitude, None, row.population, country, climate=climate_by_latitude(row.latitude))
    else:
        place = place_elsewhere(row.country, row.geonames_id)
    yield "theme", _themes(asked, row.concepts)
    yield "target", row.targets
    yield "city", [row.city] if row.city else []
    yield "country", [country] if country else []
    yield "income", _known(income_of(country))
    yield "size", _known(size_class(place.population))
    yield "climate", _known(place.climate)
    yield "cost", ["known" if row.has_cost else "unknown"]
    yield "evidence", [str(level) for level in range(1, row.evidence + 1)]
    yield "status", [row.status]
    yield "failed", ["yes"] if row.status in {PracticeStatus.STOPPED, PracticeStatus.REVERSED} else []


def _known(value: str | None) -> list[str]:
    return [value] if value else []


def _themes(asked: Asked, ids: Iterable[str]) -> list[str]:
    """Groups; or, when a group is on, the concepts in it."""
    known = vocabulary.concepts()
    there = [known[one] for one in ids if one in known]
    if asked.theme:
        return [one.id for one in there if one.broader == asked.theme]
    return [one.broader or one.id for one in there]


def _options(asked: Asked, name: str, counts: dict[str, Counter[str]] | None, reader: str) -> Iterator[Option]:
    total = None if counts is None else sum(counts[name].values())
    if total == 0:
        return
    there = None if counts is None else counts[name]
    for value, label in choices(name, reader, asked, there):
        if there is None or there[value]:
            address = asked.address(with_={name: value})
            yield Option(value, label, address, None if there is None else there[value])


def choices(name: str, reader: str, asked: Asked, there: Collection[str] | None = None) -> list[tuple[str, str]]:
    """The values of a filter with their words, of those with many only what is there."""
    if name == "theme":
        known = vocabulary.concepts().values()
        return [(one.id, one.label(reader)) for one in known if one.broader == asked.theme]
    if name == "target":
        return [(code, _target(code)) for code in _by_number(there or ())]
    if name == "city":
        return _cities(reader, there)
    if name == "country":
        return sorted(((code, country_name(code, reader)) for code in there or ()), key=lambda pair: pair[1])
    return [(str(value), str(label)) for value, label in LISTS[name].items()]


def _target(code: str) -> str:
    return str(vocabulary.TARGETS.get(code, code))


def _by_number(codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=lambda code: [part.rjust(3) for part in code.split(".")])


def _cities(reader: str, there: Collection[str] | None) -> list[tuple[str, str]]:
    if there is None:
        return []
    found = City.objects.filter(slug__in=there).prefetch_related("names").order_by("name")
    return [(one.slug, one.named(reader)) for one in found]


LISTS: Final[Mapping[str, Mapping[Any, Words]]] = {
    "income": INCOMES,
    "size": SIZES,
    "climate": CLIMATES,
    "cost": COSTS,
    "evidence": {str(level.value): level.label for level in Level if level.value},
    "status": dict(PracticeStatus.choices),
    "failed": FAILED,
}


def value_label(name: str, value: str, reader: str) -> str:
    """What a value that is on is called."""
    if name == "theme":
        return vocabulary.concepts()[value].label(reader)
    if name == "city":
        found = City.objects.filter(slug=value).prefetch_related("names").first()
        return found.named(reader) if found else value
    if name == "country":
        return country_name(value, reader)
    return _target(value) if name == "target" else str(LISTS[name][value])
