"""Reading tables row by row, with the line of every row, and never losing one in silence."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from intercity.dialogues.imports.conversation import UnreadableRow

LONGEST_SHOWN = 120
MILLISECONDS_FROM = 1e11
"""A timestamp from here on is in milliseconds: in seconds it would be the year 5138."""


class UnreadableExportError(ValueError):
    """An export that cannot be read as a whole: says what was found, what is allowed, and what to do."""


@dataclass
class Table:
    """One file of an export while it is read."""

    path: Path
    columns: list[str] = field(default_factory=list)
    unreadable: list[UnreadableRow] = field(default_factory=list)

    def rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Every row with the line on which it ends; rows that are too short or too long are listed instead."""
        with self.path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
            csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
            reader = csv.reader(file)
            self.columns = [name.strip() for name in next(reader, [])]
            for row in reader:
                if len(row) == len(self.columns):
                    yield reader.line_num, dict(zip(self.columns, row, strict=True))
                elif any(row):
                    self.refuse(
                        reader.line_num,
                        ",".join(row),
                        _("has %(came)d fields where the first line names %(expected)d")
                        % {"came": len(row), "expected": len(self.columns)},
                    )

    def refuse(self, line: int, text: str, reason: str) -> None:
        """List a row as unreadable."""
        shown = text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "…"
        self.unreadable.append(UnreadableRow(self.path.name, line, shown, reason))


def seconds(text: str) -> float:
    """A timestamp in seconds since 1970, whether it came in seconds or milliseconds; NaN where there is none."""
    if not text.strip():
        return float("nan")
    number = float(text)
    return number / 1000 if abs(number) >= MILLISECONDS_FROM else number


def vote_value(text: str) -> int | None:
    """-1, 0 or 1; None for an empty cell. Anything else is a ValueError."""
    stripped = text.strip()
    if not stripped:
        return None
    number = float(stripped)
    if number not in (-1.0, 0.0, 1.0):
        raise ValueError(stripped)
    return int(number)


def truth(text: str) -> bool:
    """Whether a cell says yes."""
    return text.strip().lower() in {"true", "t", "1", "yes"}


def in_order(ids: set[str]) -> list[str]:
    """Names in the order of their numbers where they are numbers, then by their letters."""
    return sorted(ids, key=lambda name: (0, int(name), "") if name.isdecimal() else (1, 0, name))
