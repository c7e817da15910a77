"""Numbers of the engine, against loops and formulas written out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal
from scipy import stats

from intercity.core.compute import Here
from intercity.core.opinion import Exposures, gather
from intercity.core.opinion import votes as votes_module
from intercity.core.opinion.bridging import bridging
from intercity.core.opinion.common_ground import find_common_ground
from intercity.core.opinion.completeness import _error, completeness, votes_needed
from intercity.core.opinion.counts import Counts, count
from intercity.core.opinion.differences import group_differences
from intercity.core.opinion.exposure import effective_counts, exposure_weights
from intercity.core.opinion.factors import expected, fit_factors, place
from intercity.core.opinion.intervals import false_discovery
from intercity.core.opinion.planted import planted_votes
from intercity.core.opinion.positions import Positions
from intercity.core.opinion.robustness import suspicious_clusters

EVENTS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(-1, 1)), max_size=40)


@given(EVENTS)
def test_a_log_that_is_sorted_already_gives_the_same_votes(rows: list[tuple[int, int, int]]) -> None:
    who, what, value = (np.array([row[part] for row in rows], dtype=int) for part in range(3))
    votes = gather(who, what, value, participants=6, statements=4)
    again = gather(votes.participant(), votes.statement, votes.value, participants=6, statements=4)
    for name in ("start", "statement", "value"):
        assert_array_equal(getattr(again, name), getattr(votes, name))
        assert getattr(again, name).dtype == getattr(votes, name).dtype


def test_counts_are_the_same_however_votes_are_cut_into_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    planted = planted_votes(150, 12, votes_per_participant=6, seed=1)
    whole = count(gather(planted.votes.participant(), planted.votes.statement, planted.votes.value), planted.group, 4)
    monkeypatch.setattr(votes_module, "VOTES_PER_BLOCK", 50)
    cut = gather(planted.votes.participant(), planted.votes.statement, planted.votes.value)
    assert len(cut.blocks) > 10
    assert [a for a, _ in cut.blocks[1:]] == [b for _, b in cut.blocks[:-1]]
    assert (cut.blocks[0][0], cut.blocks[-1][1]) == (0, 150)
    for threads in (1, 3):
        parts = count(cut, planted.group, 4, compute=Here(threads))
        assert_array_equal([parts.agree, parts.disagree, parts.seen], [whole.agree, whole.disagree, whole.seen])


@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=25))
def test_a_q_value_is_the_least_rate_at_which_its_test_is_chosen(p: list[float]) -> None:
    found = false_discovery(p)
    for one, q in zip(p, found, strict=True):
        # A test is chosen together with all that are smaller: of m tests with p <= t, m p / rank is the rate.
        rates = [min(len(p) * t / sum(other <= t for other in p), 1.0) for t in p if t >= one]
        assert q == pytest.approx(min(rates))


def test_group_differences_are_those_of_a_loop_over_groups_statements_and_sides() -> None:
    rng = np.random.default_rng(1)
    seen = rng.integers(3, 60, (3, 24))
    seen[:, 0] = 40, 2, 1  # enough of the first group, too few others
    parts = (
        np.array([rng.multinomial(n, rng.dirichlet((2, 1, 1))) for n in seen.ravel()]).reshape(3, 24, 3).astype(float)
    )
    found = group_differences(Counts(parts[..., 0], parts[..., 1], seen.astype(float)))
    p, gap, least = np.full((3, 2, 3, 24), np.nan)
    for side, g, s in np.ndindex(2, 3, 24):
        k, n, others = parts[g, s, side], seen[g, s], [h for h in range(3) if h != g]
        k2, n2 = parts[others, s, side].sum(), seen[others, s].sum()
        if n >= 5 and n2 >= 5:
            pooled = (k + k2 + 2) / (n + n2 + 2)
            error = np.sqrt(pooled * (1 - pooled) * (1 / (n + 1) + 1 / (n2 + 1)))
            p[side, g, s] = 2 * stats.norm.sf(abs((k + 1) / (n + 1) - (k2 + 1) / (n2 + 1)) / error)
            gap[side, g, s] = k / n - k2 / n2
            one, two = (k + 1) / (n + 2), (k2 + 1) / (n2 + 2)
            bound = one - two - 1.645 * np.sqrt(one * (1 - one) / (n + 2) + two * (1 - two) / (n2 + 2))
            least[side, g, s] = bound if gap[side, g, s] > 0 else -np.inf
    tested = ~np.isnan(p)
    q = np.full_like(p, np.nan)
    q[tested] = stats.false_discovery_control(p[tested])
    assert 0 < tested.sum() < tested.size
    assert sum(len(one) for one in found.statement) > 3
    assert_allclose(found.difference, gap[0])
    assert_allclose(found.disagreement, gap[1])
    telling = np.where(least[0] >= least[1], q[0], q[1])
    assert_allclose(found.q, telling)
    for g, statements in enumerate(found.statement):
        strongest = least[:, g].max(axis=0)
        apart = np.flatnonzero((telling[g] <= 0.05) & (strongest > 0))
        assert statements.tolist() == sorted(apart.tolist(), key=lambda s: -strongest[s])
        assert found.agrees[g].tolist() == [bool(least[0, g, s] >= least[1, g, s]) for s in statements]


def test_city_floors_are_bounds_of_shrunken_shares() -> None:
    by_city = Counts(
        np.array([[40.0], [60.0], [2.0]]), np.array([[30.0], [20.0], [1.0]]), np.array([[100.0], [100.0], [3.0]])
    )
    ground = find_common_ground(by_city.whole, by_city.whole, by_city)
    alike = 0.0175 / 0.2475  # see test_shrinkage
    strength = (1 - alike) / alike
    floor = stats.beta.ppf(0.05, 40 + strength / 2, 60 + strength / 2)
    assert_allclose(ground.agree.city_floor, floor)
    assert_allclose(ground.agree.floor, min(floor, stats.beta.ppf(0.05, 102.5, 101.5)))


def test_weights_of_showings_by_hand() -> None:
    votes = gather([0, 1, 1], [0, 0, 1], [1, -1, 1])
    exposures = Exposures(np.array([0, 1, 1]), np.array([0, 0, 1]), np.array([0.5, 0.2, 0.4]))
    # 1 / (0.5 * 1) = 2 and 1 / (0.2 * 2) = 2.5 on the first statement, of mean 2.25; one vote on the other.
    weight, unlogged = exposure_weights(votes, exposures)
    assert_allclose(weight, [2 / 2.25, 2.5 / 2.25, 1])
    assert unlogged == 0


def test_effective_counts_are_those_of_kish() -> None:
    votes = gather([0, 1, 2, 3], [0, 0, 0, 0], [1, 1, -1, 0])
    weight = np.array([3.0, 1.0, 1.0, 2.0])
    found = effective_counts(votes, [0, 0, 0, 1], 2, weight)
    people = (3 + 1 + 1) ** 2 / (9 + 1 + 1)
    assert_allclose(found.seen[:, 0], np.array([people, 1.0]))
    assert_allclose(found.agree[:, 0], np.array([people * 4 / 5, 0.0]))
    assert_allclose(found.disagree[:, 0], np.array([people * 1 / 5, 0.0]))


def test_bridging_is_the_expected_vote_halfway_between_the_ends() -> None:
    votes = planted_votes(200, 15, votes_per_participant=9, groups=(0.7, 0.3), separation=1.5, seed=3).votes
    factors = fit_factors(votes)
    positions = place(votes, factors)
    found = bridging(factors, positions, count(votes, np.zeros(200, dtype=int), 1), votes.per_statement)
    placed = positions.xy[positions.placed]
    x, y = ((np.percentile(placed[:, k], 5) + np.percentile(placed[:, k], 95)) / 2 for k in (0, 1))
    there = Positions(np.array([[x, y]]), np.zeros((1, 3)), np.zeros(1), np.ones(1, dtype=bool))
    assert_allclose(found.score, expected(factors, there, 0, np.arange(15)), atol=2e-3)
    along = np.array([x, y, 1.0])
    for own, error in zip(factors.uncertainty, found.error, strict=True):
        s11, s12, s22, s13, s23, s33 = own
        covariance = np.array([[s11, s12, s13], [s12, s22, s23], [s13, s23, s33]])
        assert error == pytest.approx(np.sqrt(along @ covariance @ along))


@pytest.mark.parametrize(("agree", "disagree", "others"), [(30, 10, 400), (5, 5, 0), (0, 0, 50), (1, 0, 9_999)])
def test_votes_needed_by_hand(agree: int, disagree: int, others: int) -> None:
    people = agree + disagree + others
    cast = [1] * agree + [-1] * disagree
    who = np.r_[np.arange(len(cast)), np.arange(len(cast), people)]
    what = np.r_[np.zeros(len(cast)), np.ones(others)]  # the others have voted on the second statement
    votes = gather(who, what, np.r_[cast, np.ones(others)], statements=2)
    share = (agree + 1) / (agree + disagree + 2)
    many = stats.norm.ppf(0.975) ** 2 * share * (1 - share) / 0.1**2
    needed = int(votes_needed(votes)[0])
    assert needed == pytest.approx(max(many / (1 + (many - 1) / people) - len(cast), 0), abs=1.01)
    assert needed <= others


def test_the_error_of_the_prediction_is_that_of_hanley_and_mcneil() -> None:
    one, two = 0.9 / 1.1, 2 * 0.81 / 1.9
    variance = (0.9 * 0.1 + 59 * (one - 0.81) + 59 * (two - 0.81)) / 3600
    assert _error(0.9, 60, 120) == pytest.approx(np.sqrt(variance))
    assert np.isnan([_error(0.9, 0, 5), _error(0.9, 5, 5), _error(float("nan"), 3, 5)]).all()


def test_completeness_depends_on_votes_and_seed_alone() -> None:
    votes = planted_votes(300, 20, votes_per_participant=10, seed=1).votes
    one, same, other = (completeness(votes, seed=seed) for seed in (1, 1, 2))
    assert one.prediction.tobytes() == same.prediction.tobytes() != other.prediction.tobytes()
    assert_array_equal(one.needed, other.needed)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_clusters_are_those_of_a_search_over_all_pairs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    cast = rng.integers(0, 2, (3, 3))[rng.integers(0, 3, 14)] * 2 - 1
    ended = rng.integers(0, 300, 14).astype(float)
    who, what = np.indices(cast.shape).reshape(2, -1)
    votes = gather(who, what, cast.ravel())
    found = suspicious_clusters(votes, np.repeat(ended, 3), smallest=2, minimum_votes=3)
    linked = (cast[:, None] == cast[None]).all(axis=2) & (np.abs(ended[:, None] - ended) <= 60)
    reached = np.linalg.matrix_power(linked.astype(int), 14) > 0
    alone = reached.sum(axis=1) < 2
    assert_array_equal(found.cluster == -1, alone)
    same = (found.cluster[:, None] == found.cluster) & ~alone[:, None] & ~alone
    assert_array_equal(same, reached & ~alone[:, None])
    assert sorted(found.size.tolist(), reverse=True) == found.size.tolist()
    assert_array_equal(np.bincount(found.cluster[~alone], minlength=len(found.size)), found.size)
