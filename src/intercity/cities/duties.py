"""What must become true of cities by itself."""

from __future__ import annotations

from intercity.cities.finding import describe_cities, describe_stories
from intercity.languages import indexing
from intercity.languages.models import Kind


def index_cities() -> int:
    """Let cities be found by their names; returns how many were described anew."""
    return indexing.build((Kind.CITY,), describe_cities)


def index_stories() -> int:
    """Let stories be found by what is told; returns how many were described anew."""
    return indexing.build((Kind.STORY,), describe_stories)
