"""Names of groups over time, against all pairings."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from numpy.typing import NDArray

from intercity.core.opinion.groups import Groups, keep_names
from intercity.core.opinion.groups.agreement import overlap

Floats = NDArray[np.float64]

PEOPLE = st.lists(st.tuples(st.integers(-1, 2), st.integers(-1, 2)), max_size=25)
EVERYBODY = [(g, g) for g in range(3)]
"""One person in each group, then and now, so that no group is empty."""


def _groups(label: list[int], count: int) -> Groups:
    array = np.array(label, dtype=np.int32)
    membership = (array[:, None] == np.arange(count)).astype(np.float32)
    size = membership.sum(axis=0).astype(np.int64)
    return Groups(
        count=count,
        label=array,
        size=size,
        centre=np.column_stack([np.arange(count), -np.arange(count)]).astype(float),
        membership=membership,
        stability=1 - np.arange(count) / 10,
        separation=0.02,
        candidates=(),
    )


def _pairs(label: NDArray[np.integer], before: NDArray[np.integer]) -> Floats:
    known = (label >= 0) & (before >= 0)
    return overlap(label[known], before[known], 3, 3)


@settings(max_examples=80, deadline=None)
@given(PEOPLE)
def test_where_every_group_has_a_counterpart_no_other_numbering_shares_more(people: list[tuple[int, int]]) -> None:
    now, before = np.array([*people, *EVERYBODY]).T
    shared = _pairs(now, before)
    total = {order: sum(shared[g, n] for n, g in enumerate(order)) for order in permutations(range(3))}
    best = [order for order in total if total[order] == pytest.approx(max(total.values()))]
    assume(all(shared[g, n] > 0 for order in best for n, g in enumerate(order)))
    kept = keep_names(_groups(now.tolist(), 3), before)
    assert np.trace(_pairs(kept.label, before)) == pytest.approx(max(total.values()))


@given(PEOPLE)
def test_everything_moves_with_its_group(people: list[tuple[int, int]]) -> None:
    now, before = np.array([*people, *EVERYBODY]).T
    groups = _groups(now.tolist(), 3)
    kept = keep_names(groups, before)
    assert_array_equal(kept.label < 0, now < 0)
    for old in range(3):
        new = int(kept.label[now == old][0])
        assert_array_equal(kept.label == new, now == old)
        assert_array_equal(kept.membership[:, new], groups.membership[:, old])
        assert (kept.size[new], kept.stability[new]) == (groups.size[old], groups.stability[old])
        assert_array_equal(kept.centre[new], groups.centre[old])
    assert (kept.count, kept.separation, kept.candidates) == (3, 0.02, ())


def test_the_best_whole_goes_before_the_largest_single_overlap() -> None:
    # Staying shares 3/6 + 0; swapping shares 2/5 + 1/4, which is more.
    kept = keep_names(_groups([0, 0, 0, 0, 0, 1], 2), [0, 0, 0, 1, 1, 0])
    assert kept.label.tolist() == [1, 1, 1, 1, 1, 0]


def test_one_group_keeps_its_number_whatever_was_before() -> None:
    now = _groups([0, 0, -1], 1)
    assert keep_names(now, [3, 3, 3]) is now


@pytest.mark.parametrize("previous", [[], [-1, -1], [-1, 4, -1]], ids=["nothing", "nobody placed", "nobody in both"])
def test_nothing_in_common_changes_nothing(previous: list[int]) -> None:
    now = _groups([0, -1, 1, 1], 2)
    assert keep_names(now, previous).label.tolist() == [0, -1, 1, 1]


def test_new_groups_come_after_the_others_largest_first() -> None:
    now = _groups([0, 0, 0, 1, 1, 2], 3)
    assert keep_names(now, [-1, -1, -1, -1, -1, 0]).label.tolist() == [1, 1, 1, 2, 2, 0]
