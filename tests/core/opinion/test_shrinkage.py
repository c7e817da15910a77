"""Shrinkage of city shares, against the method of moments worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from scipy import stats

from intercity.core.opinion.shrinkage import STRONGEST, WEAKEST, Shrunken, shrunken_shares

CITIES = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=8)


def _shrunken(number: list[float], seen: list[float], counted: list[bool] | None = None) -> Shrunken:
    mask = np.ones(len(seen), dtype=bool) if counted is None else np.array(counted)
    return shrunken_shares(np.array(number)[:, None], np.array(seen)[:, None], mask[:, None])


def test_two_cities_by_hand() -> None:
    # Shares 0.4 and 0.6, mean 0.5: each is 0.01 from it, times 2 / (2 - 1), less 0.25 / 100 by chance: 0.0175.
    # At most 0.25 * 0.99 = 0.2475 is possible, so cities are alike by 0.0175 / 0.2475.
    alike = 0.0175 / 0.2475
    found = _shrunken([40, 60], [100, 100])
    assert found.strength == pytest.approx((1 - alike) / alike)
    assert_allclose(found.alpha[:, 0], [40 + found.strength / 2, 60 + found.strength / 2])
    assert_allclose(found.beta[:, 0], [60 + found.strength / 2, 40 + found.strength / 2])


def test_every_city_weighs_the_same_in_the_mean() -> None:
    found = _shrunken([900, 2], [1000, 10])
    mean = (found.alpha[:, 0] - [900, 2]) / found.strength
    assert_allclose(mean, (0.9 + 0.2) / 2)


def test_cities_that_are_not_counted_are_shrunk_but_do_not_pull() -> None:
    with_it, without = _shrunken([40, 60, 0], [100, 100, 4], [True, True, False]), _shrunken([40, 60], [100, 100])
    assert with_it.strength == without.strength
    assert_allclose(with_it.share[:2], without.share)
    assert 0 < with_it.share[2, 0] < 0.5


def test_strength_is_one_number_for_all_statements() -> None:
    number, seen = np.array([[40.0, 50.0], [60.0, 50.0]]), np.full((2, 2), 100.0)
    # The second statement adds -0.0025 a city beyond chance and the same that is possible.
    alike = (0.0175 - 0.0025) / (2 * 0.2475)
    found = shrunken_shares(number, seen, np.ones((2, 2), dtype=bool))
    assert found.strength == pytest.approx((1 - alike) / alike)


@pytest.mark.parametrize(
    ("number", "seen", "strength"),
    [
        ([50.0, 50.0], [100.0, 100.0], STRONGEST),
        ([0.0, 100.0], [100.0, 100.0], WEAKEST),
        ([70.0], [100.0], WEAKEST),
        ([100.0, 100.0], [100.0, 100.0], WEAKEST),
    ],
    ids=["alike", "opposite", "one city", "everybody equal"],
)
def test_strength_stays_within_its_bounds(number: list[float], seen: list[float], strength: float) -> None:
    assert _shrunken(number, seen).strength == strength


def test_a_city_that_was_not_asked_has_the_mean_of_the_others() -> None:
    found = _shrunken([40, 60, 0], [100, 100, 0], [True, True, False])
    assert found.share[2, 0] == pytest.approx(0.5)


def test_where_no_city_counts_the_prior_is_even() -> None:
    found = _shrunken([3, 0], [4, 0], [False, False])
    assert_allclose(found.share[:, 0], [(3 + 1) / (4 + 2), 0.5])


@given(CITIES)
def test_bounds_are_quantiles_of_the_beta_distribution(cities: list[tuple[int, int]]) -> None:
    number = [float(yes) for yes, _ in cities]
    found = _shrunken(number, [float(yes + no) for yes, no in cities])
    assert WEAKEST <= found.strength <= STRONGEST
    assert np.all((found.share > 0) & (found.share < 1))
    for quantile in (0.025, 0.5, 0.975):
        assert_allclose(found.bound(quantile), stats.beta.ppf(quantile, found.alpha, found.beta), rtol=1e-6)
