"""From figures to scores: between fixed goalposts, over what is observed, without full compensation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intercity.core.indices.definition import Goalposts, Index

Aggregation = Literal["geometric", "arithmetic", "minimum"]

FLOOR: Final = 0.01
"""What a pillar counts at the least in a geometric mean, so that one pillar at 0 does not wipe out all others."""
FAR: Final = 10.0
"""Distances between the goalposts: how far outside a value is looked at. Keeps 0 on a log scale finite."""


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of some cities, in the order in which they were given.

    Attributes
    ----------
    value : float64 in [0, 1], shape (cities, indicators)
        Between the goalposts; NaN where it is not observed.
    coverage : float64 in [0, 1], shape (cities, pillars)
        Indicators observed, of those that count.
    pillar : float64 in [0, 1], shape (cities, pillars)
        Mean over what is observed; NaN where coverage is below what the index needs.
    level : float64 in [0, 1], shape (cities,)
        NaN unless every pillar has a score. Shown times 100.
    """

    value: NDArray[np.float64]
    coverage: NDArray[np.float64]
    pillar: NDArray[np.float64]
    level: NDArray[np.float64]


def positions(index: Index, values: ArrayLike) -> NDArray[np.float64]:
    """Where figures lie between their goalposts, not yet cut off at 0 and 1.

    Parameters
    ----------
    index : Index
    values : float, shape (cities, indicators)
        In the units of the indicators, in the order of `index.codes`; NaN where not known.

    Returns
    -------
    float64 in [-10, 10], shape (cities, indicators)
        0 at the worst, 1 at the best goalpost, NaN where not known.

    Raises
    ------
    ValueError
        For another shape, infinite values, and values below 0 on a log scale.
    """
    table = figures(index, values)
    found = [_position(column, one.goalposts) for column, one in zip(table.T, index.indicators, strict=True)]
    return np.array(found, dtype=np.float64).reshape(len(index.codes), len(table)).T


def figures(index: Index, values: ArrayLike) -> NDArray[np.float64]:
    """A table of figures, checked against an index.

    Parameters
    ----------
    index : Index
    values : float, shape (cities, indicators)
        NaN where not known.

    Raises
    ------
    ValueError
        For another shape, infinite values, and values below 0 on a log scale.
    """
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or table.shape[1] != len(index.codes):
        raise ValueError(f"values have the shape {table.shape}; it must be (cities, {len(index.codes)})")
    if np.isinf(table).any():
        raise ValueError("values are infinite; each must be a number, or NaN where it is not known")
    for column, one in zip(table.T, index.indicators, strict=True):
        if one.goalposts and one.goalposts.form == "log" and (column < 0).any():
            raise ValueError(f"{one.code}: {np.nanmin(column)} is below 0; on a log scale there is no such value")
    return table


def _position(value: NDArray[np.float64], goalposts: Goalposts | None) -> NDArray[np.float64]:
    if goalposts is None:
        raise ValueError("an indicator without goalposts cannot be placed between them")
    worst, best = goalposts.worst, goalposts.best
    if goalposts.form == "log":
        with np.errstate(divide="ignore"):
            return np.asarray(np.clip(np.log(value / worst) / np.log(best / worst), -FAR, FAR))
    return np.asarray(np.clip((value - worst) / (best - worst), -FAR, FAR))


def normalise(values: ArrayLike, goalposts: Goalposts) -> NDArray[np.float64]:
    """Figures of one indicator as values from 0, at or beyond the worst goalpost, to 1, at or beyond the best.

    Parameters
    ----------
    values : float, any shape
        In the unit of the goalposts; on a log scale 0 or more; NaN where not known.
    goalposts : Goalposts

    Returns
    -------
    float64 in [0, 1], same shape
        NaN where not known. Linear: (x − worst) / (best − worst); log: the same of ln x.

    Raises
    ------
    ValueError
        For values below 0 on a log scale.

    Source: OECD/JRC, Handbook on constructing composite indicators (2008), normalisation by distance to a reference.
    """
    given = np.asarray(values, dtype=np.float64)
    if goalposts.form == "log" and (given < 0).any():
        raise ValueError(f"{np.nanmin(given)} is below 0; on a log scale there is no such value")
    return np.clip(_position(given, goalposts), 0.0, 1.0)


def pillars(index: Index, value: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scores of the pillars, and how much of each is observed.

    Parameters
    ----------
    index : Index
    value : float in [0, 1], shape (cities, indicators)
        Between the goalposts; NaN where not observed.

    Returns
    -------
    pillar : float64 in [0, 1], shape (cities, pillars)
        Mean over what is observed; NaN where coverage is below `index.needed`.
    coverage : float64 in [0, 1], shape (cities, pillars)
        Observed, of the indicators that count.
    """
    given = np.asarray(value, dtype=np.float64)
    seen, members = np.isfinite(given).astype(np.float64), index.members.astype(np.float64)
    observed, total = seen @ members, np.where(seen > 0, given, 0.0) @ members
    coverage = observed / members.sum(axis=0)
    # A mean of equal values may come out a hair above 1.
    mean = np.minimum(1.0, total / np.maximum(observed, 1.0))
    return np.where((coverage >= index.needed) & (observed > 0), mean, np.nan), coverage


def aggregate(pillar: ArrayLike, weights: ArrayLike, how: Aggregation = "geometric") -> NDArray[np.float64]:
    """One level from the scores of the pillars.

    Parameters
    ----------
    pillar : float in [0, 1], shape (..., pillars)
    weights : float, shape (..., pillars)
        0 or more, adding up to 1; not used by "minimum".
    how : "geometric", "arithmetic" or "minimum", default "geometric"
        "geometric": ∏ max(p, 0.01)^w, weak pillars pull down; "arithmetic": ∑ w p, strong pillars make up for weak
        ones; "minimum": the weakest pillar.

    Returns
    -------
    float64 in [0, 1], shape (...)
        NaN where a pillar has no score.

    Raises
    ------
    ValueError
        For another aggregation.

    Source: OECD/JRC handbook (2008), aggregation and compensability.
    """
    p, w = np.asarray(pillar, dtype=np.float64), np.asarray(weights, dtype=np.float64)
    if how == "geometric":
        level = np.exp((w * np.log(np.maximum(p, FLOOR))).sum(axis=-1))
    elif how == "arithmetic":
        level = (w * p).sum(axis=-1)
    elif how == "minimum":
        level = p.min(axis=-1)
    else:
        raise ValueError(f"the aggregation is {how!r}; it may be one of {', '.join(get_args(Aggregation))}")
    # Weights add up to 1 but for rounding.
    return np.asarray(np.minimum(1.0, level), dtype=np.float64)


def score(index: Index, values: ArrayLike, *, how: Aggregation = "geometric") -> Scores:
    """Scores of cities from their figures, by the choices that the index declares, over what is observed only.

    Parameters
    ----------
    index : Index
    values : float, shape (cities, indicators)
        In the units of the indicators, in the order of `index.codes`; NaN where not known: nothing is filled in.
    how : "geometric", "arithmetic" or "minimum", default "geometric"
        How pillars are put together.

    Returns
    -------
    Scores

    Raises
    ------
    ValueError
        For another shape, infinite values, and values below 0 on a log scale.

    Source: OECD/JRC handbook (2008); the formulae are in docs/methods/indices.md.
    """
    value = np.clip(positions(index, values), 0.0, 1.0)
    pillar, coverage = pillars(index, value)
    return Scores(value, coverage, pillar, aggregate(pillar, index.weights, how))
