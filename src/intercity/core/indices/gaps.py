"""How far groups of people are apart: shown beside the level, never merged into it in silence."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray


def parity(one: ArrayLike, other: ArrayLike) -> NDArray[np.float64]:
    """How near two groups are to having the same, whichever of them is ahead.

    Parameters
    ----------
    one, other : float >= 0, shapes that go together
        The same figure for two groups, in the same unit: women and men, outskirts and centre. NaN where not known.

    Returns
    -------
    float64 in [0, 1]
        min(r, 1/r) of the ratio r: 1 the same, 0 where one has nothing. NaN where one is not known, or both are 0.

    Raises
    ------
    ValueError
        For figures below 0.

    Source: the parity indices of UNESCO, made symmetric.
    """
    a, b = (np.asarray(group, dtype=np.float64) for group in (one, other))
    _refuse_negative(a, b)
    # np.minimum carries NaN on: what is not known of one group is not known of the two.
    low, high = np.minimum(a, b), np.maximum(a, b)
    return np.asarray(np.where(high > 0, low / np.where(high > 0, high, 1.0), np.nan))


def difference(one: ArrayLike, other: ArrayLike) -> NDArray[np.float64]:
    """How much less a group has than another, in the unit of the figure.

    Parameters
    ----------
    one, other : float, shapes that go together
        NaN where not known.

    Returns
    -------
    float64
        other − one: above 0 where `one` has less. NaN where one of them is not known.
    """
    return np.asarray(other, dtype=np.float64) - np.asarray(one, dtype=np.float64)


def atkinson(values: ArrayLike, sizes: ArrayLike | None = None) -> NDArray[np.float64]:
    """Inequality between groups, by Atkinson's measure with an aversion of 1.

    Parameters
    ----------
    values : float >= 0, shape (..., groups)
        What a person of each group has.
    sizes : float >= 0, shape (..., groups) or (groups,), optional
        People in each group, in any unit, not all 0; without it groups count the same.

    Returns
    -------
    float64 in [0, 1], shape (...)
        1 − geometric mean / mean. 0: all have the same, also where all have nothing; 1: a group has nothing, others
        something. NaN where a group is not known: over fewer groups inequality would look smaller.

    Raises
    ------
    ValueError
        For values or sizes below 0, and sizes that are all 0.

    Source: A. B. Atkinson, On the measurement of inequality, Journal of Economic Theory 2 (1970) 244–263, ε = 1.
    """
    given = np.asarray(values, dtype=np.float64)
    size = np.ones(given.shape[-1]) if sizes is None else np.asarray(sizes, dtype=np.float64)
    _refuse_negative(given, size)
    if not (size.sum(axis=-1) > 0).all():
        raise ValueError("sizes of groups are all 0; at least one must be above 0")
    weight = np.broadcast_to(size / size.sum(axis=-1, keepdims=True), given.shape)
    mean = (weight * given).sum(axis=-1)
    with np.errstate(divide="ignore"):
        # A group of nobody does not count, even where it has nothing: 0 · ln 0 would be no number.
        geometric = np.exp((weight * np.log(np.where(weight > 0, given, 1.0))).sum(axis=-1))
    found = np.where(mean > 0, 1.0 - geometric / np.where(mean > 0, mean, 1.0), 0.0 * mean)
    return np.asarray(np.clip(found, 0.0, 1.0))


def adjusted(value: ArrayLike, values: ArrayLike, sizes: ArrayLike | None = None) -> NDArray[np.float64]:
    """A value lowered by the inequality between groups, to be shown beside the value itself.

    Parameters
    ----------
    value : float in [0, 1], shape (...)
        Of everybody.
    values : float >= 0, shape (..., groups)
        Of the groups.
    sizes : float >= 0, shape (..., groups) or (groups,), optional
        People in each group.

    Returns
    -------
    float64 in [0, 1], shape (...)
        value · (1 − Atkinson's measure); NaN where something is not known.

    Raises
    ------
    ValueError
        As for `atkinson`.

    Source: the form of the inequality-adjusted Human Development Index, UNDP.
    """
    return np.asarray(value, dtype=np.float64) * (1.0 - atkinson(values, sizes))


def _refuse_negative(*arrays: NDArray[np.float64]) -> None:
    if any((one < 0).any() for one in arrays):
        raise ValueError("figures of groups are below 0; each must be 0 or more")
