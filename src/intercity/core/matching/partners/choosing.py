"""Partners for a city, or for all cities, with every term that led to them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from intercity.core.compute import Compute, Here
from intercity.core.matching.partners.cities import CitiesError, Integers
from intercity.core.matching.partners.network import Network, TermName
from intercity.core.matching.partners.scoring import Scorer, Scores, blocks, top
from intercity.core.matching.partners.terms import values

KEPT: Final = 5
"""Of so many places the last is kept for a city that has no partner yet."""
BLOCK: Final = 128
"""Cities that are scored at a time: about 17 MB for each table of 34,000 columns."""


@dataclass(frozen=True)
class PartnerTerm:
    """One reason: its weight in doublings, and its value, or None where something is not known."""

    name: TermName
    weight: float
    value: float | None

    @property
    def adds(self) -> float:
        """What it adds to the score: weight times value, nothing where it is missing."""
        return self.weight * self.value if self.value is not None else 0.0


@dataclass(frozen=True)
class Partner:
    """A city that may suit as a partner: `score` is the sum of what the terms add, in doublings.

    Attributes
    ----------
    city : int
    score : float
        One more means twice as promising by this sum; it is no probability.
    terms : tuple of PartnerTerm
        All of them, in the order of PARTNER_WEIGHTS.
    is_kept : bool
        Whether it stands in a place that was kept for a city without a partner.
    """

    city: int
    score: float
    terms: tuple[PartnerTerm, ...]
    is_kept: bool = False

    @property
    def missing(self) -> tuple[TermName, ...]:
        """The terms of which nothing could be said, since something is not known of one city or the other."""
        return tuple(one.name for one in self.terms if one.value is None)


@dataclass(frozen=True, eq=False)
class Lists:
    """For every city, who is suggested, in order; -1 where there is nobody left.

    Attributes
    ----------
    city : int32, shape (n, many)
    score : float32, shape (n, many)
        NaN where there is nobody.
    is_kept : bool, shape (n, many)
    """

    city: NDArray[np.int32]
    score: NDArray[np.float32]
    is_kept: NDArray[np.bool_]


def explain(network: Network, city: int, others: Integers) -> tuple[Partner, ...]:
    """All terms between a city and some others, whoever they are.

    Parameters
    ----------
    network : Network
    city : int in [0, n)
    others : int64 in [0, n), shape (k,)

    Returns
    -------
    tuple of Partner, shape (k,), in the order of `others`

    Raises CitiesError for a city that is not there.

    Source: needs and offers in both directions, context, readiness, ties and load after our own notes on how
    networks of cities make matches. Their product is taken as a sum of doublings, so that each adds by itself.
    """
    asked = np.asarray(others, dtype=np.int64)
    _is_there(network, np.append(asked, city))
    found = {name: column.tolist() for name, column in values(network, city, asked).items()}
    return tuple(
        _partner(network, int(other), {name: column[at] for name, column in found.items()})
        for at, other in enumerate(asked)
    )


def partners(scorer: Scorer, city: int, *, many: int = 50) -> tuple[Partner, ...]:
    """Who may suit a city as a partner: not the city itself, and none that is its partner already.

    Parameters
    ----------
    scorer : Scorer
    city : int in [0, n)
    many : int >= 0, default 50

    Returns
    -------
    tuple of Partner, at most `many`
        By score, falling, but for every fifth place: it is kept for the best city without any tie that is not listed
        above it, if there is one. A list to talk about, never "the match".

    Raises CitiesError for a city that is not there.

    Source: as for `explain`.
    """
    _is_there(scorer.network, np.array([city]))
    chosen = _choose(np.array([city], dtype=np.int64), scorer, many)
    there = chosen.city[0] >= 0
    found = explain(scorer.network, city, chosen.city[0][there].astype(np.int64))
    is_kept = chosen.is_kept[0][there].tolist()
    both = zip(found, is_kept, strict=True)
    told = [Partner(one.city, one.score, one.terms, kept) for one, kept in both]
    # They were chosen by rounded scores; here they stand by exact ones, each kind in its own places.
    ordered = {kind: iter(sorted((one for one in told if one.is_kept == kind), key=_order)) for kind in (True, False)}
    return tuple(next(ordered[kept]) for kept in is_kept)


def partners_of_all(scorer: Scorer, *, many: int = 50, compute: Compute | None = None) -> Lists:
    """The same lists for every city, without their terms, in blocks.

    Parameters
    ----------
    scorer : Scorer
    many : int >= 0, default 50
    compute : Compute, default this process and its threads
        Changes nothing in the result.

    Returns
    -------
    Lists
        Chosen in single precision: scores are right to a hundredth of a doubling.

    Source: as for `explain`.
    """
    compute = compute or Here()
    held = compute.hold(blocks(len(scorer.network.cities), BLOCK))
    found = list(compute.map(_choose, held, scorer, many)) or [_choose(np.zeros(0, dtype=np.int64), scorer, many)]
    return Lists(
        np.concatenate([one.city for one in found]),
        np.concatenate([one.score for one in found]),
        np.concatenate([one.is_kept for one in found]),
    )


def _order(partner: Partner) -> float:
    return -partner.score


def _choose(rows: Integers, scorer: Scorer, many: int) -> Lists:
    """The lists of a block of cities."""
    network = scorer.network
    scores = scorer.scores(rows)
    scores[np.arange(len(rows)), rows] = -np.inf
    taken = network.tied[rows].tocoo()
    scores[taken.row, taken.col] = -np.inf
    many = min(many, scores.shape[1])
    alone = np.flatnonzero(network.ties == 0)
    anybody = top(scores, many)
    kept = alone[top(scores[:, alone], min(many, len(alone)))]
    lists = [_interleave(*both, many) for both in zip(anybody.tolist(), kept.tolist(), strict=True)]
    city = np.array([[at for at, _ in one] for one in lists], dtype=np.int32).reshape(len(rows), many)
    found = np.take_along_axis(scores, city.astype(np.int64), axis=1)
    nobody = np.isneginf(found)
    is_kept = np.array([[is_kept for _, is_kept in one] for one in lists], dtype=bool).reshape(len(rows), many)
    return Lists(np.where(nobody, -1, city), _blank(found, nobody), is_kept & ~nobody)


def _blank(scores: Scores, nobody: NDArray[np.bool_]) -> Scores:
    return np.where(nobody, np.float32(np.nan), scores)


def _interleave(anybody: list[int], kept: list[int], many: int) -> list[tuple[int, bool]]:
    """The best of all, but for each fifth place, where the best of `kept` that is not listed yet stands."""
    found: list[tuple[int, bool]] = []
    listed: set[int] = set()
    all_of_them, alone = iter(anybody), iter(kept)
    while len(found) < many:
        is_kept = len(found) % KEPT == KEPT - 1
        one = next((at for at in alone if at not in listed), None) if is_kept else None
        if one is None:
            is_kept, one = False, next(at for at in all_of_them if at not in listed)
        listed.add(one)
        found.append((one, is_kept))
    return found


def _partner(network: Network, city: int, found: dict[TermName, float]) -> Partner:
    terms = tuple(
        PartnerTerm(name, weight, None if math.isnan(found[name]) else found[name])
        for name, weight in network.weights.items()
    )
    return Partner(city, math.fsum(term.adds for term in terms), terms)


def _is_there(network: Network, cities: Integers) -> None:
    wrong = cities[(cities < 0) | (cities >= len(network.cities))]
    if len(wrong):
        raise CitiesError(f"there is no city {wrong[0]}: 0 to {len(network.cities) - 1} are there")
