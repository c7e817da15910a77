"""What is known of many cities at once, as columns of arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

NONE: Final = -1
"""A country or an income group that is not known."""
LIMITS: Final[tuple[tuple[str, float, float], ...]] = (
    ("latitude", -90, 90),
    ("longitude", -180, 180),
    ("income", NONE, 3),
    ("country", NONE, np.inf),
    ("answered_days", 0, np.inf),
    ("asked_lately", 0, np.inf),
)
"""The least and the largest value of each column."""


class CitiesError(ValueError):
    """Columns that cannot be what they are said to be."""


def no_pairs() -> Integers:
    """An empty list of pairs, shape (0, 2)."""
    return np.zeros((0, 2), dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Cities:
    """What is known of n cities; NaN, NONE and the absence of pairs are for what is not.

    Attributes
    ----------
    latitude, longitude : float64, shape (n,)
        Degrees, in [-90, 90] and [-180, 180], or NaN.
    population : float64 > 0, shape (n,)
        People, or NaN; of the city itself, never of its country.
    country : int64, shape (n,)
        A number >= 0 for each country, or NONE.
    income : int64 in [0, 4), shape (n,)
        The income group of its country, from low to high, or NONE.
    languages, needs, offers : int64 >= 0, shape (pairs, 2)
        A city and a language that is spoken there; a city and a topic that it needs, or offers.
    answered_days : float64 >= 0, shape (n,)
        Days since it last answered anybody, or NaN for one who was never asked.
    asked_lately : float64 >= 0, shape (n,)
        How often it was asked in the last 90 days, or NaN.
    ties : int64 in [0, n), shape (pairs, 2)
        Cities that are partners already, in any order; twice counts once, and a tie to oneself not at all.

    Raises CitiesError for columns of other lengths and for values out of range.
    """

    latitude: Floats
    longitude: Floats
    population: Floats
    country: Integers
    income: Integers
    answered_days: Floats
    asked_lately: Floats
    languages: Integers = field(default_factory=no_pairs)
    needs: Integers = field(default_factory=no_pairs)
    offers: Integers = field(default_factory=no_pairs)
    ties: Integers = field(default_factory=no_pairs)

    def __post_init__(self) -> None:
        for name in ("longitude", "population", "country", "income", "answered_days", "asked_lately"):
            shape = getattr(self, name).shape
            if shape != (len(self),):
                raise CitiesError(f"{name} has the shape {shape}; one value for each of {len(self)} cities is needed")
        for name, least, most in LIMITS:
            self._in_range(name, least, most)
        if np.any(self.population <= 0) or np.any(np.isinf(self.population)):
            raise CitiesError("a population is 0 or less, or has no end; write NaN for one that is not known")
        for name in ("languages", "needs", "offers", "ties"):
            self._are_pairs(name)

    def __len__(self) -> int:
        return len(self.latitude)

    def _in_range(self, name: str, least: float, most: float) -> None:
        column = getattr(self, name)
        wrong = (column < least) | (column > most)
        if wrong.any():
            at = int(np.argmax(wrong))
            allowed = f"{least} and more" if most == np.inf else f"{least} to {most}"
            raise CitiesError(f"{name}[{at}] is {column[at]}; {allowed} is allowed")

    def _are_pairs(self, name: str) -> None:
        pairs = getattr(self, name)
        if pairs.ndim != 2 or pairs.shape[1] != 2:
            raise CitiesError(f"{name} has the shape {pairs.shape}; rows of two numbers are needed")
        places = pairs if name == "ties" else pairs[:, :1]
        if pairs.size and (pairs.min() < 0 or places.max() >= len(self)):
            raise CitiesError(f"{name} names a city or a code that is not there: 0 to {len(self) - 1} are cities")


def unknown_cities(many: int) -> Cities:
    """Cities of which nothing is known, to be filled in with `dataclasses.replace`.

    Parameters
    ----------
    many : int >= 0

    Returns
    -------
    Cities
        Every column NaN or NONE, no pairs.
    """
    blank, none = np.full(many, np.nan), np.full(many, NONE, dtype=np.int64)
    return Cities(blank, blank, blank, none, none, blank, blank)


def pair_table(pairs: Integers, rows: int, columns: int) -> csr_array:
    """Pairs as a sparse table of zeros and ones.

    Parameters
    ----------
    pairs : int64 >= 0, shape (pairs, 2)
        Row and column; twice counts once.
    rows, columns : int >= 0

    Returns
    -------
    float32 csr_array, shape (rows, columns)
    """
    once = np.unique(pairs, axis=0)
    ones = np.ones(len(once), dtype=np.float32)
    return csr_array(coo_array((ones, (once[:, 0], once[:, 1])), shape=(rows, columns)))


def tie_table(cities: Cities) -> csr_array:
    """Who is partner of whom, the same in both directions; shape (n, n), float32."""
    pairs = cities.ties[cities.ties[:, 0] != cities.ties[:, 1]]
    return pair_table(np.concatenate([pairs, pairs[:, ::-1]]), len(cities), len(cities))
