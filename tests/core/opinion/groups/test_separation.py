"""Whether groups are more than a cloud: a Monte-Carlo p-value, and the cloud it is compared with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from intercity.core.opinion import gather
from intercity.core.opinion.factors import Factors, fit_factors
from intercity.core.opinion.groups.separation import DRAWS, _ellipse, _shrinkage, separation

Floats = NDArray[np.float64]
SPREAD = (0.5, 0.2)


@pytest.fixture(scope="module")
def factors() -> Factors:
    return replace(fit_factors(gather([0, 1], [0, 0], [1, -1])), spread=SPREAD)


def _certain(people: int) -> Floats:
    return np.zeros((people, 3))


def test_two_points_are_camps_and_the_chance_is_the_smallest_that_can_be_drawn(factors: Factors) -> None:
    xy = np.repeat([[1.0, 0.0], [-1.0, 0.0]], 100, axis=0)
    assert separation(xy, _certain(200), factors, 2, seed=0) == 1 / (1 + DRAWS)


def test_everybody_in_one_place_is_no_camps(factors: Factors) -> None:
    assert separation(np.ones((50, 2)), _certain(50), factors, 2, seed=0) == 1


def test_clouds_of_the_model_look_like_themselves(factors: Factors) -> None:
    rng = np.random.default_rng(1)
    found = [
        separation(_ellipse(120, rng) * np.sqrt(SPREAD), _certain(120), factors, 2, seed=seed) for seed in range(24)
    ]
    assert 0.3 < np.mean(found) < 0.7
    assert all(round(one * (1 + DRAWS), 9).is_integer() for one in found)
    assert sum(one < 0.05 for one in found) <= 5  # at 5 %, six or more of 24 have a chance below 0.3 %


def test_the_same_seed_gives_the_same_chance(factors: Factors) -> None:
    xy = np.random.default_rng(2).normal(size=(80, 2))
    assert len({separation(xy, _certain(80), factors, 3, seed=9) for _ in range(3)}) == 1


def test_the_disc_is_filled_evenly_with_variance_one() -> None:
    xy = _ellipse(100_000, np.random.default_rng(0))
    assert_allclose(np.cov(xy.T), np.eye(2), atol=0.02)
    radius = np.hypot(*xy.T)
    assert radius.max() <= 2
    assert np.mean(radius < 1) == pytest.approx(1 / 4, abs=0.01)


def test_estimated_places_have_the_variance_that_votes_leave() -> None:
    covariance = np.array([[0.1, 0.03, 0.05], [0.0, 0.0, 0.0], [0.5, 0.0, 0.2]])
    shrink, root = _shrinkage(covariance, np.array(SPREAD))
    prior = np.diag(SPREAD)
    for n, (xx, xy, yy) in enumerate(covariance):
        posterior = np.array([[xx, xy], [xy, yy]])
        assert_allclose(shrink[n], (prior - posterior) @ np.linalg.inv(prior))
        # Posterior means vary by what the votes have taken off the prior's variance.
        assert_allclose(shrink[n] @ prior @ shrink[n].T + root[n] @ root[n].T, prior - posterior, atol=1e-12)
