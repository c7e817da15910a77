"""Polis's groups: participants into a hundred base clusters, base clusters into two to five groups."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.plane import compress, distances, nearest

Floats = NDArray[np.float64]

BASE_CLUSTERS, BASE_ROUNDS = 100, 100
GROUP_ROUNDS = 20
"""Polis means a hundred rounds for groups, too, and makes twenty."""
MOST_GROUPS = 5
BASES_PER_GROUP = 12
STILL = 0.01


@dataclass(frozen=True)
class Clusters:
    """Groups of participants.

    Attributes
    ----------
    base : int64 in [0, bases), shape (participants,)
        Base cluster of each of the participants that were given.
    label : int64 in [0, groups), shape (participants,)
    base_centre : float64, shape (bases, 2)
    centre : float64, shape (groups, 2)
    silhouette : mapping from a number of groups to its silhouette in [-1, 1], for every number tried
    """

    base: NDArray[np.int64]
    label: NDArray[np.int64]
    base_centre: Floats
    centre: Floats
    silhouette: dict[int, float]


def cluster(positions: Floats, *, group_centres: Floats | None = None) -> Clusters:
    """Two stages of k-means, as Polis does from a cold start.

    Above 4,000 participants the first stage works on the cells of a fine grid, each weighted by its people; the
    second stage, and who belongs where, always follow from base clusters as in Polis.

    Parameters
    ----------
    positions : float64, shape (participants, 2)
    group_centres : float64, shape (groups, 2), optional
        Where to start the groups: the centres of an earlier update. Otherwise the first distinct base clusters
        for every number of groups from two to five, and the number with the best silhouette.

    Returns
    -------
    Clusters
    """
    cells = compress(positions)
    base_of_cell, base_centre = _rounds(cells.xy, cells.weight, _first_distinct(cells.xy, BASE_CLUSTERS), BASE_ROUNDS)
    base = base_of_cell[cells.cell]
    size = np.bincount(base_of_cell, cells.weight, len(base_centre)).astype(np.float64)
    starts = _starts(base_centre) if group_centres is None else {len(group_centres): group_centres}
    found = {k: _rounds(base_centre, size, start, GROUP_ROUNDS) for k, start in starts.items()}
    silhouette = {k: _silhouette(base_centre, label) for k, (label, _) in found.items()}
    best = max(silhouette, key=lambda k: (silhouette[k], -k))
    label, centre = found[best]
    return Clusters(base, label[base], base_centre, centre, silhouette)


def _starts(base_centre: Floats) -> dict[int, Floats]:
    most = min(MOST_GROUPS, 2 + len(base_centre) // BASES_PER_GROUP)
    return {k: _first_distinct(base_centre, k) for k in range(min(2, len(base_centre)), most + 1)}


def _first_distinct(points: Floats, count: int) -> Floats:
    """The first `count` points that differ, in the order in which they come."""
    _, first = np.unique(points, axis=0, return_index=True)
    return points[np.sort(first)[:count]]


def _rounds(points: Floats, weight: Floats, centre: Floats, rounds: int) -> tuple[NDArray[np.int64], Floats]:
    """Weighted k-means from given centres; a cluster that loses all its points vanishes."""
    for _ in range(rounds):
        label = nearest(points, centre)
        size = np.bincount(label, weight, len(centre))
        kept = size > 0
        sums = np.column_stack([np.bincount(label, weight * points[:, k], len(centre)) for k in (0, 1)])
        new = sums[kept] / size[kept, None]
        still = kept.all() and bool(np.all(np.hypot(*(new - centre).T) < STILL))
        centre = new
        if still:
            break
    return nearest(points, centre), centre


def _silhouette(points: Floats, label: NDArray[np.int64]) -> float:
    """Mean silhouette of unweighted points; 0 for a point alone in its cluster, and for a single cluster."""
    count = int(label.max(initial=0)) + 1
    if count < 2 or len(points) < 2:
        return 0.0
    size = np.bincount(label, minlength=count)
    total = distances(points, points) @ np.eye(count)[label]
    own = np.arange(len(points)), label
    within = total[own] / np.maximum(size[label] - 1, 1)
    between = total / np.maximum(size, 1)
    between[own] = np.inf
    other = between.min(axis=1)
    widest = np.maximum(within, other)
    return float(np.mean(np.where((size[label] > 1) & (widest > 0), (other - within) / np.maximum(widest, 1e-300), 0)))
