"""Is it done?"""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from intercity.core.opinion import gather
from intercity.core.opinion.completeness import completeness, votes_needed
from intercity.core.opinion.planted import planted_votes


def test_a_young_dialogue_is_not_done_and_a_long_one_is() -> None:
    young = planted_votes(60, 60, votes_per_participant=8, seed=0).votes
    old = planted_votes(4000, 12, votes_per_participant=10, seed=0).votes
    assert not completeness(young).done
    found = completeness(old)
    assert found.plateau
    assert found.done
    assert found.prediction[-1] > 0.6
    assert found.error < 0.015


def test_more_votes_predict_better() -> None:
    found = completeness(planted_votes(800, 60, votes_per_participant=15, seed=2).votes)
    assert found.prediction[-1] > found.prediction[0]
    assert len(found.share) == len(found.prediction)


def test_what_cannot_be_predicted_is_not_known() -> None:
    found = completeness(gather([0, 1, 2], [0, 0, 1], [0, 0, 0]))
    assert np.isnan(found.prediction).all()
    assert not found.done


def test_removed_statements_need_no_votes() -> None:
    votes = gather([0, 1, 2, 3], [0, 0, 1, 1], [1, -1, 1, -1])
    assert completeness(votes, removed=np.array([False, True])).needed.tolist()[1] == 0


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 30))
def test_needed_votes_are_never_more_than_people_who_have_not_voted(agree: int, disagree: int, others: int) -> None:
    people = agree + disagree + others
    votes = gather(
        np.arange(agree + disagree),
        np.zeros(agree + disagree),
        [1] * agree + [-1] * disagree,
        participants=people,
        statements=1,
    )
    needed = int(votes_needed(votes)[0])
    assert 0 <= needed <= people


def test_an_undecided_statement_needs_about_a_hundred_votes_of_many_people() -> None:
    who = np.arange(10_000)
    votes = gather(who, np.ones(10_000), np.ones(10_000), statements=2)
    assert 85 <= votes_needed(votes)[0] <= 97
    assert votes_needed(votes)[1] == 0
