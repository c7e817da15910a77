"""How alike two places are, as a sum of named terms that anybody can add up again.

What is not known of a place adds nothing and is said to be missing: it is never guessed, and never counted as unlike.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal, get_args

Income = Literal["low", "lower-middle", "upper-middle", "high"]
Climate = Literal["tropical", "subtropical", "temperate", "cold"]
Size = Literal["under-100k", "100k-500k", "500k-1m", "1m-5m", "over-5m"]
Name = Literal["size", "income", "climate", "country", "level", "languages", "nearness"]

WEIGHTS: Final[Mapping[Name, float]] = MappingProxyType(
    {
        "size": 0.30,
        "income": 0.15,
        "climate": 0.15,
        "country": 0.10,
        "level": 0.10,
        "languages": 0.10,
        "nearness": 0.10,
    }
)
"""What each term counts; they add up to 1.

Size leads: in Campbell's survey of 45 large cities delegations visit cities of similar size, and poorer cities visit
rich and poor ones equally (Beyond Smart Cities, 2012). The weights are a judgement and were not fitted to anything.
"""

FAR: Final = 5_000.0
"""Kilometres from which on nearness counts nothing."""
EARTH: Final = 6_371.0
"""Kilometres: the mean radius."""
BANDS: Final[tuple[tuple[float, Climate], ...]] = ((23.44, "tropical"), (35.0, "subtropical"), (55.0, "temperate"))
"""Degrees of latitude, north or south, up to which a band reaches; the others by custom."""
SIZES: Final[tuple[tuple[int, Size], ...]] = (
    (100_000, "under-100k"),
    (500_000, "100k-500k"),
    (1_000_000, "500k-1m"),
    (5_000_000, "1m-5m"),
)
"""People below which a place is of a class of size."""


@dataclass(frozen=True)
class Place:
    """What is known of a place; None, "" and () are for what is not.

    Attributes
    ----------
    latitude, longitude : float or None
        Degrees, in [-90, 90] and [-180, 180].
    population : int or None
        People, > 0; 0 counts as not known.
    country : str
        ISO 3166-1, two letters.
    income : Income or None
        The income group of its country.
    climate : Climate or None
        A band of climate; `climate_by_latitude` gives a rough one.
    level : str
        What kind of place it is: a city, a district, a province.
    languages : tuple of str
        Codes of the languages that are spoken there.
    """

    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None
    country: str = ""
    income: Income | None = None
    climate: Climate | None = None
    level: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    """One way of being alike: its weight in (0, 1], and its value in [0, 1], or None where something is not known."""

    name: Name
    weight: float
    value: float | None

    @property
    def adds(self) -> float:
        """What it adds to the score: weight times value, nothing where it is missing."""
        return self.weight * self.value if self.value is not None else 0.0


@dataclass(frozen=True)
class Likeness:
    """How alike two places are: `score` in [0, 1] is the sum of what the terms add, in the order of WEIGHTS."""

    score: float
    terms: tuple[Term, ...]

    @property
    def missing(self) -> tuple[Name, ...]:
        """The terms of which nothing could be said, since something is not known of one place or the other."""
        return tuple(one.name for one in self.terms if one.value is None)

    @property
    def alike(self) -> tuple[Name, ...]:
        """The terms in which they are alike, 0.7 or more; what adds the most first."""
        found = [one for one in self.terms if one.value is not None and one.value >= 0.7]
        return tuple(one.name for one in sorted(found, key=lambda one: -one.adds))


def climate_by_latitude(latitude: float | None) -> Climate | None:
    """The band of climate in which a latitude lies: rough, since heights, coasts and winds are left out.

    Parameters
    ----------
    latitude : float or None
        Degrees; the sign does not matter.
    """
    if latitude is None:
        return None
    return next((band for limit, band in BANDS if abs(latitude) <= limit), "cold")


def size_class(population: int | None) -> Size | None:
    """The class of size of a number of people; None where it is not known, or 0."""
    if not population or population < 0:
        return None
    return next((size for limit, size in SIZES if population < limit), "over-5m")


def likeness(place: Place, others: Sequence[Place]) -> tuple[Likeness, ...]:
    """How alike a place is to each of some others.

    Parameters
    ----------
    place : Place
    others : sequence of Place, shape (n,)

    Returns
    -------
    tuple of Likeness, shape (n,)
        In the order of `others`; each depends on its two places only, and is the same when they are exchanged.
        Values of the terms: size 1 for as many people, 0.7 for twice as many, 0 from ten times on; income and climate
        1 for the same group, 0.5 for the next one, 0 beyond; country and level 1 for the same; languages the share of
        the shorter list that both have; nearness 1 at no distance, falling to 0 at 5,000 km.

    Source: the terms follow Campbell (see WEIGHTS) and the OECD's toolkit for adopting ideas from other cities, which
    names income, law and capacity as what keeps ideas from travelling.
    """
    return tuple(_likeness(place, other) for other in others)


def _likeness(one: Place, other: Place) -> Likeness:
    terms = tuple(Term(name, weight, VALUES[name](one, other)) for name, weight in WEIGHTS.items())
    return Likeness(min(1.0, math.fsum(term.adds for term in terms)), terms)


def _size(one: Place, other: Place) -> float | None:
    if size_class(one.population) is None or size_class(other.population) is None:
        return None
    return max(0.0, 1.0 - abs(math.log10(one.population or 1) - math.log10(other.population or 1)))


def _steps(first: str | None, second: str | None, order: tuple[str, ...]) -> float | None:
    """1 for the same, 0.5 for neighbours in an order, 0 for what lies further apart."""
    if first not in order or second not in order:
        return None
    return max(0.0, 1.0 - abs(order.index(first) - order.index(second)) / 2)


def _income(one: Place, other: Place) -> float | None:
    return _steps(one.income, other.income, get_args(Income))


def _climate(one: Place, other: Place) -> float | None:
    return _steps(one.climate, other.climate, get_args(Climate))


def _same(first: str, second: str) -> float | None:
    return float(first == second) if first and second else None


def _country(one: Place, other: Place) -> float | None:
    return _same(one.country, other.country)


def _level(one: Place, other: Place) -> float | None:
    return _same(one.level, other.level)


def _languages(one: Place, other: Place) -> float | None:
    mine, theirs = set(one.languages), set(other.languages)
    return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else None


def _nearness(one: Place, other: Place) -> float | None:
    """By the great circle (haversine formula)."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return None
    south, north = math.radians(one.latitude), math.radians(other.latitude)
    across = math.sin((south - north) / 2) ** 2
    along = math.sin(math.radians(one.longitude - other.longitude) / 2) ** 2
    apart = 2 * EARTH * math.asin(min(1.0, math.sqrt(across + math.cos(south) * math.cos(north) * along)))
    return max(0.0, 1.0 - apart / FAR)


VALUES: Final[Mapping[Name, Callable[[Place, Place], float | None]]] = MappingProxyType(
    {
        "size": _size,
        "income": _income,
        "climate": _climate,
        "country": _country,
        "level": _level,
        "languages": _languages,
        "nearness": _nearness,
    }
)
"""How the value of each term is found."""
