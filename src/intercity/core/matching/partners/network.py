"""Cities prepared once, so that any of them, or all, can be asked about quickly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array

from intercity.core.matching.partners.cities import Cities, Floats, Integers, pair_table, tie_table

TermName = Literal[
    "needs", "offers", "size", "nearness", "languages", "income", "country", "readiness",
    "shared", "compatriots", "countries", "links", "load",
]  # fmt: skip

PARTNER_WEIGHTS: Final[Mapping[TermName, float]] = MappingProxyType(
    {
        "needs": 2.0,
        "offers": 2.0,
        "size": 0.8,
        "nearness": 0.4,
        "languages": 0.2,
        "income": 0.1,
        "country": -0.9,
        "readiness": 1.0,
        "shared": 0.9,
        "compatriots": 0.1,
        "countries": 0.5,
        "links": 0.5,
        "load": -1.0,
    }
)
"""Doublings that one unit of each term's value adds: 1 counts twice as much, -1 half as much.

Needs, offers, readiness and load are a judgement; the others were moved from one on ties of sister cities of 2016 that
the benchmark does not ask for (docs/methods/partners.md).
"""

SYMMETRIC_TERMS: Final[tuple[TermName, ...]] = (
    "size", "nearness", "languages", "income", "country", "shared", "countries",
)  # fmt: skip
"""Terms with the same value when both cities are exchanged; "needs" of one is "offers" of the other."""

RADIUS: Final = 6_371.0
"""Kilometres: the mean radius of the earth."""
NEAREST: Final = 25.0
"""Kilometres in a straight line from which on nearness does not grow."""
MIDDLE: Final = 2_000.0
"""Kilometres in a straight line at which nearness counts nothing."""
RESTART: Final = 0.3
"""Chance with which a walk along ties ends at each step."""
STEPS: Final = 6
"""Steps of a walk that are looked at."""
LIKELY: Final = 0.001
"""Weight of all walks between two cities at which "shared" is 1."""
SMOOTH: Final = 1.0
"""Ties added to those seen and to those expected between two countries, so that few ties say little."""
FURTHEST: Final = 3.0
"""Doublings up to which two countries count as tied more, or less, often than expected."""


@dataclass(frozen=True, eq=False)
class Network:
    """Cities as `prepare` made them ready; its parts are for this package only.

    Attributes
    ----------
    cities : Cities
    weights : mapping of TermName to float
    place : float32, shape (n, 3)
        On the unit sphere; zeros where it is not known.
    is_placed : bool, shape (n,)
    size : float32, shape (n,)
        log10 of the population; zero where it is not known.
    is_sized : bool, shape (n,)
    tied : float32 csr_array, shape (n, n)
    with_ties : int64, shape (m,)
        Cities that have ties.
    steps : float32 csr_array, shape (m, m)
        Ties between them, each divided by the root of the numbers of ties of both.
    ties : float64, shape (n,)
        How many each has.
    by_country : float32 csr_array, shape (countries + 1, n)
        Ties of each city with cities of each country; the last row is for what has no country.
    lift : float64, shape (countries + 1, countries + 1)
        Doublings by which ties between two countries are more frequent than expected, or NaN.
    speaks, needs, offers : float32 csr_array, shape (n, codes)
    """

    cities: Cities
    weights: Mapping[TermName, float]
    place: NDArray[np.float32]
    is_placed: NDArray[np.bool_]
    size: NDArray[np.float32]
    is_sized: NDArray[np.bool_]
    tied: csr_array
    with_ties: Integers
    steps: csr_array
    ties: Floats
    by_country: csr_array
    lift: Floats
    speaks: csr_array
    needs: csr_array
    offers: csr_array


def prepare(cities: Cities, *, weights: Mapping[TermName, float] = PARTNER_WEIGHTS) -> Network:
    """Make cities ready to be asked about; the cost grows with the cities and their ties.

    Parameters
    ----------
    cities : Cities
    weights : mapping of TermName to float, default PARTNER_WEIGHTS
        A term that is left out counts 0, and is shown all the same.

    Returns
    -------
    Network
    """
    many, countries = len(cities), int(cities.country.max(initial=-1)) + 1
    tied = tie_table(cities)
    ties = np.asarray(tied.sum(axis=1), dtype=np.float64)
    with_ties = np.flatnonzero(ties).astype(np.int64)
    root = diags_array(1 / np.sqrt(ties[with_ties]))
    home = np.where(cities.country < 0, countries, cities.country)
    of_country = pair_table(np.stack([home, np.arange(many)], axis=1).astype(np.int64), countries + 1, many)
    by_country = csr_array(of_country @ tied)
    topics = int(max(cities.needs[:, 1].max(initial=-1), cities.offers[:, 1].max(initial=-1))) + 1
    tongues = int(cities.languages[:, 1].max(initial=-1)) + 1
    is_placed = ~(np.isnan(cities.latitude) | np.isnan(cities.longitude))
    is_sized = ~np.isnan(cities.population)
    return Network(
        cities=cities,
        weights=MappingProxyType({name: float(weights.get(name, 0.0)) for name in PARTNER_WEIGHTS}),
        place=_on_the_sphere(cities, is_placed),
        is_placed=is_placed,
        size=np.log10(np.where(is_sized, cities.population, 1.0)).astype(np.float32),
        is_sized=is_sized,
        tied=tied,
        with_ties=with_ties,
        steps=csr_array((root @ tied[with_ties][:, with_ties] @ root).astype(np.float32)),
        ties=ties,
        by_country=by_country,
        lift=_lift((by_country @ of_country.T).toarray().astype(np.float64), ties, home),
        speaks=pair_table(cities.languages, many, tongues),
        needs=pair_table(cities.needs, many, topics),
        offers=pair_table(cities.offers, many, topics),
    )


def _on_the_sphere(cities: Cities, is_placed: NDArray[np.bool_]) -> NDArray[np.float32]:
    north = np.radians(np.where(is_placed, cities.latitude, 0.0))
    east = np.radians(np.where(is_placed, cities.longitude, 0.0))
    found = np.stack([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)], axis=1)
    return (found * is_placed[:, None]).astype(np.float32)


def _lift(seen: Floats, ties: Floats, home: Integers) -> Floats:
    """Doublings of ties seen over those expected if every end of a tie found another end by chance."""
    ends = np.bincount(home, ties, len(seen))
    expected = np.outer(ends, ends) / max(ends.sum(), 1.0)
    found: Floats = np.clip(np.log2((seen + SMOOTH) / (expected + SMOOTH)), -FURTHEST, FURTHEST)
    found[ends == 0] = np.nan
    found[:, ends == 0] = np.nan
    found[-1] = np.nan  # the last one is no country
    found[:, -1] = np.nan
    return found


def walks(network: Network, cities: Integers) -> NDArray[np.float32]:
    """How well some cities are linked with each other one along ties: the weight of all walks of up to STEPS steps.

    Parameters
    ----------
    network : Network
    cities : int64, shape (b,)
        Places in `network.with_ties`.

    Returns
    -------
    float32 in [0, 1], shape (b, m)
        Of the cities in `network.with_ties`; the same from both sides.

    Source: random walks with restart (Tong, Faloutsos and Pan, ICDM 2006), on ties divided by the root of both
    degrees, so that it is symmetric.
    """
    step: NDArray[np.float32] = np.zeros((network.steps.shape[0], len(cities)), dtype=np.float32)
    step[cities, np.arange(len(cities))] = RESTART
    total = np.zeros_like(step)
    for _ in range(STEPS):
        step = np.float32(1 - RESTART) * (network.steps @ step)
        total += step
    return total.T
