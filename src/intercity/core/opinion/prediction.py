"""How well hidden votes are predicted: the honest measure of what an opinion space knows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import rankdata

from intercity.core.opinion.votes import Votes


@dataclass(frozen=True)
class HeldOut:
    """Votes that were hidden.

    Attributes
    ----------
    participant, statement : int32, shape (hidden,)
    value : int8, shape (hidden,), one of -1, 0, 1
    """

    participant: NDArray[np.int32]
    statement: NDArray[np.int32]
    value: NDArray[np.int8]


def hold_out(votes: Votes, share: float, *, seed: int) -> tuple[Votes, HeldOut]:
    """Hide some of the votes, each with the same chance.

    Parameters
    ----------
    share : float in (0, 1)
        How many to hide.
    seed : int

    Returns
    -------
    Votes that are left, and the HeldOut ones
    """
    if not 0 < share < 1:
        raise ValueError(f"share is {share}; a share between 0 and 1 can be hidden, such as 0.1.")
    hidden = np.random.default_rng(seed).random(len(votes)) < share
    return votes.take_votes(~hidden), HeldOut(
        votes.participant()[hidden], votes.statement[hidden], votes.value[hidden]
    )


def discrimination(score: ArrayLike, agreed: ArrayLike) -> float:
    """The chance that an agreement got a higher score than a disagreement (area under the ROC curve).

    Computed from ranks (Hanley and McNeil, Radiology 143 (1982) 29-36); equal scores count half.

    Parameters
    ----------
    score : float, shape (votes,)
    agreed : bool, shape (votes,)

    Returns
    -------
    float in [0, 1]; one half is chance. NaN where all votes are of one kind.
    """
    points, positive = np.asarray(score, dtype=np.float64), np.asarray(agreed, dtype=bool)
    agreements, disagreements = int(positive.sum()), int((~positive).sum())
    if not agreements or not disagreements:
        return float("nan")
    above = rankdata(points)[positive].sum() - agreements * (agreements + 1) / 2
    return float(above / (agreements * disagreements))
