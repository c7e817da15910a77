"""Cuts of the plane, against all partitions and direct formulas."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from intercity.core.opinion.groups.clustering import k_means, scatter, silhouette
from intercity.core.opinion.plane import compress, nearest

Floats = NDArray[np.float64]


def _least(xy: Floats, weight: Floats, count: int) -> float:
    """The smallest weighted scatter within groups over all ways to put points into so many groups."""

    def within(label: Floats) -> float:
        parts = [label == k for k in range(count) if np.any(label == k)]
        middles = [np.average(xy[part], axis=0, weights=weight[part]) for part in parts]
        return float(sum(weight[p] @ ((xy[p] - m) ** 2).sum(axis=1) for p, m in zip(parts, middles, strict=True)))

    return min(within(np.array(label)) for label in product(range(count), repeat=len(xy)))


def _lloyd(xy: Floats, weight: Floats, centre: Floats) -> float:
    """Lloyd's rounds written out, until nothing moves any more."""
    for _ in range(50):
        label = ((xy[:, None] - centre) ** 2).sum(axis=2).argmin(axis=1)
        parts = [label == k for k in range(len(centre))]
        moved = [
            np.average(xy[p], axis=0, weights=weight[p]) if p.any() else c for p, c in zip(parts, centre, strict=True)
        ]
        centre = np.array(moved)
    return float(weight @ ((xy[:, None] - centre) ** 2).sum(axis=2).min(axis=1))


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("count", [1, 2, 3])
def test_many_starts_reach_the_best_of_all_starts_at_points(seed: int, count: int) -> None:
    rng = np.random.default_rng(seed)
    xy, weight = rng.normal(size=(6, 2)), rng.integers(1, 4, 6).astype(float)
    _, left = k_means(compress(xy, weight), count, rng, restarts=40)
    assert left == pytest.approx(min(_lloyd(xy, weight, xy[list(start)]) for start in combinations(range(6), count)))
    assert left >= _least(xy, weight, count) - 1e-12


@pytest.mark.parametrize("seed", range(3))
def test_camps_are_cut_as_the_best_of_all_partitions_cuts_them(seed: int) -> None:
    rng = np.random.default_rng(seed)
    xy = np.array([[0, 0], [0, 0], [5, 0], [5, 0], [0, 5], [0, 5]]) + rng.normal(0, 0.5, (6, 2))
    weight = rng.integers(1, 4, 6).astype(float)
    _, left = k_means(compress(xy, weight), 3, rng)
    assert left == pytest.approx(_least(xy, weight, 3))


def test_no_centre_is_better_than_the_middle_of_its_own_points() -> None:
    rng = np.random.default_rng(0)
    xy = np.concatenate([rng.normal(m, 0.3, (50, 2)) for m in (0, 4, 8)])
    centre, left = k_means(compress(xy), 3, rng)
    label = nearest(xy, centre)
    assert_allclose(centre, [xy[label == k].mean(axis=0) for k in range(3)], atol=1e-2)
    assert left == pytest.approx(((xy - centre[label]) ** 2).sum())


def test_the_same_source_of_chance_gives_the_same_cut() -> None:
    cells = compress(np.random.default_rng(3).normal(size=(200, 2)))
    one, two = (k_means(cells, 4, np.random.default_rng(5))[0] for _ in range(2))
    assert one.tobytes() == two.tobytes()


def test_as_many_centres_as_points_leave_nothing() -> None:
    xy = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 5.0]])
    centre, left = k_means(compress(xy), 3, np.random.default_rng(0))
    assert left == 0
    assert sorted(centre.tolist()) == sorted(xy.tolist())


def test_more_centres_than_points_are_no_error() -> None:
    centre, left = k_means(compress(np.array([[1.0, 2.0], [3.0, 4.0]])), 4, np.random.default_rng(0))
    assert left == 0
    assert np.isfinite(centre).all()


def test_a_silhouette_by_hand() -> None:
    cells = compress(np.array([[1.0, 0.0], [5.0, 0.0]]), np.array([3.0, 1.0]))
    # Distances to the centres 1 and 7 (or 5 and 3): 1 - 1/7 and 1 - 3/5, of weights 3 and 1.
    assert silhouette(cells, np.array([[0.0, 0.0], [8.0, 0.0]])) == pytest.approx((3 * 6 / 7 + 2 / 5) / 4)


def test_points_between_centres_or_on_both_are_in_no_group_rather_than_another() -> None:
    cells = compress(np.array([[0.0, 1.0], [0.0, -2.0]]))
    assert silhouette(cells, np.array([[-1.0, 0.0], [1.0, 0.0]])) == pytest.approx(0)
    assert silhouette(compress(np.zeros((3, 2))), np.zeros((2, 2))) == 0


def test_a_scatter_by_hand() -> None:
    cells = compress(np.array([[0.0, 0.0], [4.0, 0.0]]), np.array([3.0, 1.0]))
    assert scatter(cells) == pytest.approx(3 * 1 + 1 * 9)  # the middle is at 1
    assert scatter(compress(np.full((5, 2), 7.0))) == 0
