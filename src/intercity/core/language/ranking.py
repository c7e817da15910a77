"""How well passages answer a query by the words that they share with it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

K1, B = 1.2, 0.75
"""How fast a repeated word stops counting, and how much a long passage is held against it (Robertson and Zaragoza)."""

FOLDED = 0.6
"""What a word counts that is the same but for its accents: "mong" may mean "móng", and may be another word."""


@dataclass(frozen=True)
class Wanted:
    """A word of a query.

    Attributes
    ----------
    word : str
        As it was cut from the query.
    term : str
        The word by which it is looked up: itself, or itself without accents where no passage has it with them.
    """

    word: str
    term: str


@dataclass(frozen=True)
class Statistics:
    """What is known of the passages of one language.

    Attributes
    ----------
    passages : int >= 0
        How many there are.
    length : float >= 0
        Words of a passage, on average.
    passages_with : mapping of str to int >= 0
        In how many of them a term is, with accents or without.
    """

    passages: int
    length: float
    passages_with: Mapping[str, int]


@dataclass(frozen=True)
class Matched:
    """What a passage shares with a query: BM25 in [0, infinity), and which words of the query it has."""

    score: float
    words: tuple[str, ...]


NOTHING = Matched(0.0, ())


def rarity(known: Statistics, term: str) -> float:
    """How much a term tells, > 0: ln(1 + (N − n + ½) / (n + ½)) with n of the N passages `known` having it.

    Source: Robertson and Zaragoza 2009, in the form of Lucene, which is never negative.
    """
    having = min(known.passages_with.get(term, 0), known.passages)
    return math.log(1 + (known.passages - having + 0.5) / (having + 0.5))


class Ranking:
    """How well passages of one language answer a query, by BM25; made once for many passages.

    Parameters
    ----------
    query : sequence of Wanted
        Each word once.
    known : Statistics
        Of all passages in the language.

    Source: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond".
    """

    def __init__(self, query: Sequence[Wanted], known: Statistics) -> None:
        self._weight = {one.word: rarity(known, one.term) for one in query}
        self._all = sum(self._weight.values())
        self._exact = {one.word: one.word for one in query}
        self._folded: dict[str, list[str]] = {}
        for one in query:
            self._folded.setdefault(one.term, []).append(one.word)
        self._length = known.length

    def score(self, words: str, plain: str) -> Matched:
        """What one passage shares with the query.

        Parameters
        ----------
        words, plain : str
            The cut words of the passage with spaces between; and those that are others without accents, without them.

        Returns
        -------
        Matched
            0 and no word where nothing is shared.
        """
        own = words.split()
        exact: dict[str, int] = {}
        for word in own:
            if word in self._exact:
                exact[word] = exact.get(word, 0) + 1
        folded = self._without_accents(own, plain, exact)
        if not exact and not folded:
            return NOTHING
        penalty = K1 * (1 - B + B * len(own) / self._length) if self._length else K1
        score = sum(self._weight[word] * times * (K1 + 1) / (times + penalty) for word, times in exact.items())
        score += sum(
            FOLDED * self._weight[word] * times * (K1 + 1) / (times + penalty) for word, times in folded.items()
        )
        return Matched(score, tuple(word for word in self._exact if word in exact or word in folded))

    def share(self, words: Iterable[str]) -> float:
        """How much of the query these of its words are, by what each tells: in [0, 1]."""
        return sum(self._weight[word] for word in words) / self._all if self._all else 0.0

    def _without_accents(self, own: Sequence[str], plain: str, exact: Mapping[str, int]) -> dict[str, int]:
        """How often words of the query are there that are not there as they are."""
        found: dict[str, int] = {}
        for term in (*own, *plain.split()):
            for word in self._folded.get(term, ()):
                if word not in exact:
                    found[word] = found.get(word, 0) + 1
        return found
