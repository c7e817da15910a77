"""Differences: what sets a group apart, and where cities differ, with false discoveries controlled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class GroupDifferences:
    """How one group's votes differ from everybody else's, for every statement.

    Attributes
    ----------
    difference : float64 in [-1, 1], shape (groups, statements)
        Share of the group that agrees (of those who saw it) minus the others' share; likewise `disagreement`.
    q : float64 in (0, 1], shape (groups, statements)
        False-discovery rate over all groups and statements; NaN where not tested.
    statement : tuple of int64 arrays, one a group
        Statements that set the group apart (q <= 0.05), the most telling first.
    agrees : tuple of bool arrays, one a group
        Whether the group is set apart by agreeing (True) or by disagreeing (False).
    """

    difference: NDArray[np.float64]
    disagreement: NDArray[np.float64]
    q: NDArray[np.float64]
    statement: tuple[NDArray[np.int64], ...]
    agrees: tuple[NDArray[np.bool_], ...]


@dataclass(frozen=True)
class CityDifferences:
    """Where cities differ.

    Attributes
    ----------
    share : float64 in [0, 1], shape (cities, statements)
        Share that agrees, shrunk towards the whole where votes are few; NaN without votes.
    lower, upper : float64 in [0, 1], shape (cities, statements)
        Two-sided 95 % interval of the share.
    q : float64 in (0, 1], shape (statements,)
        False-discovery rate of "all cities agree equally much"; NaN where fewer than two cities have enough votes.
    spread : float64 in [0, 1], shape (statements,)
        Largest minus smallest share over cities with enough votes; NaN likewise.
    statement : int64, shape (listed,)
        Statements on which cities differ (q <= 0.05), widest spread first.
    """

    share: NDArray[np.float64]
    lower: NDArray[np.float64]
    upper: NDArray[np.float64]
    q: NDArray[np.float64]
    spread: NDArray[np.float64]
    statement: NDArray[np.int64]
