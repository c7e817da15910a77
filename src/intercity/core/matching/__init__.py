"""Which cities, practices and partners suit each other, and why."""

from intercity.core.matching.likeness import (
    WEIGHTS,
    Climate,
    Income,
    Likeness,
    Name,
    Place,
    Size,
    Term,
    climate_by_latitude,
    likeness,
    size_class,
)
from intercity.core.matching.needs import (
    MATCH_WEIGHTS,
    SYMMETRIC,
    Match,
    MatchName,
    MatchTerm,
    Side,
    Topic,
    match,
)
from intercity.core.matching.standing import INCOME_YEAR, income_of

__all__ = [
    "INCOME_YEAR",
    "MATCH_WEIGHTS",
    "SYMMETRIC",
    "WEIGHTS",
    "Climate",
    "Income",
    "Likeness",
    "Match",
    "MatchName",
    "MatchTerm",
    "Name",
    "Place",
    "Side",
    "Size",
    "Term",
    "Topic",
    "climate_by_latitude",
    "income_of",
    "likeness",
    "match",
    "size_class",
]
