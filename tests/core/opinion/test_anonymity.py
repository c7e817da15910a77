"""Nobody is published alone."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from intercity.core.opinion.anonymity import gather_places, publishable


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 300), st.integers(1, 4), st.integers(2, 9), st.integers(0, 99))
def test_at_least_so_many_stand_together_and_all_of_one_group(people: int, groups: int, k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    xy, label = rng.normal(size=(people, 2)), rng.integers(-1, groups, people)
    found = gather_places(xy, label, together=k)
    size = np.bincount(label[label >= 0], minlength=groups)
    shown = np.bincount(found.label, found.people, groups)
    assert_array_equal(shown, np.where(size >= k, size, 0))
    assert np.all(found.people >= k)
    for group in np.flatnonzero(size >= k):
        mine = found.label == group
        assert_allclose(
            np.average(found.xy[mine], axis=0, weights=found.people[mine]), xy[label == group].mean(axis=0)
        )


def test_a_large_dialogue_has_no_more_signs_than_can_be_seen() -> None:
    xy = np.random.default_rng(0).normal(size=(50_000, 2))
    found = gather_places(xy, np.zeros(50_000, dtype=int), most=100)
    assert 50 <= len(found.people) <= 100


def test_people_who_stand_at_one_place_are_gathered_without_end() -> None:
    assert gather_places(np.zeros((40, 2)), np.zeros(40, dtype=int)).people.sum() == 40


def test_numbers_from_few_people_are_kept_back_and_cannot_be_found_by_subtraction() -> None:
    seen = np.array([[10.0, 9, 0, 3], [6, 3, 8, 2], [20, 20, 9, 7]])
    expected = [[True, False, False, False], [True, False, True, False], [True, True, True, True]]
    assert_array_equal(publishable(seen), expected)
