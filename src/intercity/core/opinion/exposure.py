"""Who was shown what: the correction for statements that were not shown to everybody alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intercity.core.opinion.counts import Counts, count
from intercity.core.opinion.votes import Votes, VotesError

Floats = NDArray[np.float64]

LARGEST = 20.0


@dataclass(frozen=True)
class Exposures:
    """Every showing of a statement to a participant, with the chance with which it was drawn.

    Attributes
    ----------
    participant, statement : int64 >= 0, shape (showings,)
    probability : float64 in (0, 1], shape (showings,)
    """

    participant: NDArray[np.int64]
    statement: NDArray[np.int64]
    probability: Floats

    def __post_init__(self) -> None:
        wrong = ~((self.probability > 0) & (self.probability <= 1))
        if wrong.any():
            row = int(np.argmax(wrong))
            raise VotesError(
                f"row {row}: probability is {self.probability[row]}; above 0 and up to 1 is allowed. "
                "Log the chance with which the statement was drawn."
            )


def exposure_weights(votes: Votes, exposures: Exposures, *, largest: float = LARGEST) -> tuple[Floats, int]:
    """How much each vote should weigh so that every participant counts alike, whoever was shown what.

    A vote weighs one divided by the chance with which its statement was drawn and by the number of statements its
    participant was shown; on each statement the weights average 1. Nobody weighs more than `largest` times the
    average: a little bias for much less noise. Sources: Horvitz and Thompson, Journal of the American Statistical
    Association 47 (1952) 663-685; Schnabel et al., ICML 2016 (arXiv 1602.05352).

    Parameters
    ----------
    votes : Votes
    exposures : Exposures
        If a statement was shown to somebody more than once, the last showing counts.
    largest : float >= 1, default 20

    Returns
    -------
    Weights, float64 > 0 of shape (votes,), and how many votes had no logged showing; those weigh 1
    """
    chance = np.full(len(votes), np.nan)
    key = votes.participant().astype(np.int64) * votes.statements + votes.statement
    shown = exposures.participant * votes.statements + exposures.statement
    last, index = np.unique(shown[::-1], return_index=True)
    place = np.clip(np.searchsorted(last, key), 0, max(len(last) - 1, 0))
    logged = last[place] == key if len(last) else np.zeros(len(votes), dtype=bool)
    chance[logged] = exposures.probability[::-1][index][place[logged]]
    draws = np.bincount(exposures.participant, minlength=votes.participants)
    raw = 1 / (chance * np.repeat(draws[: votes.participants], votes.per_participant))
    weight = np.where(logged, raw, np.nan)
    for _ in range(2):  # trimming changes the average, so it is restored once more
        weight = np.minimum(weight / _mean(votes, weight, logged)[votes.statement], largest)
    return np.where(logged, weight, 1.0), int((~logged).sum())


def _mean(votes: Votes, weight: Floats, logged: NDArray[np.bool_]) -> Floats:
    number = np.bincount(votes.statement[logged], minlength=votes.statements)
    total = np.bincount(votes.statement[logged], weight[logged], votes.statements)
    return np.where(number > 0, total / np.maximum(number, 1), 1.0)


def effective_counts(votes: Votes, label: ArrayLike, labels: int, weight: Floats) -> Counts:
    """Weighted counts, scaled down to the number of equal votes that would be as certain.

    Unequal weights make shares less certain; (sum of weights)^2 / sum of squared weights equal votes would be as
    certain (Kish, Survey Sampling, 1965). Intervals computed from these counts stay honest.

    Parameters
    ----------
    label : integers in [-1, labels), shape (participants,)
    labels : int >= 1
    weight : float64 > 0, shape (votes,)

    Returns
    -------
    Counts, shape (labels, statements)
    """
    carried = np.asarray(label)
    weighted = count(votes, carried, labels, weight=weight)
    squared = count(votes, carried, labels, weight=weight**2)
    scale = np.where(squared.seen > 0, weighted.seen / np.where(squared.seen > 0, squared.seen, 1), 0.0)
    return Counts(weighted.agree * scale, weighted.disagree * scale, weighted.seen * scale)
