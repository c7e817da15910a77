from __future__ import annotations

import numpy as np
import pytest

from intercity.core.opinion.planted import planted_votes


def test_shapes_shares_and_effort_are_as_asked() -> None:
    planted = planted_votes(4000, 80, votes_per_participant=15, groups=(0.7, 0.3), cities=5, seed=3)
    assert (planted.votes.participants, planted.votes.statements) == (4000, 80)
    assert len(planted.votes) / 4000 == pytest.approx(15, rel=0.1)
    assert np.mean(planted.group == 0) == pytest.approx(0.7, abs=0.03)
    assert planted.city is not None
    assert set(planted.city.tolist()) == set(range(5))
    assert planted.votes.per_participant.min() >= 1
    assert np.mean(planted.votes.value == 0) == pytest.approx(0.12, abs=0.01)


def test_groups_vote_apart_only_when_separated() -> None:
    def distance(separation: float) -> float:
        planted = planted_votes(3000, 40, groups=(0.5, 0.5), separation=separation, seed=1)
        matrix = planted.votes.matrix()
        shares = [matrix[planted.group == g].sum(axis=0) / (planted.group == g).sum() for g in (0, 1)]
        return float(np.abs(shares[0] - shares[1]).mean())

    assert distance(1.5) > 3 * distance(0.0)


def test_same_seed_same_votes_and_another_seed_others() -> None:
    one, two, other = (planted_votes(50, 20, seed=seed).votes for seed in (1, 1, 2))
    assert one.value.tobytes() == two.value.tobytes()
    assert one.value.tobytes() != other.value.tobytes()
