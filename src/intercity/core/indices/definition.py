"""What an index is made of: pillars of indicators, each with fixed goalposts and where these come from.

A definition is data. Any network may write its own; nothing else here knows which index it computes.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

Form = Literal["linear", "log"]

NEEDED: Final = 0.5
"""Share of a pillar's indicators that must be observed before it has a score (research, section 5.2)."""


@dataclass(frozen=True)
class Goalposts:
    """The values of an indicator that count 0 and 1; they never move with the cities that are looked at.

    Attributes
    ----------
    worst, best : float
        In the unit of the indicator, finite, not the same; which of them is larger gives the direction.
    form : "linear" or "log"
        Whether equal differences or equal ratios count the same; for "log" both are above 0.

    Raises
    ------
    ValueError
        For goalposts that are the same, not finite, or not above 0 where the form is "log".
    """

    worst: float
    best: float
    form: Form = "linear"

    def __post_init__(self) -> None:
        """Refuse goalposts between which nothing can lie."""
        if self.form not in get_args(Form):
            raise ValueError(f"the form is {self.form!r}; it may be 'linear' or 'log'")
        if not (math.isfinite(self.worst) and math.isfinite(self.best)) or self.worst == self.best:
            raise ValueError(f"goalposts are {self.worst} and {self.best}; they must be two different numbers")
        if self.form == "log" and min(self.worst, self.best) <= 0:
            raise ValueError(f"goalposts are {self.worst} and {self.best}; on a log scale they must be above 0")


@dataclass(frozen=True)
class Indicator:
    """What is observed: its code, name, unit, goalposts (None: shown, but not counted), and where these come from."""

    code: str
    name: str
    unit: str
    goalposts: Goalposts | None
    source: str


@dataclass(frozen=True)
class Pillar:
    """One side of an index: its indicators count the same; `weight` > 0 is set against those of the other pillars."""

    code: str
    name: str
    indicators: tuple[Indicator, ...]
    weight: float = 1.0


@dataclass(frozen=True)
class Gap:
    """Two groups of people whose figures are set side by side: `one` is the group that is usually behind."""

    code: str
    one: str
    other: str


@dataclass(frozen=True)
class Index:
    """An index: pillars of indicators.

    Attributes
    ----------
    code, name, source : str
    pillars : tuple of Pillar, shape (pillars,)
        Each with at least one indicator that has goalposts.
    needed : float in (0, 1], default 0.5
        Share of a pillar's counted indicators that must be observed before it has a score.
    gaps : tuple of Gap
        Groups to set side by side, beside the level.

    Raises
    ------
    ValueError
        For no pillars, a pillar with nothing to count, codes that are used twice, weights that are not above 0.
    """

    code: str
    name: str
    source: str
    pillars: tuple[Pillar, ...]
    needed: float = NEEDED
    gaps: tuple[Gap, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be computed."""
        if not self.pillars:
            raise ValueError("an index needs at least one pillar")
        if not 0 < self.needed <= 1:
            raise ValueError(f"needed is {self.needed}; it must be above 0 and at most 1")
        for pillar in self.pillars:
            if not any(one.goalposts for one in pillar.indicators):
                raise ValueError(f"pillar {pillar.code!r} has no indicator with goalposts; it needs at least one")
            if not 0 < pillar.weight < math.inf:
                raise ValueError(f"pillar {pillar.code!r} has the weight {pillar.weight}; it must be above 0")
        _refuse_doubles(pillar.code for pillar in self.pillars)
        _refuse_doubles(one.code for pillar in self.pillars for one in pillar.indicators)

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """The indicators that count, shape (indicators,): the order of every table of values."""
        return tuple(one for pillar in self.pillars for one in pillar.indicators if one.goalposts)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the indicators that count, shape (indicators,)."""
        return tuple(one.code for one in self.indicators)

    @property
    def not_counted(self) -> tuple[Indicator, ...]:
        """Indicators without goalposts: shown as figures, neither scored nor required."""
        return tuple(one for pillar in self.pillars for one in pillar.indicators if not one.goalposts)

    @property
    def weights(self) -> NDArray[np.float64]:
        """The weights of the pillars, shape (pillars,), above 0, adding up to 1."""
        weight = np.array([pillar.weight for pillar in self.pillars], dtype=np.float64)
        return np.asarray(weight / weight.sum())

    @property
    def members(self) -> NDArray[np.bool_]:
        """Which counted indicator is in which pillar, shape (indicators, pillars): one in each row."""
        of = [number for number, pillar in enumerate(self.pillars) for one in pillar.indicators if one.goalposts]
        return np.asarray(np.array(of)[:, None] == np.arange(len(self.pillars)))


def _refuse_doubles(codes: Iterable[str]) -> None:
    double = sorted(code for code, times in Counter(codes).items() if times > 1)
    if double:
        raise ValueError(f"codes are used twice: {', '.join(double)}; each must be used once")


def with_goalposts(index: Index, goalposts: Mapping[str, Goalposts | None]) -> Index:
    """The same index with other goalposts for some of its indicators.

    Parameters
    ----------
    index : Index
    goalposts : mapping of str to Goalposts or None
        By the code of an indicator; None: no longer counted.

    Returns
    -------
    Index
        Columns of values change where an indicator begins or ceases to count.

    Raises
    ------
    ValueError
        For codes that the index does not have.
    """
    known = {one.code for pillar in index.pillars for one in pillar.indicators}
    _refuse_unknown(goalposts, known)
    pillars = tuple(
        replace(
            pillar,
            indicators=tuple(
                replace(one, goalposts=goalposts.get(one.code, one.goalposts)) for one in pillar.indicators
            ),
        )
        for pillar in index.pillars
    )
    return replace(index, pillars=pillars)


def arrange(index: Index, rows: Sequence[Mapping[str, float]]) -> NDArray[np.float64]:
    """Figures as a table in the order of an index.

    Parameters
    ----------
    index : Index
    rows : sequence of mapping of str to float, length cities
        For each city, figures by the code of their indicator, in its unit; what is not known is left out.

    Returns
    -------
    float64, shape (cities, indicators)
        NaN where a figure is not known. Figures of indicators that are not counted are left out.

    Raises
    ------
    ValueError
        For codes that the index does not have.
    """
    known = {one.code for pillar in index.pillars for one in pillar.indicators}
    for row in rows:
        _refuse_unknown(row, known)
    found = [[row.get(code, math.nan) for code in index.codes] for row in rows]
    return np.array(found, dtype=np.float64).reshape(len(rows), len(index.codes))


def _refuse_unknown(given: Iterable[str], known: set[str]) -> None:
    unknown = sorted(set(given) - known)
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no such indicator; there are {', '.join(sorted(known))}")


def read_index(text: str) -> Index:
    """Read a definition.

    Parameters
    ----------
    text : str
        JSON as in `digital-inclusion.json`: code, name, source, pillars (code, name and indicators: code, name, unit,
        worst, best, form, source). May be left out: needed, gaps, the weight of a pillar, and the goalposts of an
        indicator, which then is not counted.

    Returns
    -------
    Index

    Raises
    ------
    ValueError
        For what is no JSON, what lacks a field, and what Index and Goalposts refuse.
    """
    found: Any = json.loads(text)
    try:
        return Index(
            code=found["code"],
            name=found["name"],
            source=found["source"],
            pillars=tuple(_pillar(one) for one in found["pillars"]),
            needed=float(found.get("needed", NEEDED)),
            gaps=tuple(Gap(one["code"], one["one"], one["other"]) for one in found.get("gaps", ())),
        )
    except KeyError as missing:
        raise ValueError(f"the definition of an index lacks the field {missing}") from missing
    except (TypeError, AttributeError) as wrong:
        raise ValueError(f"the definition of an index has another shape than expected: {wrong}") from wrong


def _pillar(found: Mapping[str, Any]) -> Pillar:
    indicators = tuple(_indicator(one) for one in found["indicators"])
    return Pillar(found["code"], found["name"], indicators, float(found.get("weight", 1.0)))


def _indicator(found: Mapping[str, Any]) -> Indicator:
    has = {"worst", "best"} & found.keys()
    goalposts = Goalposts(float(found["worst"]), float(found["best"]), found.get("form", "linear")) if has else None
    return Indicator(found["code"], found["name"], found["unit"], goalposts, found["source"])


@cache
def digital_inclusion() -> Index:
    """The index of digital inclusion: access, affordability, skills, use and relevance, institutions.

    Its goalposts are ITU's targets for 2030, the limit of 2 % of the Broadband Commission, and where there is no
    target the bounds of a share. Two of its indicators have no goalposts that we know, and are not counted.

    Source: Intercity's research on city networks, section 5.2; each indicator says where its goalposts come from.
    """
    return read_index(files(__package__).joinpath("digital-inclusion.json").read_text(encoding="utf-8"))
