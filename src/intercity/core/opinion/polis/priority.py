"""Polis's routing priority: how likely a statement is drawn next."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.counts import Counts

Floats = NDArray[np.float64]

META = 7.0
"""Importance of a statement about the participants themselves."""
NEWCOMER = 8.0
HALF_LIFE = 5.0


def routing_priority(whole: Counts, extremity: Floats, *, meta: NDArray[np.bool_]) -> Floats:
    """How strongly each statement asks to be shown: agreed, seldom passed, extreme, and new.

    Parameters
    ----------
    whole : Counts, shape (1, statements)
        Votes of everybody who is counted.
    extremity : float64 >= 0, shape (statements,)
    meta : bool, shape (statements,)

    Returns
    -------
    float64 > 0, shape (statements,); statements are drawn with chances in proportion to it
    """
    agreed = (whole.agree[0] + 1) / (whole.seen[0] + 2)
    passed = (whole.passed[0] + 1) / (whole.seen[0] + 2)
    importance = agreed * (1 - passed) * (1 + extremity)
    novelty = 1 + NEWCOMER * 2 ** (-whole.seen[0] / HALF_LIFE)
    result: Floats = np.where(meta, META, importance * novelty) ** 2
    return result
