"""Levels with what is not known about them: intervals, and how sure it is that one city is above another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intercity.core.indices.assumptions import (
    Assumptions,
    Case,
    build_case,
    draw_own,
    draw_shared,
    levels,
    random_source,
)
from intercity.core.indices.definition import Index
from intercity.core.indices.scoring import Scores, score

DRAWS: Final = 5_000
"""Draws of the Monte Carlo: a share of draws near 0.9 is then off by 0.004, one standard error."""
SURE: Final = 0.9
"""Two cities are compared only if one is above the other in more than this share of the draws."""
QUANTILES: Final = (0.05, 0.5, 0.95)

Verdict = Literal["above", "below", "cannot be told", "not known"]


@dataclass(frozen=True, eq=False)
class Uncertainty:
    """What can be said of some cities, in the order in which they were given.

    Attributes
    ----------
    scores : Scores
        By the declared choices, over what is observed: before all doubt.
    low, median, high : float64 in [0, 1], shape (cities,)
        5 %, 50 % and 95 % of the draws: the median is the figure to publish. NaN for cities without a level.
    pillar_low, pillar_median, pillar_high : float64 in [0, 1], shape (cities, pillars)
        The same of each pillar; NaN where it has no score.
    above : float64 in [0, 1], shape (cities, cities)
        Share of the draws in which the city of the row is above that of the column; equal levels count for neither.
        NaN where one has no level.
    draws, seed : int
    assumptions : Assumptions
    """

    scores: Scores
    low: NDArray[np.float64]
    median: NDArray[np.float64]
    high: NDArray[np.float64]
    pillar_low: NDArray[np.float64]
    pillar_median: NDArray[np.float64]
    pillar_high: NDArray[np.float64]
    above: NDArray[np.float64]
    draws: int
    seed: int
    assumptions: Assumptions

    @property
    def is_inside(self) -> NDArray[np.bool_]:
        """Whether the level before all doubt lies in the interval, shape (cities,).

        Where it does not, the figures that are there flatter the city or do it wrong, or a figure lies so near to a
        goalpost that doubt can only move it one way. False where there is no level.
        """
        level, rounding = self.scores.level, 1e-12
        found: NDArray[np.bool_] = (self.low - rounding <= level) & (level <= self.high + rounding)
        return found


@dataclass(frozen=True)
class Comparison:
    """One city set beside another: the shares of draws in which it is `above` or `below`, and what follows.

    `verdict` is "cannot be told" unless one share exceeds the limit, and "not known" where a city has no level.
    """

    above: float
    below: float
    verdict: Verdict


def simulate(
    index: Index,
    values: ArrayLike,
    *,
    error: ArrayLike | None = None,
    plausible: ArrayLike | None = None,
    assumptions: Assumptions | None = None,
    draws: int = DRAWS,
    seed: int,
) -> Uncertainty:
    """Levels of cities under everything that might be otherwise, drawn at random all at once.

    In each draw weights, aggregation and goalposts are the same for all cities, so that cities are compared under the
    same assumptions; errors of measurement and what is missing are drawn for each city by itself.

    Parameters
    ----------
    index : Index
    values : float, shape (cities, indicators)
        In the units of the indicators, in the order of `index.codes`; NaN where not known.
    error : float >= 0, shape (cities, indicators) or (indicators,), optional
        Standard errors in the same units; NaN where not known: `assumptions.unknown_error` holds. Errors are normal;
        on a log scale those of the logarithm.
    plausible : float, shape (cities, indicators, 2) or (indicators, 2), optional
        Lowest and highest of what a missing value may be, in the same units, drawn evenly (on a log scale, evenly in
        the logarithm); NaN where not known: anywhere between the goalposts.
    assumptions : Assumptions, optional
    draws : int >= 1, default 5000
    seed : int >= 0
        The same seed gives the same result.

    Returns
    -------
    Uncertainty

    Raises
    ------
    ValueError
        For other shapes, infinite values, errors below 0, ranges that do not rise, no draws, a seed below 0.

    Source: OECD/JRC handbook (2008), uncertainty analysis; Saisana, Saltelli and Tarantola, Journal of the Royal
    Statistical Society A 168 (2005) 307–323.
    """
    if draws < 1:
        raise ValueError(f"draws are {draws}; at least one is needed")
    case = build_case(index, values, error, plausible, assumptions)
    drawn, quantiles = _draw(case, draws, seed)
    low, median, high = np.quantile(drawn, QUANTILES, axis=1)
    return Uncertainty(
        scores=score(index, values),
        low=low,
        median=median,
        high=high,
        pillar_low=quantiles[:, 0],
        pillar_median=quantiles[:, 1],
        pillar_high=quantiles[:, 2],
        above=_above(drawn),
        draws=draws,
        seed=seed,
        assumptions=case.assumptions,
    )


def _draw(case: Case, draws: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Levels, shape (cities, draws), and quantiles of the pillars, shape (cities, 3, pillars)."""
    cities, many = len(case.position), len(case.index.pillars)
    drawn, quantiles = np.empty((cities, draws)), np.empty((cities, len(QUANTILES), many))
    shared = draw_shared(case, draws, random_source(seed, 0))
    for city in range(cities):  # city by city: memory does not grow with all cities' indicators
        drawn[city], pillar = levels(case, city, shared, draw_own(case, draws, random_source(seed, 1, city)))
        quantiles[city] = np.quantile(pillar, QUANTILES, axis=0)
    return drawn, quantiles


def _above(drawn: NDArray[np.float64]) -> NDArray[np.float64]:
    """Share of draws in which each city is above each other, shape (cities, cities)."""
    known: NDArray[np.bool_] = np.isfinite(drawn[:, 0])  # a level is there in every draw, or in none
    found = np.array([(one > drawn).mean(axis=1) for one in drawn]).reshape(len(drawn), len(drawn))
    return np.where(known[:, None] & known, found, np.nan)


def comparable(found: Uncertainty, city: int, other: int, sure: float = SURE) -> Comparison:
    """Whether one city may be said to be above or below another.

    Parameters
    ----------
    found : Uncertainty
    city, other : int in [0, cities)
    sure : float in [0.5, 1), default 0.9
        Share of the draws that must be exceeded.

    Returns
    -------
    Comparison

    Raises
    ------
    ValueError
        For a limit outside of [0.5, 1): below a half, both could be above each other.
    IndexError
        For cities that are not there.
    """
    if not 0.5 <= sure < 1:
        raise ValueError(f"sure is {sure}; it must be at least 0.5 and below 1")
    cities = len(found.above)
    if not (0 <= city < cities and 0 <= other < cities):
        raise IndexError(f"cities are {city} and {other}; there are {cities}, from 0 on")
    above, below = float(found.above[city, other]), float(found.above[other, city])
    return Comparison(above, below, _verdict(above, below, sure))


def _verdict(above: float, below: float, sure: float) -> Verdict:
    if np.isnan(above):
        return "not known"
    if above > sure:
        return "above"
    return "below" if below > sure else "cannot be told"
