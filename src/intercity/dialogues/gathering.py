"""From the tables of a round to a Conversation that may be published: the only way by which votes are counted.

Results are computed from what is gathered here and from nothing else; so whoever has a release can compute them again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from intercity.core.opinion import gather
from intercity.dialogues.imports import Conversation, Note
from intercity.dialogues.imports import Statement as Line
from intercity.dialogues.models import Participant, Round, Statement, StatementState

Ids = NDArray[np.int64]
TAKEN_BACK = 9
BATCH = 50_000


@dataclass(frozen=True)
class Gathered:
    """A round's votes: `version` is the round's before they were read, `participants` the keys in their order."""

    conversation: Conversation
    version: int
    participants: Ids


@dataclass
class Rows:
    """Votes of a round as they stand in the table: participant, statement, value and version, one row each."""

    version: int = -1
    table: NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 4), dtype=np.int64))


_kept: dict[int, Rows] = {}
"""Rows that this process has read; only newer ones are read again. Versions only grow, so nothing is missed."""


def gather_round(asked: Round, *, shuffle: np.random.Generator | None = None) -> Gathered:
    """All votes that count, with people's cities where enough people share them, and no names, times or devices.

    With `shuffle` participants stand in a new order, so that two releases cannot be laid side by side.
    """
    version = Round.objects.values_list("votes_version", flat=True).get(pk=asked.pk)
    rows = _rows(asked.pk, version)
    statements = list(
        asked.dialogue.statements.exclude(state=StatementState.WAITING).select_related("text").order_by("number")
    )
    people = Participant.objects.filter(dialogue=asked.dialogue_id)
    banned = np.array(people.exclude(banned_at=None).values_list("pk", flat=True), dtype=np.int64)
    who, what, value = _counted(rows, statements, banned)
    keys, index = np.unique(who, return_inverse=True)
    if shuffle is not None:
        order = shuffle.permutation(len(keys))
        keys, index = keys[order], np.argsort(order)[index]
    shown = [one for one in statements if one.state != StatementState.MERGED]
    votes = gather(index, what, value, participants=len(keys), statements=len(shown))
    cities, city = _cities(asked, keys)
    dialogue = asked.dialogue
    notes = [Note(_("%(number)d participants were excluded by moderation.") % {"number": len(banned)})]
    conversation = Conversation(
        topic=dialogue.question.body,
        description="" if dialogue.background is None else dialogue.background.body,
        url="",
        statements=tuple(_line(one) for one in shown),
        participants=tuple(str(number) for number in range(1, len(keys) + 1)),
        votes=votes,
        time=np.full(len(votes), np.nan),
        cities=cities,
        city=city,
        attribution=dialogue.attribution,
        simulated=dialogue.is_simulated,
        notes=tuple(notes if len(banned) else ()),
    )
    return Gathered(conversation, version, keys)


def forget_rows() -> None:
    """Read all votes anew: after a backup was put back, and between tests."""
    _kept.clear()


def _line(statement: Statement) -> Line:
    """A statement as it is published; what moderation removed is counted, but not repeated."""
    removed = statement.state == StatementState.REMOVED
    accepted = statement.is_accepted or statement.is_seed
    return Line(
        id=str(statement.number),
        text="" if removed else statement.text.body,
        moderated=-1 if removed else int(accepted),
        is_meta=statement.is_meta,
        is_seed=statement.is_seed,
    )


def _rows(key: int, version: int) -> NDArray[np.int64]:
    kept = _kept.get(key)
    if kept is None or kept.version > version:  # the database was put back from a backup
        kept = _kept[key] = Rows()
    if kept.version < version:
        newer = _read(key, kept.version)
        kept.table, kept.version = _replace(kept.table, _latest(newer)), version
    return kept.table


def _read(key: int, after: int) -> NDArray[np.int64]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT participant_id, statement_id, COALESCE(value, %s), version FROM dialogues_vote "
            "WHERE round_id = %s AND version > %s",
            [TAKEN_BACK, key, after],
        )
        parts = [np.zeros((0, 4), dtype=np.int64)]
        while batch := cursor.fetchmany(BATCH):
            parts.append(np.array(batch, dtype=np.int64))
    return np.concatenate(parts)


def _replace(table: NDArray[np.int64], newer: NDArray[np.int64]) -> NDArray[np.int64]:
    """The table with newer rows in place of older ones; few against many, so the many are not sorted again."""
    if not len(table) or not len(newer):
        return newer if not len(table) else table
    fresh = np.sort(_keys(newer))
    keys = _keys(table)
    place = np.minimum(np.searchsorted(fresh, keys), len(fresh) - 1)
    return np.concatenate([table[fresh[place] != keys], newer])


def _keys(table: NDArray[np.int64]) -> Ids:
    """One number for each participant and statement; both are keys of tables, far below 2^31."""
    keys: Ids = (table[:, 0] << 31) | table[:, 1]
    return keys


def _latest(table: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of several rows of one participant on one statement, the newest."""
    order = np.lexsort((-table[:, 3], table[:, 1], table[:, 0]))
    table = table[order]
    first = np.ones(len(table), dtype=bool)
    first[1:] = (table[1:, :2] != table[:-1, :2]).any(axis=1)
    return table[first]


def _counted(rows: NDArray[np.int64], statements: list[Statement], banned: Ids) -> tuple[Ids, Ids, Ids]:
    """Participant, place of the statement among those published, and value of every vote that counts.

    A vote on a statement that was merged counts for the other, unless its participant voted on that, too.
    """
    shown = [one.pk for one in statements if one.state != StatementState.MERGED]
    place = {key: number for number, key in enumerate(shown)}
    target = {
        one.pk: place[one.merged_into_id]
        for one in statements
        if one.state == StatementState.MERGED and one.merged_into_id in place
    }
    keys = np.array([*place, *target], dtype=np.int64)
    places = np.array([*place.values(), *target.values()], dtype=np.int64)
    order = np.argsort(keys)
    rows = rows[(rows[:, 2] != TAKEN_BACK) & np.isin(rows[:, 1], keys) & ~np.isin(rows[:, 0], banned)]
    what = places[order][np.searchsorted(keys[order], rows[:, 1])]
    if not target:
        return rows[:, 0], what, rows[:, 2]
    own = np.isin(rows[:, 1], np.array(shown, dtype=np.int64))
    last = np.lexsort((rows[:, 3], own))  # `gather` keeps the last: own votes come after merged ones
    return rows[last, 0], what[last], rows[last, 2]


def _cities(asked: Round, keys: Ids) -> tuple[tuple[str, ...], NDArray[np.int64] | None]:
    """Cities of at least so many people, by name, and each participant's among them; nobody else's is kept."""
    known = dict(
        Participant.objects.filter(dialogue=asked.dialogue_id, city__isnull=False).values_list("pk", "city__name")
    )
    if not known:
        return (), None
    named = np.array([known.get(key, "") for key in keys.tolist()])
    names, number = np.unique(named, return_counts=True)
    enough = tuple(
        str(name) for name, people in zip(names, number, strict=True) if name and people >= settings.TOGETHER
    )
    if not enough:
        return (), None
    place = {name: number for number, name in enumerate(enough)}
    return enough, np.array([place.get(name, -1) for name in named.tolist()], dtype=np.int64)
