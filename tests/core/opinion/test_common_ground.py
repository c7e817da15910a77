"""Common ground: the smallest bound counts, cities count equally, small ones are said to be small."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from intercity.core.opinion.common_ground import find_common_ground
from intercity.core.opinion.counts import Counts
from intercity.core.opinion.shrinkage import STRONGEST, WEAKEST, shrunken_shares


def _counts(agree: list[list[float]], disagree: list[list[float]], seen: list[list[float]]) -> Counts:
    return Counts(np.array(agree, float), np.array(disagree, float), np.array(seen, float))


def test_the_floor_is_the_smallest_lower_bound_over_groups() -> None:
    by_group = _counts([[90, 40], [30, 39]], [[5, 50], [5, 1]], [[100, 100], [40, 40]])
    ground = find_common_ground(by_group.whole, by_group)
    assert_allclose(ground.agree.floor[0], stats.beta.ppf(0.05, 30.5, 10.5))
    assert_allclose(ground.agree.floor[1], stats.beta.ppf(0.05, 40.5, 60.5))
    assert_allclose(ground.agree.share, [120 / 140, 79 / 140])
    assert ground.statement.tolist() == [0]
    assert ground.agreed.tolist() == [True]
    assert np.isnan(ground.agree.city_floor).all()


def test_disagreement_everywhere_is_common_ground_too() -> None:
    by_group = _counts([[2], [1]], [[95], [38]], [[100], [40]])
    ground = find_common_ground(by_group.whole, by_group)
    assert ground.statement.tolist() == [0]
    assert ground.agreed.tolist() == [False]


def test_a_large_group_cannot_outvote_a_small_one() -> None:
    by_group = _counts([[9900], [5]], [[100], [45]], [[10_000], [50]])
    assert by_group.whole.agree[0, 0] / by_group.whole.seen[0, 0] > 0.98
    assert len(find_common_ground(by_group.whole, by_group).statement) == 0


def test_a_group_that_was_not_asked_leaves_it_open() -> None:
    by_group = _counts([[100], [0]], [[0], [0]], [[100], [0]])
    ground = find_common_ground(by_group.whole, by_group)
    assert ground.agree.floor.tolist() == [0]
    assert len(ground.statement) == 0


def test_cities_count_equally_and_small_ones_are_left_out_of_the_floor() -> None:
    whole = _counts([[2000]], [[100]], [[2200]])
    by_city = _counts([[1900], [30], [0]], [[50], [70], [4]], [[2000], [100], [4]])
    ground = find_common_ground(whole, whole, by_city)
    assert ground.city_counted[:, 0].tolist() == [True, True, False]
    assert ground.city_votes[:, 0].tolist() == [2000, 100, 4]
    assert ground.agree.city_floor[0] < 0.5 < ground.agree.group_floor[0]
    assert len(ground.statement) == 0
    without = find_common_ground(whole, whole, _counts([[1900], [9]], [[50], [0]], [[2000], [9]]))
    assert without.statement.tolist() == [0]


def test_removed_statements_are_not_listed_and_the_highest_floor_comes_first() -> None:
    by_group = _counts([[80, 95, 90, 99]], [[0, 0, 0, 0]], [[100, 100, 100, 100]])
    removed = np.array([False, False, False, True])
    assert find_common_ground(by_group.whole, by_group, removed=removed).statement.tolist() == [1, 2, 0]


def test_more_confidence_lowers_floors() -> None:
    by_group = _counts([[60]], [[20]], [[100]])
    floors = [find_common_ground(by_group, by_group, confidence=c).agree.floor[0] for c in (0.8, 0.95, 0.999)]
    assert floors == sorted(floors, reverse=True)


def test_the_floor_lies_below_the_smallest_true_share_as_often_as_it_says() -> None:
    """Also where all groups have the same share, which is the hardest case."""
    rng = np.random.default_rng(2)
    seen = np.full((3, 4000), 80.0)
    agree = rng.binomial(80, 0.7, (3, 4000)).astype(float)
    by_group = Counts(agree, np.zeros_like(agree), seen)
    floor = find_common_ground(by_group.whole, by_group).agree.floor
    assert np.mean(floor < 0.7) > 0.95


def test_cities_that_are_alike_are_drawn_together_and_others_are_left_apart() -> None:
    rng = np.random.default_rng(3)
    seen = np.full((8, 60), 40.0)
    alike = rng.binomial(40, np.tile(rng.uniform(0.3, 0.8, 60), (8, 1))).astype(float)
    apart = rng.binomial(40, rng.beta(2, 2, (8, 60))).astype(float)
    counted = np.ones((8, 60), dtype=bool)
    assert shrunken_shares(alike, seen, counted).strength > 50
    assert shrunken_shares(apart, seen, counted).strength < 8


def test_shrunken_shares_lie_between_the_city_and_the_mean_of_cities() -> None:
    number, seen = np.array([[9.0], [50.0], [40.0]]), np.array([[10.0], [100.0], [100.0]])
    found = shrunken_shares(number, seen, np.ones((3, 1), dtype=bool))
    mean = np.mean(number / seen)
    raw = number / seen
    assert np.all((found.share - mean) * (raw - mean) > 0)
    assert np.all(abs(found.share - mean) < abs(raw - mean))
    pulled = abs(found.share - raw) / abs(raw - mean)
    assert pulled[0, 0] > pulled[1, 0]  # the small city more


def test_shrinkage_has_bounds_and_survives_no_cities() -> None:
    none = shrunken_shares(np.zeros((0, 3)), np.zeros((0, 3)), np.zeros((0, 3), dtype=bool))
    assert none.strength == WEAKEST
    same = np.full((4, 5), 1000.0)
    found = shrunken_shares(same / 2, same, np.ones((4, 5), dtype=bool))
    assert found.strength == STRONGEST
    assert_array_equal(found.bound(0.05) < found.share, True)
