from __future__ import annotations

import numpy as np
import pytest

from intercity.core.opinion.planted import planted_votes
from intercity.core.opinion.prediction import discrimination, hold_out


def test_hidden_and_kept_votes_are_all_votes() -> None:
    votes = planted_votes(200, 30, seed=1).votes
    kept, hidden = hold_out(votes, 0.2, seed=7)
    assert len(kept) + len(hidden.value) == len(votes)
    assert 0.1 < len(hidden.value) / len(votes) < 0.3
    cells = set(zip(kept.participant().tolist(), kept.statement.tolist(), strict=True))
    assert cells.isdisjoint(zip(hidden.participant.tolist(), hidden.statement.tolist(), strict=True))


@pytest.mark.parametrize("share", [0, 1, -0.1, float("nan")])
def test_a_share_that_cannot_be_hidden_is_refused(share: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        hold_out(planted_votes(5, 5, seed=1).votes, share, seed=0)


def test_discrimination_counts_pairs_in_the_right_order() -> None:
    rng = np.random.default_rng(0)
    score, agreed = rng.integers(0, 5, 60).astype(float), rng.random(60) < 0.4
    pairs = score[agreed][:, None] - score[~agreed][None]
    assert discrimination(score, agreed) == pytest.approx(np.mean((pairs > 0) + 0.5 * (pairs == 0)))


def test_discrimination_of_one_kind_of_vote_is_unknown() -> None:
    assert np.isnan(discrimination([0.1, 0.2], [True, True]))
