"""The files that Polis exports, in every variant that is known, as one Conversation."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from numpy.typing import NDArray

from intercity.core.opinion.votes import gather
from intercity.dialogues.imports.conversation import ACCEPTED, MODERATED_OUT, Conversation, Note, Statement
from intercity.dialogues.imports.signs import Totals, repair_signs
from intercity.dialogues.imports.tables import Table, UnreadableExportError, in_order, seconds, truth, vote_value

KINDS = {
    "matrix": ("participants-votes.csv", "participant-votes.csv"),
    "participants": ("participants.csv",),
    "log": ("votes.csv",),
    "comments": ("comments.csv",),
    "summary": ("summary.csv",),
    "derived": ("comment-groups.csv", "stats-history.csv", "-xid.csv"),
}
ATTRIBUTES = {"participant", "xid", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"}
COMMENT_COLUMNS = {
    "timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body",
    "is-meta", "is-seed", "group-informed-consensus",
}  # fmt: skip


@dataclass
class _Reading:
    """What has been read so far."""

    notes: list[Note] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    summary: dict[str, str] = field(default_factory=dict)
    statements: dict[str, Statement] = field(default_factory=dict)
    totals: Totals = field(default_factory=dict)
    events: list[tuple[str, str, int, float]] = field(default_factory=list)
    cells: list[tuple[str, str, int, float]] = field(default_factory=list)
    participants: dict[str, dict[str, str]] = field(default_factory=dict)

    def table(self, path: Path) -> Table:
        table = Table(path)
        self.tables.append(table)
        return table

    def say(self, text: str) -> None:
        self.notes.append(Note(text))


def read_polis_export(folder: Path, *, city_column: str | None = None) -> Conversation:
    """Read a Polis export.

    Votes come from the log (votes.csv) if there is one, else from the table of participants (participants-votes.csv);
    the last vote of a participant on a statement counts. Signs that were flipped by exports of 2024 are put right.
    Nothing is dropped in silence: unreadable rows are listed, and everything odd becomes a note.

    Raises UnreadableExportError where there is no folder, no file with votes, or no such city column.
    """
    files = _files(folder)
    reading = _Reading()
    _read_summary(files.get("summary"), reading)
    _read_comments(files.get("comments"), reading)
    _read_matrix(files.get("matrix"), reading)
    _read_participants(files.get("participants"), reading)
    _read_log(files.get("log"), reading)
    if not reading.events and not reading.cells:
        reading.say(_("There are no votes in these files."))
    return _conversation(folder, reading, city_column)


def _files(folder: Path) -> dict[str, Path]:
    if not folder.is_dir():
        raise UnreadableExportError(
            _("%(folder)s is not a folder. Give the folder into which a Polis export was unpacked.")
            % {"folder": folder}
        )
    found: dict[str, Path] = {}
    for path in sorted(folder.glob("*.csv")):
        # The longest ending goes first: "participants-votes.csv" ends like "votes.csv", too.
        kind = next((kind for kind, ends in KINDS.items() if path.name.endswith(ends)), None)
        if kind and kind not in found:
            found[kind] = path
    if "log" not in found and "matrix" not in found:
        names = ", ".join(sorted(path.name for path in folder.iterdir())) or _("nothing")
        raise UnreadableExportError(
            _(
                "%(folder)s holds no votes: neither votes.csv nor participants-votes.csv is there; found: %(names)s. "
                "Unpack a Polis export into the folder, or write the votes as participants-votes.csv."
            )
            % {"folder": folder, "names": names}
        )
    return found


def _read_summary(path: Path | None, reading: _Reading) -> None:
    if path is None:
        return
    table = reading.table(path)
    for _line, row in table.rows():
        key, value = list(row.values())[:2]
        reading.summary[key.strip()] = value
    if len(table.columns) > 1:  # the first line is a pair like the others
        reading.summary[table.columns[0]] = table.columns[1]


def _read_comments(path: Path | None, reading: _Reading) -> None:
    if path is None:
        reading.say(_("There is no comments.csv, so statements have numbers only and no words."))
        return
    table = reading.table(path)
    for line, row in table.rows():
        try:
            statement = _statement(row)
            reading.totals[statement.id] = (int(row.get("agrees") or 0), int(row.get("disagrees") or 0))
        except (KeyError, ValueError) as error:
            table.refuse(line, ",".join(row.values()), _("cannot be read: %(error)s") % {"error": error})
            continue
        reading.statements[statement.id] = statement
    unused = [name for name in table.columns if name not in COMMENT_COLUMNS]
    if unused:
        names = ", ".join(unused)
        reading.say(_("%(file)s has columns that are not used: %(names)s.") % {"file": path.name, "names": names})


def _statement(row: dict[str, str]) -> Statement:
    moderated = int(float(row.get("moderated") or 0))
    if not MODERATED_OUT <= moderated <= ACCEPTED:
        raise ValueError(_("moderated is %(value)s; -1, 0 and 1 are allowed") % {"value": moderated})
    return Statement(
        id=row["comment-id"].strip(),
        text=row.get("comment-body", ""),
        author=row.get("author-id", ""),
        time=seconds(row.get("timestamp", "")),
        moderated=moderated,
        is_meta=truth(row.get("is-meta", "")),
        is_seed=truth(row.get("is-seed", "")),
    )


def _read_matrix(path: Path | None, reading: _Reading) -> None:
    """One row for each participant, one column for each statement; an empty cell is no vote."""
    if path is None:
        return
    table = reading.table(path)
    for line, row in table.rows():
        who = row.get("participant", "").strip()
        about = {name: text for name, text in row.items() if not name.isdecimal()}
        if not who:
            table.refuse(line, ",".join(row.values()), _("names no participant"))
            continue
        reading.participants[who] = about
        for what, text in row.items():
            if not text or not what.isdecimal():
                continue
            try:
                value = vote_value(text)
            except ValueError:
                reason = _("vote of %(who)s on %(what)s; -1, 0, 1 and empty are allowed") % {"who": who, "what": what}
                table.refuse(line, text, reason)
                continue
            if value is not None:
                reading.cells.append((who, what, value, float("nan")))
    for what in (name for name in table.columns if name.isdecimal()):
        reading.statements.setdefault(what, Statement(what, ""))


def _read_participants(path: Path | None, reading: _Reading) -> None:
    """An optional table of our own: participant, and what is known about them, such as the city."""
    if path is None:
        return
    for _line, row in reading.table(path).rows():
        reading.participants.setdefault(row.get("participant", "").strip(), {}).update(row)


def _read_log(path: Path | None, reading: _Reading) -> None:
    if path is None:
        return
    table = reading.table(path)
    for line, row in table.rows():
        try:
            value = vote_value(row["vote"])
            who, what = row["voter-id"].strip(), row["comment-id"].strip()
            if value is None or not who or not what:
                raise ValueError(_("voter, statement or vote is missing"))
            reading.events.append((who, what, value, seconds(row.get("timestamp", ""))))
        except (KeyError, ValueError) as error:
            table.refuse(line, ",".join(row.values()), _("cannot be read: %(error)s") % {"error": error})


def _conversation(folder: Path, reading: _Reading, city_column: str | None) -> Conversation:
    rows = reading.events or reading.cells
    participants = in_order({*reading.participants, *(row[0] for row in rows)})
    statements = in_order({*reading.statements, *(row[1] for row in rows)})
    _note_gaps(reading, statements, rows)
    number_of = {name: i for i, name in enumerate(participants)}, {name: j for j, name in enumerate(statements)}
    who = np.array([number_of[0][row[0]] for row in rows], dtype=np.int64)
    what = np.array([number_of[1][row[1]] for row in rows], dtype=np.int64)
    value = np.array([row[2] for row in rows], dtype=np.int8)
    when = np.array([row[3] for row in rows], dtype=np.float64)
    value, note = repair_signs(what, value, statements, reading.totals)
    if note:
        reading.say(note)
    last = _last_events(who, what, when, len(statements))
    if len(last) < len(rows):
        reading.say(
            ngettext(
                "%(count)d vote was replaced by a later one of the same participant on the same statement.",
                "%(count)d votes were replaced by later ones of the same participant on the same statement.",
                len(rows) - len(last),
            )
            % {"count": len(rows) - len(last)}
        )
    cities, city = _cities(reading, participants, city_column)
    return Conversation(
        topic=reading.summary.get("topic", "").strip() or folder.name,
        description=reading.summary.get("conversation-description", "").strip(),
        url=reading.summary.get("url", "").strip(),
        statements=tuple(reading.statements.get(name, Statement(name, "")) for name in statements),
        participants=tuple(participants),
        votes=gather(who[last], what[last], value[last], participants=len(participants), statements=len(statements)),
        time=when[last],
        cities=cities,
        city=city,
        reported_group=_reported_groups(reading, participants),
        attribution=reading.summary.get("attribution", "").strip(),
        simulated=truth(reading.summary.get("simulated", "")),
        notes=tuple(reading.notes),
        unreadable=tuple(row for table in reading.tables for row in table.unreadable),
    )


def _last_events(
    who: NDArray[np.int64], what: NDArray[np.int64], when: NDArray[np.float64], statements: int
) -> NDArray[np.int64]:
    """The last event of each participant on each statement, by participant and statement; later rows win ties."""
    pair = who * max(statements, 1) + what
    order = np.lexsort((np.arange(len(pair)), np.nan_to_num(when, nan=-np.inf), pair))
    ends = np.ones(len(order), dtype=bool)
    ends[:-1] = pair[order][1:] != pair[order][:-1]
    return order[ends]


def _note_gaps(reading: _Reading, statements: list[str], rows: list[tuple[str, str, int, float]]) -> None:
    wordless = [name for name in statements if name not in reading.totals] if reading.totals else []
    if wordless:
        names = ", ".join(wordless[:10])
        text = _("%(count)d statements have votes but no words in comments.csv: %(names)s.")
        reading.say(text % {"count": len(wordless), "names": names})
    voted = {row[1] for row in rows}
    silent = sum(name not in voted for name in statements)
    if silent:
        text = ngettext("%(count)d statement has no vote.", "%(count)d statements have no vote.", silent)
        reading.say(text % {"count": silent})
    if reading.events and reading.cells:
        latest = {(who, what): value for who, what, value, _when in sorted(reading.events, key=lambda e: e[3])}
        table = {(who, what): value for who, what, value, _when in reading.cells}
        different = sum(table.get(pair) != value for pair, value in latest.items())
        if different:
            text = _("The log and the table of participants differ in %(count)d votes; the log counts.")
            reading.say(text % {"count": different})


def _cities(
    reading: _Reading, participants: list[str], city_column: str | None
) -> tuple[tuple[str, ...], NDArray[np.int64] | None]:
    available = sorted({name for about in reading.participants.values() for name in about} - ATTRIBUTES)
    if city_column is not None and city_column not in available:
        raise UnreadableExportError(
            _("There is no column %(column)s about participants; found: %(available)s.")
            % {"column": city_column, "available": ", ".join(available) or _("none")}
        )
    column = city_column or ("city" if "city" in available else None)
    if column is None:
        return (), None
    named = [reading.participants.get(name, {}).get(column, "").strip() for name in participants]
    cities = tuple(sorted(set(named) - {""}))
    number = {name: i for i, name in enumerate(cities)}
    return cities, np.array([number.get(name, -1) for name in named], dtype=np.int64)


def _reported_groups(reading: _Reading, participants: list[str]) -> NDArray[np.int64] | None:
    reported = [reading.participants.get(name, {}).get("group-id", "").strip() for name in participants]
    if not any(reported):
        return None
    return np.array([int(text) if text.isdecimal() else -1 for text in reported], dtype=np.int64)
