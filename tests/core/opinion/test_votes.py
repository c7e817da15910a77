"""Votes: the last one counts, unseen is not pass, and bad input is refused by row and rule."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from intercity.core.opinion import Votes, VotesError, gather

Rows = list[tuple[int, int, int]]
LOGS = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 4), st.integers(-1, 1)), max_size=60)


def _gather(rows: Rows, **sizes: int) -> Votes:
    return gather(*(np.array([row[part] for row in rows], dtype=np.int64) for part in range(3)), **sizes)


def _as_dict(votes: Votes) -> dict[tuple[int, int], int]:
    keys = zip(votes.participant().tolist(), votes.statement.tolist(), strict=True)
    return dict(zip(keys, votes.value.tolist(), strict=True))


@given(LOGS)
def test_the_last_vote_of_a_participant_on_a_statement_counts(rows: Rows) -> None:
    assert _as_dict(_gather(rows)) == {(who, what): value for who, what, value in rows}


@given(LOGS)
def test_votes_are_held_by_participant_then_statement(rows: Rows) -> None:
    votes = _gather(rows, participants=7, statements=5)
    key = votes.participant() * 5 + votes.statement
    assert np.all(np.diff(key) > 0)
    assert_array_equal(np.diff(votes.start), votes.per_participant)
    assert votes.per_statement.sum() == votes.per_participant.sum() == len(votes)


@given(LOGS, st.randoms(use_true_random=False))
def test_only_the_order_of_repeated_votes_matters(rows: Rows, chance: Any) -> None:
    last = list({(who, what): (who, what, value) for who, what, value in rows}.values())
    chance.shuffle(last)
    assert _as_dict(_gather(last)) == _as_dict(_gather(rows))


def test_an_unseen_statement_is_not_a_pass() -> None:
    votes = gather([0, 1], [0, 1], [0, 1])
    assert votes.matrix().nnz == 2
    assert votes.per_statement.tolist() == [1, 1]


def test_people_and_statements_without_votes_are_there() -> None:
    votes = gather([1], [1], [1], participants=4, statements=3)
    assert votes.participants == 4
    assert votes.per_participant.tolist() == [0, 1, 0, 0]
    assert votes.per_statement.tolist() == [0, 1, 0]


def test_a_log_of_nothing_is_no_error() -> None:
    votes = gather([], [], [])
    assert (len(votes), votes.participants, votes.statements, votes.blocks) == (0, 0, 0, ())


@pytest.mark.parametrize(
    ("who", "what", "value", "said"),
    [
        ([0, 0], [0, 1], [1, 2], r"row 1: value is 2; -1 \(disagree\), 0 \(pass\) and 1 \(agree\) are allowed"),
        ([0, 0], [0, 1], [1, np.nan], "row 1: value is nan"),
        ([0, 0], [0, 1], [0.5, 1], "row 0: value is 0.5"),
        ([0, -1], [0, 1], [1, 1], "row 1: participant is -1; whole numbers from 0"),
        ([0, 1], [0, -3], [1, 1], "row 1: statement is -3"),
        ([0, 1.5], [0, 1], [1, 1], "row 1: participant is 1.5"),
        ([0, np.nan], [0, 1], [1, 1], "row 1: participant is nan"),
        ([0, 2**31], [0, 1], [1, 1], "row 1: participant is 2147483648"),
        ([0], [0, 1], [1, 1], "must be equally long; they hold 1, 2 and 2 rows"),
        (["a"], [0], [1], "row 0: participant is .*a.*; whole numbers"),
        ([0], [0], ["agree"], "row 0: value is .*agree"),
        ([[0]], [0], [1], "participant has 2 dimensions"),
        ([0], [0], [[1]], "value has 2 dimensions"),
    ],
)
def test_bad_rows_are_refused_by_number_and_rule(who: Any, what: Any, value: Any, said: str) -> None:
    with pytest.raises(VotesError, match=said):
        gather(who, what, value)


def test_the_number_of_bad_rows_is_said() -> None:
    with pytest.raises(VotesError, match="3 of 4 rows break this rule"):
        gather([0, 1, 2, 3], [0, 0, 0, 0], [1, 5, 5, 5])


def test_a_number_beyond_the_count_is_refused() -> None:
    with pytest.raises(VotesError, match="row 1: participant 3 does not exist; there are 2, numbered 0 to 1"):
        gather([0, 3], [0, 0], [1, 1], participants=2)


def test_arrays_cannot_be_changed() -> None:
    votes = gather([0], [0], [1])
    with pytest.raises(ValueError, match="read-only"):
        votes.value[0] = -1


def test_what_was_given_is_left_alone_and_not_shared() -> None:
    value = np.array([1, -1], dtype=np.int8)
    votes = gather(np.array([0, 1], dtype=np.int32), np.array([0, 1], dtype=np.int32), value)
    value[0] = 0
    assert votes.value.tolist() == [1, -1]


@given(LOGS, st.lists(st.integers(0, 6), max_size=5))
def test_participants_can_be_taken_in_any_order_and_twice(rows: Rows, chosen: list[int]) -> None:
    votes = _gather(rows, participants=7, statements=5)
    taken = votes.take_participants(np.array(chosen, dtype=np.int64))
    whole = votes.matrix().toarray()
    assert_array_equal(taken.matrix().toarray(), whole[chosen].reshape(len(chosen), 5))


@given(LOGS)
def test_statements_can_be_taken_away_by_number_or_mask(rows: Rows) -> None:
    votes = _gather(rows, participants=7, statements=5)
    mask = np.array([True, False, False, True, False])
    by_mask, by_number = votes.without_statements(mask), votes.without_statements([0, 3])
    assert _as_dict(by_mask) == _as_dict(by_number) == {k: v for k, v in _as_dict(votes).items() if k[1] not in {0, 3}}
    assert by_mask.statements == 5


@given(LOGS, st.integers(0, 7), st.integers(0, 7))
def test_rows_of_some_participants_are_renumbered_from_0(rows: Rows, one: int, other: int) -> None:
    votes = _gather(rows, participants=7, statements=5)
    first, last = sorted((one, other))
    expected = {(who - first, what): v for (who, what), v in _as_dict(votes).items() if first <= who < last}
    assert _as_dict(votes.rows(first, last)) == expected
