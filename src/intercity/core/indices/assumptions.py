"""What a level depends on beside the figures, and how far each of these may be otherwise."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intercity.core.indices.definition import Index
from intercity.core.indices.scoring import Aggregation, aggregate, figures, pillars, positions

Doubt = Literal["measurement", "missing", "weights", "aggregation", "goalposts"]
DOUBTS: Final[tuple[Doubt, ...]] = get_args(Doubt)
"""What is drawn at random, in this order."""
EVERY: Final[tuple[Aggregation, ...]] = get_args(Aggregation)


@dataclass(frozen=True)
class Assumptions:
    """How far what a level depends on may be otherwise.

    Attributes
    ----------
    unknown_error : float >= 0, default 0.05
        Standard error of figures whose error is not known, in distances between the goalposts. A judgement.
    concentration : float > 0 or None, default 1
        Of the Dirichlet weights, whose mean is what the index declares: 1 with equal weights draws every weighting
        as often, more stays nearer to the declared ones; None draws none.
    aggregations : tuple of Aggregation, default all three
        Drawn equally often.
    goalposts : float in [0, 0.5), default 0.1
        How far each goalpost may lie to either side, in distances between the two (on a log scale, of logarithms).

    Raises
    ------
    ValueError
        For values outside of these.
    """

    unknown_error: float = 0.05
    concentration: float | None = 1.0
    aggregations: tuple[Aggregation, ...] = EVERY
    goalposts: float = 0.10

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn."""
        if not 0 <= self.unknown_error < math.inf:
            raise ValueError(f"unknown_error is {self.unknown_error}; it must be 0 or more")
        if self.concentration is not None and not 0 < self.concentration < math.inf:
            raise ValueError(f"concentration is {self.concentration}; it must be above 0, or None")
        if not self.aggregations or set(self.aggregations) - set(EVERY):
            raise ValueError(f"aggregations are {self.aggregations}; they may be some of {', '.join(EVERY)}")
        if not 0 <= self.goalposts < 0.5:
            raise ValueError(f"goalposts is {self.goalposts}; it must be 0 or more and below 0.5")


@dataclass(frozen=True, eq=False)
class Case:
    """Figures of some cities as what is drawn from: all in distances between the goalposts.

    Attributes
    ----------
    index : Index
    assumptions : Assumptions
    position : float64, shape (cities, indicators)
        NaN where missing.
    error : float64 >= 0, shape (cities, indicators)
        Standard error.
    low, high : float64, shape (cities, indicators)
        Between what a missing figure may lie.
    """

    index: Index
    assumptions: Assumptions
    position: NDArray[np.float64]
    error: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Shared:
    """What one draw assumes of all cities alike.

    Attributes
    ----------
    weights : float64, shape (draws, pillars)
    aggregation : int64, shape (draws,)
        Place in `Assumptions.aggregations`.
    worst, best : float64, shape (draws, indicators)
        How far the goalposts are moved.
    """

    weights: NDArray[np.float64]
    aggregation: NDArray[np.int64]
    worst: NDArray[np.float64]
    best: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Own:
    """What one draw assumes of one city: standard errors off, and where in its range what is missing lies.

    Attributes
    ----------
    noise : float64, shape (draws, indicators)
    fill : float64 in [0, 1), shape (draws, indicators)
    """

    noise: NDArray[np.float64]
    fill: NDArray[np.float64]


def build_case(
    index: Index,
    values: ArrayLike,
    error: ArrayLike | None = None,
    plausible: ArrayLike | None = None,
    assumptions: Assumptions | None = None,
) -> Case:
    """Gather what is known of some cities, and how well.

    Parameters
    ----------
    index : Index
    values : float, shape (cities, indicators)
        In the units of the indicators; NaN where not known.
    error : float >= 0, shape (cities, indicators) or (indicators,), optional
        Standard errors in the same units; NaN where not known: then `assumptions.unknown_error` holds.
    plausible : float, shape (cities, indicators, 2) or (indicators, 2), optional
        Between what a missing value may lie, in the same units; NaN where not known: then anywhere between the
        goalposts.
    assumptions : Assumptions, optional

    Returns
    -------
    Case

    Raises
    ------
    ValueError
        For other shapes, errors below 0, ranges that do not rise, and what `score` refuses.
    """
    table, chosen = figures(index, values), assumptions or Assumptions()
    position = positions(index, table)
    low, high = _ranges(index, table.shape, plausible)
    return Case(index, chosen, position, _errors(index, table, error, chosen.unknown_error), low, high)


def _errors(index: Index, table: NDArray[np.float64], error: ArrayLike | None, unknown: float) -> NDArray[np.float64]:
    """Standard errors in distances between the goalposts; on a log scale by the slope of the logarithm."""
    given = np.broadcast_to(np.nan if error is None else np.asarray(error, dtype=np.float64), table.shape)
    if (given < 0).any() or np.isinf(given).any():
        raise ValueError("standard errors are below 0 or infinite; each must be 0 or more, or NaN where not known")
    found = np.empty(table.shape)
    for column, one in enumerate(index.indicators):
        posts, x = one.goalposts, table[:, column]
        if posts and posts.form == "log":
            relative = np.where(x > 0, given[:, column] / np.where(x > 0, x, 1.0), 0.0)
            found[:, column] = relative / abs(math.log(posts.best / posts.worst))
        elif posts:
            found[:, column] = given[:, column] / abs(posts.best - posts.worst)
    return np.where(np.isfinite(given), found, unknown)


def _ranges(
    index: Index, shape: tuple[int, ...], plausible: ArrayLike | None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Plausible ranges in distances between the goalposts, worse end first; all between them where none is known."""
    given = np.broadcast_to(np.nan if plausible is None else np.asarray(plausible, dtype=np.float64), (*shape, 2))
    if (given[..., 0] > given[..., 1]).any():
        raise ValueError("plausible ranges fall; the first of the two must be the lower")
    first, second = positions(index, given[..., 0]), positions(index, given[..., 1])
    known = np.isfinite(first) & np.isfinite(second)
    return np.where(known, np.minimum(first, second), 0.0), np.where(known, np.maximum(first, second), 1.0)


def draw_shared(case: Case, draws: int, source: np.random.Generator) -> Shared:
    """Draw what is assumed of all cities alike.

    Parameters
    ----------
    case : Case
    draws : int >= 1
    source : numpy Generator

    Returns
    -------
    Shared
    """
    chosen, weights = case.assumptions, case.index.weights
    width = (draws, len(case.index.codes))
    drawn = np.tile(weights, (draws, 1))
    if chosen.concentration is not None and len(weights) > 1:
        drawn = source.dirichlet(chosen.concentration * len(weights) * weights, draws)
    return Shared(
        weights=drawn,
        aggregation=source.integers(len(chosen.aggregations), size=draws),
        worst=source.uniform(-chosen.goalposts, chosen.goalposts, width),
        best=source.uniform(-chosen.goalposts, chosen.goalposts, width),
    )


def draw_own(case: Case, draws: int, source: np.random.Generator) -> Own:
    """Draw what is assumed of one city.

    Parameters
    ----------
    case : Case
    draws : int >= 1
    source : numpy Generator

    Returns
    -------
    Own
    """
    width = (draws, len(case.index.codes))
    return Own(source.standard_normal(width), source.random(width))


def levels(case: Case, city: int, shared: Shared, own: Own) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Levels of one city in each draw.

    Parameters
    ----------
    case : Case
    city : int in [0, cities)
    shared : Shared
    own : Own
        As many draws as in `shared`.

    Returns
    -------
    level : float64 in [0, 1], shape (draws,)
        NaN throughout where a pillar is observed too little.
    pillar : float64 in [0, 1], shape (draws, pillars)
        Means over all indicators, with what is missing filled in; NaN for pillars that are observed too little.
    """
    there = np.isfinite(case.position[city])
    seen = case.position[city] + case.error[city] * own.noise
    filled = case.low[city] + (case.high[city] - case.low[city]) * own.fill
    moved = (np.where(there, seen, filled) - shared.worst) / (1.0 + shared.best - shared.worst)
    pillar, _ = pillars(case.index, np.clip(moved, 0.0, 1.0))
    enough, _ = pillars(case.index, np.clip(case.position[[city]], 0.0, 1.0))
    pillar = np.where(np.isfinite(enough), pillar, np.nan)
    level = np.empty(len(pillar))
    for number, how in enumerate(case.assumptions.aggregations):
        chosen = shared.aggregation == number
        level[chosen] = aggregate(pillar[chosen], shared.weights[chosen], how)
    return level, pillar


def exchange(doubt: Doubt, shared: Shared, own: Own, other: tuple[Shared, Own]) -> tuple[Shared, Own]:
    """The same draws, with one of the doubts taken from others.

    Parameters
    ----------
    doubt : Doubt
    shared : Shared
    own : Own
    other : (Shared, Own)
        As many draws, independent of the first.
    """
    theirs, its = other
    if doubt == "measurement":
        return shared, replace(own, noise=its.noise)
    if doubt == "missing":
        return shared, replace(own, fill=its.fill)
    if doubt == "weights":
        return replace(shared, weights=theirs.weights), own
    if doubt == "aggregation":
        return replace(shared, aggregation=theirs.aggregation), own
    return replace(shared, worst=theirs.worst, best=theirs.best), own


def random_source(seed: int, *names: int) -> np.random.Generator:
    """A source of random numbers of its own for each purpose, so that one city's draws do not hang on another's.

    Parameters
    ----------
    seed : int >= 0
    names : int >= 0
        What it is for.

    Raises
    ------
    ValueError
        For a seed below 0.
    """
    if seed < 0:
        raise ValueError(f"the seed is {seed}; it must be 0 or more")
    return np.random.default_rng(np.random.SeedSequence(seed, spawn_key=names))
