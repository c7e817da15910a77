"""Counting by label, against counting one by one."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from intercity.core.opinion import gather
from intercity.core.opinion.counts import count

ROWS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(-1, 1)), max_size=40)
LABELS = st.lists(st.integers(-1, 2), min_size=6, max_size=6)


@given(ROWS, LABELS, st.integers(0, 99))
def test_votes_are_counted_by_label_and_weight(rows: list[tuple[int, int, int]], labels: list[int], seed: int) -> None:
    who, what, value = (np.array([row[part] for row in rows], dtype=int) for part in range(3))
    votes = gather(who, what, value, participants=6, statements=4)
    weight = np.random.default_rng(seed).random(len(votes))
    expected = np.zeros((3, 3, 4))
    for person, statement, vote, weighs in zip(votes.participant(), votes.statement, votes.value, weight, strict=True):
        if labels[person] >= 0:
            expected[:, labels[person], statement] += weighs * np.array([vote == 1, vote == -1, 1])
    found = count(votes, np.array(labels), 3, weight=weight)
    assert_allclose([found.agree, found.disagree, found.seen], expected, atol=1e-12)
    assert_allclose(found.passed, expected[2] - expected[0] - expected[1], atol=1e-12)


def test_others_are_everybody_else_and_whole_is_everybody() -> None:
    votes = gather([0, 1, 2, 3], [0, 0, 0, 1], [1, 1, -1, 0])
    found = count(votes, np.array([0, 1, 1, -1]), 2)
    assert_array_equal(found.whole.seen, [[3, 0]])
    assert_array_equal(found.others.agree, [[1, 0], [1, 0]])
    assert_array_equal(found.others.disagree, [[1, 0], [0, 0]])


def test_nobody_counts_as_nothing() -> None:
    found = count(gather([], [], [], statements=2), np.zeros(0, dtype=int), 1)
    assert_array_equal(found.seen, np.zeros((1, 2)))
