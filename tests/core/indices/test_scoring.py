"""Scores: by hand, monotone, the same in every unit, and none where too little is observed."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose
from tests.core.indices.made import BETTER, INDEX, shares, table

from intercity.core.indices import Aggregation, Goalposts, aggregate, normalise, pillars, score

HOW: list[Aggregation] = list(get_args(Aggregation))


def test_goalposts_count_nothing_and_all_in_both_directions() -> None:
    assert normalise([-1, 0, 35, 70, 99, np.nan], Goalposts(0, 70)).tolist()[:5] == [0, 0, 0.5, 1, 1]
    assert normalise([50, 30, 10], Goalposts(50, 10)).tolist() == [0, 0.5, 1]
    price = normalise([0, 0.01, 0.02, 0.05, 0.10, 0.2], Goalposts(0.10, 0.02, "log"))
    by_hand = (math.log(0.10) - math.log(0.05)) / (math.log(0.10) - math.log(0.02))  # research, section 5.2
    assert_allclose(price, [1, 1, 1, by_hand, 0, 0], atol=1e-12)
    with pytest.raises(ValueError, match=r"-1\.0 is below 0"):
        normalise([-1], Goalposts(0.10, 0.02, "log"))


def test_a_level_by_hand() -> None:
    found = score(INDEX, [[80, 30, np.nan, 5, 35, 10]])
    a = (0.8 + 0.5) / 2
    b = math.log(2) / math.log(5)
    c = (0.5 + 1 / 3) / 2
    assert_allclose(found.pillar, [[a, b, c]])
    assert_allclose(found.coverage, [[2 / 3, 1, 1]])
    assert_allclose(found.level, (a * b * c) ** (1 / 3))
    assert_allclose(score(INDEX, [[80, 30, np.nan, 5, 35, 10]], how="arithmetic").level, (a + b + c) / 3)
    assert_allclose(score(INDEX, [[80, 30, np.nan, 5, 35, 10]], how="minimum").level, min(a, b, c))


def test_a_pillar_of_nothing_pulls_down_but_does_not_wipe_out() -> None:
    assert_allclose(aggregate([[0, 1]], [0.5, 0.5]), [0.1])
    assert_allclose(aggregate([[0, 1]], [0.5, 0.5], "arithmetic"), [0.5])
    assert_allclose(aggregate([[0, 1]], [0.5, 0.5], "minimum"), [0])
    with pytest.raises(ValueError, match="'mean'"):
        aggregate([[0, 1]], [0.5, 0.5], "mean")  # type: ignore[arg-type]


@given(shares, st.integers(0, 5), st.floats(0, 1), st.sampled_from(HOW))
def test_a_better_figure_never_lowers_a_level(at: list[float], which: int, more: float, how: Aggregation) -> None:
    better = list(at)
    better[which] += BETTER[which] * more  # may well go beyond the goalposts
    before, after = score(INDEX, np.maximum(table([at, better]), 0), how=how).level
    assert after >= before - 1e-12


@given(shares, st.floats(0.001, 1000), st.floats(-500, 500), st.sampled_from(HOW))
def test_the_unit_does_not_matter(at: list[float], factor: float, shift: float, how: Aggregation) -> None:
    """Linear scales may be stretched and moved, log scales stretched."""
    moves = [0.0 if one.goalposts and one.goalposts.form == "log" else shift for one in INDEX.indicators]
    units = iter(moves)
    other = replace(
        INDEX,
        pillars=tuple(
            replace(
                pillar,
                indicators=tuple(
                    replace(one, goalposts=_in_another_unit(one.goalposts, factor, next(units)))
                    for one in pillar.indicators
                ),
            )
            for pillar in INDEX.pillars
        ),
    )
    values = table([at])
    assert_allclose(
        score(other, values * factor + moves, how=how).level, score(INDEX, values, how=how).level, atol=1e-6
    )


def _in_another_unit(goalposts: Goalposts | None, factor: float, shift: float) -> Goalposts:
    assert goalposts is not None
    return Goalposts(goalposts.worst * factor + shift, goalposts.best * factor + shift, goalposts.form)


@given(shares, st.sets(st.integers(0, 5)), st.floats(0.1, 1))
def test_no_score_below_the_coverage_that_is_needed(at: list[float], unknown: set[int], needed: float) -> None:
    values = table([at])
    values[0, list(unknown)] = np.nan
    found = score(replace(INDEX, needed=needed), values)
    for pillar, columns in enumerate([(0, 1, 2), (3,), (4, 5)]):
        coverage = sum(column not in unknown for column in columns) / len(columns)
        assert found.coverage[0, pillar] == pytest.approx(coverage)
        assert np.isfinite(found.pillar[0, pillar]) == (found.coverage[0, pillar] >= needed)
    assert np.isfinite(found.level[0]) == np.isfinite(found.pillar[0]).all()


@given(shares, st.sampled_from(HOW))
def test_levels_lie_in_their_range_and_in_their_order(at: list[float], how: Aggregation) -> None:
    values = table([at])
    assert 0 <= score(INDEX, values, how=how).level[0] <= 1
    least, level, most = (score(INDEX, values, how=one).level[0] for one in ("minimum", "geometric", "arithmetic"))
    assert least <= level + 1e-12
    assert level <= max(most, 0.01) + 0.01, "but for the floor, the geometric mean is the smaller one"


def test_what_is_observed_alone_makes_a_pillar() -> None:
    pillar, coverage = pillars(INDEX, [[1, 0, np.nan, np.nan, 0.5, np.nan]])
    assert_allclose(pillar, [[0.5, np.nan, 0.5]])
    assert_allclose(coverage, [[2 / 3, 0, 0.5]])


def test_no_cities_are_no_error() -> None:
    found = score(INDEX, np.empty((0, 6)))
    assert found.level.shape == (0,)
    assert found.pillar.shape == (0, 3)


@pytest.mark.parametrize(
    ("values", "message"),
    [([1, 2], "shape"), ([[1, 2]], "shape"), ([[np.inf] * 6], "infinite"), ([[1, 1, 1, -1, 1, 1]], "b1: -1.0")],
)
def test_what_cannot_be_scored_is_refused(values: list[float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        score(INDEX, values)
