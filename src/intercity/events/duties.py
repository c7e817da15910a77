"""What must become true of events by itself: what was published or changed can be found."""

from __future__ import annotations

from intercity.events.finding import DESCRIBERS
from intercity.languages import indexing


def index_events() -> int:
    """Let events be found by their words; returns how many were described anew."""
    return sum(indexing.build((kind,), describe) for kind, describe in DESCRIBERS.items())
