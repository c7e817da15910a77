"""How many groups there are, who belongs to them, and how sure that is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from intercity.core.compute import Compute, Here
from intercity.core.opinion.factors import Factors
from intercity.core.opinion.groups.clustering import k_means, silhouette
from intercity.core.opinion.groups.resampling import Cut, Resample, resample
from intercity.core.opinion.groups.result import Candidate, Groups
from intercity.core.opinion.groups.separation import separation
from intercity.core.opinion.plane import compress, nearest
from intercity.core.opinion.positions import Positions
from intercity.core.opinion.votes import Votes

Floats = NDArray[np.float64]

RESAMPLES = 30
MOST_GROUPS = 5
STABLE = 0.75
FEWEST_PEOPLE, SMALLEST_SHARE = 5, 0.02
TESTED = 4_000
"""People on whom separation is tested at the most, evenly spaced."""


def find_groups(
    votes: Votes,
    factors: Factors,
    positions: Positions,
    *,
    resamples: int = RESAMPLES,
    most_groups: int = MOST_GROUPS,
    threshold: float = STABLE,
    seed: int = 0,
    compute: Compute | None = None,
) -> Groups:
    """Find opinion groups that would be found again, or say that there are none.

    For every number of groups the plane is cut by k-means. People are then drawn anew with replacement, the axes are
    estimated anew, and the plane is cut anew, thirty times over. A number of groups is admitted if every group, on
    average, overlaps its counterpart by three quarters (Jaccard) and holds at least five people and two percent of
    those placed. Of the numbers admitted, the one with the best silhouette is chosen; if none is, everybody placed
    stands together. Stable groups need not be camps: an elongated cloud is cut in the same place every time. Whether
    they are more than that is told by `separation`, which decides on words, not on groups.

    Source of the stability: Hennig, Computational Statistics and Data Analysis 52 (2007) 258-271.

    Parameters
    ----------
    votes : Votes
    factors, positions : of these votes
    resamples : int >= 1, default 30
    most_groups : int >= 2, default 5
    threshold : float in [0, 1], default 0.75
    seed : int
    compute : Compute, default this process with all its threads

    Returns
    -------
    Groups, numbered by size
    """
    compute = compute or Here()
    placed = np.flatnonzero(positions.placed)
    xy = positions.xy[placed]
    cuts = _cuts(xy, most_groups, seed)
    if not cuts:
        return _together(positions, ())
    theirs = votes if len(placed) == votes.participants else votes.take_participants(placed)
    # One after the other: a resample is many small steps, which threads only hinder.
    seeds = np.random.SeedSequence(seed).spawn(resamples)
    samples = [resample(one, theirs, factors, xy, cuts) for one in seeds]
    candidates = tuple(_candidate(count, cut, samples) for count, cut in cuts.items())
    chosen = _choose(candidates, cuts, xy, threshold)
    if chosen is None:
        return _together(positions, candidates)
    chance = _separation(xy, positions.covariance[placed], factors, chosen.groups, seed)
    replicates = [sample[chosen.groups] for sample in samples]
    return _grouped(chosen, candidates, cuts[chosen.groups], replicates, chance, positions, seed, compute)


def _cuts(xy: Floats, most_groups: int, seed: int) -> dict[int, Cut]:
    """The full cut for each number of groups; none where there are too few people or all stand in one place."""
    most = min(most_groups, len(xy) // FEWEST_PEOPLE)
    if most < 2 or np.ptp(xy, axis=0).max() < 1e-9:
        return {}
    cells = compress(xy)
    found = {}
    for count in range(2, most + 1):
        centre, _ = k_means(cells, count, np.random.default_rng([seed, count]))
        found[count] = Cut(centre, silhouette(cells, centre))
    return found


def _candidate(count: int, cut: Cut, samples: list[dict[int, Resample]]) -> Candidate:
    return Candidate(count, np.mean([sample[count].jaccard for sample in samples], axis=0), cut.silhouette)


def _choose(candidates: tuple[Candidate, ...], cuts: dict[int, Cut], xy: Floats, threshold: float) -> Candidate | None:
    """Of the candidates whose groups are all stable and large enough, the one with the best silhouette."""
    fewest = max(FEWEST_PEOPLE, SMALLEST_SHARE * len(xy))
    admitted = [
        one
        for one in candidates
        if one.stability.min() >= threshold and np.bincount(nearest(xy, cuts[one.groups].centre)).min() >= fewest
    ]
    return max(admitted, key=lambda one: one.silhouette, default=None)


def _separation(xy: Floats, covariance: Floats, factors: Factors, count: int, seed: int) -> float:
    tested = np.linspace(0, len(xy) - 1, min(len(xy), TESTED)).astype(np.int64)
    return separation(xy[tested], covariance[tested], factors, count, seed=seed)


def _together(positions: Positions, candidates: tuple[Candidate, ...]) -> Groups:
    placed = positions.placed
    centre = positions.xy[placed].mean(axis=0) if placed.any() else np.zeros(2)
    return Groups(
        count=1,
        label=np.where(placed, 0, -1).astype(np.int32),
        size=np.array([placed.sum()], dtype=np.int64),
        centre=centre[None],
        membership=placed[:, None].astype(np.float32),
        stability=np.ones(1),
        separation=1.0,
        candidates=candidates,
    )


def _grouped(
    chosen: Candidate,
    candidates: tuple[Candidate, ...],
    cut: Cut,
    replicates: list[Resample],
    chance: float,
    positions: Positions,
    seed: int,
    compute: Compute,
) -> Groups:
    label = nearest(positions.xy, cut.centre)
    label[~positions.placed] = -1
    size = np.bincount(label[label >= 0], minlength=chosen.groups)
    order = np.argsort(-size, kind="stable")
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    return Groups(
        count=chosen.groups,
        label=np.where(label >= 0, number[label], -1).astype(np.int32),
        size=size[order].astype(np.int64),
        centre=cut.centre[order],
        membership=_membership(positions, [replicate.centre[order] for replicate in replicates], seed, compute),
        stability=chosen.stability[order],
        separation=chance,
        candidates=candidates,
    )


def _membership(positions: Positions, centres: list[Floats], seed: int, compute: Compute) -> NDArray[np.float32]:
    """How often each participant falls to each group when places and centres vary as far as they are uncertain."""
    placed = np.flatnonzero(positions.placed)
    variance, covariance, other = positions.covariance[placed].T
    first = np.sqrt(variance)
    below = covariance / np.maximum(first, 1e-12)
    second = np.sqrt(np.maximum(other - below**2, 0.0))
    xy = positions.xy[placed]

    def assigned(job: tuple[np.random.SeedSequence, Floats]) -> NDArray[np.int64]:
        source, centre = job
        one, two = np.random.default_rng(source).normal(size=(2, len(placed)))
        return nearest(np.column_stack([xy[:, 0] + first * one, xy[:, 1] + below * one + second * two]), centre)

    jobs = list(zip(np.random.SeedSequence([seed, 1]).spawn(len(centres)), centres, strict=True))
    times = np.zeros((len(placed), len(centres[0])), dtype=np.float32)
    for group in compute.map(assigned, compute.hold(jobs)):
        times[np.arange(len(placed)), group] += 1
    membership = np.zeros((len(positions.xy), times.shape[1]), dtype=np.float32)
    membership[placed] = times / len(centres)
    return membership
