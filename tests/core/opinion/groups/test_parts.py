"""The parts of which groups are found: agreement, clustering, names, separation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from intercity.core.opinion.factors import fit_factors, place
from intercity.core.opinion.groups import Groups, keep_names
from intercity.core.opinion.groups.agreement import adjusted_rand, overlap, table
from intercity.core.opinion.groups.clustering import k_means, scatter, silhouette
from intercity.core.opinion.groups.separation import separation
from intercity.core.opinion.plane import compress, distances
from intercity.core.opinion.planted import planted_votes

LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2)), min_size=2, max_size=40)


@given(LABELS)
def test_the_adjusted_rand_index_is_that_of_all_pairs(pairs: list[tuple[int, int]]) -> None:
    one, other = np.array(pairs).T
    together = np.array([[a == b for b in one] for a in one]), np.array([[a == b for b in other] for a in other])
    upper = np.triu_indices(len(one), 1)
    first, second = together[0][upper], together[1][upper]
    both, chance = np.sum(first & second), first.sum() * second.sum() / len(first)
    most = (first.sum() + second.sum()) / 2
    expected = 1.0 if most == chance else (both - chance) / (most - chance)
    assert adjusted_rand(one, other) == pytest.approx(expected)
    assert adjusted_rand(one, one) == 1.0


def test_unrelated_groupings_agree_by_chance_only() -> None:
    rng = np.random.default_rng(0)
    assert abs(adjusted_rand(rng.integers(0, 3, 5000), rng.integers(0, 3, 5000))) < 0.01
    assert adjusted_rand([], []) == 1.0


@given(LABELS)
def test_overlap_is_that_of_sets(pairs: list[tuple[int, int]]) -> None:
    one, other = np.array(pairs).T
    found = overlap(one, other, 4, 3)
    for a in range(4):
        for b in range(3):
            first, second = set(np.flatnonzero(one == a)), set(np.flatnonzero(other == b))
            assert found[a, b] == pytest.approx(len(first & second) / max(len(first | second), 1))
    assert table(one, other, 4, 3).sum() == len(one)


def test_k_means_finds_planted_clusters_and_the_silhouette_tells_their_number() -> None:
    rng = np.random.default_rng(0)
    centre = np.array([[0, 0], [6, 0], [0, 6]])
    xy = np.repeat(centre, 100, axis=0) + rng.normal(0, 0.5, (300, 2))
    cells = compress(xy)
    found, left = k_means(cells, 3, np.random.default_rng(1))
    assert_allclose(found[np.lexsort(found.T[::-1])], centre[np.lexsort(centre.T[::-1])], atol=0.2)
    assert left == pytest.approx((distances(xy, found).min(axis=1) ** 2).sum())
    shapes = {count: silhouette(cells, k_means(cells, count, np.random.default_rng(1))[0]) for count in (2, 3, 4)}
    assert max(shapes, key=lambda count: shapes[count]) == 3


def test_weights_count_as_that_many_points() -> None:
    rng = np.random.default_rng(2)
    xy, weight = rng.normal(size=(40, 2)), rng.integers(1, 5, 40)
    repeated = compress(np.repeat(xy, weight, axis=0))
    weighted = compress(xy, weight.astype(float))
    assert scatter(weighted) == pytest.approx(scatter(repeated))
    one, two = (k_means(cells, 2, np.random.default_rng(0), restarts=20)[1] for cells in (weighted, repeated))
    assert one == pytest.approx(two, rel=0.02)


def test_points_in_one_place_can_be_cut_without_an_error() -> None:
    centre, left = k_means(compress(np.zeros((10, 2))), 3, np.random.default_rng(0))
    assert left == 0
    assert np.isfinite(centre).all()


def _groups(label: list[int], count: int) -> Groups:
    size = np.bincount([one for one in label if one >= 0], minlength=count)
    membership = np.eye(count, dtype=np.float32)[np.array(label)] * (np.array(label) >= 0)[:, None]
    centre = np.column_stack([np.arange(count, dtype=float), np.zeros(count)])
    return Groups(
        count, np.array(label, dtype=np.int32), size, centre, membership, np.linspace(0.8, 1, count), 0.01, ()
    )


def test_groups_keep_the_numbers_of_those_they_share_most_people_with() -> None:
    now = _groups([0, 0, 0, 1, 1, 2, -1], 3)
    kept = keep_names(now, [2, 2, 2, 0, 0, 1, 1])
    assert kept.label.tolist() == [2, 2, 2, 0, 0, 1, -1]
    assert kept.size.tolist() == [2, 1, 3]
    assert kept.centre[:, 0].tolist() == [1, 2, 0]
    assert_array_equal(kept.membership.argmax(axis=1)[:6], kept.label[:6])
    assert kept.stability.tolist() == [0.9, 1.0, 0.8]


def test_a_new_group_comes_last_and_people_who_joined_later_do_not_matter() -> None:
    now = _groups([0, 0, 0, 1, 1, 1, 0, 2, 2], 3)
    assert keep_names(now, [1, 1, 1, 0, 0, 0]).label.tolist() == [1, 1, 1, 0, 0, 0, 1, 2, 2]


def test_an_earlier_result_without_groups_changes_nothing() -> None:
    now = _groups([0, 1, 1], 2)
    assert keep_names(now, [-1, -1, -1]) is now


@settings(max_examples=30)
@given(st.permutations(range(3)), st.integers(0, 50))
def test_keeping_names_undoes_any_renumbering(order: list[int], seed: int) -> None:
    label = np.random.default_rng(seed).integers(0, 3, 30)
    label[:3] = [0, 1, 2]
    renumbered = _groups(np.array(order)[label].tolist(), 3)
    assert_array_equal(keep_names(renumbered, label).label, label)


@pytest.mark.parametrize(("separated", "groups"), [(True, (0.5, 0.5)), (False, (1.0,))])
def test_camps_are_told_from_one_cloud(separated: bool, groups: tuple[float, ...]) -> None:
    votes = planted_votes(600, 60, votes_per_participant=30, groups=groups, separation=1.5, scatter=0.5, seed=1).votes
    factors = fit_factors(votes)
    at = place(votes, factors)
    chance = separation(at.xy, at.covariance, factors, 2, seed=0)
    assert (chance < 0.05) == separated
