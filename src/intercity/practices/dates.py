"""Dates as they are known: a year, a month or a day, written as the Extended Date/Time Format does."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def first_day(written: str) -> date | None:
    """The first day that "2024", "2024-05" or "2024-05-31" means; None for what is no date from the year 1000 on."""
    found = WRITTEN.fullmatch(written) if written.isascii() else None
    if found is None or int(found[1]) < 1000:
        return None
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return None


def last_day(written: str) -> date | None:
    """The last day that a date means: of a year its 31 December; None for what is no date."""
    first = first_day(written)
    if first is None or len(written) == len("2024-05-31"):
        return first
    month = first.month if len(written) == len("2024-05") else 12
    return date(first.year, month, monthrange(first.year, month)[1])
