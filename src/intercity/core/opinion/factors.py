"""The opinion space: a rank-2 factor model with intercepts, fitted to the votes alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Factors:
    """vote of i on j ~ mean + lean of i + appeal of j + place of i . axis of j.

    Attributes
    ----------
    mean : float
    appeal : float64, shape (statements,)
        How much a statement is agreed with whoever votes: it bridges. Statements without votes have 0.
    axis : float64, shape (statements, 2)
        How far agreement with the statement changes along the two directions of the opinion space.
    noise : float > 0
        Variance of a vote around its prediction.
    ridge : tuple of float
        Penalties (place, lean, axis, appeal) that the fit used.
    """

    mean: float
    appeal: NDArray[np.float64]
    axis: NDArray[np.float64]
    noise: float
    ridge: tuple[float, float, float, float]
