"""Which of the assumptions moves a level most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intercity.core.indices.assumptions import (
    DOUBTS,
    Assumptions,
    Case,
    Doubt,
    Own,
    Shared,
    build_case,
    draw_own,
    draw_shared,
    exchange,
    levels,
    random_source,
)
from intercity.core.indices.definition import Index

SENSITIVITY_DRAWS: Final = 4_000
NOTHING: Final = 1e-20
"""A variance that is no more than rounding."""


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Shares of the variance of each city's level, in the order in which cities were given.

    Attributes
    ----------
    doubts : tuple of Doubt
        The columns: measurement, missing, weights, aggregation, goalposts.
    first : float64 in [0, 1], shape (cities, doubts)
        What would be gone on average if this alone were known (first-order Sobol index). NaN where nothing varies.
    total : float64 in [0, 1], shape (cities, doubts)
        What would remain on average if all but this were known (total Sobol index): at least `first` but for chance,
        more where it acts together with others.
    variance : float64 >= 0, shape (cities,)
        Of the level in [0, 1]; NaN for cities without a level.
    """

    doubts: tuple[Doubt, ...]
    first: NDArray[np.float64]
    total: NDArray[np.float64]
    variance: NDArray[np.float64]

    @property
    def most(self) -> tuple[Doubt | None, ...]:
        """What moves each city's level most, shape (cities,): the largest total; None where nothing varies."""
        known = np.isfinite(self.total[:, 0])
        place = np.where(np.isfinite(self.total), self.total, -1.0).argmax(axis=1)
        return tuple(self.doubts[p] if k else None for p, k in zip(place, known, strict=True))


def sensitivity(
    index: Index,
    values: ArrayLike,
    *,
    error: ArrayLike | None = None,
    plausible: ArrayLike | None = None,
    assumptions: Assumptions | None = None,
    draws: int = SENSITIVITY_DRAWS,
    seed: int,
) -> Sensitivity:
    """How much of the variance of each city's level each assumption makes, by Sobol indices of groups of inputs.

    There are two independent sets of draws, and for each doubt the first set with this doubt taken from the second:
    seven evaluations, compared by Jansen's estimators. A doubt is a group of many numbers and counts as one.

    Parameters
    ----------
    index : Index
    values : float, shape (cities, indicators)
    error : float >= 0, shape (cities, indicators) or (indicators,), optional
    plausible : float, shape (cities, indicators, 2) or (indicators, 2), optional
    assumptions : Assumptions, optional
        All five as in `simulate`.
    draws : int >= 2, default 4000
        Indices are then off by up to 0.03, one standard error.
    seed : int >= 0

    Returns
    -------
    Sensitivity

    Raises
    ------
    ValueError
        As for `simulate`.

    Source: Jansen, Computer Physics Communications 117 (1999) 35–43; Saltelli and others, Computer Physics
    Communications 181 (2010) 259–270, table 2.
    """
    if draws < 2:
        raise ValueError(f"draws are {draws}; at least two are needed")
    case = build_case(index, values, error, plausible, assumptions)
    cities = len(case.position)
    first, total = np.full((cities, len(DOUBTS)), np.nan), np.full((cities, len(DOUBTS)), np.nan)
    variance = np.full(cities, np.nan)
    shared = [draw_shared(case, draws, random_source(seed, which, 0)) for which in (2, 3)]
    for city in range(cities):
        own = [draw_own(case, draws, random_source(seed, which, 1, city)) for which in (2, 3)]
        one, other = ((shared[n], own[n]) for n in (0, 1))
        variance[city], first[city], total[city] = _shares(case, city, one, other)
    return Sensitivity(DOUBTS, first, total, variance)


def _shares(
    case: Case, city: int, one: tuple[Shared, Own], other: tuple[Shared, Own]
) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """Variance, first-order and total indices of one city."""
    a, b = (levels(case, city, *drawn)[0] for drawn in (one, other))
    mixed = np.array([levels(case, city, *exchange(doubt, *one, other))[0] for doubt in DOUBTS])
    variance = float(np.concatenate([a, b]).var())
    if not variance > NOTHING:
        nothing = np.full(len(DOUBTS), np.nan)
        return variance, nothing, nothing
    first = 1.0 - ((b - mixed) ** 2).mean(axis=1) / (2.0 * variance)
    total = ((a - mixed) ** 2).mean(axis=1) / (2.0 * variance)
    first = np.where(total > 0, first, 0.0)  # what changes nothing at all makes no part of it, chance or not
    return variance, np.clip(first, 0.0, 1.0), np.clip(total, 0.0, 1.0)
