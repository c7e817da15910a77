"""Which cities may suit each other as partners, as a sum of named terms that anybody can add up again.

A product of what suits (needs met by offers both ways, context, readiness, ties, and load against it) is taken as a
sum of doublings: a term that adds 1 makes a city twice as promising, one that adds -1 half. What is not known adds
nothing, is named, and is never guessed.
"""

from intercity.core.matching.partners.choosing import (
    KEPT,
    Lists,
    Partner,
    PartnerTerm,
    explain,
    partners,
    partners_of_all,
)
from intercity.core.matching.partners.cities import NONE, Cities, CitiesError, unknown_cities
from intercity.core.matching.partners.network import PARTNER_WEIGHTS, SYMMETRIC_TERMS, Network, TermName, prepare
from intercity.core.matching.partners.scoring import Scorer, scorer

__all__ = [
    "KEPT",
    "NONE",
    "PARTNER_WEIGHTS",
    "SYMMETRIC_TERMS",
    "Cities",
    "CitiesError",
    "Lists",
    "Network",
    "Partner",
    "PartnerTerm",
    "Scorer",
    "TermName",
    "explain",
    "partners",
    "partners_of_all",
    "prepare",
    "scorer",
    "unknown_cities",
]
