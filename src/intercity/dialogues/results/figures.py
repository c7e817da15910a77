"""Numbers, counts and names as a document has them."""

from __future__ import annotations

from collections.abc import Mapping
from string import ascii_uppercase
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.anonymity import gather_places
from intercity.core.opinion.counts import Counts

Floats = NDArray[np.float64]

DIGITS = 9

Document = dict[str, Any]


def group_name(number: int) -> str:
    """A, B, C … for the groups 0, 1, 2 …"""
    return ascii_uppercase[number]


def plain(value: Any) -> Any:
    """A value as JSON has it: numbers to nine significant digits, what is not known as null."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def votes_of(counts: Counts, label: int, j: int) -> Document:
    """How many of a label agree, disagree and pass on statement j."""
    parts = {"agree": counts.agree, "disagree": counts.disagree, "pass": counts.passed}
    return {name: _whole(part[label, j]) for name, part in parts.items()}


def _whole(number: float) -> int | float | None:
    """Counts are whole numbers, unless exposures were corrected for."""
    return int(number) if float(number).is_integer() else plain(number)


def opinion_map(xy: Floats, label: NDArray[np.integer], names: list[str]) -> list[Document]:
    """People on the opinion map, at least five at a time: nobody's own place is published."""
    gathered = gather_places(xy, label)
    return [
        {"group": names[group], "people": people, "x": plain(x), "y": plain(y)}
        for (x, y), people, group in zip(
            gathered.xy.tolist(), gathered.people.tolist(), gathered.label.tolist(), strict=True
        )
    ]
