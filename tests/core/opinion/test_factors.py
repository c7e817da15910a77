from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from intercity.core.compute import Here
from intercity.core.opinion import votes as votes_module
from intercity.core.opinion.factors import Factors, expected, fit_factors, place
from intercity.core.opinion.planted import planted_votes
from intercity.core.opinion.prediction import discrimination, hold_out
from intercity.core.opinion.votes import Votes, gather


def drawn(participants: int = 600, statements: int = 60, seed: int = 3) -> tuple[Votes, NDArray[np.float64]]:
    """Votes as real numbers rounded to -1, 0, 1 from a rank-2 truth, with the expected vote of every cell."""
    rng = np.random.default_rng(seed)
    place_truth = rng.normal(size=(participants, 2)) * [0.6, 0.3]
    axis = rng.normal(size=(statements, 2))
    appeal = rng.normal(scale=0.2, size=statements)
    truth = 0.1 + appeal + place_truth @ axis.T
    i, j = np.nonzero(rng.random(truth.shape) < 0.5)
    cast = np.clip(np.round(truth[i, j] + rng.normal(scale=0.3, size=len(i))), -1, 1)
    return gather(i, j, cast, participants=participants, statements=statements), truth


def everywhere(model: Factors, votes: Votes) -> NDArray[np.float64]:
    cells = np.indices((votes.participants, votes.statements))
    return expected(model, place(votes, model), cells[0], cells[1])


def test_recovers_expected_votes_of_a_rank_two_truth() -> None:
    votes, truth = drawn()
    guess = everywhere(fit_factors(votes), votes)
    assert np.corrcoef(guess.ravel(), np.clip(truth, -1, 1).ravel())[0, 1] > 0.95


def test_predicts_hidden_votes_better_than_the_statements_average() -> None:
    planted = planted_votes(1500, 60, votes_per_participant=20, seed=4)
    kept, hidden = hold_out(planted.votes, 0.1, seed=1)
    model = fit_factors(kept)
    score = expected(model, place(kept, model), hidden.participant, hidden.statement)
    average = np.bincount(kept.statement, kept.value, 60) / kept.per_statement
    voted = hidden.value != 0
    agreed = hidden.value[voted] > 0
    assert discrimination(score[voted], agreed) > discrimination(average[hidden.statement][voted], agreed) + 0.05


def test_plane_is_scaled_and_turned_as_promised() -> None:
    votes, _ = drawn()
    model = fit_factors(votes, tolerance=1e-8, sweeps=500)
    positions = place(votes, model)
    share = votes.per_statement / len(votes)
    second = (model.axis * share[:, None]).T @ model.axis
    # mean squares of uncertain axes include their variance
    uncertain = share @ model.uncertainty[:, :3]
    np.testing.assert_allclose(
        second + np.array([[uncertain[0], uncertain[1]], [uncertain[1], uncertain[2]]]), np.eye(2), atol=1e-5
    )
    assert positions.xy[:, 0].var() > positions.xy[:, 1].var()
    assert all(model.axis[np.argmax(np.abs(model.axis[:, k])), k] > 0 for k in (0, 1))


def test_stated_uncertainty_of_places_covers_the_truth() -> None:
    """Places re-estimated from two halves of each person's statements differ as much as their uncertainty says."""
    votes, _ = drawn(participants=3000, statements=80, seed=9)
    model = fit_factors(votes, tolerance=1e-6, sweeps=300)
    half = np.random.default_rng(1).random(80) < 0.5
    one, two = (place(votes.without_statements(part), model) for part in (half, ~half))
    # Without shrinkage a half's estimate is xy * (prior + noise) / prior; compare in units of its own spread.
    difference = (one.xy - two.xy)[:, 0]
    spread = np.asarray(model.spread)[0]
    shrink_one, shrink_two = (1 - p.covariance[:, 0] / spread for p in (one, two))
    error = (
        (shrink_one - shrink_two) ** 2 * spread + shrink_one * one.covariance[:, 0] + shrink_two * two.covariance[:, 0]
    )
    assert np.mean(difference**2 / error) == pytest.approx(1.0, abs=0.25)


def test_fewer_votes_mean_a_place_nearer_the_middle_and_less_certain() -> None:
    votes, _ = drawn()
    model = fit_factors(votes)
    few = votes.take_votes(np.arange(len(votes)) % 6 == 0)
    many, little = place(votes, model), place(few, model)
    assert (np.hypot(*little.xy.T)).mean() < (np.hypot(*many.xy.T)).mean()
    assert np.all(little.covariance[:, 0] >= many.covariance[:, 0] - 1e-12)


def test_participants_with_few_votes_are_not_placed() -> None:
    votes = gather([0] * 9 + [1] * 3, [*range(9), 0, 1, 2], [1, -1] * 6, participants=3)
    positions = place(votes, fit_factors(votes))
    assert positions.placed.tolist() == [True, False, False]
    np.testing.assert_array_equal(positions.xy[2], 0.0)


def test_weights_count_participants_as_if_repeated() -> None:
    votes, _ = drawn(participants=120, statements=20)
    weight = np.random.default_rng(0).integers(0, 3, votes.participants)
    start = fit_factors(votes)
    weighed = fit_factors(votes, start=start, participant_weight=weight, sweeps=4, tolerance=1e-12)
    repeated = votes.take_participants(np.repeat(np.arange(votes.participants), weight))
    listed = fit_factors(repeated, start=start, sweeps=4, tolerance=1e-12)
    np.testing.assert_allclose(weighed.axis, listed.axis, rtol=1e-9, atol=1e-12)
    assert weighed.noise == pytest.approx(listed.noise)


def test_order_of_participants_does_not_matter() -> None:
    votes, _ = drawn(participants=200, statements=30)
    order = np.random.default_rng(5).permutation(votes.participants)
    model, shuffled = fit_factors(votes), fit_factors(votes.take_participants(order))
    np.testing.assert_allclose(shuffled.axis, model.axis, rtol=1e-6, atol=1e-9)


def test_same_bytes_from_one_thread_and_from_four(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(votes_module, "VOTES_PER_BLOCK", 2000)
    votes, _ = drawn(participants=400, statements=50)
    assert len(votes.blocks) > 3
    one, four = (fit_factors(votes, compute=Here(threads)) for threads in (1, 4))
    assert one.axis.tobytes() == four.axis.tobytes()
    assert one.appeal.tobytes() == four.appeal.tobytes()


def test_large_conversations_start_from_a_sample_and_end_at_the_same_fit() -> None:
    planted = planted_votes(17_000, 30, votes_per_participant=12, seed=2)
    model = fit_factors(planted.votes, tolerance=1e-6, sweeps=300)
    other = fit_factors(planted.votes, start=fit_factors(planted.votes.rows(0, 500)), tolerance=1e-6, sweeps=600)
    np.testing.assert_allclose(model.appeal, other.appeal, atol=1e-4)


@pytest.mark.parametrize(
    "votes",
    [
        gather([], [], []),
        gather([0], [0], [1]),
        gather([0, 1, 2], [0, 0, 0], [1, 1, 1]),
        gather([0, 0, 1, 1], [0, 1, 0, 1], [1, 1, 1, 1]),
        gather([0, 1], [0, 1], [0, 0], participants=4, statements=5),
    ],
    ids=["nobody", "one vote", "one statement", "everybody equal", "only passes"],
)
def test_degenerate_votes_give_a_finite_model(votes: Votes) -> None:
    model = fit_factors(votes)
    positions = place(votes, model)
    for array in (model.axis, model.appeal, positions.xy, positions.covariance, positions.lean):
        assert np.all(np.isfinite(array))
