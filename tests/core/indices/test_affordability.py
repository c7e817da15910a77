"""What 2 GB costs the poorest, and yes or no."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercity.core.indices import Range, affordability, count_answers

ranges = st.lists(st.floats(0.5, 500), min_size=3, max_size=3).map(lambda three: Range(*sorted(three)))
within = st.floats(0, 1)


def test_by_hand() -> None:
    found = affordability(Range(4, 5, 6), Range(80, 100, 125))
    assert found.share == Range(4 / 125, 5 / 100, 6 / 80)
    assert found.price == Range(1.6, 2, 2.5)
    assert found.subsidy == Range(1.5, 3, 4.4)
    assert found.cut.value == pytest.approx(0.6)
    assert found.is_reached == "no"


def test_what_cannot_be_told_is_not_told() -> None:
    assert affordability(Range(1, 1, 3), Range(100, 100, 100)).is_reached == "cannot be told"
    cheap = affordability(Range(0, 1, 2), Range(100, 100, 100))
    assert cheap.is_reached == "yes"
    assert cheap.subsidy == cheap.cut == Range(0, 0, 0)


@given(ranges, ranges, within, within)
def test_ranges_hold_for_every_price_and_income_in_theirs(price: Range, income: Range, p: float, q: float) -> None:
    found = affordability(price, income)
    cost, earned = price.low + p * (price.high - price.low), income.low + q * (income.high - income.low)
    assert found.share.low * (1 - 1e-9) <= cost / earned <= found.share.high * (1 + 1e-9)
    assert found.subsidy.low - 1e-9 <= max(0.0, cost - 0.02 * earned) <= found.subsidy.high + 1e-9
    assert found.cut.low - 1e-9 <= max(0.0, 1 - 0.02 * earned / cost) <= found.cut.high + 1e-9


@given(ranges, ranges)
def test_the_subsidy_and_the_price_reach_the_limit(price: Range, income: Range) -> None:
    found = affordability(price, income)
    assert (price.value - found.subsidy.value) / income.value <= 0.02 + 1e-9
    assert affordability(found.price, income).share.value == pytest.approx(0.02)


def test_what_is_no_range_no_income_or_no_limit_is_refused() -> None:
    for wrong in ((2, 1, 3), (-1, 0, 1), (0, 1, float("inf")), (0, float("nan"), 1)):
        with pytest.raises(ValueError, match="range"):
            Range(*wrong)
    with pytest.raises(ValueError, match="income"):
        affordability(Range(1, 1, 1), Range(0, 1, 1))
    with pytest.raises(ValueError, match="limit"):
        affordability(Range(1, 1, 1), Range(1, 1, 1), limit=2)


def test_a_share_of_yes_waits_for_all_answers() -> None:
    full = count_answers([True] * 5 + [False] * 3)
    assert (full.share, full.between, full.coverage) == (5 / 8, (5 / 8, 5 / 8), 1)
    part = count_answers([True, True, None, False, None, True, False, False])
    assert (part.share, part.between, part.coverage) == (None, (3 / 8, 5 / 8), 6 / 8)
    assert (count_answers([]).share, count_answers([]).between, count_answers([]).coverage) == (None, (0, 1), 0)
