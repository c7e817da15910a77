"""Is it done? Whether more votes would still change the picture, and which statements need them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intercity.core.compute import Compute
from intercity.core.opinion.factors import expected, fit_factors, place
from intercity.core.opinion.prediction import HeldOut, discrimination, hold_out
from intercity.core.opinion.votes import Votes

Floats = NDArray[np.float64]

HIDDEN = 0.1
SHARES = (0.4, 0.6, 0.8, 1.0)
TOLERANCE = 0.01
LARGEST_ERROR = 0.015
HALF_WIDTH = 0.10
A_FEW = 10
NEARLY_ALL = 0.9
MOST_VOTES = 60_000
"""Votes on which prediction is measured at the most: whole participants, evenly spaced."""
SWEEPS = 12


@dataclass(frozen=True)
class Completeness:
    """How far a dialogue is.

    Attributes
    ----------
    share : float64 in (0, 1], shape (points,)
        Shares of the votes from which hidden votes were predicted.
    prediction : float64 in [0, 1], shape (points,)
        Chance to tell a hidden agreement from a hidden disagreement (AUC), at each share; NaN where it cannot be told.
    error : float64 >= 0
        Standard error of the last prediction; NaN likewise.
    plateau : bool
        Whether the last fifth of the votes added less than one point to the prediction, and the prediction is known
        well enough to say so.
    needed : int64 >= 0, shape (statements,)
        Votes still needed until the share that agrees is known to within ten points; 0: enough.
    done : bool
        Plateau reached, and nine statements of ten need no more than ten further votes.
    """

    share: Floats
    prediction: Floats
    error: float
    plateau: bool
    needed: NDArray[np.int64]
    done: bool


def completeness(
    votes: Votes, *, removed: NDArray[np.bool_] | None = None, seed: int = 0, compute: Compute | None = None
) -> Completeness:
    """Measure whether a dialogue has heard enough.

    A tenth of the votes is hidden and predicted from growing shares of the others. As long as more votes make the
    prediction better, the picture is still being drawn. The standard error is that of Hanley and McNeil, Radiology
    143 (1982) 29-36. Statements need votes until the 95 % interval of their agreement is within ten points either way
    (normal approximation, with the correction for a small number of participants).

    Parameters
    ----------
    votes : Votes
    removed : bool, shape (statements,), default none
        Statements that need no votes.
    seed : int
    compute : Compute, default this process with all its threads

    Returns
    -------
    Completeness
    """
    kept, hidden = hold_out(_some(votes), HIDDEN, seed=seed)
    prediction = _curve(kept, hidden, seed, compute)
    known = hidden.value != 0
    error = _error(float(prediction[-1]), int((hidden.value > 0).sum()), int(known.sum()))
    gained = float(prediction[-1] - prediction[-2])
    plateau = bool(gained < TOLERANCE and error < LARGEST_ERROR)
    needed = votes_needed(votes)
    if removed is not None:
        needed = np.where(removed, 0, needed)
    enough = float(np.mean(needed <= A_FEW)) if len(needed) else 0.0
    return Completeness(
        share=np.array(SHARES),
        prediction=prediction,
        error=error,
        plateau=plateau,
        needed=needed,
        done=plateau and enough >= NEARLY_ALL,
    )


def votes_needed(votes: Votes, *, half_width: float = HALF_WIDTH) -> NDArray[np.int64]:
    """Votes still needed on each statement until its share of agreement is known to within `half_width`.

    Parameters
    ----------
    votes : Votes
    half_width : float in (0, 0.5), default 0.1

    Returns
    -------
    int64 >= 0, shape (statements,); never more than there are participants who have not voted on it
    """
    seen = votes.per_statement
    agree = np.bincount(votes.statement[votes.value > 0], minlength=votes.statements)
    share = (agree + 1) / (seen + 2)
    wanted = 1.96**2 * share * (1 - share) / half_width**2
    people = max(int(np.count_nonzero(votes.per_participant)), 1)
    within = wanted / (1 + (wanted - 1) / people)
    return np.ceil(np.maximum(within - seen, 0)).astype(np.int64)


def _some(votes: Votes) -> Votes:
    if len(votes) <= MOST_VOTES:
        return votes
    number = votes.participants * MOST_VOTES // len(votes)
    return votes.take_participants(np.linspace(0, votes.participants - 1, number).astype(np.int64))


def _curve(kept: Votes, hidden: HeldOut, seed: int, compute: Compute | None) -> Floats:
    """Prediction of the hidden votes from growing shares of the kept ones, each fit starting from the last."""
    known = hidden.value != 0
    if not known.any() or not len(kept):
        return np.full(len(SHARES), np.nan)
    turn = np.random.default_rng([seed, 1]).random(len(kept))
    model = None
    found = []
    for share in SHARES:
        seen = kept.take_votes(turn <= share)
        model = fit_factors(seen, start=model, sweeps=SWEEPS, compute=compute)
        score = expected(model, place(seen, model, compute=compute), hidden.participant, hidden.statement)
        found.append(discrimination(score[known], hidden.value[known] > 0))
    return np.array(found)


def _error(prediction: float, agreements: int, number: int) -> float:
    """Standard error of the area under the curve."""
    others = number - agreements
    if not agreements or not others or not np.isfinite(prediction):
        return float("nan")
    one, two = prediction / (2 - prediction), 2 * prediction**2 / (1 + prediction)
    variance = prediction * (1 - prediction) + (agreements - 1) * (one - prediction**2)
    variance += (others - 1) * (two - prediction**2)
    return float(np.sqrt(max(variance, 0.0) / (agreements * others)))
