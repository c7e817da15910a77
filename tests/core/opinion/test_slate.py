"""The slate, and its guarantee checked by brute force."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from intercity.core.opinion import Votes, gather
from intercity.core.opinion.factors import fit_factors, place
from intercity.core.opinion.planted import planted_votes
from intercity.core.opinion.slate import Slate, choose_slate, largest_unrepresented


def _slate(votes: Votes, **options: object) -> Slate:
    factors = fit_factors(votes)
    return choose_slate(votes, factors, place(votes, factors, minimum_votes=1), **options)  # type: ignore[arg-type]


def _full(approves: NDArray[np.bool_]) -> Votes:
    """Everybody voted on everything, so nothing has to be predicted."""
    who, what = np.indices(approves.shape).reshape(2, -1)
    return gather(who, what, np.where(approves.ravel(), 1, -1))


def _complaint(approves: NDArray[np.bool_], chosen: NDArray[np.integer], size: int) -> bool:
    """Whether some n / k people agree on a statement, and none of them with the slate: the definition, tried out."""
    people = len(approves)
    needed = -(-people // size)
    return any(
        approves[list(group)].all(axis=0).any() and not approves[list(group)][:, chosen].any()
        for group in combinations(range(people), needed)
    )


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 9), st.integers(2, 6), st.integers(1, 4), st.integers(0, 10_000), st.floats(0.1, 0.6))
def test_no_large_group_is_left_out(people: int, statements: int, size: int, seed: int, density: float) -> None:
    approves = np.random.default_rng(seed).random((people, statements)) < density
    found = _slate(_full(approves), size=size)
    assert not _complaint(approves, found.statement, size)
    assert found.represented
    assert found.assumed == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(3, 8), st.integers(2, 5), st.integers(1, 4), st.integers(0, 10_000))
def test_the_check_finds_what_brute_force_finds(people: int, statements: int, size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    approves = rng.random((people, statements)) < 0.5
    chosen = rng.choice(statements, min(size, statements), replace=False)
    assert (largest_unrepresented(approves, chosen, size) >= 1) == _complaint(approves, chosen, size)


def test_each_statement_adds_most_to_those_before_it() -> None:
    approves = np.zeros((10, 3), dtype=bool)
    approves[:6, 0] = approves[:5, 1] = approves[6:, 2] = True
    found = _slate(_full(approves), size=2)
    assert found.statement.tolist() == [0, 2]
    assert found.covered.tolist() == pytest.approx([0.6, 1.0])


def test_removed_statements_are_not_chosen() -> None:
    votes = planted_votes(200, 12, votes_per_participant=8, seed=1).votes
    first = int(_slate(votes).statement[0])
    removed = np.arange(12) == first
    assert first not in _slate(votes, removed=removed).statement


def test_predicted_approvals_are_said() -> None:
    votes = planted_votes(300, 30, votes_per_participant=8, seed=1).votes
    found = _slate(votes)
    assert 0.2 < found.assumed < 1
    assert found.people == int((votes.per_participant > 0).sum())


def test_where_nobody_agrees_with_anything_the_slate_is_empty() -> None:
    found = _slate(_full(np.zeros((6, 3), dtype=bool)))
    assert len(found.statement) == 0
    assert found.represented
