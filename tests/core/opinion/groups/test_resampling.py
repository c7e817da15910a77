"""Resamples: who is drawn, and what becomes of groups when others had taken part."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from intercity.core.opinion import Votes, gather
from intercity.core.opinion.factors import fit_factors, place
from intercity.core.opinion.groups.clustering import k_means
from intercity.core.opinion.groups.resampling import FEWEST_DRAWN, MOST_DRAWN, Cut, Resample, _affine, draws, resample
from intercity.core.opinion.plane import compress
from intercity.core.opinion.planted import planted_votes


def _sized(participants: int, each: int) -> Votes:
    """Votes without content: so many of each participant."""
    number = participants * each
    start = np.arange(0, number + 1, each) if each else np.zeros(participants + 1)
    statement = np.tile(np.arange(each, dtype=np.int32), participants)
    return Votes(start.astype(np.int64), statement, np.zeros(number, dtype=np.int8), max(each, 1))


@pytest.mark.parametrize(
    ("participants", "each", "expected"),
    [
        (0, 0, 0),
        (300, 0, 300),
        (300, 1000, 300),
        (2_000, 20, 2_000),
        (2_000, 100, 1_000),
        (1_000, 500, FEWEST_DRAWN),
        (20_000, 10, MOST_DRAWN),
    ],
)
def test_as_many_are_drawn_as_stay_quick(participants: int, each: int, expected: int) -> None:
    assert draws(_sized(participants, each)) == expected


@given(st.integers(0, 1000))
def test_a_map_between_planes_is_found_exactly_whatever_the_weights(seed: int) -> None:
    rng = np.random.default_rng(seed)
    new, truth = rng.normal(size=(12, 2)), rng.normal(size=(3, 2))
    old = np.column_stack([new, np.ones(12)]) @ truth
    assert_allclose(_affine(new, old, rng.integers(1, 4, 12).astype(float)), truth, atol=1e-9)


def test_a_map_counts_people_as_often_as_they_were_drawn() -> None:
    rng = np.random.default_rng(0)
    new, old, times = rng.normal(size=(20, 2)), rng.normal(size=(20, 2)), rng.integers(1, 4, 20)
    repeated = _affine(np.repeat(new, times, axis=0), np.repeat(old, times, axis=0), np.ones(times.sum()))
    assert_allclose(_affine(new, old, times.astype(float)), repeated, atol=1e-12)


def _resampled(separation: float, seed: int) -> tuple[dict[int, Cut], dict[int, Resample]]:
    planted = planted_votes(
        400, 60, votes_per_participant=35, groups=(0.5, 0.5), separation=separation, scatter=0.2, seed=4
    )
    votes = planted.votes.take_participants(planted.votes.per_participant >= 7)
    factors = fit_factors(votes)
    xy = place(votes, factors).xy
    cells = compress(xy)
    cuts = {k: Cut(k_means(cells, k, np.random.default_rng(k))[0], 0.0) for k in (2, 4)}
    return cuts, resample(np.random.SeedSequence(seed), votes, factors, xy, cuts)


def test_groups_that_are_there_are_found_again_in_the_same_place_and_order() -> None:
    cuts, found = _resampled(2.0, 0)
    assert set(found) == {2, 4}
    assert found[2].jaccard.shape == (2,)
    assert found[2].jaccard.min() > 0.95
    assert found[4].jaccard.min() < 0.9  # two camps cut into four are cut elsewhere each time
    apart = np.linalg.norm(cuts[2].centre[0] - cuts[2].centre[1])
    assert np.linalg.norm(found[2].centre - cuts[2].centre, axis=1).max() < apart / 10


def test_a_resample_depends_on_its_seed_alone() -> None:
    (_, one), (_, same), (_, other) = (_resampled(0.5, seed) for seed in (1, 1, 2))
    assert one[4].centre.tobytes() == same[4].centre.tobytes()
    assert one[4].centre.tobytes() != other[4].centre.tobytes()


def test_people_who_all_vote_alike_are_resampled_without_an_error() -> None:
    who, what = np.indices((12, 8)).reshape(2, -1)
    votes = gather(who, what, np.ones(96))
    factors = fit_factors(votes)
    found = resample(np.random.SeedSequence(0), votes, factors, place(votes, factors).xy, {2: Cut(np.eye(2), 0.0)})
    assert np.isfinite(found[2].centre).all()
    assert np.all((found[2].jaccard >= 0) & (found[2].jaccard <= 1))
