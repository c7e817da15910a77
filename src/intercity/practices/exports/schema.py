"""What a table of practices is as a file: its columns, what may stand in them, what they mean, what it joins."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

Type = Literal["string", "integer", "number", "date", "datetime", "boolean"]

DATE: Final = r"\d{4}(-\d{2}(-\d{2})?)?"
"""A year, a month or a day, as the Extended Date/Time Format writes them."""
SLUG: Final = r"[-a-zA-Z0-9_]+"
LANGUAGE: Final = r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]+)*"


@dataclass(frozen=True)
class Column:
    """A column: its name, what it means, the type of its cells, and the codes that may stand there, if only some may.

    In a list, codes stand beside each other with spaces between. `is_computed` is true of what a file tells and an
    import passes over; `example` is what somebody might write.
    """

    name: str
    about: str
    type: Type = "string"
    codes: Callable[[], Collection[str]] | None = None
    is_list: bool = False
    is_needed: bool = False
    is_computed: bool = False
    most: int | None = None
    pattern: str = ""
    example: str = ""


@dataclass(frozen=True)
class Table:
    """A file of its own: what a row is, its columns, by which of them a row is told apart, and which others it names.

    `joins` maps a column to the table and the column that it names.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    joins: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(one.name for one in self.columns)


def described(table: Table) -> dict[str, object]:
    """The Table Schema of a table (specs.frictionlessdata.io)."""
    schema: dict[str, object] = {"fields": [_field(one) for one in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.joins:
        schema["foreignKeys"] = [
            {"fields": name, "reference": {"resource": other, "fields": column}}
            for name, (other, column) in table.joins.items()
        ]
    return schema


def _field(column: Column) -> dict[str, object]:
    constraints: dict[str, object] = {}
    if column.is_needed:
        constraints["required"] = True
    if column.most is not None:
        constraints["maxLength"] = column.most
    codes = list(column.codes()) if column.codes else []
    if codes and not column.is_list:
        constraints["enum"] = codes
    pattern = _list_of(codes) if codes and column.is_list else column.pattern
    if pattern:
        constraints["pattern"] = pattern
    found: dict[str, object] = {"name": column.name, "type": column.type, "description": _about(column)}
    return found | ({"constraints": constraints} if constraints else {})


def _about(column: Column) -> str:
    told = [column.about]
    if column.is_list:
        told.append("Several have spaces between.")
    if column.is_computed:
        told.append("Computed; an import passes over it.")
    return " ".join(told)


def _list_of(codes: Collection[str]) -> str:
    """Codes with spaces between, as a regular expression."""
    one = "(" + "|".join(code.replace(".", r"\.") for code in codes) + ")"
    return f"{one}( {one})*" if len(codes) <= MOST_IN_PATTERNS else r"\S+( \S+)*"


MOST_IN_PATTERNS: Final = 40
"""Of more codes a pattern says nothing that anybody could read; they are in the vocabulary."""
GAP: Final = " · "
"""Between a code and its words in lists from which people choose; what stands before it counts."""
