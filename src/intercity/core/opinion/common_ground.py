"""Common ground: what holds in every group and in every city, with the uncertainty taken off first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Floors:
    """How much agreement (or disagreement) there is at the least, per statement.

    Attributes
    ----------
    share : float64 in [0, 1], shape (statements,)
        Share of all who saw the statement; NaN where nobody did.
    by_group, by_city : float64 in [0, 1], shape (groups, statements) and (cities, statements)
        Lower confidence bound of the share in each; for cities after shrinking towards the whole.
    group_floor, city_floor : float64 in [0, 1], shape (statements,)
        The smallest of the bounds; over cities with enough votes only; NaN where there is no such city,
        or no city labels at all.
    floor : float64 in [0, 1], shape (statements,)
        The smaller of the two floors: at least this share, in every group and every city.
    """

    share: NDArray[np.float64]
    by_group: NDArray[np.float64]
    by_city: NDArray[np.float64]
    group_floor: NDArray[np.float64]
    city_floor: NDArray[np.float64]
    floor: NDArray[np.float64]


@dataclass(frozen=True)
class CommonGround:
    """Statements on which every group and every city stands on the same side.

    Attributes
    ----------
    agree, disagree : Floors
    statement : int64, shape (listed,)
        The common ground: statements whose floor lies above one half, highest floor first.
    agreed : bool, shape (listed,)
        True: agreed with everywhere; False: disagreed with everywhere.
    city_votes : int64, shape (cities, statements)
    city_counted : bool, shape (cities, statements)
        False where a city has too few votes on the statement to be counted; shown as "too few votes".
    """

    agree: Floors
    disagree: Floors
    statement: NDArray[np.int64]
    agreed: NDArray[np.bool_]
    city_votes: NDArray[np.int64]
    city_counted: NDArray[np.bool_]
