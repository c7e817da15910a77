from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from intercity.core.compute import Cluster, Here
from intercity.core.opinion import votes as votes_module
from intercity.core.opinion.counts import count
from intercity.core.opinion.factors import fit_factors, place
from intercity.core.opinion.planted import planted_votes


def square(number: int, power: int) -> float:
    return float(number**power)


def nested(number: int) -> float:
    return sum(Here(2).map(square, [number, number], 2))


@pytest.mark.parametrize("threads", [1, 3])
def test_results_come_in_the_order_of_the_blocks(threads: int) -> None:
    here = Here(threads)
    assert list(here.map(square, here.hold(range(20)), 2)) == [n**2 for n in range(20)]


def test_work_inside_a_thread_does_not_wait_for_threads() -> None:
    here = Here(2)
    assert list(here.map(nested, here.hold(range(8)))) == [2 * n * n for n in range(8)]


def test_an_error_in_a_block_is_raised_to_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        Here(2).map(square, [1, 0, 2], -1)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork, which this system does not have")
def test_a_forked_child_starts_its_own_threads() -> None:
    here = Here(2)
    list(here.map(square, [1, 2, 3], 2))
    child = os.fork()
    if child == 0:
        right = list(here.map(square, [1, 2, 3], 2)) == [1, 4, 9]
        os._exit(0 if right else 1)
    assert os.waitpid(child, 0)[1] == 0


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with (
        distributed.LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None) as cluster,
        distributed.Client(cluster) as client,
    ):
        yield client


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_processes_gives_the_same_result(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(votes_module, "VOTES_PER_BLOCK", 3000)
    votes = planted_votes(900, 40, votes_per_participant=15, seed=1).votes
    assert len(votes.blocks) > 3
    workers = client.run(os.getpid)
    assert len(set(workers.values())) == 3
    far, near = Cluster(client), Here(1)
    label = np.arange(votes.participants) % 3
    np.testing.assert_array_equal(
        count(votes, label, 3, compute=far).agree, count(votes, label, 3, compute=near).agree
    )
    models = [fit_factors(votes, compute=compute) for compute in (far, near)]
    np.testing.assert_allclose(models[0].axis, models[1].axis, rtol=1e-6)
    np.testing.assert_allclose(
        place(votes, models[0], compute=far).xy, place(votes, models[1], compute=near).xy, rtol=1e-6, atol=1e-9
    )
