"""What groups become when other people of the same kind had taken part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

from intercity.core.compute import Here
from intercity.core.opinion.factors import Factors, fit_factors, place
from intercity.core.opinion.groups.agreement import overlap
from intercity.core.opinion.groups.clustering import k_means
from intercity.core.opinion.plane import compress, nearest
from intercity.core.opinion.votes import Votes

Floats = NDArray[np.float64]

MOST_DRAWN = 5_000
"""People drawn for one resample at the most. Fewer than all of them vary more, so stability is not overstated."""
MOST_VOTES = 100_000
FEWEST_DRAWN = 400
SWEEPS = 3
FEW_CELLS, GRID = 400, 24


@dataclass(frozen=True)
class Cut:
    """The full grouping into a number of groups.

    Attributes
    ----------
    centre : float64, shape (groups, 2)
    silhouette : float
    """

    centre: Floats
    silhouette: float


@dataclass(frozen=True)
class Resample:
    """What one resample says of one number of groups.

    Attributes
    ----------
    jaccard : float64 in [0, 1], shape (groups,)
        Overlap of each full group with its best match.
    centre : float64, shape (groups, 2)
        The resample's centres in the full plane, in the order of the full groups they correspond to.
    """

    jaccard: Floats
    centre: Floats


def resample(
    seed: np.random.SeedSequence, votes: Votes, factors: Factors, xy: Floats, cuts: dict[int, Cut]
) -> dict[int, Resample]:
    """Draw people with replacement, estimate the axes anew, cut anew, and compare.

    Parameters
    ----------
    seed : SeedSequence
    votes : Votes of the participants who are placed
    factors : Factors, the full fit, from which the new fit starts
    xy : float64, shape (participants, 2), the full places
    cuts : mapping from numbers of groups to full Cuts

    Returns
    -------
    A Resample for each number of groups
    """
    rng = np.random.default_rng(seed)
    drawn, times = np.unique(rng.integers(0, votes.participants, draws(votes)), return_counts=True)
    chosen = votes.take_participants(drawn)
    weight = times.astype(np.float64)
    model = fit_factors(chosen, start=factors, participant_weight=weight, sweeps=SWEEPS, compute=Here(1))
    new = place(chosen, model, compute=Here(1)).xy
    back = _affine(new, xy[drawn], weight)
    cells = compress(new, weight, many=FEW_CELLS, grid=GRID)
    found = {}
    for count, cut in cuts.items():
        centre, _ = k_means(cells, count, rng, restarts=2)
        shared = overlap(nearest(xy[drawn], cut.centre), nearest(new, centre), count, count)
        _, matched = linear_sum_assignment(-shared)
        in_full_plane = np.column_stack([centre, np.ones(count)]) @ back
        found[count] = Resample(shared.max(axis=1), in_full_plane[matched])
    return found


def draws(votes: Votes) -> int:
    """How many people one resample draws: all there are, or as many as keep it quick.

    Parameters
    ----------
    votes : Votes

    Returns
    -------
    int
    """
    affordable = MOST_VOTES * votes.participants // max(len(votes), 1)
    return min(votes.participants, MOST_DRAWN, max(FEWEST_DRAWN, affordable))


def _affine(new: Floats, old: Floats, weight: Floats) -> Floats:
    """The weighted least-squares map (x, y, 1) @ map from the new plane to the old one, shape (3, 2)."""
    root = np.sqrt(weight)[:, None]
    found, *_ = np.linalg.lstsq(np.column_stack([new, np.ones(len(new))]) * root, old * root, rcond=None)
    result: Floats = found
    return result
