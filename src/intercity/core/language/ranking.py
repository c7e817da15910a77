"""How well passages answer a query by the words that they share with it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
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


def rarity(known: Statistics, term: str) -> float:
    """How much a term tells, > 0: ln(1 + (N − n + ½) / (n + ½)) with n of the N passages having it.

    Source: Robertson and Zaragoza 2009, in the form of Lucene, which is never negative.
    """
    having = min(known.passages_with.get(term, 0), known.passages)
    return math.log(1 + (known.passages - having + 0.5) / (having + 0.5))


def bm25(query: Sequence[Wanted], words: str, plain: str, known: Statistics) -> Matched:
    """How well one passage answers a query.

    Parameters
    ----------
    query : sequence of Wanted
        Each word once.
    words, plain : str
        The cut words of the passage with spaces between; and those that are others without accents, without them.
    known : Statistics
        Of all passages in the passage's language.

    Returns
    -------
    Matched
        0 and no word where nothing is shared.

    Source: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond".
    """
    own = words.split()
    counted, folded = Counter(own), Counter(plain.split())
    penalty = K1 * (1 - B + B * len(own) / known.length) if known.length else K1
    score, found = 0.0, []
    for wanted in query:
        exact = counted[wanted.word]
        times = exact or counted[wanted.term] + folded[wanted.term]
        if times:
            found.append(wanted.word)
            weight = 1.0 if exact else FOLDED
            score += weight * rarity(known, wanted.term) * times * (K1 + 1) / (times + penalty)
    return Matched(score, tuple(found))
