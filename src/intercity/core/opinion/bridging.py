"""Bridging: which statements are agreed with across the opinion space, however it is cut into groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Bridging:
    """Bridging scores.

    Attributes
    ----------
    score : float64, shape (statements,)
        The statement's own appeal in the factor model: what is left of agreement once positions are taken out.
        NaN where nobody voted.
    error : float64 >= 0, shape (statements,)
        Its standard error.
    group_aware : float64 in [0, 1], shape (statements,)
        Geometric mean over groups of p(agree) (1 - p(disagree)), Jeffreys prior; beside the score, never instead.
    """

    score: NDArray[np.float64]
    error: NDArray[np.float64]
    group_aware: NDArray[np.float64]
