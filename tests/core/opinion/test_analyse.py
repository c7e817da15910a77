"""The default recipe from end to end: what must not change it, what it says when it cannot say anything."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from intercity.core.compute import Here
from intercity.core.opinion import SILENCES, Analysis, Parameters, Votes, VotesError, analyse, analyse_polis, gather
from intercity.core.opinion.groups.agreement import adjusted_rand
from intercity.core.opinion.planted import planted_votes

FEW = Parameters(resamples=4)


@pytest.fixture(scope="module")
def votes() -> Votes:
    return planted_votes(300, 40, votes_per_participant=20, groups=(0.6, 0.4), seed=3).votes


def _log(votes: Votes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return votes.participant().copy(), votes.statement.copy(), votes.value.copy()


def _same(one: Any, other: Any) -> bool:
    if is_dataclass(one):
        return all(_same(getattr(one, f.name), getattr(other, f.name)) for f in fields(one))
    if isinstance(one, tuple):
        return len(one) == len(other) and all(_same(a, b) for a, b in zip(one, other, strict=True))
    if isinstance(one, np.ndarray):
        return bool(one.dtype == other.dtype and one.tobytes() == other.tobytes())
    return repr(one) == repr(other)


def _ground(analysis: Analysis) -> tuple[list[int], np.ndarray]:
    return sorted(analysis.common_ground.statement.tolist()), analysis.common_ground.agree.floor


def test_the_same_input_gives_the_same_bytes_with_any_number_of_threads() -> None:
    votes = planted_votes(30_000, 60, seed=1).votes  # several blocks
    assert len(votes.blocks) > 1
    one = analyse(votes, parameters=FEW, compute=Here(1))
    assert _same(one, analyse(votes, parameters=FEW, compute=Here(4)))


def test_another_seed_draws_other_resamples(votes: Votes) -> None:
    one, other = (analyse(votes, parameters=Parameters(seed=seed, resamples=4)) for seed in (0, 1))
    assert not np.array_equal(one.groups.membership, other.groups.membership)


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_the_order_of_rows_changes_nothing(votes: Votes, seed: int) -> None:
    who, what, value = _log(votes)
    turn = np.random.default_rng(seed).permutation(len(who))
    again = gather(who[turn], what[turn], value[turn], participants=votes.participants, statements=votes.statements)
    assert _same(analyse(votes, parameters=FEW), analyse(again, parameters=FEW))


@settings(max_examples=8, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_votes_cast_again_count_once(votes: Votes, seed: int) -> None:
    who, what, value = _log(votes)
    rng = np.random.default_rng(seed)
    again = rng.integers(0, len(who), 50)
    earlier = gather(
        np.concatenate([who[again], who]), np.concatenate([what[again], what]), np.concatenate([-value[again], value])
    )
    assert _same(earlier, votes)


@settings(max_examples=5, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_new_numbers_for_people_and_statements_change_no_finding(votes: Votes, seed: int) -> None:
    rng = np.random.default_rng(seed)
    person, statement = rng.permutation(votes.participants), rng.permutation(votes.statements)
    who, what, value = _log(votes)
    renamed = gather(person[who], statement[what], value)
    one, other = analyse(votes, parameters=FEW), analyse(renamed, parameters=FEW)
    assert_allclose(other.counts.agree[0][statement], one.counts.agree[0])
    assert one.groups.count == other.groups.count == 2
    assert adjusted_rand(one.groups.label + 1, other.groups.label[person] + 1) > 0.95
    assert_allclose(other.common_ground.agree.floor[statement], one.common_ground.agree.floor, atol=0.03)


def test_the_recipe_polis_is_the_same_under_new_numbers_for_statements(votes: Votes) -> None:
    statement = np.random.default_rng(0).permutation(votes.statements)
    who, what, value = _log(votes)
    one, other = analyse_polis(votes), analyse_polis(gather(who, statement[what], value))
    assert_allclose(np.abs(other.components.axes[:, statement]), np.abs(one.components.axes), atol=1e-6)
    assert_array_equal(one.label, other.label)


def test_a_statement_that_moderation_removed_changes_nothing(votes: Votes) -> None:
    who, what, value = _log(votes)
    extra = np.arange(200)
    more = gather(
        np.concatenate([who, extra]),
        np.concatenate([what, np.full(200, votes.statements)]),
        np.concatenate([value, np.where(extra % 2, 1, -1)]),
    )
    plain, with_removed = analyse(votes, parameters=FEW), analyse(more, removed=[votes.statements], parameters=FEW)
    assert _ground(with_removed)[0] == _ground(plain)[0]
    assert_array_equal(_ground(with_removed)[1][:-1], _ground(plain)[1])
    assert_array_equal(with_removed.groups.label, plain.groups.label)
    assert with_removed.slate.statement.tolist() == plain.slate.statement.tolist()
    assert not with_removed.counts.seen[0, -1]


def test_a_removed_statement_is_never_recommended(votes: Votes) -> None:
    best = int(analyse(votes, parameters=FEW).common_ground.statement[0])
    without = analyse(votes, removed=[best], parameters=FEW)
    assert best not in without.common_ground.statement
    assert best not in without.slate.statement
    assert all(best not in listed for listed in without.group_differences.statement)


def test_common_ground_needs_every_city(votes: Votes) -> None:
    who, what, value = _log(votes)
    best = int(analyse(votes, parameters=FEW).common_ground.statement[0])
    city = np.arange(votes.participants) % 6
    against = np.where((what == best) & (city[who] == 5), -1, value)
    dissent = gather(who, what, against)
    assert best in analyse(dissent, parameters=FEW).common_ground.statement
    assert best not in analyse(dissent, city=city, parameters=FEW).common_ground.statement


def test_group_numbers_are_kept_over_time(votes: Votes) -> None:
    before = analyse(votes, parameters=FEW)
    swapped = np.where(before.groups.label >= 0, 1 - before.groups.label, -1)
    after = analyse(votes, previous_groups=swapped, parameters=FEW)
    assert_array_equal(after.groups.label, swapped)


@pytest.mark.parametrize(
    ("who", "what", "value", "silence"),
    [
        ([], [], [], "no_votes"),
        ([0, 1, 2], [0, 0, 0], [1, -1, 1], "one_statement"),
        ([0, 1, 2], [0, 1, 2], [1, -1, 1], "nobody_voted_twice"),
        ([0, 0, 1, 1], [0, 1, 0, 1], [1, 1, 1, 1], "everybody_equal"),
        ([0] * 4 + [1] * 4, [0, 1, 2, 3] * 2, [1, 1, -1, 0, 1, 1, -1, 0], "no_stable_groups"),
    ],
)
def test_an_analysis_that_can_say_nothing_says_so(
    who: list[int], what: list[int], value: list[int], silence: str
) -> None:
    found = analyse(gather(who, what, value), parameters=FEW)
    assert silence in found.silent
    assert set(found.silent) <= set(SILENCES)
    assert found.groups.count == 1
    analyse_polis(gather(who, what, value))  # says nothing either, and does not fail


def test_everybody_placed_stands_together_where_there_are_no_groups() -> None:
    votes = planted_votes(400, 30, groups=(1.0,), votes_per_participant=15, seed=2).votes
    found = analyse(votes, parameters=FEW)
    if not found.groups.found:
        assert "no_stable_groups" in found.silent
    assert not found.groups.distinct


def test_cities_with_few_votes_are_said_to_be_too_small(votes: Votes) -> None:
    city = np.full(votes.participants, -1)
    city[:2] = [0, 1]
    assert "cities_too_small" in analyse(votes, city=city, parameters=FEW).silent


@pytest.mark.parametrize(
    ("city", "said"),
    [
        ([0, 1], r"city has shape \(2,\)"),
        (np.full(300, -2), r"row 0: city is -2"),
        (np.full(300, 0.5), r"row 0: city is 0.5"),
        (np.full(300, np.nan), r"row 0: city is nan"),
    ],
)
def test_city_labels_that_do_not_fit_are_refused(votes: Votes, city: Any, said: str) -> None:
    with pytest.raises(VotesError, match=said):
        analyse(votes, city=city, parameters=FEW)


def test_times_that_do_not_fit_are_refused(votes: Votes) -> None:
    with pytest.raises(VotesError, match=r"time has shape \(3,\)"):
        analyse(votes, time=[1, 2, 3], parameters=FEW)


@pytest.mark.parametrize(("name", "value"), [("seed", -1), ("resamples", 0), ("confidence", 1.0), ("most_groups", 27)])
def test_parameters_out_of_range_are_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"{name} is {value}"):
        Parameters(**{name: value})  # type: ignore[arg-type]


def test_leaving_out_a_cluster_of_copies_says_what_changes(votes: Votes) -> None:
    copies, statements = 40, votes.statements
    who, what, value = _log(votes)
    pushed = np.where(np.arange(statements) % 2, 1, -1)
    time = np.concatenate([np.arange(len(who)) * 600.0, np.full(copies * statements, 1e7)])
    flood = gather(
        np.concatenate([who, np.repeat(np.arange(copies), statements) + votes.participants]),
        np.concatenate([what, np.tile(np.arange(statements), copies)]),
        np.concatenate([value, np.tile(pushed, copies)]),
    )
    found = analyse(flood, time=time, parameters=FEW)
    assert found.suspicion is not None
    assert found.robustness is not None
    assert found.suspicion.size.tolist() == [copies]
    assert found.robustness.left_out == copies
    assert found.robustness.largest_change > 0.02
