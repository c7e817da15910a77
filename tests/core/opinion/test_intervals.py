"""Bounds, tests and false discoveries, against scipy and against direct loops."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from intercity.core.opinion.intervals import false_discovery, share_bound, two_shares_z, two_sided_p

PS = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@pytest.mark.parametrize(("k", "n"), [(1, 4), (7, 10), (99, 100), (500, 1000)])
def test_bounds_are_quantiles_of_the_jeffreys_posterior(k: int, n: int) -> None:
    assert_allclose(share_bound(k, n), stats.beta.ppf(0.05, k + 0.5, n - k + 0.5))
    assert_allclose(share_bound(k, n, upper=True), stats.beta.ppf(0.95, k + 0.5, n - k + 0.5))


def test_bounds_at_the_edges_and_without_votes() -> None:
    assert share_bound(0, 10) == 0
    assert share_bound(10, 10, upper=True) == 1
    assert share_bound(0, 0) == 0
    assert share_bound(0, 0, upper=True) == 1
    assert 0.5 < share_bound(10, 10) < 1


@given(st.integers(1, 200), st.integers(1, 200), st.floats(0.55, 0.99))
def test_a_bound_lies_below_the_share_and_falls_with_confidence(k: int, more: int, confidence: float) -> None:
    n = k + more
    bound = share_bound(k, n, confidence=confidence)
    assert 0 <= bound <= (k + 0.5) / (n + 1) + 0.02
    assert share_bound(k, n, confidence=confidence + 0.005) <= bound


def test_the_bound_holds_as_often_as_it_says() -> None:
    rng = np.random.default_rng(0)
    for share in (0.55, 0.7, 0.9):
        drawn = rng.binomial(60, share, 20_000)
        assert 0.925 < np.mean(share_bound(drawn, 60) < share) < 0.98


def test_two_shares_are_compared_by_the_pooled_test_with_one_more_each() -> None:
    k1, n1, k2, n2 = 31, 51, 11, 41  # one more each than given
    pooled = (k1 + k2) / (n1 + n2)
    z = (k1 / n1 - k2 / n2) / np.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    assert_allclose(two_shares_z(30, 50, 10, 40), z)
    assert_allclose(two_shares_z(10, 40, 30, 50), -z)
    assert two_shares_z(0, 0, 0, 0) == 0
    assert_allclose(two_sided_p(z), 2 * stats.norm.sf(abs(z)))


@given(PS)
def test_q_values_are_those_of_benjamini_and_hochberg(p: list[float]) -> None:
    assert_allclose(false_discovery(p), stats.false_discovery_control(p), atol=1e-12)


def test_what_was_not_tested_does_not_count_as_a_test() -> None:
    q = false_discovery([[0.01, np.nan], [0.04, 0.5]])
    assert_allclose(q, [[0.03, np.nan], [0.06, 0.5]])


def test_chance_findings_are_rare_among_what_is_chosen() -> None:
    rng = np.random.default_rng(1)
    false_shares = []
    for _ in range(200):
        p = np.r_[rng.random(80), stats.norm.sf(rng.normal(3.5, 1, 20)) * 2]
        chosen = false_discovery(np.minimum(p, 1)) <= 0.05
        false_shares.append(chosen[:80].sum() / max(chosen.sum(), 1))
    assert np.mean(false_shares) < 0.06
