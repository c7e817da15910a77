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
from intercity.core.matching.standing import INCOME_YEAR, income_of

__all__ = [
    "INCOME_YEAR",
    "WEIGHTS",
    "Climate",
    "Income",
    "Likeness",
    "Name",
    "Place",
    "Size",
    "Term",
    "climate_by_latitude",
    "income_of",
    "likeness",
    "size_class",
]
