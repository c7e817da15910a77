"""What a service costs those who have least, and what price or subsidy would reach the limit."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

LIMIT: Final = 0.02
"""Share of income from which on it is too dear: the Broadband Commission's target since 2018, there of the national
income of a person, here of the income of the poorest 40 %, or the measure hides the divide."""


@dataclass(frozen=True)
class Range:
    """A figure and between what it lies: 0 <= low <= value <= high, finite; the same three times where it is exact.

    Raises
    ------
    ValueError
        For another order, figures below 0, and what is no number.
    """

    low: float
    value: float
    high: float

    def __post_init__(self) -> None:
        """Refuse what is no range."""
        if not (0 <= self.low <= self.value <= self.high < math.inf):
            raise ValueError(f"the range is {self.low}, {self.value}, {self.high}; it must rise, from 0 or more")


@dataclass(frozen=True)
class Affordability:
    """What a service costs, set against a limit.

    Attributes
    ----------
    share : Range
        Of the monthly income, as a share: 0.02 is 2 %.
    price : Range
        Per month, at which the limit is reached; in the currency given.
    subsidy : Range
        Per month and person, with which the limit is reached at today's price; 0 where it is reached already.
    cut : Range in [0, 1]
        The same as a share of today's price.
    limit : float
    """

    share: Range
    price: Range
    subsidy: Range
    cut: Range
    limit: float

    @property
    def is_reached(self) -> Literal["yes", "no", "cannot be told"]:
        """Whether the limit is kept, wherever in their ranges price and income lie."""
        if self.share.high <= self.limit:
            return "yes"
        return "no" if self.share.low > self.limit else "cannot be told"


def affordability(price: Range, income: Range, limit: float = LIMIT) -> Affordability:
    """What a service costs of an income, and what price or subsidy would reach the limit.

    Parameters
    ----------
    price : Range
        Of the service for a month: 2 GB of mobile data. Above 0 at its high end.
    income : Range
        Of a person of the poorest 40 % in a month, in the same currency, above 0 at its low end.
    limit : float in (0, 1), default 0.02

    Returns
    -------
    Affordability
        Its ranges hold for every price and every income in theirs, since each figure rises or falls with both.

    Raises
    ------
    ValueError
        For an income that may be 0, and a limit that is no share.

    Source: Broadband Commission target 2 (2018) and A4AI's "1 for 2"; by the income of the poorest 40 % instead.
    """
    if income.low <= 0:
        raise ValueError(f"the income is from {income.low}; it must be above 0")
    if not 0 < limit < 1:
        raise ValueError(f"the limit is {limit}; it must be above 0 and below 1")
    least, likely, most = (
        (price.low, income.high),
        (price.value, income.value),
        (price.high, income.low),
    )
    return Affordability(
        share=Range(*(cost / earned for cost, earned in (least, likely, most))),
        price=Range(*(limit * earned for earned in (income.low, income.value, income.high))),
        subsidy=Range(*(max(0.0, cost - limit * earned) for cost, earned in (least, likely, most))),
        cut=Range(*(max(0.0, 1.0 - limit * earned / cost) if cost else 0.0 for cost, earned in (least, likely, most))),
        limit=limit,
    )
