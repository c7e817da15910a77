"""Robustness: does the common ground survive leaving out a suspicious cluster of participants?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intercity.core.opinion.common_ground import CommonGround
from intercity.core.opinion.votes import Votes

SMALLEST = 5
MINIMUM_VOTES = 5
WITHIN_SECONDS = 60.0


@dataclass(frozen=True)
class Suspicion:
    """Participants who voted the same on the same statements within the same minute.

    A cluster is a reason to look, never a verdict: a school class voting together looks the same.

    Attributes
    ----------
    cluster : int64 in [-1, clusters), shape (participants,)
        -1: in no cluster. Clusters are numbered by size, largest first.
    size : int64, shape (clusters,)
    """

    cluster: NDArray[np.int64]
    size: NDArray[np.int64]


@dataclass(frozen=True)
class Robustness:
    """What changes when all suspicious clusters are left out.

    Attributes
    ----------
    left_out : int
        How many participants.
    kept, lost, gained : int64 arrays
        Statements of the common ground with and without, only with, only without the clusters.
    largest_change : float in [0, 1]
        Largest change of any statement's share of agreement.
    """

    left_out: int
    kept: NDArray[np.int64]
    lost: NDArray[np.int64]
    gained: NDArray[np.int64]
    largest_change: float


def suspicious_clusters(
    votes: Votes,
    time: ArrayLike,
    *,
    smallest: int = SMALLEST,
    minimum_votes: int = MINIMUM_VOTES,
    within_seconds: float = WITHIN_SECONDS,
) -> Suspicion:
    """Find participants with the very same votes, cast at the same time.

    Participants are in one cluster if they voted on the same statements, all the same way, and ended within a minute
    of the one before. Votes are compared by two 64-bit sums of fixed random numbers: two different sets of votes
    look the same with a chance below 10^-30.

    Parameters
    ----------
    votes : Votes
    time : float, shape (votes,)
        When each vote was cast, in seconds; NaN where unknown. Participants without a time are in no cluster.
    smallest : int >= 2, default 5
        People in a cluster at the least.
    minimum_votes : int >= 1, default 5
        Votes of each at the least: few votes are the same by chance.
    within_seconds : float > 0, default 60

    Returns
    -------
    Suspicion
    """
    when = _last_time(votes, np.asarray(time, dtype=np.float64))
    looked_at = np.flatnonzero((votes.per_participant >= minimum_votes) & np.isfinite(when))
    one, two = (sums[looked_at] for sums in _fingerprints(votes))
    order = np.lexsort((when[looked_at], two, one))
    people, one, two = looked_at[order], one[order], two[order]
    new = np.ones(len(people), dtype=bool)
    new[1:] = (one[1:] != one[:-1]) | (two[1:] != two[:-1]) | (np.diff(when[people]) > within_seconds)
    run = np.cumsum(new) - 1
    size = np.bincount(run)
    large = np.flatnonzero(size >= smallest)
    large = large[np.argsort(-size[large], kind="stable")]
    number = np.full(len(size), -1, dtype=np.int64)
    number[large] = np.arange(len(large))
    cluster = np.full(votes.participants, -1, dtype=np.int64)
    cluster[people] = number[run]
    return Suspicion(cluster, size[large].astype(np.int64))


def compare(before: CommonGround, after: CommonGround, left_out: int) -> Robustness:
    """Compare the common ground with and without some participants.

    Parameters
    ----------
    before, after : CommonGround of the same statements
    left_out : int >= 0
        How many participants the second lacks.

    Returns
    -------
    Robustness
    """
    change = np.abs(before.agree.share - after.agree.share)
    return Robustness(
        left_out=left_out,
        kept=before.statement[np.isin(before.statement, after.statement)],
        lost=before.statement[~np.isin(before.statement, after.statement)],
        gained=after.statement[~np.isin(after.statement, before.statement)],
        largest_change=float(np.nanmax(change, initial=0.0)),
    )


def _last_time(votes: Votes, time: NDArray[np.float64]) -> NDArray[np.float64]:
    """When each participant ended, NaN where no time is known."""
    when = np.full(votes.participants, -np.inf)
    known = np.isfinite(time)
    np.maximum.at(when, votes.participant()[known], time[known])
    return np.where(np.isfinite(when), when, np.nan)


def _fingerprints(votes: Votes) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Two sums for each participant that are equal where the votes are the same."""
    # The table is fixed: it only has to be random to the votes.
    numbers = np.random.default_rng(20250115).integers(0, 2**64, (2, votes.statements, 3), dtype=np.uint64)
    summed = []
    for table in numbers:
        running = np.concatenate([np.zeros(1, np.uint64), np.cumsum(table[votes.statement, votes.value + 1])])
        summed.append(running[votes.start[1:]] - running[votes.start[:-1]])  # wraps around, and that is fine
    return summed[0], summed[1]
