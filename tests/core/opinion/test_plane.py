"""Points in the plane: gathered into cells without losing weight, and the nearest centre."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from intercity.core.opinion.plane import compress, distances, nearest


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 3000), st.integers(0, 99))
def test_cells_keep_all_weight_and_the_middle(points: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    xy, weight = rng.normal(size=(points, 2)), rng.integers(0, 4, points).astype(float)
    cells = compress(xy, weight, many=500, grid=16)
    assert_allclose(cells.weight.sum(), weight.sum())
    assert_allclose(cells.weight @ cells.xy, weight @ xy, atol=1e-8)
    assert len(cells.xy) <= max(points if points <= 500 else 0, 256)
    assert_allclose(np.bincount(cells.cell, weight, len(cells.xy)), cells.weight)


@pytest.mark.parametrize(("points", "centres"), [(0, 3), (50, 3), (50, 20), (30_000, 3), (30_000, 20)])
def test_the_nearest_centre_is_the_nearest(points: int, centres: int) -> None:
    rng = np.random.default_rng(0)
    xy, centre = rng.normal(size=(points, 2)), rng.normal(size=(centres, 2))
    assert_array_equal(nearest(xy, centre), distances(xy, centre).argmin(axis=1))


def test_points_in_one_place_become_one_cell() -> None:
    cells = compress(np.ones((6000, 2)))
    assert cells.xy.tolist() == [[1.0, 1.0]]
    assert cells.weight.tolist() == [6000.0]
