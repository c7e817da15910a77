"""The tables of the vocabulary, read: tabs between columns, one row a line."""

from __future__ import annotations

from importlib.resources.abc import Traversable


class VocabularyError(ValueError):
    """A file of the vocabulary cannot be read as one; the message says where."""


def rows(file: Traversable, columns: int) -> list[list[str]]:
    """The rows of a table of so many columns, those left out at the end empty; "#" stands before what is for people.

    Raises VocabularyError for more columns, and for a row that begins with an empty one.
    """
    found = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        row = [cell.strip() for cell in line.split("\t")]
        row += [""] * (columns - len(row))
        if len(row) != columns or not row[0]:
            raise VocabularyError(f"{file.name}, line {number}: {columns} columns were expected, {len(row)} came.")
        found.append(row)
    return found
