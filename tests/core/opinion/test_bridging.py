"""Bridging: agreement from everywhere counts, agreement of one large camp does not."""

from __future__ import annotations

import numpy as np
from numpy.testing import assert_allclose

from intercity.core.opinion import gather
from intercity.core.opinion.bridging import bridging
from intercity.core.opinion.counts import Counts, count
from intercity.core.opinion.factors import fit_factors, place


def test_a_statement_of_one_large_camp_bridges_less_than_one_of_everybody() -> None:
    rng = np.random.default_rng(0)
    camp = (np.arange(400) < 300).astype(int)  # three quarters are in one camp
    likes = (camp[:, None] == 1) == (np.arange(21) < 11)  # ten statements for it, ten against
    share = np.where(likes, 0.9, 0.1)
    share[:, :3] = 0.7  # agreed with as much as the camp's own are, but from both camps
    who, what = np.indices(share.shape).reshape(2, -1)
    votes = gather(who, what, np.where(rng.random(share.shape) < share, 1, -1).ravel())
    by_group, factors = count(votes, camp, 2), fit_factors(votes)
    found = bridging(factors, place(votes, factors), by_group, votes.per_statement)
    assert by_group.whole.agree[0, :3].min() < by_group.whole.agree[0, 3:11].max()
    assert np.all(found.score[:3] > 0.25)
    assert np.all(np.abs(found.score[3:]) < 0.2)
    assert found.group_aware[:3].min() > found.group_aware[3:].max()
    assert np.all(found.error > 0)


def test_the_group_aware_score_does_not_shrink_with_the_number_of_groups() -> None:
    votes = gather([0, 0, 1, 1], [0, 1, 0, 1], [1, -1, 1, 1])
    factors = fit_factors(votes)
    two, four = (Counts(np.full((g, 2), 8.0), np.full((g, 2), 1.0), np.full((g, 2), 10.0)) for g in (2, 4))
    scores = [
        bridging(factors, place(votes, factors), counts, votes.per_statement).group_aware for counts in (two, four)
    ]
    assert_allclose(scores[0], scores[1])
    assert_allclose(scores[0], (8.5 / 11) * (1 - 1.5 / 11))


def test_statements_without_votes_have_no_score() -> None:
    votes = gather([0, 0, 1], [0, 1, 1], [1, -1, 1], statements=3)
    factors = fit_factors(votes)
    found = bridging(factors, place(votes, factors), count(votes, np.zeros(2, int), 1), votes.per_statement)
    assert np.isnan(found.score[2])
    assert np.isnan(found.error[2])
    assert np.isfinite(found.score[:2]).all()
