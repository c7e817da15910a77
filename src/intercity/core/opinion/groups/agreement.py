"""How far two groupings of the same people agree."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def table(one: NDArray[np.integer], other: NDArray[np.integer], rows: int, columns: int) -> Floats:
    """How many people are in each pair of groups.

    Parameters
    ----------
    one, other : integers, shape (people,), in [0, rows) and [0, columns)
    rows, columns : int

    Returns
    -------
    float64, shape (rows, columns)
    """
    cell = one.astype(np.int64) * columns + other
    return np.bincount(cell, minlength=rows * columns).reshape(rows, columns).astype(np.float64)


def overlap(one: NDArray[np.integer], other: NDArray[np.integer], rows: int, columns: int) -> Floats:
    """Jaccard overlap of each pair of groups: people in both divided by people in either.

    Parameters
    ----------
    one, other : integers, shape (people,), in [0, rows) and [0, columns)
    rows, columns : int

    Returns
    -------
    float64 in [0, 1], shape (rows, columns)
    """
    both = table(one, other, rows, columns)
    either = both.sum(axis=1, keepdims=True) + both.sum(axis=0, keepdims=True) - both
    shared: Floats = both / np.maximum(either, 1)
    return shared


def adjusted_rand(one: ArrayLike, other: ArrayLike) -> float:
    """Agreement of two groupings, corrected for chance.

    Source: Hubert and Arabie, Journal of Classification 2 (1985) 193-218.

    Parameters
    ----------
    one, other : integers >= 0, shape (people,)

    Returns
    -------
    float: 1 if they are the same but for names, about 0 if they have nothing to do with each other
    """
    first, second = np.unique(one, return_inverse=True)[1], np.unique(other, return_inverse=True)[1]
    if not len(first):
        return 1.0
    both = table(first, second, int(first.max()) + 1, int(second.max()) + 1)
    pairs, rows, columns = (float((x * (x - 1) / 2).sum()) for x in (both, both.sum(axis=1), both.sum(axis=0)))
    everybody = len(first) * (len(first) - 1) / 2
    chance = rows * columns / everybody if everybody else 0.0
    most = (rows + columns) / 2
    return 1.0 if most == chance else (pairs - chance) / (most - chance)
