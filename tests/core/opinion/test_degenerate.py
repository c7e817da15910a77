"""Votes that say little: every part of the engine answers, with finite numbers or with NaN where nothing is known."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from intercity.core.opinion import Votes, gather
from intercity.core.opinion.bridging import bridging
from intercity.core.opinion.common_ground import find_common_ground
from intercity.core.opinion.completeness import completeness
from intercity.core.opinion.counts import Counts, count
from intercity.core.opinion.differences import city_differences, group_differences
from intercity.core.opinion.exposure import Exposures, exposure_weights
from intercity.core.opinion.factors import fit_factors, place
from intercity.core.opinion.groups import find_groups
from intercity.core.opinion.plane import compress, nearest
from intercity.core.opinion.robustness import compare, suspicious_clusters
from intercity.core.opinion.slate import choose_slate

PEOPLE, ASKED = 30, 8


def _alike(value: int) -> Votes:
    who, what = np.indices((PEOPLE, ASKED)).reshape(2, -1)
    return gather(who, what, np.full(len(who), value))


NOBODY = gather([], [], [])
ABSENT = gather([], [], [], participants=4, statements=3)
ONE_STATEMENT = gather(np.arange(PEOPLE), np.zeros(PEOPLE), np.tile([1, -1, 0], PEOPLE // 3))
AGREE, PASSES, DISAGREE = (_alike(value) for value in (1, 0, -1))
CASES = [NOBODY, ABSENT, gather([0], [0], [1]), ONE_STATEMENT, AGREE, PASSES, DISAGREE]
NAMES = ["nobody", "nobody voted", "one vote", "one statement", "all agree", "all pass", "all disagree"]


def _counted(votes: Votes) -> Counts:
    return count(votes, np.zeros(votes.participants, dtype=int), 1)


@pytest.mark.parametrize("votes", CASES, ids=NAMES)
def test_all_of_them_stand_together(votes: Votes) -> None:
    factors = fit_factors(votes)
    positions = place(votes, factors)
    groups = find_groups(votes, factors, positions, resamples=3)
    assert (groups.count, groups.separation, groups.distinct) == (1, 1.0, False)
    assert_array_equal(groups.label, np.where(positions.placed, 0, -1))
    assert_array_equal(groups.membership[:, 0], positions.placed)
    assert np.isfinite(groups.centre).all()


@pytest.mark.parametrize("votes", CASES, ids=NAMES)
def test_nobody_is_set_apart_and_no_city_differs(votes: Votes) -> None:
    counted = _counted(votes)
    groups, cities = group_differences(counted), city_differences(counted)
    assert [one.tolist() for one in groups.statement] == [[]]
    assert np.isnan(groups.q).all()
    assert np.isnan(cities.q).all()
    assert len(cities.statement) == 0


@pytest.mark.parametrize(
    ("votes", "listed", "agreed"),
    [
        (NOBODY, 0, True),
        (ABSENT, 0, True),
        (ONE_STATEMENT, 0, True),
        (AGREE, ASKED, True),
        (PASSES, 0, True),
        (DISAGREE, ASKED, False),
    ],
    ids=["nobody", "nobody voted", "one statement", "all agree", "all pass", "all disagree"],
)
def test_common_ground_is_what_everybody_has_said(votes: Votes, listed: int, agreed: bool) -> None:
    counted = _counted(votes)
    ground = find_common_ground(counted, counted, counted)
    assert ground.statement.tolist() == list(range(listed))
    assert ground.agreed.tolist() == [agreed] * listed
    assert_array_equal(np.isnan(ground.agree.share), votes.per_statement == 0)
    unchanged = compare(ground, ground, 0)
    assert (unchanged.kept.tolist(), unchanged.largest_change) == (ground.statement.tolist(), 0.0)


@pytest.mark.parametrize("votes", CASES, ids=NAMES)
def test_scores_are_known_where_somebody_voted_and_nowhere_else(votes: Votes) -> None:
    factors = fit_factors(votes)
    found = bridging(factors, place(votes, factors), _counted(votes), votes.per_statement)
    assert_array_equal(np.isnan(found.score), votes.per_statement == 0)
    assert np.all((found.group_aware > 0) & (found.group_aware < 1))


@pytest.mark.parametrize("votes", CASES, ids=NAMES)
def test_slates_hold_what_somebody_agrees_with(votes: Votes) -> None:
    factors = fit_factors(votes)
    found = choose_slate(votes, factors, place(votes, factors, minimum_votes=1))
    liked = len(np.unique(votes.statement[votes.value == 1]))
    assert len(found.statement) == min(liked, 5)
    assert found.represented
    assert found.people == np.count_nonzero(votes.per_participant)
    assert np.all(np.diff(found.covered) >= 0)


@pytest.mark.parametrize("votes", CASES, ids=NAMES)
def test_no_dialogue_is_done_that_cannot_be_predicted(votes: Votes) -> None:
    found = completeness(votes)
    assert not found.done
    assert len(found.needed) == votes.statements
    missing = np.count_nonzero(votes.per_participant) - votes.per_statement
    assert np.all(found.needed <= np.maximum(missing, 1))


def test_suspicion_needs_votes_and_times() -> None:
    assert len(suspicious_clusters(NOBODY, []).size) == 0
    assert suspicious_clusters(ABSENT, []).cluster.tolist() == [-1] * 4
    assert suspicious_clusters(PASSES, np.zeros(len(PASSES))).size.tolist() == [PEOPLE]
    some = np.where(PASSES.participant() < 6, 0.0, np.nan)
    assert suspicious_clusters(PASSES, some).cluster.tolist() == [0] * 6 + [-1] * (PEOPLE - 6)


def test_without_a_log_of_showings_every_vote_weighs_one() -> None:
    nothing = Exposures(np.zeros(0, dtype=int), np.zeros(0, dtype=int), np.zeros(0))
    for votes in CASES:
        weight, unlogged = exposure_weights(votes, nothing)
        assert weight.tolist() == [1.0] * len(votes)
        assert unlogged == len(votes)


def test_no_points_are_no_cells() -> None:
    cells = compress(np.zeros((0, 2)))
    assert (cells.xy.shape, len(cells.weight), len(cells.cell)) == ((0, 2), 0, 0)
    assert nearest(np.zeros((0, 2)), np.zeros((12, 2))).tolist() == []
