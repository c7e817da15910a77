"""Are these groups, or one cloud cut into pieces?

k-means cuts anything, and it cuts an elongated cloud in the same place every time: stable, and still no groups. So the
cut is compared with cuts of one smooth cloud in which people know no groups at all.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.factors import Factors
from intercity.core.opinion.groups.clustering import k_means, scatter
from intercity.core.opinion.plane import compress

Floats = NDArray[np.float64]

DRAWS = 59
FEW_CELLS, GRID = 400, 24


def separation(xy: Floats, covariance: Floats, factors: Factors, count: int, *, seed: int) -> float:
    """The chance that one cloud of opinions without groups would look at least as separated into so many groups.

    The cloud is a filled ellipse with the variances of the model, the kind of single cloud that is easiest to take
    for groups. A place z in it would be estimated as S z + noise, where S = (D - C) / D is how far votes outweigh the
    middle for somebody with posterior covariance C, and the noise has covariance S C: whoever voted little stands
    nearer the middle, and this is kept. Clouds drawn so are cut in the same way as the people; the measure is the
    share of scatter that is left within groups.

    Sources: Liu, Hayes, Nobel and Marron, Journal of the American Statistical Association 103 (2008) 1281-1293 for
    the test; Tibshirani, Walther and Hastie, Journal of the Royal Statistical Society B 63 (2001) 411-423 for why a
    flat cloud is the hardest one to tell from groups.

    Parameters
    ----------
    xy : float64, shape (participants, 2)
    covariance : float64, shape (participants, 3)
    factors : Factors
    count : int >= 2
    seed : int

    Returns
    -------
    float in (0, 1], a Monte-Carlo p-value from 59 draws
    """
    rng = np.random.default_rng(seed)
    shrink, root = _shrinkage(covariance, np.asarray(factors.spread))
    observed = _left_within(xy, count, rng)
    smaller = 0
    for _ in range(DRAWS):
        cloud = _ellipse(len(xy), rng) * np.sqrt(factors.spread)
        noise = rng.normal(size=xy.shape)
        estimated = np.einsum("nij,nj->ni", shrink, cloud) + np.einsum("nij,nj->ni", root, noise)
        smaller += _left_within(estimated, count, rng) <= observed
    return (1 + smaller) / (1 + DRAWS)


def _shrinkage(covariance: Floats, spread: Floats) -> tuple[Floats, Floats]:
    """S = (D - C) / D and a root of S C for each participant, shape (participants, 2, 2)."""
    xx, xy, yy = covariance.T
    uncertain = np.stack([np.stack([xx, xy], -1), np.stack([xy, yy], -1)], -2)
    shrink = np.eye(2) - uncertain / spread
    noise = shrink @ uncertain
    values, vectors = np.linalg.eigh((noise + noise.transpose(0, 2, 1)) / 2)
    return shrink, vectors * np.sqrt(np.maximum(values, 0.0))[:, None, :]


def _ellipse(count: int, rng: np.random.Generator) -> Floats:
    """Points spread evenly over a disc, with variance 1 in every direction."""
    radius, angle = 2 * np.sqrt(rng.random(count)), 2 * np.pi * rng.random(count)
    return np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])


def _left_within(xy: Floats, count: int, rng: np.random.Generator) -> float:
    cells = compress(xy, many=FEW_CELLS, grid=GRID)
    whole = scatter(cells)
    return k_means(cells, count, rng, restarts=2)[1] / whole if whole > 0 else 1.0
