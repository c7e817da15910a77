"""What must become true of cities by itself."""

from __future__ import annotations

from intercity.cities.finding import describe_cities
from intercity.languages import indexing
from intercity.languages.models import Kind


def index_cities() -> int:
    """Let cities be found by their names; returns how many were described anew."""
    return indexing.build((Kind.CITY,), describe_cities)
