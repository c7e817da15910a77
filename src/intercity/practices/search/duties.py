"""What must become true of the search by itself: what was published or changed can be found."""

from __future__ import annotations

from intercity.languages import indexing
from intercity.practices.search.finding import DESCRIBERS


def index_practices() -> int:
    """Let practices and challenges be found by their words; returns how many were described anew."""
    return sum(indexing.build((kind,), describe) for kind, describe in DESCRIBERS.items())
