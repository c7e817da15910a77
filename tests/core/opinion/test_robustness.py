"""Suspicious clusters: the same votes at the same time."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_array_equal

from intercity.core.opinion import Votes, gather
from intercity.core.opinion.common_ground import find_common_ground
from intercity.core.opinion.counts import Counts
from intercity.core.opinion.planted import planted_votes
from intercity.core.opinion.robustness import compare, suspicious_clusters


def _copies(people: int, times: list[float], statements: int = 6) -> tuple[Votes, np.ndarray]:
    who, what = np.indices((people, statements)).reshape(2, -1)
    return gather(who, what, np.tile([1, -1, 0, 1, 1, -1], people)), np.repeat(times, statements)


def test_copies_within_a_minute_of_each_other_are_a_cluster() -> None:
    votes, time = _copies(7, [0, 50, 100, 150, 200, 250, 300])
    found = suspicious_clusters(votes, time)
    assert found.size.tolist() == [7]
    assert found.cluster.tolist() == [0] * 7


def test_copies_far_apart_in_time_are_none() -> None:
    votes, time = _copies(7, [0, 100, 200, 300, 400, 500, 600])
    assert len(suspicious_clusters(votes, time).size) == 0


def test_the_largest_cluster_comes_first_and_small_ones_are_none() -> None:
    votes, time = _copies(15, [0.0] * 5 + [1000.0] * 6 + [5000.0] * 4)
    found = suspicious_clusters(votes, time)
    assert found.size.tolist() == [6, 5]
    assert found.cluster.tolist() == [1] * 5 + [0] * 6 + [-1] * 4


def test_one_different_vote_or_too_few_votes_or_no_time_is_no_suspicion() -> None:
    votes, time = _copies(5, [0.0] * 5)
    value = votes.value.copy()
    value[0] = -value[0]
    other = Votes(votes.start, votes.statement, value, votes.statements)
    assert len(suspicious_clusters(other, time).size) == 0
    few, few_times = gather(np.repeat(np.arange(9), 2), np.tile([0, 1], 9), np.ones(18)), np.zeros(18)
    assert len(suspicious_clusters(few, few_times).size) == 0
    assert len(suspicious_clusters(votes, np.full(len(time), np.nan)).size) == 0


def test_ordinary_people_at_one_moment_are_no_cluster() -> None:
    votes = planted_votes(3000, 40, seed=0).votes
    assert len(suspicious_clusters(votes, np.zeros(len(votes))).size) == 0


def test_the_comparison_says_what_is_kept_lost_and_gained() -> None:
    def ground(agree: list[float]) -> Counts:
        return Counts(np.array([agree]), np.zeros((1, 3)), np.full((1, 3), 100.0))

    before, after = (find_common_ground(c, c) for c in (ground([90, 90, 40]), ground([90, 40, 90])))
    found = compare(before, after, 12)
    assert_array_equal(found.kept, [0])
    assert_array_equal(found.lost, [1])
    assert_array_equal(found.gained, [2])
    assert found.left_out == 12
    assert found.largest_change == 0.5
