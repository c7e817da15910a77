"""Groups from votes: those that are there are found, and where there are none it is said."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from intercity.core.opinion import Votes, gather
from intercity.core.opinion.factors import fit_factors, place
from intercity.core.opinion.groups import Groups, find_groups
from intercity.core.opinion.groups.agreement import adjusted_rand
from intercity.core.opinion.planted import planted_votes


def _find(votes: Votes, **options: object) -> Groups:
    factors = fit_factors(votes)
    return find_groups(votes, factors, place(votes, factors), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("groups", [(0.5, 0.5), (0.7, 0.3), (0.4, 0.3, 0.3)])
def test_planted_groups_are_found(groups: tuple[float, ...]) -> None:
    planted = planted_votes(800, 80, votes_per_participant=40, groups=groups, separation=2, scatter=0.2, seed=1)
    found = _find(planted.votes)
    put = found.label >= 0
    assert found.count == len(groups)
    assert found.distinct
    assert adjusted_rand(found.label[put], planted.group[put]) > 0.9
    assert found.stability.min() > 0.9
    assert found.size.tolist() == sorted(found.size.tolist(), reverse=True)


def test_memberships_are_chances_and_sure_in_the_middle_of_a_group() -> None:
    planted = planted_votes(500, 60, votes_per_participant=30, groups=(0.5, 0.5), separation=1.5, seed=2)
    found = _find(planted.votes)
    put = found.label >= 0
    assert_allclose(found.membership[put].sum(axis=1), 1, rtol=1e-5)
    assert not found.membership[~put].any()
    assert np.mean(found.membership[put].argmax(axis=1) == found.label[put]) > 0.97


def test_random_votes_have_no_stable_groups() -> None:
    rng = np.random.default_rng(3)
    who, what = np.indices((200, 40)).reshape(2, -1)
    votes = gather(who, what, rng.integers(-1, 2, len(who)))
    found = _find(votes, resamples=10)
    assert found.count == 1
    assert not found.found
    assert set(found.label.tolist()) == {0}
    assert found.separation == 1


def test_what_was_tried_is_told_also_where_nothing_was_stable() -> None:
    votes = planted_votes(200, 40, votes_per_participant=20, separation=0.5, seed=5).votes
    found = _find(votes, resamples=10, threshold=0.99)
    assert found.count == 1
    assert [one.groups for one in found.candidates] == [2, 3, 4, 5]
    assert all(one.stability.min() < 0.99 for one in found.candidates)


def test_single_clouds_are_hardly_ever_called_distinct() -> None:
    calls = [
        _find(planted_votes(250, 40, votes_per_participant=20, groups=(1.0,), seed=seed).votes, resamples=6).distinct
        for seed in range(20)
    ]
    assert sum(calls) <= 3  # at 5 %, four or more of twenty have a chance below 2 %


def test_two_people_are_no_groups() -> None:
    assert _find(gather([0, 0, 1, 1], [0, 1, 0, 1], [1, -1, -1, 1])).count == 1


def test_a_higher_threshold_admits_fewer() -> None:
    votes = planted_votes(300, 40, votes_per_participant=12, groups=(0.5, 0.5), separation=0.6, seed=1).votes
    assert _find(votes, threshold=0.0, resamples=5).found
    assert not _find(votes, threshold=1.0, resamples=5).found
