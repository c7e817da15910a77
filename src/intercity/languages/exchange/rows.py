"""What travels to translators elsewhere and back, whatever the format: rows of an original and its translation."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum

MOST_BYTES = 5_000_000
MOST_ROWS = 2_000
"""Of one file, both ways: each changed row takes some 6 ms of one core, and a page has to answer in time."""

NOTHING = "none"
"""Stands for the mark of a translation that was not there yet."""


class Stage(StrEnum):
    """How far a file says that a translation has come."""

    UNFINISHED = "unfinished"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"


@dataclass(frozen=True)
class Row:
    """One original and its translation.

    `key` names the text and its version; `mark` is that of the translation as the file left us, empty where the file
    lost it. `place` says where the row stands in a file that came, `fault` why its words cannot be used.
    """

    key: str
    source: str
    target: str
    stage: Stage
    mark: str = ""
    source_language: str = ""
    address: str = ""
    notes: tuple[str, ...] = ()
    place: str = ""
    fault: str = ""


@dataclass(frozen=True)
class Sheet:
    """All rows of a file; `language` is the code of their translations, as BCP 47 or as gettext writes it."""

    language: str
    rows: tuple[Row, ...]


def key_of(text: int, version: int) -> str:
    """How files name a version of a text."""
    return f"text-{text}-v{version}"


def text_of(key: str) -> tuple[int, int] | None:
    """The number and the version of the text that a key names; None where it is not one of ours."""
    found = re.fullmatch(r"text-([0-9]{1,18})-v([0-9]{1,9})", key)
    return (int(found[1]), int(found[2])) if found else None


def mark_of(target: str) -> str:
    """By which it is known whether words were changed since; lines may come back with other ends."""
    if not target.strip():
        return NOTHING
    return hashlib.sha256("\n".join(target.strip().splitlines()).encode()).hexdigest()[:16]


def standard_code(language: str) -> str:
    """A code as BCP 47 writes it: zh-hans is zh-Hans, pt-br is pt-BR."""
    first, *rest = language.replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])
