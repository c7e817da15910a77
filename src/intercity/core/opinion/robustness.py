"""Robustness: does the common ground survive leaving out a suspicious cluster of participants?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Suspicion:
    """Participants who voted the same on the same statements within the same minute.

    A cluster is a reason to look, never a verdict: a school class voting together looks the same.

    Attributes
    ----------
    cluster : int64 in [-1, clusters), shape (participants,)
        -1: in no cluster. Clusters are numbered by size, largest first.
    size : int64, shape (clusters,)
    """

    cluster: NDArray[np.int64]
    size: NDArray[np.int64]


@dataclass(frozen=True)
class Robustness:
    """What changes when all suspicious clusters are left out.

    Attributes
    ----------
    left_out : int
        How many participants.
    kept, lost, gained : int64 arrays
        Statements of the common ground with and without, only with, only without the clusters.
    largest_change : float in [0, 1]
        Largest change of any statement's share of agreement.
    """

    left_out: int
    kept: NDArray[np.int64]
    lost: NDArray[np.int64]
    gained: NDArray[np.int64]
    largest_change: float
