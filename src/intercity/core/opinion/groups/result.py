"""Opinion groups: chosen by stability under resampling, or honestly not found."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DISTINCT = 0.05


@dataclass(frozen=True)
class Candidate:
    """One number of groups that was tried.

    Attributes
    ----------
    groups : int >= 2
    stability : float64 in [0, 1], shape (groups,)
        Mean Jaccard overlap of each group with its best match in each resample (Hennig 2007).
    silhouette : float in [-1, 1]
    """

    groups: int
    stability: NDArray[np.float64]
    silhouette: float


@dataclass(frozen=True)
class Groups:
    """Opinion groups.

    Attributes
    ----------
    count : int >= 1
        1 means that no stable groups were found: everybody placed stands together.
    label : int32 in [-1, count), shape (participants,)
        -1 for participants who are not placed. Groups are numbered by size, largest first,
        or as in an earlier result (see `keep_names`).
    size : int64, shape (count,)
    centre : float64, shape (count, 2)
    membership : float32 in [0, 1], shape (participants, count)
        Chance that the participant belongs to each group; rows sum to 1, or to 0 where not placed.
    stability : float64 in [0, 1], shape (count,)
        1 where count is 1.
    separation : float in [0, 1]
        Chance that one cloud of opinions without groups would look at least as separated; 1 where count is 1.
    candidates : tuple of Candidate
        What was tried, and how stable it was: shown also when none was good enough.
    """

    count: int
    label: NDArray[np.int32]
    size: NDArray[np.int64]
    centre: NDArray[np.float64]
    membership: NDArray[np.float32]
    stability: NDArray[np.float64]
    separation: float
    candidates: tuple[Candidate, ...]

    @property
    def found(self) -> bool:
        """Whether there are stable groups."""
        return self.count > 1

    @property
    def distinct(self) -> bool:
        """Whether the groups are more than the parts of one gradual spectrum (separation below 5 %)."""
        return self.separation < DISTINCT
