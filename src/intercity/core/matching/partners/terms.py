"""The terms one by one, exactly, for some pairs of cities: what is shown beside every suggestion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from scipy.sparse import csr_array

from intercity.core.matching.partners.cities import Floats, Integers
from intercity.core.matching.partners.network import LIKELY, MIDDLE, NEAREST, RADIUS, Network, TermName, walks

READY: Final = 90.0
"""Days since it last answered within which a city is ready; from four times as many on it counts as not."""
FULL: Final = 4.0
"""So often asked in the last 90 days, a city carries the whole load."""


def values(network: Network, city: int, others: Integers) -> Mapping[TermName, Floats]:
    """The value of every term between a city and some others; NaN where something is not known.

    Parameters
    ----------
    network : Network
    city : int in [0, n)
    others : int64 in [0, n), shape (k,)

    Returns
    -------
    mapping of TermName to float64, shape (k,) each, in the order of PARTNER_WEIGHTS
    """
    cities = network.cities
    home, away = int(cities.country[city]), cities.country[others]
    return {
        "needs": _covered(network.needs, np.full(len(others), city), network.offers, others),
        "offers": _covered(network.needs, others, network.offers, np.full(len(others), city)),
        "size": _size(network, city, others),
        "nearness": _nearness(network, city, others),
        "languages": _languages(network, city, others),
        "income": _income(cities.income[city], cities.income[others]),
        "country": np.where((home < 0) | (away < 0), np.nan, home == away),
        "readiness": readiness(cities.answered_days[others]),
        "shared": _shared(network, city, others),
        "compatriots": _compatriots(network, city, others),
        "countries": network.lift[home, away],  # NONE is the last one, which is NaN
        "links": np.log2(1 + network.ties[others]),
        "load": load(cities.asked_lately[others]),
    }


def readiness(days: Floats) -> Floats:
    """1 for who answered within READY days, 0 from four times as many on; NaN stays NaN."""
    found: Floats = np.clip(1.0 - (days - READY) / (3 * READY), 0.0, 1.0)
    return found


def load(asked: Floats) -> Floats:
    """0 for who was not asked lately, 1 from FULL times on; NaN stays NaN."""
    found: Floats = np.clip(asked / FULL, 0.0, 1.0)
    return found


def _covered(needs: csr_array, needing: Integers, offers: csr_array, offering: Integers) -> Floats:
    """The share of what one side needs that the other offers."""
    wanted, given = needs[needing], offers[offering]
    many = np.asarray(wanted.sum(axis=1), dtype=np.float64)
    found = np.asarray(wanted.multiply(given).sum(axis=1), dtype=np.float64)
    known = (many > 0) & (np.asarray(given.sum(axis=1)) > 0)
    share: Floats = np.divide(found, many, out=np.full(len(many), np.nan), where=known)
    return share


def _size(network: Network, city: int, others: Integers) -> Floats:
    people = network.cities.population
    found: Floats = np.maximum(-1.0, 1.0 - np.abs(np.log10(people[others]) - np.log10(people[city])))
    return found


def _nearness(network: Network, city: int, others: Integers) -> Floats:
    """By the straight line, for which no inverse sine is needed: at most a third shorter than the way over ground."""
    apart = network.place[others].astype(np.float64) - network.place[city].astype(np.float64)
    line = RADIUS * np.sqrt((apart**2).sum(axis=1))
    known = network.is_placed[others] & network.is_placed[city]
    return np.where(known, np.log2(MIDDLE / np.maximum(line, NEAREST)), np.nan)


def _languages(network: Network, city: int, others: Integers) -> Floats:
    spoken = network.speaks[[city]]
    common = (network.speaks[others] @ spoken.T).toarray()[:, 0] > 0
    known = (np.asarray(network.speaks[others].sum(axis=1)) > 0) & (spoken.nnz > 0)
    return np.where(known, common, np.nan)


def _income(mine: np.int64, theirs: Integers) -> Floats:
    return np.where((mine < 0) | (theirs < 0), np.nan, np.maximum(0.0, 1.0 - np.abs(theirs - mine) / 2))


def _shared(network: Network, city: int, others: Integers) -> Floats:
    found = np.full(len(others), np.nan)
    if network.ties[city]:
        position = np.searchsorted(network.with_ties, [city, *others])
        known = network.ties[others] > 0
        weight = walks(network, position[:1])[0]
        found[known] = np.log2(1 + weight[position[1:][known]] / LIKELY)
    return found


def _compatriots(network: Network, city: int, others: Integers) -> Floats:
    """Doublings of one more than the other's ties with the city's country, the city itself left out."""
    if network.cities.country[city] < 0:
        return np.full(len(others), np.nan)
    row = network.by_country[[int(network.cities.country[city])]].toarray()[0][others]
    own = network.tied[[city]].toarray()[0][others]
    found: Floats = np.log2(1.0 + row - own)
    return found
