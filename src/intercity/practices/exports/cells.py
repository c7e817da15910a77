"""Values as cells of a table, and nothing in them that a spreadsheet would run as a formula."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any, Final

FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What a spreadsheet might take for a formula, and what would be taken for one after an apostrophe is gone."""
NUMBER: Final = re.compile(r"[+-]?\d+([.,]\d+)?")


def cell(value: Any) -> str:
    """A value as text: dates as ISO 8601 writes them, lists with spaces, nothing for what is not known."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return " ".join(str(one) for one in value)
    return str(value)


def harmless(text: str) -> str:
    """A cell that no spreadsheet runs: with an apostrophe before a formula, which `imports.book` takes away."""
    return f"'{text}" if FORMULA.match(text) and not NUMBER.fullmatch(text) else text
