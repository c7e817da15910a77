"""Polis's representativeness: which statements speak for a group, and which for everybody."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intercity.core.opinion.counts import Counts
from intercity.core.opinion.intervals import two_shares_z

Floats = NDArray[np.float64]

SIGNIFICANT = 1.2816
"""The normal quantile of 90 %, one-sided."""
LISTED = 5


@dataclass(frozen=True)
class Side:
    """One side of a statement, agreeing or disagreeing, for every group.

    Attributes
    ----------
    number : float64, shape (groups, statements)
        Votes on this side.
    share : float64 in (0, 1), shape (groups, statements)
        (number + 1) / (seen + 2).
    share_test : float64, shape (groups, statements)
        z of the share against one half.
    ratio : float64 > 0, shape (groups, statements)
        Share divided by the share of everybody else.
    ratio_test : float64, shape (groups, statements)
        z of the share against that of everybody else.
    """

    number: Floats
    share: Floats
    share_test: Floats
    ratio: Floats
    ratio_test: Floats

    @property
    def metric(self) -> Floats:
        """What Polis ranks by, shape (groups, statements)."""
        return self.ratio * self.ratio_test * self.share * self.share_test


@dataclass(frozen=True)
class Listed:
    """A statement on a list, with the numbers of the side it is listed for."""

    statement: int
    agrees: bool
    votes: int
    seen: int
    share: float
    share_test: float
    ratio: float
    ratio_test: float


def share_test(number: ArrayLike, seen: ArrayLike) -> Floats:
    """Polis's test of a share against one half: 2 sqrt(n + 1) ((k + 1) / (n + 1) - 1/2).

    Parameters
    ----------
    number, seen : arrays >= 0 of shapes that fit

    Returns
    -------
    float64, any sign
    """
    k, n = np.asarray(number, dtype=np.float64), np.asarray(seen, dtype=np.float64)
    result: Floats = 2 * np.sqrt(n + 1) * ((k + 1) / (n + 1) - 0.5)
    return result


def sides(by_group: Counts) -> tuple[Side, Side]:
    """Agreeing and disagreeing, each group against everybody else.

    Parameters
    ----------
    by_group : Counts, shape (groups, statements)
    """
    others = by_group.others
    return (
        _side(by_group.agree, by_group.seen, others.agree, others.seen),
        _side(by_group.disagree, by_group.seen, others.disagree, others.seen),
    )


def _side(number: Floats, seen: Floats, other_number: Floats, other_seen: Floats) -> Side:
    share = (number + 1) / (seen + 2)
    return Side(
        number=number,
        share=share,
        share_test=share_test(number, seen),
        ratio=share / ((other_number + 1) / (other_seen + 2)),
        ratio_test=two_shares_z(number, seen, other_number, other_seen),
    )


def representative(by_group: Counts, *, removed: NDArray[np.bool_]) -> tuple[tuple[Listed, ...], ...]:
    """For every group, up to five statements that speak for it, agreements first.

    Parameters
    ----------
    by_group : Counts, shape (groups, statements)
    removed : bool, shape (statements,)
        Moderated out: never listed.

    Returns
    -------
    A tuple of Listed for each group
    """
    agree, disagree = sides(by_group)
    return tuple(_of_group(group, agree, disagree, by_group.seen, removed) for group in range(len(by_group.seen)))


def _of_group(group: int, agree: Side, disagree: Side, seen: Floats, removed: NDArray[np.bool_]) -> tuple[Listed, ...]:
    speaks_by_agreeing = (agree.ratio_test[group] > SIGNIFICANT) & (agree.share_test[group] > SIGNIFICANT)
    speaks_by_disagreeing = (disagree.ratio_test[group] > SIGNIFICANT) & (disagree.share_test[group] > SIGNIFICANT)
    agrees = agree.ratio_test[group] > disagree.ratio_test[group]
    metric = np.where(agrees, agree.metric[group], disagree.metric[group])
    sufficient = np.flatnonzero((speaks_by_agreeing | speaks_by_disagreeing) & ~removed)
    ranked = sufficient[np.argsort(-metric[sufficient], kind="stable")].tolist()
    best = _best_agreement(group, agree, disagree, removed)
    if not ranked and best is None:
        farthest = np.where(removed, -np.inf, np.maximum(agree.ratio_test[group], disagree.ratio_test[group]))
        chosen = [int(np.argmax(farthest))] if np.isfinite(farthest).any() else []
    else:
        chosen = ([] if best is None else [best]) + [j for j in ranked if j != best]
        chosen = chosen[:LISTED] if ranked else chosen[:1]
    listed = [_listed(j, group, bool(agrees[j]), agree if agrees[j] else disagree, seen) for j in chosen]
    return tuple(sorted(listed, key=lambda one: not one.agrees))


def _best_agreement(group: int, agree: Side, disagree: Side, removed: NDArray[np.bool_]) -> int | None:
    """The agreement that goes first: each statement in turn is held against the best one so far, as Polis does."""
    best: int | None = None
    voted = (agree.number[group] > 0) | (disagree.number[group] > 0)
    together = agree.share[group] * agree.share_test[group]
    metric, ratio = agree.metric[group], agree.ratio[group]
    looks_good = (agree.share_test[group] > SIGNIFICANT) | ((ratio > 1) & (agree.share[group] > 0.5))
    for j in np.flatnonzero(voted & ~removed).tolist():
        if best is None:
            better = looks_good[j]
        elif ratio[best] > 1:
            better = metric[j] > metric[best]
        else:
            better = together[j] > together[best]
        best = j if better else best
    return best


def _listed(j: int, group: int, agrees: bool, side: Side, seen: Floats) -> Listed:
    return Listed(
        statement=j,
        agrees=agrees,
        votes=int(side.number[group, j]),
        seen=int(seen[group, j]),
        share=float(side.share[group, j]),
        share_test=float(side.share_test[group, j]),
        ratio=float(side.ratio[group, j]),
        ratio_test=float(side.ratio_test[group, j]),
    )


def consensus(whole: Counts, *, removed: NDArray[np.bool_]) -> tuple[tuple[Listed, ...], tuple[Listed, ...]]:
    """Up to five statements that a majority of everybody agrees with, and up to five it disagrees with.

    Parameters
    ----------
    whole : Counts, shape (1, statements)
    removed : bool, shape (statements,)

    Returns
    -------
    Agreed and disagreed statements; ratio and ratio_test have no meaning here
    """
    lists = []
    for side, agrees in zip(sides(whole), (True, False), strict=True):
        good = (side.share[0] > 0.5) & (side.share_test[0] > SIGNIFICANT) & ~removed
        rank = side.share[0] * side.share_test[0]
        order = np.flatnonzero(good)[np.argsort(-rank[good], kind="stable")][:LISTED]
        lists.append(tuple(_listed(j, 0, agrees, side, whole.seen) for j in order.tolist()))
    return lists[0], lists[1]


def group_aware_consensus(by_group: Counts) -> Floats:
    """Product over groups of the share that agrees, (A + 1) / (S + 2): it shrinks with every further group.

    Returns
    -------
    float64 in (0, 1), shape (statements,)
    """
    result: Floats = np.prod((by_group.agree + 1) / (by_group.seen + 2), axis=0)
    return result
