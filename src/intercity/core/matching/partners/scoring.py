"""The scores of many pairs at once, for choosing; what is shown is computed again, exactly, by `terms`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from intercity.core.matching.partners.cities import Integers
from intercity.core.matching.partners.network import LIKELY, MIDDLE, NEAREST, RADIUS, Network, walks
from intercity.core.matching.partners.terms import load, readiness

Scores = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Scorer:
    """What does not depend on who asks, added up once.

    Attributes
    ----------
    network : Network
    kind : int64, shape (n,)
        Cities of the same country, income group and languages are of one kind.
    example : int64, shape (kinds,)
        A city of each kind.
    alone : float32, shape (n,)
        What readiness, links and load of each city add.
    """

    network: Network
    kind: Integers
    example: Integers
    alone: Scores

    def scores(self, rows: Integers) -> Scores:
        """Of each of some cities with every city.

        Parameters
        ----------
        rows : int64 in [0, n), shape (b,)

        Returns
        -------
        float32, shape (b, n)
            Doublings; equal to the sums of what the terms add, up to rounding. The pairs that may not be suggested
            are in it as well.
        """
        found = self._nearness(rows)
        self._add_size(found, rows)
        self._add_kinds(found, rows)
        self._add_shared(found, rows)
        self._add_topics(found, rows)
        return found

    def _nearness(self, rows: Integers) -> Scores:
        network, weight = self.network, self.network.weights["nearness"]
        found: Scores = network.place[rows] @ network.place.T
        found *= -2 * RADIUS**2
        found += 2 * RADIUS**2  # the squared line between points on a sphere
        np.maximum(found, NEAREST**2, out=found)
        np.log2(found, out=found)
        found *= -weight / 2
        found += weight * np.log2(MIDDLE)
        found[:, ~network.is_placed] = 0
        found[~network.is_placed[rows]] = 0
        return found

    def _add_size(self, found: Scores, rows: Integers) -> None:
        network, weight = self.network, self.network.weights["size"]
        apart = network.size[None, :] - network.size[rows, None]
        np.abs(apart, out=apart)
        np.minimum(apart, 2.0, out=apart)
        apart[:, ~network.is_sized] = 1
        apart[~network.is_sized[rows]] = 1
        apart -= 1
        apart *= weight
        found -= apart

    def _add_kinds(self, found: Scores, rows: Integers) -> None:
        """Country, income, languages and the ties between countries, by kind; compatriots by country of who asks."""
        kinds, at = np.unique(self.kind[rows], return_inverse=True)
        by_kind = self._between(self.example[kinds])
        weight = self.network.weights["compatriots"]
        for number, kind in enumerate(kinds):
            country = int(self.network.cities.country[self.example[kind]])
            row = by_kind[number].take(self.kind) + self.alone
            if country >= 0:
                row += weight * np.log2(1 + self.network.by_country[[country]].toarray()[0])
            found[at == number] += row

    def _between(self, mine: Integers) -> Scores:
        """What the terms that go by kind add, between some kinds and all."""
        network, weights, cities = self.network, self.network.weights, self.network.cities
        country, theirs = cities.country[mine][:, None], cities.country[self.example][None, :]
        income, other = cities.income[mine][:, None], cities.income[self.example][None, :]
        together = (network.speaks[mine] @ network.speaks[self.example].T).toarray() > 0
        found = weights["languages"] * together
        found += weights["country"] * ((country == theirs) & (country >= 0))
        known = (income >= 0) & (other >= 0)
        found += weights["income"] * known * np.maximum(0.0, 1.0 - np.abs(income - other) / 2)
        found += weights["countries"] * np.nan_to_num(network.lift[country, theirs])
        added: Scores = found.astype(np.float32)
        return added

    def _add_shared(self, found: Scores, rows: Integers) -> None:
        network = self.network
        tied = np.flatnonzero(network.ties[rows] > 0)
        if len(tied):
            weight = walks(network, np.searchsorted(network.with_ties, rows[tied]))
            adds = np.log2(1 + weight / np.float32(LIKELY))
            adds *= network.weights["shared"]
            found[np.ix_(tied, network.with_ties)] += adds

    def _add_topics(self, found: Scores, rows: Integers) -> None:
        """Few pairs share a topic, so only those are touched."""
        network = self.network
        mine = (network.needs[rows] @ network.offers.T).tocoo()
        wanted = np.maximum(np.asarray(network.needs[rows].sum(axis=1)), 1)
        found[mine.row, mine.col] += np.float32(network.weights["needs"]) * mine.data / wanted[mine.row]
        theirs = (network.offers[rows] @ network.needs.T).tocoo()
        wanted = np.maximum(np.asarray(network.needs.sum(axis=1)), 1)
        found[theirs.row, theirs.col] += np.float32(network.weights["offers"]) * theirs.data / wanted[theirs.col]


def scorer(network: Network) -> Scorer:
    """Add up what does not depend on who asks.

    Parameters
    ----------
    network : Network

    Returns
    -------
    Scorer
    """
    cities, weights = network.cities, network.weights
    columns = np.stack([cities.country, cities.income, _sets(network.speaks)], axis=1)
    _, example, kind = np.unique(columns, axis=0, return_index=True, return_inverse=True)
    alone = weights["links"] * np.log2(1 + network.ties)
    alone += weights["readiness"] * np.nan_to_num(readiness(cities.answered_days))
    alone += weights["load"] * np.nan_to_num(load(cities.asked_lately))
    return Scorer(network, kind.ravel().astype(np.int64), example.astype(np.int64), alone.astype(np.float32))


def _sets(speaks: csr_array) -> Integers:
    """A number for each different set of languages."""
    numbers: dict[tuple[int, ...], int] = {}
    sets = map(tuple, np.split(speaks.indices, speaks.indptr[1:-1])) if speaks.shape[0] else ()
    found = [numbers.setdefault(tuple(sorted(int(code) for code in one)), len(numbers)) for one in sets]
    return np.array(found, dtype=np.int64)


def top(scores: Scores, many: int) -> Integers:
    """The places of the largest scores in each row, largest first; equal ones by place.

    Parameters
    ----------
    scores : float32, shape (b, n)
    many : int in [0, n]

    Returns
    -------
    int64, shape (b, many)
    """
    if not many or not scores.shape[1]:
        return np.zeros((len(scores), 0), dtype=np.int64)
    return np.stack([_top_of_one(row, many) for row in scores]).astype(np.int64)


def _top_of_one(row: Scores, many: int) -> Integers:
    """Blocks of columns are judged by their best first: hardly any score needs to be sorted."""
    width = 64
    whole = len(row) // width
    if whole > 2 * many:
        best = np.append(row[: whole * width].reshape(whole, width).max(axis=1), row[whole * width :])
        limit = np.partition(best, len(best) - many)[len(best) - many]
    else:
        limit = np.partition(row, len(row) - many)[len(row) - many]
    likely = np.flatnonzero(row >= limit)
    return likely[np.argsort(-row[likely], kind="stable")[:many]]


def blocks(cities: int, size: int) -> list[Integers]:
    """All cities in blocks of `size`, the last one smaller; `cities` is how many there are."""
    starts = range(0, cities, size)
    return list(map(partial(_block, cities, size), starts))


def _block(cities: int, size: int, start: int) -> Integers:
    return np.arange(start, min(start + size, cities), dtype=np.int64)
