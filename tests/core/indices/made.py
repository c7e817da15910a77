"""Indices and figures that are made up, for tests."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import strategies as st
from numpy.typing import NDArray

from intercity.core.indices import Goalposts, Index, Indicator, Pillar


def indicator(code: str, worst: float = 0.0, best: float = 100.0, form: Any = "linear") -> Indicator:
    """An indicator in percent, unless said otherwise."""
    return Indicator(code, code, "percent", Goalposts(worst, best, form), "made up")


INDEX = Index(
    "made-up",
    "Made up",
    "made up",
    (
        Pillar("a", "A", (indicator("a1"), indicator("a2", 50, 10), indicator("a3"))),
        Pillar("b", "B", (indicator("b1", 10, 2, "log"),)),
        Pillar("c", "C", (indicator("c1", 0, 70), indicator("c2", 1, 1000, "log"))),
    ),
)
"""Both directions and both forms, in three pillars of three, one and two indicators."""
BETTER = np.array([1, -1, 1, -1, 1, 1])
"""In which direction each of its indicators gets better."""
LOW, HIGH = np.array([0, 10, 0, 2.0, 0, 1]), np.array([100, 50, 100, 10, 70, 1000.0])


def table(shares: Any) -> NDArray[np.float64]:
    """Figures of INDEX at shares in [0, 1] of the way from low to high."""
    return np.asarray(LOW + (HIGH - LOW) * np.asarray(shares, dtype=np.float64))


shares = st.lists(st.floats(0, 1), min_size=6, max_size=6)
"""Of one city."""


def locked(value: Any) -> NDArray[np.float64]:
    """The same, read-only."""
    array = np.array(value, dtype=np.float64)
    array.flags.writeable = False
    return array
