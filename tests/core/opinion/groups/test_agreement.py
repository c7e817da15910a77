"""Agreement of groupings, by hand and under renaming."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from intercity.core.opinion.groups.agreement import adjusted_rand, overlap, table

LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=30)


def test_a_table_by_hand() -> None:
    found = table(np.array([0, 0, 1, 1, 1]), np.array([0, 2, 2, 2, 0]), 2, 3)
    assert_array_equal(found, [[1, 0, 1], [1, 0, 2]])


def test_an_overlap_by_hand() -> None:
    found = overlap(np.array([0, 0, 1, 1, 1]), np.array([0, 2, 2, 2, 0]), 2, 3)
    assert_array_equal(found, [[1 / 3, 0, 1 / 4], [1 / 4, 0, 2 / 4]])


def test_an_adjusted_rand_index_by_hand() -> None:
    # Pairs together in both: 1 + 1; in the first: 3 + 3; in the second: 1 + 3 + 0; of 15 in all.
    one, other = [0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 2]
    assert adjusted_rand(one, other) == pytest.approx((2 - 6 * 4 / 15) / ((6 + 4) / 2 - 6 * 4 / 15))


def test_crossed_groupings_agree_less_than_by_chance() -> None:
    assert adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx((0 - 2 * 2 / 6) / (2 - 2 * 2 / 6))


@given(LABELS, st.permutations(range(4)))
def test_names_and_sides_do_not_matter(pairs: list[tuple[int, int]], names: list[int]) -> None:
    one, other = np.array(pairs).T
    assert adjusted_rand(np.array(names)[one] * 7, other) == pytest.approx(adjusted_rand(one, other))
    assert adjusted_rand(other, one) == pytest.approx(adjusted_rand(one, other))


@pytest.mark.parametrize(("one", "other"), [([5], [3]), ([1, 1, 1], [0, 0, 0]), ([0, 1, 2], [2, 0, 1])])
def test_groupings_that_are_the_same_but_for_names_agree_fully(one: list[int], other: list[int]) -> None:
    assert adjusted_rand(one, other) == 1


def test_everybody_together_and_everybody_alone_have_nothing_in_common() -> None:
    assert adjusted_rand([0, 0, 0], [0, 1, 2]) == 0
