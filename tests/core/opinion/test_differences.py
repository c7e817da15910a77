"""What sets groups apart, and where cities differ."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose
from scipy import stats

from intercity.core.opinion.counts import Counts
from intercity.core.opinion.differences import city_differences, group_differences


def _counts(agree: np.ndarray, seen: np.ndarray) -> Counts:
    return Counts(agree.astype(float), (seen - agree).astype(float), seen.astype(float))


def test_a_group_is_set_apart_on_the_right_side() -> None:
    seen = np.full((2, 3), 100)
    found = group_differences(_counts(np.array([[90, 50, 10], [30, 52, 80]]), seen))
    assert_allclose(found.difference[0], [0.6, -0.02, -0.7])
    assert found.statement[0].tolist() == [2, 0]
    assert found.agrees[0].tolist() == [False, True]
    assert found.agrees[1].tolist() == [True, False]


def test_a_large_difference_among_few_does_not_go_first() -> None:
    seen = np.array([[6, 400], [400, 400]])
    found = group_differences(_counts(np.array([[6, 300], [130, 100]]), seen))
    assert found.statement[0][0] == 1


def test_statements_seen_by_few_or_removed_are_not_tested() -> None:
    seen = np.array([[4, 100, 100], [100, 100, 100]])
    agree = np.array([[4, 90, 90], [0, 10, 10]])
    found = group_differences(_counts(agree, seen), removed=np.array([False, True, False]))
    assert np.isnan(found.q[:, :2]).all()
    assert found.statement[0].tolist() == [2]


def test_one_group_is_set_apart_from_nobody() -> None:
    found = group_differences(_counts(np.array([[5, 9]]), np.array([[10, 10]])))
    assert found.statement[0].tolist() == []
    assert np.isnan(found.q).all()


def test_where_nothing_differs_hardly_anything_is_found() -> None:
    rng = np.random.default_rng(0)
    seen = np.full((3, 200), 120)
    chosen = [
        sum(len(one) for one in group_differences(_counts(rng.binomial(120, 0.6, (3, 200)), seen)).statement)
        for _ in range(60)
    ]
    assert np.mean([number > 0 for number in chosen]) < 0.12  # with no truth, any finding is a false one


def test_cities_are_compared_by_chi_squared() -> None:
    agree, seen = np.array([[30, 25], [60, 26], [10, 24]]), np.array([[50, 50], [100, 50], [50, 50]])
    found = city_differences(_counts(agree, seen))
    table = np.stack([agree[:, 0], seen[:, 0] - agree[:, 0]])
    p = [stats.chi2_contingency(table, correction=False).pvalue]
    p.append(stats.chi2_contingency(np.stack([agree[:, 1], seen[:, 1] - agree[:, 1]]), correction=False).pvalue)
    assert_allclose(found.q, stats.false_discovery_control(p))
    assert found.statement.tolist() == [0]
    assert found.spread[0] > 0.25
    assert np.all((found.lower <= found.share) & (found.share <= found.upper))


def test_cities_with_few_votes_are_not_compared() -> None:
    found = city_differences(_counts(np.array([[9], [0], [0]]), np.array([[9], [9], [0]])))
    assert np.isnan(found.q).all()
    assert np.isnan(found.spread).all()
    assert np.isnan(found.share[2, 0])
    assert len(found.statement) == 0


def test_a_nearly_unanimous_statement_is_not_tested_against_cochrans_rule() -> None:
    found = city_differences(_counts(np.array([[20], [19]]), np.array([[20], [20]])))
    assert np.isnan(found.q[0])
