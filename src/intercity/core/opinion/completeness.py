"""Is it done? Whether more votes would still change the picture, and which statements need them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Completeness:
    """How far a dialogue is.

    Attributes
    ----------
    share : float64 in (0, 1], shape (points,)
        Shares of the votes from which hidden votes were predicted.
    prediction : float64 in [0, 1], shape (points,)
        Chance to tell a hidden agreement from a hidden disagreement (AUC), at each share; NaN where it cannot be told.
    plateau : bool
        Whether the last fifth of the votes added less than `tolerance` to the prediction.
    needed : int64, shape (statements,)
        Votes still needed until the share that agrees is known to within ten points; 0: enough.
    done : bool
        Plateau reached and no statement in need of more than a few votes.
    """

    share: NDArray[np.float64]
    prediction: NDArray[np.float64]
    plateau: bool
    needed: NDArray[np.int64]
    done: bool
