"""Bridging: which statements are agreed with across the opinion space, however it is cut into groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.counts import Counts
from intercity.core.opinion.factors import Factors
from intercity.core.opinion.positions import Positions

Floats = NDArray[np.float64]

ENDS = (5, 95)
"""Percentiles of places that are the ends of the opinion space."""


@dataclass(frozen=True)
class Bridging:
    """Bridging scores.

    Attributes
    ----------
    score : float64, about -1 to 1, shape (statements,)
        The vote expected of somebody who stands halfway between the ends of the opinion space. NaN where nobody voted.
    error : float64 >= 0, shape (statements,)
        Its standard error; NaN likewise.
    group_aware : float64 in [0, 1], shape (statements,)
        Geometric mean over groups of p(agree) (1 - p(disagree)), Jeffreys prior; beside the score, never instead.
    """

    score: Floats
    error: Floats
    group_aware: Floats


def bridging(factors: Factors, positions: Positions, by_group: Counts, seen: NDArray[np.integer]) -> Bridging:
    """Score statements by how far they are agreed with from everywhere in the opinion space.

    The first score does not depend on how people are cut into groups, nor on how many stand where: it is the model's
    vote at the middle between the 5th and the 95th percentile of places along each direction. A statement that only a
    large camp likes is expected to be liked at that camp's end and not at the middle; one that is liked at both ends
    keeps its score. The idea is that of the intercept of a community note (Wojcik et al. 2022, arXiv 2210.15723),
    whose middle depends on penalties; ours can be read as a vote. The second is the geometric mean over groups, which
    unlike Polis's product does not shrink with their number.

    Parameters
    ----------
    factors, positions : of these votes
    by_group : Counts, shape (groups, statements)
    seen : integers >= 0, shape (statements,)
        Votes on each statement.

    Returns
    -------
    Bridging
    """
    agree = (by_group.agree + 0.5) / (by_group.seen + 1)
    disagree = (by_group.disagree + 0.5) / (by_group.seen + 1)
    known = np.asarray(seen) > 0
    x, y = _middle(positions)
    expected = factors.mean + factors.appeal + factors.axis @ np.array([x, y])
    variance = factors.uncertainty @ np.array([x * x, 2 * x * y, y * y, 2 * x, 2 * y, 1.0])
    return Bridging(
        score=np.where(known, expected, np.nan),
        error=np.where(known, np.sqrt(np.maximum(variance, 0.0)), np.nan),
        group_aware=np.exp(np.log(agree * (1 - disagree)).mean(axis=0)),
    )


def _middle(positions: Positions) -> Floats:
    """Halfway between the ends of the opinion space; its origin where nobody is placed."""
    if not positions.placed.any():
        return np.zeros(2)
    middle: Floats = np.percentile(positions.xy[positions.placed], ENDS, axis=0).mean(axis=0)
    return middle
