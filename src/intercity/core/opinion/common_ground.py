"""Common ground: what holds in every group and in every city, with the uncertainty taken off first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.counts import Counts
from intercity.core.opinion.intervals import CONFIDENCE, share_bound
from intercity.core.opinion.shrinkage import shrunken_shares

Floats = NDArray[np.float64]

MINIMUM_CITY_VOTES = 10
HALF = 0.5


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

    share: Floats
    by_group: Floats
    by_city: Floats
    group_floor: Floats
    city_floor: Floats
    floor: Floats


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


def find_common_ground(
    whole: Counts,
    by_group: Counts,
    by_city: Counts | None = None,
    *,
    removed: NDArray[np.bool_] | None = None,
    confidence: float = CONFIDENCE,
    minimum_city_votes: int = MINIMUM_CITY_VOTES,
) -> CommonGround:
    """Find what every group and every city agrees with, or disagrees with.

    For each statement and side, the share of those who saw it (passes included) gets a lower confidence bound in every
    group and every city, and the smallest bound counts. That somebody is against it somewhere cannot be averaged away:
    a statement is common ground only if a majority is on its side in each part on its own. The smallest of several
    bounds is below the smallest true share with at least the stated confidence (an intersection-union test: Berger,
    Technometrics 24 (1982) 295-300), for each statement by itself.

    Cities count equally. Shares of small cities are shrunk towards the mean of cities (`shrunken_shares`), and a city
    with too few votes on a statement is marked and left out of its floor. A group that has not seen a statement has
    the bound 0: nothing is common ground before everybody has been asked.

    Parameters
    ----------
    whole : Counts, shape (1, statements)
        Everybody.
    by_group : Counts, shape (groups, statements)
    by_city : Counts, shape (cities, statements), optional
    removed : bool, shape (statements,), default none
        Statements that are never listed.
    confidence : float in (0, 1), default 0.95
    minimum_city_votes : int >= 1, default 10

    Returns
    -------
    CommonGround
    """
    statements = whole.seen.shape[1]
    by_city = by_city or Counts(*(np.zeros((0, statements)) for _ in range(3)))
    counted = by_city.seen >= minimum_city_votes
    agree, disagree = (_floors(side, whole, by_group, by_city, counted, confidence) for side in ("agree", "disagree"))
    highest = np.maximum(agree.floor, disagree.floor)
    listed = highest > HALF
    if removed is not None:
        listed &= ~removed
    chosen = np.flatnonzero(listed)
    order = chosen[np.argsort(-highest[chosen], kind="stable")]
    return CommonGround(
        agree=agree,
        disagree=disagree,
        statement=order,
        agreed=agree.floor[order] >= disagree.floor[order],
        city_votes=np.rint(by_city.seen).astype(np.int64),
        city_counted=counted,
    )


def _floors(
    side: str, whole: Counts, by_group: Counts, by_city: Counts, counted: NDArray[np.bool_], confidence: float
) -> Floors:
    number, seen = getattr(whole, side)[0], whole.seen[0]
    groups = share_bound(getattr(by_group, side), by_group.seen, confidence=confidence)
    cities = shrunken_shares(getattr(by_city, side), by_city.seen, counted).bound(1 - confidence)
    group_floor = groups.min(axis=0)
    city_floor = np.where(counted, cities, np.inf).min(axis=0, initial=np.inf)
    return Floors(
        share=np.where(seen > 0, number / np.where(seen > 0, seen, 1), np.nan),
        by_group=groups,
        by_city=cities,
        group_floor=group_floor,
        city_floor=np.where(np.isfinite(city_floor), city_floor, np.nan),
        floor=np.minimum(group_floor, city_floor),
    )
