"""Whether the indicators of a pillar belong together, and how much hangs on each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intercity.core.indices.definition import Index
from intercity.core.indices.scoring import aggregate, pillars, positions

FEWEST: Final = 3
"""Cities below which a correlation says nothing at all; many more are needed before it says much."""


@dataclass(frozen=True, eq=False)
class Coherence:
    """How well the indicators of one pillar go together, over the cities that are looked at.

    Attributes
    ----------
    codes : tuple of str
        The indicators.
    alpha : float in (-inf, 1]
        Cronbach's; NaN for fewer than two indicators or three cities with all of them, or where nothing differs.
    correlation : float64 in [-1, 1], shape (indicators, indicators)
        Over the cities that have both; NaN for fewer than three of them, or where nothing differs.
    cities : int
        How many have all the indicators: those that `alpha` is of.
    """

    codes: tuple[str, ...]
    alpha: float
    correlation: NDArray[np.float64]
    cities: int


def cronbach_alpha(values: ArrayLike) -> float:
    """How far some indicators measure the same thing.

    Parameters
    ----------
    values : float, shape (cities, indicators)
        On one scale; cities with NaN are left out.

    Returns
    -------
    float in (-inf, 1]
        k/(k−1) · (1 − sum of variances / variance of the sum). NaN for fewer than two indicators or three complete
        cities, or where the sums do not differ. A low one is no fault where a pillar has several sides by intention.

    Source: Cronbach, Psychometrika 16 (1951) 297–334; OECD/JRC handbook (2008), multivariate analysis.
    """
    table = np.asarray(values, dtype=np.float64)
    table = table[np.isfinite(table).all(axis=1)]
    many = table.shape[1]
    if many < 2 or len(table) < FEWEST:
        return float("nan")
    total = table.sum(axis=1).var(ddof=1)
    if not total > 1e-20:
        return float("nan")
    return float(many / (many - 1) * (1.0 - table.var(axis=0, ddof=1).sum() / total))


def coherence(index: Index, values: ArrayLike) -> tuple[Coherence, ...]:
    """Whether the indicators of each pillar go together, after they were set between their goalposts.

    Parameters
    ----------
    index : Index
    values : float, shape (cities, indicators)
        In the units of the indicators; NaN where not known.

    Returns
    -------
    tuple of Coherence, shape (pillars,)
    """
    value = np.clip(positions(index, values), 0.0, 1.0)
    return tuple(_coherence(index, value, inside) for inside in index.members.T)


def _coherence(index: Index, value: NDArray[np.float64], inside: NDArray[np.bool_]) -> Coherence:
    part = value[:, inside]
    codes = tuple(code for code, is_member in zip(index.codes, inside, strict=True) if is_member)
    correlation = np.array([[_correlation(a, b) for b in part.T] for a in part.T])
    return Coherence(codes, cronbach_alpha(part), correlation, int(np.isfinite(part).all(axis=1).sum()))


def _correlation(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Pearson's, over what both have."""
    both = np.isfinite(a) & np.isfinite(b)
    a, b = a[both], b[both]
    if len(a) < FEWEST or min(np.ptp(a), np.ptp(b)) < 1e-10:
        return float("nan")
    return float(np.clip(np.corrcoef(a, b)[0, 1], -1.0, 1.0))


def drop_one(index: Index, values: ArrayLike) -> NDArray[np.float64]:
    """How each city's level would change without each indicator.

    Parameters
    ----------
    index : Index
    values : float, shape (cities, indicators)
        In the units of the indicators; NaN where not known.

    Returns
    -------
    float64 in [-1, 1], shape (cities, indicators)
        Level without it − level with all, geometric. A pillar whose only indicator it is goes with it, and the others'
        weights grow in proportion. NaN where there is no level with or without it, and for the only indicator of an
        index.

    Source: OECD/JRC handbook (2008), robustness and sensitivity.
    """
    value = np.clip(positions(index, values), 0.0, 1.0)
    whole = aggregate(pillars(index, value)[0], index.weights)
    found = [_without(index, value, column) - whole for column in range(len(index.codes))]
    return np.array(found, dtype=np.float64).T.reshape(value.shape)


def _without(index: Index, value: NDArray[np.float64], column: int) -> NDArray[np.float64]:
    """Levels as if an indicator had never been asked for."""
    members = index.members.astype(np.float64)
    members[column] = 0.0
    seen = np.isfinite(value).astype(np.float64)
    required, observed = members.sum(axis=0), seen @ members
    left = required > 0
    if not left.any():
        return np.full(len(value), np.nan)
    enough = (observed >= index.needed * required) & (observed > 0)
    mean = np.where(enough, (np.where(seen > 0, value, 0.0) @ members) / np.maximum(observed, 1.0), np.nan)
    weights = index.weights[left] / index.weights[left].sum()
    return aggregate(mean[:, left], weights)
