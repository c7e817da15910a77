"""Votes with a known truth, drawn from a model: for demonstrations, tests and measurements. Never shown as real."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.votes import Votes

PASSING = 0.12
"""Share of votes that are passes."""
BLOCK = 20_000


@dataclass(frozen=True)
class Planted:
    """Simulated votes and the truth behind them.

    Attributes
    ----------
    votes : Votes
    group : int64 in [0, groups), shape (participants,)
    city : int64 in [0, cities), shape (participants,), or None
    appeal : float64, shape (statements,)
        The log-odds of agreement with each statement in the middle of the opinion space.
    """

    votes: Votes
    group: NDArray[np.int64]
    city: NDArray[np.int64] | None
    appeal: NDArray[np.float64]


def planted_votes(
    participants: int,
    statements: int,
    *,
    votes_per_participant: float = 26.0,
    groups: Sequence[float] = (0.4, 0.3, 0.2, 0.1),
    cities: int = 0,
    separation: float = 1.0,
    scatter: float = 0.35,
    seed: int = 0,
) -> Planted:
    """Draw votes of people who stand in planted groups; effort is uneven, as in real dialogues.

    Parameters
    ----------
    participants, statements : int >= 1
    votes_per_participant : float > 0
        On average; a few people vote on nearly everything, most on little.
    groups : shares that sum to 1
        Sizes of the planted groups, which stand on a circle around the middle. One group: a single cloud.
    cities : int >= 0
        Participants are spread over so many cities of uneven size, regardless of group; 0: no cities.
    separation : float >= 0
        Distance of the groups from the middle; 0: everybody is of one cloud.
    scatter : float >= 0
        How far people of one group are spread around its place.
    seed : int

    Returns
    -------
    Planted
    """
    rng = np.random.default_rng(seed)
    angle = 2 * np.pi * np.arange(len(groups)) / len(groups) + 0.4
    centre = separation * np.column_stack([np.cos(angle), np.sin(angle)])
    appeal = rng.normal(0.6, 0.8, statements)
    axis = rng.normal(0, 1.8, (statements, 2)) * (rng.random((statements, 1)) < 0.6)  # the rest divides nobody
    group = rng.choice(len(groups), participants, p=np.asarray(groups) / np.sum(groups))
    effort = np.clip(rng.gamma(1.0, votes_per_participant / statements, participants), 0.5 / statements, 0.9)
    city = rng.choice(cities, participants, p=rng.dirichlet(np.full(cities, 4.0))) if cities else None
    place = centre[group] + rng.normal(0, scatter, (participants, 2))
    parts = [
        _draw(rng, effort[first : first + BLOCK], place[first : first + BLOCK], appeal, axis)
        for first in range(0, participants, BLOCK)
    ]
    each, statement, value = (np.concatenate(column) for column in zip(*parts, strict=True))
    start = np.concatenate([[0], np.cumsum(each, dtype=np.int64)])
    return Planted(Votes(start, statement, value, statements), group, city, appeal)


def _draw(
    rng: np.random.Generator,
    effort: NDArray[np.float64],
    place: NDArray[np.float64],
    appeal: NDArray[np.float64],
    axis: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int8]]:
    """One block of participants: how many votes each, on which statements, which votes."""
    shape = (len(effort), len(appeal))
    shown = rng.random(shape, dtype=np.float32) < effort[:, None]
    shown[np.arange(shape[0]), rng.integers(0, shape[1], shape[0])] = True
    who, what = np.nonzero(shown)
    odds = appeal[what] + np.einsum("ij,ij->i", place[who], axis[what])
    agrees = rng.random(len(who)) < 1 / (1 + np.exp(-odds))
    passes = rng.random(len(who)) < PASSING
    value = np.where(passes, 0, np.where(agrees, 1, -1)).astype(np.int8)
    return shown.sum(axis=1), what.astype(np.int32), value
