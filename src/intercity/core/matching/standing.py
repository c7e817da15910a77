"""The income group of a country, as the World Bank classifies economies."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, cast, get_args

from intercity.core.matching.likeness import Income

INCOME_YEAR: Final = "2025"
"""The World Bank's fiscal year of the classification: 1 July 2024 to 30 June 2025, from incomes of 2023."""


@cache
def _groups() -> Mapping[str, Income]:
    lines = files(__package__).joinpath("income.tsv").read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return MappingProxyType({country: cast("Income", group) for country, group in rows if group in get_args(Income)})


def income_of(country: str) -> Income | None:
    """The income group of a country.

    Parameters
    ----------
    country : str
        ISO 3166-1, two letters, large or small.

    Returns
    -------
    "low", "lower-middle", "upper-middle", "high" or None
        None where the World Bank does not classify it, and for what is no country.

    Source: World Bank country classifications by income level, fiscal year 2025, CC BY 4.0.
    """
    return _groups().get(country.upper())
