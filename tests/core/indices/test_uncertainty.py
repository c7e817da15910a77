"""What is not known about a level: intervals, comparisons, and which assumption moves it most."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from tests.core.indices.made import BETTER, INDEX, locked, shares, table

from intercity.core import indices
from intercity.core.indices import DOUBTS, Assumptions, comparable, score, sensitivity, simulate

CERTAIN = Assumptions(unknown_error=0, concentration=None, aggregations=("geometric",), goalposts=0)
few = settings(max_examples=25, deadline=None)
inner = st.lists(st.floats(0.2, 0.8), min_size=6, max_size=6)
holes = st.sets(st.integers(0, 5), max_size=6)


@few
@given(shares, holes, st.integers(0, 99))
def test_an_interval_contains_its_median_and_lies_in_the_range(at: list[float], unknown: set[int], seed: int) -> None:
    values = table([at])
    values[0, list(unknown)] = np.nan
    found = simulate(INDEX, values, draws=200, seed=seed)
    scored = np.isfinite(score(INDEX, values).level)
    assert_array_equal(np.isfinite(found.median), scored)
    assert_array_equal(np.isfinite(found.pillar_median), np.isfinite(found.scores.pillar))
    if scored[0]:
        assert 0 <= found.low[0] <= found.median[0] <= found.high[0] <= 1
    for low, middle, high in zip(found.pillar_low[0], found.pillar_median[0], found.pillar_high[0], strict=True):
        assert np.isnan(middle) or 0 <= low <= middle <= high <= 1


@few
@given(inner, st.integers(0, 99))
def test_an_interval_contains_the_level_where_all_is_observed(at: list[float], seed: int) -> None:
    assert simulate(INDEX, table([at]), draws=400, seed=seed).is_inside.all()


@few
@given(shares, st.integers(0, 99))
def test_without_doubt_the_level_is_left(at: list[float], seed: int) -> None:
    found = simulate(INDEX, table([at]), assumptions=CERTAIN, draws=20, seed=seed)
    for figure in (found.low, found.median, found.high):
        assert_allclose(figure, found.scores.level, rtol=1e-12)
    assert found.is_inside.all()
    assert sensitivity(INDEX, table([at]), assumptions=CERTAIN, draws=20, seed=seed).most == (None,)


def test_the_same_seed_gives_the_same_and_another_does_not() -> None:
    values = table(np.random.default_rng(0).random((3, 6)))
    one, same, other = (simulate(INDEX, values, draws=300, seed=seed) for seed in (1, 1, 2))
    assert_array_equal(one.median, same.median)
    assert_array_equal(one.above, same.above)
    assert (one.median != other.median).any()
    first, again = (sensitivity(INDEX, values, draws=300, seed=1) for _ in range(2))
    assert_array_equal(first.total, again.total)


def test_what_is_said_of_a_city_does_not_hang_on_which_others_are_there() -> None:
    values = table(np.random.default_rng(0).random((5, 6)))
    assert_array_equal(
        simulate(INDEX, values, draws=300, seed=1).low[:2], simulate(INDEX, values[:2], draws=300, seed=1).low
    )


@few
@given(st.lists(shares, min_size=2, max_size=4), st.integers(0, 99))
def test_shares_of_draws_go_together(at: list[list[float]], seed: int) -> None:
    found = simulate(INDEX, table(at), draws=150, seed=seed)
    assert ((found.above + found.above.T) <= 1 + 1e-12).all()
    assert_array_equal(np.diag(found.above), 0)
    for one in range(len(at)):
        for other in range(len(at)):
            there, back = comparable(found, one, other), comparable(found, other, one)
            assert (there.verdict == "above") == (found.above[one, other] > 0.9)
            assert (there.verdict == "above") == (back.verdict == "below")
            assert (there.above, there.below) == (back.below, back.above)


def test_cities_alike_cannot_be_told_apart_and_cities_far_apart_can() -> None:
    values = table([[0.5] * 6, [0.5] * 6, 0.5 + 0.45 * BETTER, [np.nan] * 6])
    found = simulate(INDEX, values, seed=3)
    assert comparable(found, 0, 1).verdict == "cannot be told"
    assert comparable(found, 2, 0).verdict == "above"
    assert comparable(found, 0, 2).verdict == "below"
    assert comparable(found, 0, 3).verdict == "not known"
    assert comparable(found, 0, 0).verdict == "cannot be told"


def test_at_nine_tenths_nothing_is_said_yet() -> None:
    found = simulate(INDEX, table([[0.5] * 6] * 2), draws=10, seed=0)
    at_nine = replace(found, above=np.array([[0, 0.9], [0.1, 0]]))
    assert comparable(at_nine, 0, 1).verdict == "cannot be told"
    assert comparable(replace(found, above=np.array([[0, 0.901], [0.09, 0]])), 0, 1).verdict == "above"


@few
@given(inner, st.integers(0, 5), st.floats(0.01, 0.2))
def test_a_better_figure_never_lowers_the_interval(at: list[float], which: int, more: float) -> None:
    better = list(at)
    better[which] += BETTER[which] * more
    one, other = (simulate(INDEX, table([row]), draws=100, seed=1) for row in (at, better))
    for before, after in ((one.low, other.low), (one.median, other.median), (one.high, other.high)):
        assert after[0] >= before[0] - 1e-12


@few
@given(inner, holes, st.sampled_from([0.01, 0.5, 60.0]))
def test_the_unit_does_not_matter(at: list[float], unknown: set[int], factor: float) -> None:
    values = table([at])
    values[0, list(unknown)] = np.nan
    error, plausible = table([0.1] * 6) / 10, np.stack([table([0.3] * 6), table([0.6] * 6)], axis=-1)
    posts = {
        one.code: replace(one.goalposts, worst=one.goalposts.worst * factor, best=one.goalposts.best * factor)
        for one in INDEX.indicators
        if one.goalposts
    }
    other = indices.with_goalposts(INDEX, dict(posts))
    before = simulate(INDEX, values, error=error, plausible=plausible, draws=50, seed=1)
    after = simulate(other, values * factor, error=error * factor, plausible=plausible * factor, draws=50, seed=1)
    assert_allclose(after.low, before.low, atol=1e-9)
    assert_allclose(after.high, before.high, atol=1e-9)


def test_the_less_is_known_the_wider_the_interval() -> None:
    only = {"concentration": None, "aggregations": ("geometric",), "goalposts": 0.0}
    values = table([[0.5] * 6])
    widths = []
    for error in (0.01, 0.05, 0.1):
        found = simulate(INDEX, values, assumptions=Assumptions(error, **only), draws=2000, seed=1)  # type: ignore[arg-type]
        widths.append(found.high[0] - found.low[0])
    assert widths == sorted(widths)
    hole = values.copy()
    hole[0, 0] = np.nan
    narrow = np.stack([table([0.45] * 6), table([0.55] * 6)], axis=-1)
    full, some, none = (
        simulate(INDEX, row, plausible=plausible, assumptions=CERTAIN, draws=500, seed=1)
        for row, plausible in ((values, None), (hole, narrow), (hole, None))
    )
    assert full.high - full.low == 0
    assert 0 < some.high - some.low < none.high - none.low


def test_errors_are_as_wide_as_they_are_said_to_be() -> None:
    """Of a pillar of one indicator: 5 % and 95 % of a normal distribution lie 1.645 standard errors off."""
    values, error = table([[0.5] * 6]), np.array([0, 0, 0, 0.6, 0, 0])
    found = simulate(INDEX, values, error=error, assumptions=CERTAIN, draws=20_000, seed=1)
    half = (found.pillar_high - found.pillar_low)[0, 1] / 2
    assert half == pytest.approx(1.645 * 0.6 / 6 / np.log(5), rel=0.03)
    assert (found.pillar_high - found.pillar_low)[0, [0, 2]] == pytest.approx([0, 0])


def test_every_weighting_is_drawn_as_often() -> None:
    """With all in one pillar the level is its weight: of three even ones, 1 − √(1 − q) at the quantile q."""
    values, chosen = table([[1, 0, 1, 1, 0, 0]]), replace(CERTAIN, concentration=1, aggregations=("arithmetic",))
    found = simulate(INDEX, values, assumptions=chosen, draws=20_000, seed=1)
    expected = 1 - np.sqrt(1 - np.array([0.05, 0.5, 0.95]))
    assert_allclose([found.low[0], found.median[0], found.high[0]], expected, atol=0.01)


def test_errors_are_drawn_for_each_city_and_assumptions_for_all() -> None:
    values = table([[0.5] * 6] * 2)
    errors = simulate(INDEX, values, assumptions=replace(CERTAIN, unknown_error=0.05), draws=1000, seed=1)
    assert 0.4 < errors.above[0, 1] < 0.6
    alike = simulate(INDEX, values, error=np.zeros(6), draws=1000, seed=1)
    assert alike.above[0, 1] == 0
    assert alike.high[0] > alike.low[0]


def test_figures_that_flatter_are_found_out() -> None:
    """What is missing is known to be bad: the level over what is observed is above its interval."""
    values = table([[0.9, 0.1, np.nan, 0.2, 0.9, 0.9]])
    bad = np.stack([table([0] * 6), table([0.05] * 6)], axis=-1)
    found = simulate(INDEX, values, plausible=bad, assumptions=CERTAIN, draws=200, seed=1)
    assert found.scores.level[0] > found.high[0]
    assert not found.is_inside[0]


def test_the_assumption_that_moves_a_level_most_is_named() -> None:
    values = table([0.5 + 0.1 * BETTER])
    values[0, 2] = np.nan
    for doubt, assumptions in {
        "measurement": Assumptions(0.1, None, ("geometric",), 0),
        "missing": CERTAIN,
        "weights": Assumptions(0, 1, ("arithmetic",), 0),
        "goalposts": Assumptions(0, None, ("geometric",), 0.1),
        "aggregation": Assumptions(0, None, ("geometric", "arithmetic", "minimum"), 0),
    }.items():
        exact = np.stack([values[0], values[0]], axis=-1)
        exact[2] = (40, 41) if doubt != "missing" else (0, 100)
        found = sensitivity(INDEX, values, plausible=exact, assumptions=assumptions, draws=500, seed=2)
        assert found.most == (doubt,)
        assert found.total[0, DOUBTS.index(doubt)] > 0.8


def test_shares_of_a_variance_that_is_known() -> None:
    """An error of 3 and a range of 20 points, in one pillar and without interaction: the parts add up."""
    values = table([[0.5, 0.5, np.nan, 0.5, 0.5, 0.5]])
    plausible = np.full((6, 2), np.nan)
    plausible[2] = (40, 60)
    error = np.array([3, 0, 0, 0, 0, 0.0])
    chosen = replace(CERTAIN, aggregations=("arithmetic",))
    found = sensitivity(INDEX, values, error=error, plausible=plausible, assumptions=chosen, draws=20_000, seed=1)
    parts = np.array([0.03**2, 0.2**2 / 12])
    assert_allclose(found.first[0, :2], parts / parts.sum(), atol=0.03)
    assert_allclose(found.total[0, :2], parts / parts.sum(), atol=0.03)
    assert_array_equal(found.total[0, 2:], 0)
    assert found.variance[0] == pytest.approx(parts.sum() / 81, rel=0.05)


def test_what_is_given_is_only_read() -> None:
    values, error = locked(table(np.full((2, 6), 0.5))), locked(np.ones(6))
    plausible = locked(np.stack([table([0.3] * 6), table([0.6] * 6)], axis=-1))
    copies = [one.copy() for one in (values, error, plausible)]
    simulate(INDEX, values, error=error, plausible=plausible, draws=10, seed=0)
    sensitivity(INDEX, values, error=error, plausible=plausible, draws=10, seed=0)
    indices.coherence(INDEX, values)
    indices.drop_one(INDEX, values)
    indices.score(INDEX, values)
    indices.normalise(values[:, 0], indices.Goalposts(0, 1))
    indices.aggregate(locked([[0.5, 0.5, 0.5]]), locked(INDEX.weights))
    indices.pillars(INDEX, locked(np.full((2, 6), 0.5)))
    for call in (indices.parity, indices.difference, indices.atkinson):
        call(values, values)
    indices.adjusted(locked([0.5, 0.5]), values, values)
    indices.cronbach_alpha(values)
    for one, copy in zip((values, error, plausible), copies, strict=True):
        assert_array_equal(one, copy)


def test_cities_are_never_put_in_an_order() -> None:
    """Results keep the order in which cities came, and nothing in this package is called a rank."""
    values = table([[0.2] * 6, 0.5 + 0.4 * BETTER, [0.4] * 6])
    found, turned = (simulate(INDEX, rows, assumptions=CERTAIN, draws=5, seed=0) for rows in (values, values[::-1]))
    assert_allclose(found.median, turned.median[::-1])
    results = (indices.Scores, indices.Uncertainty, indices.Sensitivity, indices.Coherence, indices.Comparison)
    said = {*indices.__all__, *(field.name for result in results for field in fields(result))}
    assert not [name for name in said if any(word in name.lower() for word in ("rank", "sort", "order", "top"))]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"error": [-1] * 6}, "errors"),
        ({"plausible": [[2, 1]] * 6}, "fall"),
        ({"draws": 0}, "draws"),
        ({"seed": -1}, "seed"),
        ({"values": [[1]]}, "shape"),
    ],
)
def test_what_cannot_be_drawn_is_refused(given: dict[str, Any], message: str) -> None:
    call: dict[str, Any] = {"values": table([[0.5] * 6]), "seed": 0, **given}
    for function in (simulate, sensitivity):
        with pytest.raises(ValueError, match=message):
            function(INDEX, **call)


@pytest.mark.parametrize(
    "wrong", [{"unknown_error": -1}, {"concentration": 0}, {"aggregations": ()}, {"goalposts": 0.5}]
)
def test_assumptions_that_make_no_sense_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"it must|they may"):
        Assumptions(**wrong)  # type: ignore[arg-type]


def test_a_limit_below_a_half_and_cities_that_are_not_there_are_refused() -> None:
    found = simulate(INDEX, table([[0.5] * 6] * 2), draws=5, seed=0)
    with pytest.raises(ValueError, match=r"at least 0\.5"):
        comparable(found, 0, 1, sure=0.4)
    for other in (-1, 2):
        with pytest.raises(IndexError, match="there are 2"):
            comparable(found, 0, other)
