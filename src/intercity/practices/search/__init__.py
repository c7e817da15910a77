"""Finding practices: by words in any language, by filters that are links, for a city, for a challenge."""

from intercity.practices.search.asked import Asked, parse
from intercity.practices.search.emptiness import Help, help_with
from intercity.practices.search.filters import Facet, Option, facets
from intercity.practices.search.fitting import fits
from intercity.practices.search.reasons import Reason
from intercity.practices.search.searching import A_PAGE, FoundPractice, Page, search

__all__ = [
    "A_PAGE",
    "Asked",
    "Facet",
    "FoundPractice",
    "Help",
    "Option",
    "Page",
    "Reason",
    "facets",
    "fits",
    "help_with",
    "parse",
    "search",
]
