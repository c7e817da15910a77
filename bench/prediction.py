"""How well hidden votes are predicted: the factor model against Polis's principal components, on real votes.

A tenth of the votes is hidden five times over. The number is the chance to tell a hidden agreement from a hidden
disagreement (AUC). Nothing is tuned on the hidden votes: the factor model has no penalty to choose, and the shrunken
fold-in takes its variances from the votes it sees.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bench.conversations import real_conversations
from bench.printing import heading, row
from intercity.core.opinion.components import components, project
from intercity.core.opinion.factors import Factors, expected, fit_factors, place
from intercity.core.opinion.prediction import HeldOut, discrimination, hold_out
from intercity.core.opinion.votes import Votes

SEEDS = 5
SPREADS = (0.01, 0.03, 0.1, 0.3, 1.0)
Floats = NDArray[np.float64]


def item_mean(kept: Votes, hidden: HeldOut) -> Floats:
    """Everybody votes as the average on the statement."""
    mean: Floats = np.bincount(kept.statement, kept.value, kept.statements) / np.maximum(kept.per_statement, 1)
    return mean[hidden.statement]


def polis_components(kept: Votes, hidden: HeldOut) -> Floats:
    """The average on the statement, plus the participant's Polis position along its two components."""
    found = components(kept)
    together = (project(kept, found)[hidden.participant] * found.axes.T[hidden.statement]).sum(axis=1)
    result: Floats = found.mean[hidden.statement] + together
    return result


def shrunken_fold_in(kept: Votes, hidden: HeldOut) -> Floats:
    """The same components, but participants placed by regression on them, shrunken as suits votes hidden once more."""
    inner, check = hold_out(kept, 0.1, seed=0)
    voted = check.value != 0
    trials = [_fold_in(inner, check, spread)[voted] for spread in SPREADS]
    best = int(np.argmax([discrimination(trial, check.value[voted] > 0) for trial in trials]))
    return _fold_in(kept, hidden, SPREADS[best])


def _fold_in(kept: Votes, hidden: HeldOut, spread: float) -> Floats:
    found = components(kept)
    model = Factors(
        mean=0.0,
        appeal=found.mean,
        axis=found.axes.T * np.sqrt(kept.statements),
        noise=float((kept.value - found.mean[kept.statement]).var()),
        spread=(spread, spread),
        lean_variance=1e-6,
        appeal_variance=1.0,
        uncertainty=np.zeros((kept.statements, 6)),
    )
    return expected(model, place(kept, model), hidden.participant, hidden.statement)


def factor_model(kept: Votes, hidden: HeldOut) -> Floats:
    """The default: factors with intercepts."""
    model = fit_factors(kept)
    return expected(model, place(kept, model), hidden.participant, hidden.statement)


METHODS = (item_mean, polis_components, shrunken_fold_in, factor_model)


def measure(votes: Votes) -> list[float]:
    """Mean AUC of each method over the seeds."""
    found = np.zeros(len(METHODS))
    for seed in range(SEEDS):
        kept, hidden = hold_out(votes, 0.1, seed=seed)
        voted = hidden.value != 0
        agreed = hidden.value[voted] > 0
        found += [discrimination(method(kept, hidden)[voted], agreed) for method in METHODS]
    return [float(x) for x in found / SEEDS]


def main() -> None:
    """Print the table."""
    heading("Predicting hidden votes (AUC, mean of five times a tenth hidden)")
    row("conversation", "votes", "average", "Polis PCA", "fold-in", "factors", "gain")
    for name, votes in real_conversations():
        average, polis, folded, factors = measure(votes)
        numbers = (f"{x:.3f}" for x in (average, polis, folded, factors))
        row(name, f"{len(votes):,}", *numbers, f"{factors - polis:+.3f}")


if __name__ == "__main__":
    main()
