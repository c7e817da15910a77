"""Differences: what sets a group apart, and where cities differ, with false discoveries controlled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2

from intercity.core.opinion.common_ground import MINIMUM_CITY_VOTES
from intercity.core.opinion.counts import Counts
from intercity.core.opinion.intervals import false_discovery, two_shares_z, two_sided_p
from intercity.core.opinion.shrinkage import shrunken_shares

Floats = NDArray[np.float64]

FALSE_DISCOVERY = 0.05
FEWEST_VOTES = 5
"""Votes that a group, and the others, need on a statement for it to be tested."""


@dataclass(frozen=True)
class GroupDifferences:
    """How one group's votes differ from everybody else's, for every statement.

    Attributes
    ----------
    difference : float64 in [-1, 1], shape (groups, statements)
        Share of the group that agrees (of those who saw it) minus the others' share; likewise `disagreement`.
        NaN where not tested.
    q : float64 in (0, 1], shape (groups, statements)
        False-discovery rate over all groups, statements and sides, of the more telling side; NaN where not tested.
    statement : tuple of int64 arrays, one a group
        Statements that set the group apart (q <= 0.05), the most telling first.
    agrees : tuple of bool arrays, one a group
        Whether the group is set apart by agreeing (True) or by disagreeing (False).
    """

    difference: Floats
    disagreement: Floats
    q: Floats
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
    q : float64 in [0, 1], shape (statements,)
        False-discovery rate of "all cities agree equally much"; NaN where it was not tested.
    spread : float64 in [0, 1], shape (statements,)
        Largest minus smallest share over cities with enough votes; NaN where there are fewer than two.
    statement : int64, shape (listed,)
        Statements on which cities differ (q <= 0.05), widest spread first.
    """

    share: Floats
    lower: Floats
    upper: Floats
    q: Floats
    spread: Floats
    statement: NDArray[np.int64]


def group_differences(
    by_group: Counts,
    *,
    removed: NDArray[np.bool_] | None = None,
    false_discovery_rate: float = FALSE_DISCOVERY,
    fewest_votes: int = FEWEST_VOTES,
) -> GroupDifferences:
    """Find the statements that set each group apart from everybody else.

    Every group is compared with all others on both sides of every statement; false discoveries are controlled over all
    of these tests together (Benjamini and Hochberg 1995). Statements are ordered by the least difference that the data
    leave likely (its lower 95 % bound), so that a large difference among few people does not go first.

    The groups were formed from these very votes, so that they differ is no news: the tests say which statements carry
    the difference and which only seem to. They are not evidence that the groups exist; for that, see `find_groups`.

    Parameters
    ----------
    by_group : Counts, shape (groups, statements)
    removed : bool, shape (statements,), default none
        Statements that are not tested.
    false_discovery_rate : float in (0, 1), default 0.05
    fewest_votes : int >= 1, default 5

    Returns
    -------
    GroupDifferences; nothing is tested when there is one group
    """
    groups, statements = by_group.seen.shape
    others = by_group.others
    tested = (by_group.seen >= fewest_votes) & (others.seen >= fewest_votes)
    if removed is not None:
        tested &= ~removed
    gaps, bounds, p = zip(
        *(_side(getattr(by_group, s), getattr(others, s), by_group, others) for s in _SIDES), strict=True
    )
    q = false_discovery(np.where(tested, np.stack(p), np.nan))
    more = np.where(np.stack(gaps) > 0, np.stack(bounds), -np.inf)
    agrees = more[0] >= more[1]
    chosen_q = np.where(agrees, q[0], q[1])
    strongest = np.maximum(more[0], more[1])
    apart = tested & (chosen_q <= false_discovery_rate) & (strongest > 0)
    order = [np.flatnonzero(apart[g])[np.argsort(-strongest[g][apart[g]], kind="stable")] for g in range(groups)]
    return GroupDifferences(
        difference=np.where(tested, gaps[0], np.nan),
        disagreement=np.where(tested, gaps[1], np.nan),
        q=chosen_q if groups > 1 else np.full((groups, statements), np.nan),
        statement=tuple(order),
        agrees=tuple(agrees[g][order[g]] for g in range(groups)),
    )


_SIDES = ("agree", "disagree")


def _side(number: Floats, other_number: Floats, group: Counts, others: Counts) -> tuple[Floats, Floats, Floats]:
    """Difference of shares, its lower bound, and the p-value of no difference."""
    share = number / np.maximum(group.seen, 1)
    other = other_number / np.maximum(others.seen, 1)
    # Two votes are added to each part, one a side (Agresti and Caffo 2000): the bound then holds for small groups too.
    one, two = (number + 1) / (group.seen + 2), (other_number + 1) / (others.seen + 2)
    error = np.sqrt(one * (1 - one) / (group.seen + 2) + two * (1 - two) / (others.seen + 2))
    p = two_sided_p(two_shares_z(number, group.seen, other_number, others.seen))
    return share - other, one - two - 1.645 * error, p


def city_differences(
    by_city: Counts,
    *,
    removed: NDArray[np.bool_] | None = None,
    false_discovery_rate: float = FALSE_DISCOVERY,
    minimum_city_votes: int = MINIMUM_CITY_VOTES,
) -> CityDifferences:
    """Find the statements on which cities differ.

    Whether all cities with enough votes agree equally much is tested by chi-squared with false discoveries controlled
    over statements; not where Cochran's rule forbids it (expected numbers below 1, or more than a fifth below 5).

    Parameters
    ----------
    by_city : Counts, shape (cities, statements)
    removed : bool, shape (statements,), default none
    false_discovery_rate : float in (0, 1), default 0.05
    minimum_city_votes : int >= 1, default 10

    Returns
    -------
    CityDifferences
    """
    counted = by_city.seen >= minimum_city_votes
    found = shrunken_shares(by_city.agree, by_city.seen, counted)
    voted = by_city.seen > 0
    share = np.where(voted, found.share, np.nan)
    p = _homogeneity(by_city, counted)
    if removed is not None:
        p = np.where(removed, np.nan, p)
    q = false_discovery(p)
    high = np.where(counted, share, -np.inf).max(axis=0, initial=-np.inf)
    low = np.where(counted, share, np.inf).min(axis=0, initial=np.inf)
    spread = np.where(counted.sum(axis=0) > 1, high - low, np.nan)
    listed = np.flatnonzero(q <= false_discovery_rate)
    return CityDifferences(
        share=share,
        lower=np.where(voted, found.bound(0.025), np.nan),
        upper=np.where(voted, found.bound(0.975), np.nan),
        q=q,
        spread=spread,
        statement=listed[np.argsort(-spread[listed], kind="stable")],
    )


def _homogeneity(by_city: Counts, counted: NDArray[np.bool_]) -> Floats:
    """p-value of "all counted cities agree equally much" for each statement; NaN where it cannot be tested."""
    agree, seen = np.where(counted, by_city.agree, 0.0), np.where(counted, by_city.seen, 0.0)
    cities = counted.sum(axis=0)
    share = agree.sum(axis=0) / np.maximum(seen.sum(axis=0), 1)
    expected = np.stack([seen * share, seen * (1 - share)])
    observed = np.stack([agree, seen - agree])
    terms = np.where(expected > 0, (observed - expected) ** 2 / np.where(expected > 0, expected, 1), 0.0)
    least = np.where(counted, expected.min(axis=0), np.inf).min(axis=0, initial=np.inf)
    small = ((expected < FEWEST_VOTES) & counted).sum(axis=(0, 1)) / np.maximum(2 * cities, 1)
    allowed = (cities > 1) & (least >= 1) & (small <= 0.2)
    p = chi2.sf(terms.sum(axis=(0, 1)), np.maximum(cities - 1, 1))
    return np.where(allowed, p, np.nan)
