"""Gaps between groups, beside the level."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from intercity.core.indices import adjusted, atkinson, difference, parity

figures = st.lists(st.floats(0.01, 100), min_size=2, max_size=6)


def test_parity_by_hand() -> None:
    assert_allclose(parity([40, 50, 50, 0, 0, np.nan], [50, 40, 50, 3, 0, 3]), [0.8, 0.8, 1, 0, np.nan, np.nan])
    assert_allclose(difference([40, 50, np.nan], [50, 40, 1]), [10, -10, np.nan])
    with pytest.raises(ValueError, match="below 0"):
        parity(-1, 1)


@given(st.floats(0.01, 100), st.floats(0.01, 100), st.floats(0.01, 100))
def test_parity_knows_neither_order_nor_unit(one: float, other: float, factor: float) -> None:
    assert parity(one, other) == parity(other, one)
    assert parity(one * factor, other * factor) == pytest.approx(float(parity(one, other)))
    assert 0 < parity(one, other) <= 1


def test_inequality_by_hand() -> None:
    assert_allclose(atkinson([1, 4]), 1 - 2 / 2.5)
    assert_allclose(atkinson([1, 4], [3, 1]), 1 - math.sqrt(2) / 1.75)
    assert_allclose(atkinson(np.array([[5, 5], [0, 5], [0, 0], [np.nan, 5]])), [0, 1, 0, np.nan], atol=1e-12)
    assert_allclose(atkinson([2, 2, 0], [1, 1, 0]), 0, atol=1e-12)
    assert_allclose(adjusted(0.5, [1, 4]), 0.4)


def test_groups_of_nobody_and_less_than_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="all 0"):
        atkinson([1, 2], [0, 0])
    with pytest.raises(ValueError, match="below 0"):
        atkinson([1, -2])


@given(figures, st.floats(0.01, 100))
def test_inequality_lies_between_none_and_all_and_knows_no_unit(values: list[float], factor: float) -> None:
    found = float(atkinson(values))
    assert 0 <= found <= 1
    assert float(atkinson(np.array(values) * factor)) == pytest.approx(found, abs=1e-9)
    assert float(adjusted(0.7, values)) <= 0.7


@given(figures)
def test_of_the_mean_of_the_groups_it_leaves_their_geometric_mean(values: list[float]) -> None:
    mean = float(np.mean(values))
    assert float(adjusted(mean, values)) == pytest.approx(math.exp(float(np.mean(np.log(values)))))
