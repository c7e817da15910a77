"""The recipe "polis" against results of the real Polis server.

In the server's files the centre is that of its own signs (agree = -1), and clusters hold base clusters, which hold
people. The votes of `50ptpt-3gp-strict-no-meta` are known to be incomplete (votes were lost when it was downloaded),
and its priorities are the constant 49 that the server of that time gave everything: both are said where they matter.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_allclose
from numpy.typing import NDArray

from intercity.core.opinion import PolisAnalysis, Votes, analyse_polis, gather
from intercity.core.opinion.counts import Counts, count
from intercity.core.opinion.groups.agreement import adjusted_rand
from intercity.core.opinion.polis.priority import routing_priority
from intercity.core.opinion.polis.representativeness import (
    consensus,
    group_aware_consensus,
    representative,
)

COMPLETE = ("150ptpt-3gp-no-strict-no-meta", "below-100-ptpts")
INCOMPLETE = "50ptpt-3gp-strict-no-meta"
ALL = (*COMPLETE, INCOMPLETE)
MILLIONTH = 1e-6
FindData = Callable[[str], Path]


@dataclass(frozen=True)
class Server:
    """One conversation: its votes, and what the server said of them."""

    said: dict[str, Any]
    votes: Votes
    out: NDArray[np.bool_]
    meta: NDArray[np.bool_]
    members: list[list[int]]

    @property
    def removed(self) -> NDArray[np.bool_]:
        return self.out | self.meta

    @property
    def counted(self) -> list[int]:
        return sorted(person for group in self.members for person in group)

    def by_statement(self, name: str) -> NDArray[np.float64]:
        return np.array([float(self.said[name][str(j)]) for j in range(self.votes.statements)])

    def group_counts(self) -> Counts:
        """Votes by group, as the server counted them."""
        found = np.zeros((3, len(self.members), self.votes.statements))
        for group in range(len(self.members)):
            for j, tally in self.said["group-votes"][str(group)]["votes"].items():
                agree, disagree = tally["A"], tally["D"]
                found[:, group, int(j)] = agree, disagree, tally["S"]
        agree, disagree, seen = found
        return Counts(agree=agree, disagree=disagree, seen=seen)


@cache
def _read(folder: Path) -> Server:
    said, log, comments = (
        json.loads((folder / name).read_text()) for name in ("math-pca2.json", "votes.json", "comments.json")
    )
    log.sort(key=lambda row: float(row["modified"]))
    people = [row.get("participant_id", row.get("pid")) for row in log]
    statements = [row.get("statement_id", row.get("tid")) for row in log]
    number = len(said["tids"])
    kept = [j for j, what in enumerate(statements) if what < number]
    votes = gather(
        *([column[j] for j in kept] for column in (people, statements, [row["vote"] for row in log])),
        participants=max(*people, *said["in-conv"]) + 1,
        statements=number,
    )
    out, meta = np.zeros(number, dtype=bool), np.zeros(number, dtype=bool)
    out[said["mod-out"]] = True
    meta[said["meta-tids"]] = True
    assert len(comments) == number
    base = dict(zip(said["base-clusters"]["id"], said["base-clusters"]["members"], strict=True))
    members = [[person for one in group["members"] for person in base[one]] for group in said["group-clusters"]]
    return Server(said, votes, out, meta, members)


@pytest.fixture(params=ALL)
def server(request: pytest.FixtureRequest, shared_data: FindData) -> Server:
    return _read(shared_data(f"polis-server-fixtures/{request.param}"))


@pytest.fixture(params=COMPLETE)
def complete(request: pytest.FixtureRequest, shared_data: FindData) -> Server:
    return _read(shared_data(f"polis-server-fixtures/{request.param}"))


def _signs(server: Server, ours: PolisAnalysis) -> NDArray[np.float64]:
    """The server's signs are those of its last update; ours follow a rule."""
    theirs = np.array(server.said["pca"]["comps"])
    result: NDArray[np.float64] = np.sign((theirs * ours.components.axes).sum(axis=1))
    return result


def _analyse(server: Server) -> PolisAnalysis:
    return analyse_polis(
        server.votes, moderated_out=server.out, meta=server.meta, previously_counted=server.said["in-conv"]
    )


def test_column_means_are_the_servers(complete: Server) -> None:
    assert_allclose(_analyse(complete).components.mean, -np.array(complete.said["pca"]["center"]), atol=MILLIONTH)


def test_components_are_the_servers_but_for_their_signs(complete: Server) -> None:
    ours = _analyse(complete)
    signs = _signs(complete, ours)
    assert_allclose(ours.components.axes * signs[:, None], complete.said["pca"]["comps"], atol=MILLIONTH)


def test_components_of_incomplete_votes_are_close(shared_data: FindData) -> None:
    server = _read(shared_data(f"polis-server-fixtures/{INCOMPLETE}"))
    assert len(server.votes) < sum(server.said["user-vote-counts"].values())  # the votes are incomplete
    likeness = np.abs((np.array(server.said["pca"]["comps"]) * _analyse(server).components.axes).sum(axis=1))
    assert np.all(likeness > 0.99)


def test_statement_positions_and_extremity_are_the_servers(complete: Server) -> None:
    ours = _analyse(complete)
    theirs = np.array(complete.said["pca"]["comment-projection"])
    # The server places a statement where somebody would stand who voted on it only, with its own sign of a vote.
    signs = np.sign((theirs * ours.statement_positions.T).sum(axis=1))
    assert_allclose(ours.statement_positions.T * signs[:, None], theirs, atol=MILLIONTH)
    assert_allclose(ours.extremity, complete.said["pca"]["comment-extremity"], atol=MILLIONTH)


def test_who_is_counted_is_as_on_the_server(complete: Server) -> None:
    assert np.flatnonzero(_analyse(complete).counted).tolist() == sorted(complete.said["in-conv"])


def test_groups_started_from_the_servers_centres_are_the_servers(server: Server) -> None:
    free = _analyse(server)
    centres = np.array([group["center"] for group in server.said["group-clusters"]]) * -_signs(server, free)
    ours = analyse_polis(
        server.votes,
        moderated_out=server.out,
        meta=server.meta,
        previously_counted=server.said["in-conv"],
        group_centres=centres,
    )
    theirs = np.full(server.votes.participants, -1)
    for number, members in enumerate(server.members):
        theirs[members] = number
    both = (theirs >= 0) & (ours.label >= 0)
    assert both.sum() >= 0.95 * len(server.counted)
    assert adjusted_rand(ours.label[both], theirs[both]) >= 0.96


def test_group_aware_consensus_is_the_servers(server: Server) -> None:
    found = group_aware_consensus(server.group_counts())
    assert_allclose(found, server.by_statement("group-aware-consensus"), rtol=MILLIONTH)


def test_what_represents_groups_is_what_the_server_lists(server: Server) -> None:
    ours = representative(server.group_counts(), removed=server.removed)
    for group, listed in enumerate(ours):
        theirs = server.said["repness"][str(group)]
        assert [one.statement for one in listed] == [one["tid"] for one in theirs]
        assert [one.agrees for one in listed] == [one["repful-for"] == "agree" for one in theirs]
        pairs = (
            ("votes", "n-success"),
            ("seen", "n-trials"),
            ("share", "p-success"),
            ("share_test", "p-test"),
            ("ratio", "repness"),
            ("ratio_test", "repness-test"),
        )
        for own, name in pairs:
            assert_allclose([getattr(one, own) for one in listed], [one[name] for one in theirs], rtol=MILLIONTH)


def test_consensus_is_the_servers(complete: Server) -> None:
    """It counts everybody's votes; where they are incomplete it cannot be checked."""
    whole = count(complete.votes, np.zeros(complete.votes.participants, dtype=np.int64), 1)
    for ours, side in zip(consensus(whole, removed=complete.removed), ("agree", "disagree"), strict=True):
        theirs = complete.said["consensus"][side]
        assert {one.statement for one in ours} == {one["tid"] for one in theirs}
        by_id = {one.statement: one for one in ours}
        for one in theirs:
            assert_allclose(by_id[one["tid"]].share, one["p-success"], rtol=MILLIONTH)
            assert_allclose(by_id[one["tid"]].share_test, one["p-test"], rtol=MILLIONTH)


def test_priorities_are_the_servers(complete: Server) -> None:
    extremity = np.array(complete.said["pca"]["comment-extremity"])
    found = routing_priority(complete.group_counts().whole, extremity, meta=complete.meta)
    assert_allclose(found, complete.by_statement("comment-priorities"), rtol=MILLIONTH)


def test_the_third_servers_priorities_are_the_constant_of_a_known_mistake(shared_data: FindData) -> None:
    server = _read(shared_data(f"polis-server-fixtures/{INCOMPLETE}"))
    assert set(server.by_statement("comment-priorities")) == {49.0}
    ours = routing_priority(
        server.group_counts().whole, np.array(server.said["pca"]["comment-extremity"]), meta=server.meta
    )
    assert len(np.unique(ours.round(6))) > len(ours) / 2  # not drawn evenly by ours
