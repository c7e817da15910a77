"""Routing: chances that sum to one, never a vote twice, more where it is worth more."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose

from intercity.core.opinion import Votes, gather
from intercity.core.opinion.counts import Counts, count
from intercity.core.opinion.factors import fit_factors
from intercity.core.opinion.planted import planted_votes
from intercity.core.opinion.routing import (
    EXPLORATION,
    META_AFTER,
    NEW_UNTIL,
    RoutingState,
    Viewer,
    evenness,
    next_statement,
    probabilities,
    routing_state,
    see,
)

STATEMENTS = 12


def _counts(seen: list[int] | np.ndarray) -> Counts:
    number = np.atleast_2d(np.asarray(seen, dtype=float))
    return Counts(agree=number / 2, disagree=number / 2, seen=number)


def _viewer(*voted: int, **more: object) -> Viewer:
    mask = np.zeros(STATEMENTS, dtype=bool)
    mask[list(voted)] = True
    return Viewer(voted=mask, **more)  # type: ignore[arg-type]


@pytest.fixture
def state() -> RoutingState:
    seen = np.full(STATEMENTS, 50)
    return routing_state(_counts(seen), seen)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.booleans(), min_size=STATEMENTS, max_size=STATEMENTS), st.integers(0, 2**32 - 1))
def test_a_draw_is_of_what_is_left_and_says_its_chance(voted: list[bool], seed: int) -> None:
    seen = np.arange(STATEMENTS) * 7
    draw = next_statement(routing_state(_counts(seen), seen), Viewer(np.array(voted)), seed=seed)
    assert not draw.probabilities[voted].any()
    if all(voted):
        assert draw.statement is None
        assert draw.probability == 0
    else:
        assert draw.statement is not None
        assert not voted[draw.statement]
        assert_allclose(draw.probabilities.sum(), 1)
        assert draw.probability == draw.probabilities[draw.statement] > 0


def test_the_same_seed_draws_the_same_statement(state: RoutingState) -> None:
    assert len({next_statement(state, _viewer(), seed=5).statement for _ in range(3)}) == 1


def test_draws_follow_their_chances() -> None:
    state = routing_state(_counts(np.arange(1, STATEMENTS + 1) * 20), np.full(STATEMENTS, 50))
    rng = np.random.default_rng(0)
    drawn = [next_statement(state, _viewer(), seed=rng).statement for _ in range(4000)]
    share = np.bincount([j for j in drawn if j is not None], minlength=STATEMENTS) / 4000
    assert_allclose(share, probabilities(state, _viewer()), atol=0.03)


def test_no_chance_is_below_the_exploration_floor() -> None:
    seen = np.r_[1, np.full(STATEMENTS - 1, 100_000)]
    chances = probabilities(routing_state(_counts(seen), np.full(STATEMENTS, 50)), _viewer())
    assert chances.min() >= EXPLORATION / STATEMENTS - 1e-12
    assert chances[0] > 0.8


def test_a_new_statement_is_shown_first() -> None:
    shown = np.full(STATEMENTS, NEW_UNTIL)
    shown[3] = NEW_UNTIL - 1
    even = _counts(np.full(STATEMENTS, 100))
    chances = probabilities(routing_state(even, shown), _viewer())
    assert chances[3] > 2 * chances[4]


def test_the_group_of_the_viewer_decides_what_is_worth_asking() -> None:
    seen = np.full((2, STATEMENTS), 100)
    seen[0, 2], seen[1, 7] = 2, 2
    state = routing_state(_counts(seen), np.full(STATEMENTS, 50))
    first = probabilities(state, _viewer(membership=np.array([1.0, 0.0])))
    second = probabilities(state, _viewer(membership=np.array([0.0, 1.0])))
    assert first.argmax() == 2
    assert second.argmax() == 7


def test_the_city_of_the_viewer_counts_too() -> None:
    cities = np.full((2, STATEMENTS), 100)
    cities[1, 5] = 0
    state = routing_state(_counts(np.full(STATEMENTS, 200)), np.full(STATEMENTS, 50), by_city=_counts(cities))
    assert probabilities(state, _viewer(city=1)).argmax() == 5
    assert_allclose(probabilities(state, _viewer(city=0)), 1 / STATEMENTS)


def test_languages_that_were_shown_less_are_shown_more() -> None:
    shown = np.r_[np.full(6, 200), np.full(6, 20)]
    label = np.r_[np.zeros(6, int), np.ones(6, int)]
    chances = probabilities(routing_state(_counts(np.full(STATEMENTS, 100)), shown, label=label), _viewer())
    assert chances[6:].sum() > 2 * chances[:6].sum()


def test_closed_statements_are_never_shown_and_meta_at_most_one_in_three(state: RoutingState) -> None:
    seen = np.full(STATEMENTS, 50)
    meta, closed = np.zeros((2, STATEMENTS), dtype=bool)
    meta[0], closed[1] = True, True
    state = routing_state(_counts(seen), seen, meta=meta, closed=closed)
    assert probabilities(state, _viewer())[1] == 0
    assert probabilities(state, _viewer(since_meta=0))[0] == 0
    assert probabilities(state, _viewer(since_meta=META_AFTER))[0] > 0
    assert probabilities(state, _viewer(*range(1, STATEMENTS), since_meta=0))[0] == 1


def _divided() -> tuple[Votes, RoutingState]:
    planted = planted_votes(400, STATEMENTS, votes_per_participant=9, groups=(0.5, 0.5), separation=1.5, seed=4)
    votes, factors = planted.votes, fit_factors(planted.votes)
    centre = np.array([[-1.0, 0.0], [1.0, 0.0]]) * np.sqrt(factors.spread[0])
    by_group = count(votes, planted.group, 2)
    return votes, routing_state(by_group, votes.per_statement, factors=factors, centre=centre)


def test_a_viewer_is_seen_by_their_votes() -> None:
    _, state = _divided()
    assert state.factors is not None
    nobody = see(state, [], [])
    assert nobody.membership is not None
    assert_allclose(nobody.membership, np.full(2, 0.5))
    strongest = np.argsort(-np.abs(state.factors.axis[:, 0]))[:4]
    value = np.sign(state.factors.axis[strongest, 0]).astype(int)
    right = see(state, strongest, value, city=3)
    assert right.membership is not None
    assert right.covariance is not None
    assert nobody.covariance is not None
    assert right.membership[1] > 0.8
    assert right.city == 3
    assert right.covariance[0] < nobody.covariance[0]
    assert right.voted.sum() == 4


def test_a_newcomer_is_asked_what_tells_where_they_stand() -> None:
    votes, state = _divided()
    assert state.factors is not None
    even = routing_state(_counts(np.full(STATEMENTS, 50)), votes.per_statement, factors=state.factors)
    chances = probabilities(even, see(even, [], []))
    length = np.hypot(*(state.factors.axis * state.factors.spread).T)
    assert np.corrcoef(chances, length)[0, 1] > 0.8


@pytest.mark.parametrize(("chances", "expected"), [([1, 1, 1, 1], 1.0), ([1, 0, 0], 1.0), ([], 0.0), ([0, 0], 0.0)])
def test_evenness_is_one_where_all_that_may_be_drawn_is_drawn_alike(chances: list[float], expected: float) -> None:
    assert evenness(chances) == pytest.approx(expected)


def test_evenness_is_small_where_one_takes_nearly_all() -> None:
    assert evenness([0.997, 0.001, 0.001, 0.001]) < 0.3


def test_a_state_of_votes_of_nobody_draws_evenly() -> None:
    empty = gather([], [], [], statements=STATEMENTS)
    state = routing_state(count(empty, np.zeros(0, dtype=int), 1), np.zeros(STATEMENTS))
    assert_allclose(probabilities(state, _viewer()), 1 / STATEMENTS)
