"""The correction for who was shown what."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose

from intercity.core.opinion import Exposures, VotesError, gather
from intercity.core.opinion.counts import count
from intercity.core.opinion.exposure import effective_counts, exposure_weights


def _exposures(who: list[int], what: list[int], chance: list[float]) -> Exposures:
    return Exposures(np.array(who), np.array(what), np.array(chance))


def test_a_biased_router_is_corrected_for() -> None:
    """Half of the people agree; those who do are shown the statement four times as often."""
    rng = np.random.default_rng(0)
    people = 40_000
    agrees = rng.random(people) < 0.5
    chance = np.where(agrees, 0.8, 0.2)
    shown = rng.random(people) < chance
    who = np.flatnonzero(shown)
    votes = gather(who, np.zeros(len(who)), np.where(agrees[who], 1, -1), participants=people)
    exposures = Exposures(who, np.zeros(len(who), dtype=int), chance[who])
    weight, unlogged = exposure_weights(votes, exposures)
    everybody = np.zeros(people, dtype=int)
    plain = count(votes, everybody, 1)
    corrected = effective_counts(votes, everybody, 1, weight)
    assert unlogged == 0
    assert plain.agree[0, 0] / plain.seen[0, 0] > 0.75
    assert corrected.agree[0, 0] / corrected.seen[0, 0] == pytest.approx(0.5, abs=0.02)
    assert corrected.seen[0, 0] < plain.seen[0, 0]  # less certain than as many equal votes


def test_equal_chances_change_nothing() -> None:
    votes = gather([0, 0, 1, 1], [0, 1, 0, 1], [1, -1, 0, 1])
    weight, _ = exposure_weights(votes, _exposures([0, 0, 1, 1], [0, 1, 0, 1], [0.5] * 4))
    assert_allclose(weight, 1)
    plain, corrected = (
        count(votes, np.array([0, 1]), 2),
        effective_counts(votes, np.array([0, 1]), 2, weight),
    )
    assert_allclose(corrected.agree, plain.agree)
    assert_allclose(corrected.seen, plain.seen)


def test_weights_average_one_on_each_statement_and_are_bounded() -> None:
    rng = np.random.default_rng(1)
    who, what = np.repeat(np.arange(200), 3), np.tile(np.arange(3), 200)
    votes = gather(who, what, rng.integers(-1, 2, 600))
    weight, _ = exposure_weights(votes, Exposures(who, what, rng.uniform(1e-4, 1, 600)), largest=5)
    assert weight.max() <= 5 + 1e-9
    mean = np.bincount(votes.statement, weight) / votes.per_statement
    assert np.all((mean > 0.7) & (mean < 1.0 + 1e-9))


def test_votes_without_a_logged_showing_weigh_one_and_are_counted() -> None:
    votes = gather([0, 1, 2], [0, 0, 0], [1, 1, -1])
    weight, unlogged = exposure_weights(votes, _exposures([0, 1], [0, 0], [0.1, 0.9]))
    assert unlogged == 1
    assert weight[2] == 1
    assert weight[0] > weight[1]


def test_the_last_showing_counts() -> None:
    votes = gather([0, 1], [0, 0], [1, 1])
    weight, _ = exposure_weights(votes, _exposures([0, 0, 1, 1], [0, 0, 0, 0], [0.01, 0.5, 0.01, 0.5]))
    assert_allclose(weight, 1)


@pytest.mark.parametrize("chance", [0.0, -0.1, 1.1, np.nan])
def test_chances_that_are_none_are_refused(chance: float) -> None:
    with pytest.raises(VotesError, match=r"row 1: probability is .*; above 0 and up to 1"):
        _exposures([0, 1], [0, 0], [0.5, chance])
