"""What a file is once it has been read: tables of rows, each with the line it came from."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from intercity.refusals import RefusedError

MOST_BYTES: Final = 2 * 1024 * 1024
MOST_UNPACKED: Final = 30 * 1024 * 1024
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
MADE_HARMLESS: Final = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


@dataclass(frozen=True)
class Row:
    """A row: its line in the file, and what stands in its cells, by column; empty cells are not there."""

    line: int
    cells: Mapping[str, str]


@dataclass
class Book:
    """A file that was read. `notes` say what a person has to know: what was left out, what was guessed."""

    name: str
    tables: dict[str, list[Row]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def rows(self, table: str) -> Sequence[Row]:
        """The rows of a table; none where the file has no such table."""
        return self.tables.get(table, ())

    def document(self) -> dict[str, Any]:
        """Everything as JSON, to be read again by `book_of`."""
        tables = {name: [[row.line, dict(row.cells)] for row in rows] for name, rows in self.tables.items()}
        return {"name": self.name, "tables": tables, "notes": self.notes}


def book_of(document: Mapping[str, Any]) -> Book:
    """A book as `document` wrote it."""
    tables = {name: [Row(line, cells) for line, cells in rows] for name, rows in document["tables"].items()}
    return Book(document["name"], tables, list(document["notes"]))


def unreadable(sentence: str) -> RefusedError:
    """Why a file is not read at all."""
    return RefusedError(sentence, "file")


def as_typed(text: str) -> str:
    """A cell without the apostrophe by which an export makes formulas harmless."""
    return text[1:] if MADE_HARMLESS.match(text) else text


def add_rows(
    book: Book, table: str, header: Sequence[str], lines: Sequence[tuple[int, Sequence[str]]], known: Collection[str]
) -> None:
    """Put the rows of a table into the book. Columns that nobody knows are named in the notes.

    Of a column that comes several times, each cell is a line of one.
    """
    names = [re.sub(r"\s+", "_", name.strip().lower()) for name in header[:MOST_COLUMNS]]
    strange = [name for name in names if name and name not in known]
    if strange:
        book.notes.append(
            _("Not known and left out: the columns %(names)s of %(table)s.")
            % {"names": ", ".join(strange)[:300], "table": table}
        )
    if sum(map(len, book.tables.values())) + len(lines) > MOST_ROWS:
        raise unreadable(
            _("The file has more than %(most)d rows. Divide it, and send the parts.") % {"most": MOST_ROWS}
        )
    rows = book.tables.setdefault(table, [])
    for line, values in lines:
        if len(values) > len(names) and any(value.strip() for value in values[len(names) :]):
            book.notes.append(
                _("%(table)s, line %(line)d has more cells than the first line has names; the last ones are left out.")
                % {"table": table, "line": line}
            )
        cells = _cells(names, values, known)
        if cells:
            rows.append(Row(line, cells))


def _cells(names: Sequence[str], values: Sequence[str], known: Collection[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for name, value in zip(names, values, strict=False):
        said = as_typed(value).strip()
        if said and name in known:
            cells[name] = f"{cells[name]}\n{said}" if name in cells else said
    return cells
