"""Where participants stand in the opinion space, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Positions:
    """Places of participants in the two-dimensional opinion space.

    Attributes
    ----------
    xy : float64, shape (participants, 2)
        The place. Participants who have not voted stand at their prior, the origin.
    covariance : float64, shape (participants, 3)
        Uncertainty of the place: variance of x, covariance of x and y, variance of y. Large for few votes.
    lean : float64, shape (participants,)
        How much more than others the participant agrees with whatever is asked.
    placed : bool, shape (participants,)
        Whether the participant has voted often enough to be put into a group.
    """

    xy: NDArray[np.float64]
    covariance: NDArray[np.float64]
    lean: NDArray[np.float64]
    placed: NDArray[np.bool_]
