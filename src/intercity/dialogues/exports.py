"""A dialogue as the five files of a Polis export, so that nobody is locked in."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from string import ascii_lowercase

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.counts import Counts, count
from intercity.dialogues.imports import Conversation

GROUPS = len(ascii_lowercase)


def write_polis_export(
    conversation: Conversation, folder: Path, *, group: NDArray[np.integer] | None = None, groups: int = 0
) -> list[Path]:
    """Write summary, comments, votes, participants-votes and comment-groups as Polis does, with agree = +1.

    `group` holds a number in [0, groups) for every participant, or -1; without it the participants' groups stay empty
    and comment-groups.csv has everybody's totals only. Returns the files written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    everybody = np.zeros(conversation.votes.participants, dtype=np.int64)
    whole = count(conversation.votes, everybody, 1)
    by_group = None if group is None or not groups else count(conversation.votes, group, groups)
    tables = {
        "summary.csv": _summary(conversation, groups),
        "comments.csv": _comments(conversation, whole),
        "votes.csv": _votes(conversation),
        "participants-votes.csv": _participants(conversation, group),
        "comment-groups.csv": _comment_groups(conversation, whole, by_group),
    }
    return [_write(folder / name, rows) for name, rows in tables.items()]


def _write(path: Path, rows: Iterable[Iterable[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


def _summary(conversation: Conversation, groups: int) -> Iterable[Iterable[object]]:
    votes = conversation.votes
    authors = {statement.author for statement in conversation.statements if statement.author}
    yield "topic", conversation.topic
    yield "url", conversation.url
    yield "voters", int(np.count_nonzero(votes.per_participant))
    yield "voters-in-conv", int(np.count_nonzero(votes.per_participant))
    yield "commenters", len(authors)
    yield "comments", len(conversation.statements)
    yield "groups", groups
    yield "conversation-description", conversation.description
    if conversation.attribution:
        yield "attribution", conversation.attribution
    if conversation.simulated:
        yield "simulated", "yes"


def _comments(conversation: Conversation, whole: Counts) -> Iterable[Iterable[object]]:
    yield (
        "timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "is-meta", "is-seed",
        "comment-body",
    )  # fmt: skip
    for j, statement in enumerate(conversation.statements):
        yield (
            *_when(statement.time),
            statement.id,
            statement.author,
            int(whole.agree[0, j]),
            int(whole.disagree[0, j]),
            statement.moderated,
            str(statement.is_meta).lower(),
            str(statement.is_seed).lower(),
            statement.text,
        )


def _votes(conversation: Conversation) -> Iterable[Iterable[object]]:
    votes = conversation.votes
    yield "timestamp", "datetime", "comment-id", "voter-id", "vote"
    for i, j, value, time in zip(
        votes.participant().tolist(), votes.statement.tolist(), votes.value.tolist(), conversation.time, strict=True
    ):
        yield *_when(float(time)), conversation.statements[j].id, conversation.participants[i], value


def _when(seconds: float) -> tuple[object, str]:
    """Milliseconds since 1970, as Polis writes them, and the same for people; both empty where unknown."""
    if not np.isfinite(seconds):
        return "", ""
    return round(seconds * 1000), datetime.fromtimestamp(seconds, UTC).strftime("%a %b %d %H:%M:%S UTC %Y")


def _participants(conversation: Conversation, group: NDArray[np.integer] | None) -> Iterable[Iterable[object]]:
    votes = conversation.votes
    wrote = Counter(statement.author for statement in conversation.statements)
    city = ["city"] if conversation.city is not None else []
    yield (
        "participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree", *city,
        *(statement.id for statement in conversation.statements),
    )  # fmt: skip
    for i, name in enumerate(conversation.participants):
        a, b = votes.start[i : i + 2]
        value = votes.value[a:b]
        cells = [""] * votes.statements
        for j, cast in zip(votes.statement[a:b].tolist(), value.tolist(), strict=True):
            cells[j] = str(cast)
        label = "" if group is None or group[i] < 0 else str(int(group[i]))
        lives = [] if conversation.city is None else [_city(conversation, i)]
        agreed, disagreed = int((value > 0).sum()), int((value < 0).sum())
        yield name, label, wrote[name], int(b - a), agreed, disagreed, *lives, *cells


def _city(conversation: Conversation, participant: int) -> str:
    number = -1 if conversation.city is None else int(conversation.city[participant])
    return conversation.cities[number] if number >= 0 else ""


def _comment_groups(conversation: Conversation, whole: Counts, by_group: Counts | None) -> Iterable[Iterable[object]]:
    groups = 0 if by_group is None else min(len(by_group.seen), GROUPS)
    names = [f"group-{ascii_lowercase[g]}" for g in range(groups)]
    kinds = ("votes", "agrees", "disagrees", "passes")
    yield (
        "comment-id", "comment", "total-votes", "total-agrees", "total-disagrees", "total-passes",
        *(f"{name}-{kind}" for name in names for kind in kinds),
    )  # fmt: skip
    for j, statement in enumerate(conversation.statements):
        of_groups = [] if by_group is None else [n for g in range(groups) for n in _numbers(by_group, g, j)]
        yield statement.id, statement.text, *_numbers(whole, 0, j), *of_groups


def _numbers(counts: Counts, label: int, statement: int) -> tuple[int, ...]:
    parts = (counts.seen, counts.agree, counts.disagree, counts.passed)
    return tuple(int(part[label, statement]) for part in parts)
