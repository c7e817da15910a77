"""Bridging: which statements are agreed with across the opinion space, however it is cut into groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.counts import Counts
from intercity.core.opinion.factors import Factors

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bridging:
    """Bridging scores.

    Attributes
    ----------
    score : float64, shape (statements,)
        The statement's own appeal in the factor model: what is left of agreement once positions are taken out.
        NaN where nobody voted.
    error : float64 >= 0, shape (statements,)
        Its standard error; NaN likewise.
    group_aware : float64 in [0, 1], shape (statements,)
        Geometric mean over groups of p(agree) (1 - p(disagree)), Jeffreys prior; beside the score, never instead.
    """

    score: Floats
    error: Floats
    group_aware: Floats


def bridging(factors: Factors, by_group: Counts, seen: NDArray[np.integer]) -> Bridging:
    """Score statements by how far they are agreed with from everywhere in the opinion space.

    The first score does not depend on how people are cut into groups: a statement that only a large group likes gets
    its agreement explained by where that group stands, and keeps little of its own. Source: Wojcik et al. 2022 (arXiv
    2210.15723), the intercept of a note. The second is the geometric mean over groups, which unlike Polis's product
    does not shrink with their number.

    Parameters
    ----------
    factors : Factors
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
    return Bridging(
        score=np.where(known, factors.appeal, np.nan),
        error=np.where(known, np.sqrt(np.maximum(factors.uncertainty[:, 5], 0.0)), np.nan),
        group_aware=np.exp(np.log(agree * (1 - disagree)).mean(axis=0)),
    )
