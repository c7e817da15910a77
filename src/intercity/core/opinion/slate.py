"""A slate: a few statements that between them represent everyone, with the guarantee checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.factors import Factors
from intercity.core.opinion.positions import Positions
from intercity.core.opinion.votes import AGREE, Votes

Floats = NDArray[np.float64]

SIZE = 5
MOST_PEOPLE = 10_000
LIKELY = 0.5
"""Expected vote from which a vote that was not cast counts as approval: nearer to "agree" than to "pass"."""
ROWS = 2_000


@dataclass(frozen=True)
class Slate:
    """Statements that represent everyone.

    Attributes
    ----------
    statement : int64, shape (k,)
        In the order chosen: each adds most to those before it.
    covered : float64 in [0, 1], shape (k,)
        Share of participants who agree with at least one of the statements so far.
    largest_unrepresented : float >= 0
        Size of the largest set of people who agree on a statement outside the slate and with none inside it,
        in units of participants / k. Below 1: justified representation holds (Aziz et al. 2017).
    represented : bool
        The guarantee, as checked on the result.
    assumed : float in [0, 1]
        Share of approvals that were predicted, not cast.
    people : int
        On how many participants it was computed and checked.
    """

    statement: NDArray[np.int64]
    covered: Floats
    largest_unrepresented: float
    represented: bool
    assumed: float
    people: int


def choose_slate(
    votes: Votes,
    factors: Factors,
    positions: Positions,
    *,
    size: int = SIZE,
    removed: NDArray[np.bool_] | None = None,
) -> Slate:
    """Choose statements such that every large group with something in common finds itself in one of them.

    Greedy cover: always the statement that most of those agree with who agree with none so far. This guarantees
    justified representation (Aziz, Brill, Conitzer, Elkind, Freeman and Walsh, Social Choice and Welfare 48 (2017)
    461-485, theorem 2): any participants / k people who all agree with some statement have one among them who agrees
    with the slate. It is checked on the result all the same. Whoever has not voted on a statement counts as agreeing
    where the model expects a vote above one half; how many approvals are of this kind is said. Participants are those
    who are placed, and at most 10,000 of them, evenly spaced.

    Parameters
    ----------
    votes : Votes
    factors, positions : of these votes
    size : int >= 1, default 5
    removed : bool, shape (statements,), default none

    Returns
    -------
    Slate; fewer statements than `size` where there are not as many that anybody agrees with
    """
    placed = np.flatnonzero(positions.placed)
    people = placed[np.linspace(0, len(placed) - 1, min(len(placed), MOST_PEOPLE)).astype(np.int64)]
    approves, cast = _approvals(votes, factors, positions, people)
    if removed is not None:
        approves[:, removed] = False
    chosen, covered = _greedy(approves, size)
    return Slate(
        statement=chosen,
        covered=covered,
        largest_unrepresented=largest_unrepresented(approves, chosen, size),
        represented=largest_unrepresented(approves, chosen, size) < 1,
        assumed=float((approves & ~cast).sum() / max(approves.sum(), 1)),
        people=len(people),
    )


def largest_unrepresented(approves: NDArray[np.bool_], chosen: NDArray[np.integer], size: int) -> float:
    """The largest set of people left out together, in units of people / size; below 1, nobody may complain.

    Parameters
    ----------
    approves : bool, shape (people, statements)
    chosen : integers in [0, statements)
    size : int >= 1

    Returns
    -------
    float >= 0
    """
    left_out = ~approves[:, chosen].any(axis=1)
    together = np.count_nonzero(approves[left_out], axis=0).max(initial=0)
    return float(together * size / max(len(approves), 1))


def _approvals(
    votes: Votes, factors: Factors, positions: Positions, people: NDArray[np.int64]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Who approves of what, and which approvals were cast, bool of shape (people, statements)."""
    theirs = votes.take_participants(people)
    approves = np.empty((len(people), votes.statements), dtype=bool)
    base = factors.mean + factors.appeal
    for first in range(0, len(people), ROWS):
        some = people[first : first + ROWS]
        expected = positions.xy[some] @ factors.axis.T + (base + positions.lean[some, None])
        approves[first : first + ROWS] = expected > LIKELY
    cast = np.zeros_like(approves)
    row = theirs.participant()
    approves[row, theirs.statement] = theirs.value == AGREE
    cast[row, theirs.statement] = True
    return approves, cast


def _greedy(approves: NDArray[np.bool_], size: int) -> tuple[NDArray[np.int64], Floats]:
    total = np.count_nonzero(approves, axis=0)
    open_statements = total > 0
    left_out = np.ones(len(approves), dtype=bool)
    chosen: list[int] = []
    covered: list[float] = []
    while len(chosen) < size and open_statements.any():
        gain = np.count_nonzero(approves[left_out], axis=0)
        # Most newly represented first; then most agreed with; then the lower number.
        rank = np.where(open_statements, gain * (len(approves) + 1.0) + total, -1.0)
        best = int(np.argmax(rank))
        chosen.append(best)
        open_statements[best] = False
        left_out &= ~approves[:, best]
        covered.append(1 - float(left_out.mean()))
    return np.array(chosen, dtype=np.int64), np.array(covered)
