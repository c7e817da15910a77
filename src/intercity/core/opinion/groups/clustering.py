"""Cutting the opinion plane into a given number of groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.plane import Cells, distances, nearest

Floats = NDArray[np.float64]

RESTARTS = 4
ROUNDS = 50
STILL = 1e-3
"""Stop when no centre moves further, in units of the points' spread."""


def k_means(cells: Cells, count: int, rng: np.random.Generator, *, restarts: int = RESTARTS) -> tuple[Floats, float]:
    """Weighted k-means of points in the plane, the best of some random starts.

    Starts are drawn far apart (Arthur and Vassilvitskii, k-means++, SODA 2007).

    Parameters
    ----------
    cells : Cells
    count : int >= 1
    rng : Generator
    restarts : int >= 1

    Returns
    -------
    Centres, float64 of shape (count, 2), and the weighted sum of squared distances to them
    """
    runs = [_lloyd(cells, _far_apart(cells, count, rng)) for _ in range(restarts)]
    return min(runs, key=lambda run: run[1])


def silhouette(cells: Cells, centre: Floats) -> float:
    """How much nearer points are to their own centre than to the next one, on average over their weight.

    The simplified silhouette: distances to centres instead of to all points (Hruschka et al. 2006).

    Parameters
    ----------
    cells : Cells
    centre : float64, shape (groups, 2), two groups at the least

    Returns
    -------
    float in [0, 1]
    """
    away = np.sort(distances(cells.xy, centre), axis=1)
    share = np.where(away[:, 1] > 0, 1 - away[:, 0] / np.maximum(away[:, 1], 1e-300), 0.0)
    return float(np.average(share, weights=cells.weight))


def scatter(cells: Cells) -> float:
    """Weighted sum of squared distances to the middle."""
    middle = np.average(cells.xy, axis=0, weights=cells.weight)
    return float(cells.weight @ ((cells.xy - middle) ** 2).sum(axis=1))


def _far_apart(cells: Cells, count: int, rng: np.random.Generator) -> Floats:
    centre = np.empty((count, 2))
    chance = cells.weight / cells.weight.sum()
    away = np.full(len(cells.xy), np.inf)
    for k in range(count):
        centre[k] = cells.xy[rng.choice(len(cells.xy), p=chance)]
        away = np.minimum(away, ((cells.xy - centre[k]) ** 2).sum(axis=1))
        total = float(cells.weight @ away)
        chance = cells.weight * away / total if total > 0 else cells.weight / cells.weight.sum()
    return centre


def _lloyd(cells: Cells, centre: Floats) -> tuple[Floats, float]:
    weighted = cells.xy * cells.weight[:, None]
    still = STILL * np.sqrt(scatter(cells) / cells.weight.sum())
    for _ in range(ROUNDS):
        mine = np.zeros((len(centre), len(cells.xy)))
        mine[nearest(cells.xy, centre), np.arange(len(cells.xy))] = 1.0
        size = mine @ cells.weight
        moved = np.where(size[:, None] > 0, mine @ weighted / np.maximum(size, 1e-300)[:, None], centre)
        done = bool(np.abs(moved - centre).max() <= still)
        centre = moved
        if done:
            break
    away = ((cells.xy - centre[nearest(cells.xy, centre)]) ** 2).sum(axis=1)
    return centre, float(cells.weight @ away)
