"""Points in the opinion plane: which is nearest, and many of them as few."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from scipy.spatial.distance import cdist

Floats = NDArray[np.float64]

MANY = 4_000
"""Up to so many points nothing is compressed."""
GRID = 64
FEW_CENTRES = 8
FEW_POINTS = 20_000


@dataclass(frozen=True)
class Cells:
    """Points gathered into cells.

    Attributes
    ----------
    xy : float64, shape (cells, 2)
        Mean of the points in each cell.
    weight : float64 > 0, shape (cells,)
        How much weight the points of each cell have together.
    cell : int64 in [0, cells), shape (points,)
    """

    xy: Floats
    weight: Floats
    cell: NDArray[np.int64]


def compress(points: Floats, weight: Floats | None = None, *, many: int = MANY, grid: int = GRID) -> Cells:
    """Gather many points into the cells of a grid, so that clustering takes the same time for a million as for few.

    The grid spans the middle 99.6 % of the points along each direction; those outside belong to its outermost cells.

    Parameters
    ----------
    points : float64, shape (points, 2)
    weight : float64 >= 0, shape (points,), default 1
    many : int
        Up to so many points each is its own cell.
    grid : int
        Cells along each direction.

    Returns
    -------
    Cells
    """
    weight = np.ones(len(points)) if weight is None else weight
    if len(points) <= many:
        return Cells(points, weight, np.arange(len(points)))
    low, high = np.percentile(points, [0.2, 99.8], axis=0)
    scale = grid / np.maximum(high - low, 1e-12)
    column, line = np.clip((points - low) * scale, 0, grid - 1).astype(np.int64).T
    _, cell = np.unique(column * grid + line, return_inverse=True)
    total = np.bincount(cell, weight).astype(np.float64)
    number = np.bincount(cell)
    safe = np.where(total > 0, total, 1)
    xy = [
        np.where(total > 0, np.bincount(cell, weight * points[:, k]) / safe, np.bincount(cell, points[:, k]) / number)
        for k in (0, 1)
    ]
    return Cells(np.column_stack(xy), total, cell)


def distances(points: Floats, centre: Floats) -> Floats:
    """Distances, shape (points, centres)."""
    result: Floats = cdist(points, centre)
    return result


def nearest(points: Floats, centre: Floats) -> NDArray[np.int64]:
    """The nearest centre of each point.

    Parameters
    ----------
    points : float64, shape (points, 2)
    centre : float64, shape (centres, 2)

    Returns
    -------
    int64 in [0, centres), shape (points,)
    """
    if not len(points):
        return np.zeros(0, dtype=np.int64)
    if len(centre) > FEW_CENTRES:
        _, index = cKDTree(centre).query(points)
        return np.asarray(index, dtype=np.int64)
    if len(points) <= FEW_POINTS:
        closest: NDArray[np.int64] = cdist(points, centre, "sqeuclidean").argmin(axis=1)
        return closest
    best = np.zeros(len(points), dtype=np.int64)
    least = np.full(len(points), np.inf)
    for k, (x, y) in enumerate(centre):
        distance = (points[:, 0] - x) ** 2 + (points[:, 1] - y) ** 2
        best[distance < least] = k
        np.minimum(least, distance, out=least)
    return best
