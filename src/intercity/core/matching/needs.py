"""Which offers suit a need, and which needs an offer, as a sum of named terms that anybody can add up again.

What is not known of a side adds nothing and is said to be missing: it is never guessed, and never counted against
anybody. Five terms are the same from both sides; the last two are of the side that would be asked.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from intercity.core.matching.likeness import Likeness, Place, likeness

MatchName = Literal["topics", "meaning", "words", "languages", "place", "readiness", "room"]

MATCH_WEIGHTS: Final[Mapping[MatchName, float]] = MappingProxyType(
    {"topics": 0.35, "meaning": 0.20, "words": 0.10, "languages": 0.10, "place": 0.10, "readiness": 0.10, "room": 0.05}
)
"""What each term counts; they add up to 1. What it is about leads. A judgement, not fitted to anything: there are no
introductions yet from whose outcomes to learn."""

SYMMETRIC: Final[tuple[MatchName, ...]] = ("topics", "meaning", "words", "languages", "place")
"""Terms that have the same value when the two sides are exchanged."""

SAME_GROUP: Final = 0.4
"""What a topic of the same group counts where the topic itself is not shared: another chapter of a section."""
UNRELATED, SAME = 0.3, 0.7
"""Cosines at which meaning counts nothing, and all: 99 of 100 unrelated sentences are below .26 to .37, and what for
95 of 100 sentences no other one reaches begins at .48 to .57 (languages.searching)."""
READY: Final = 90
"""Days since it last answered within which a side is ready; from four times as many on it counts as not."""
ROOM: Final = 4
"""So often asked in the last 90 days, a side has no room left."""


class Topic(NamedTuple):
    """What it is about, by the code of a scheme ("hs", "09"), and the group in which that code stands ("II")."""

    scheme: str
    code: str
    group: str = ""


@dataclass(frozen=True, eq=False)
class Side:
    """A need or an offer, and who has it; None and what is empty are for what is not known.

    Attributes
    ----------
    topics : tuple of Topic
        In the Harmonized System, chapters in their sections; or concepts in their groups.
    meaning : float32, shape (width,), or None
        Of what was written, of unit length.
    words : mapping of str to frozenset of str
        By the code of each language in which it can be read, the words that say something.
    languages : tuple of str
        Codes of the languages that are spoken by those whom one would call.
    place : Place
        Where it is.
    answered_days : int or None
        Days since it last answered anybody, 0 or more; None for one who was never asked.
    asked_lately : int or None
        How often it was asked in the last 90 days.
    """

    topics: tuple[Topic, ...] = ()
    meaning: NDArray[np.float32] | None = None
    words: Mapping[str, frozenset[str]] = field(default_factory=dict)
    languages: tuple[str, ...] = ()
    place: Place = field(default_factory=Place)
    answered_days: int | None = None
    asked_lately: int | None = None


@dataclass(frozen=True)
class MatchTerm:
    """One way of suiting each other: its weight in (0, 1], and its value in [0, 1], or None where it is not known."""

    name: MatchName
    weight: float
    value: float | None

    @property
    def adds(self) -> float:
        """What it adds to the score: weight times value, nothing where it is missing."""
        return self.weight * self.value if self.value is not None else 0.0


@dataclass(frozen=True)
class Match:
    """How well two sides suit each other: `score` in [0, 1] is the sum of what the terms add.

    Attributes
    ----------
    score : float
    terms : tuple of MatchTerm
        In the order of MATCH_WEIGHTS.
    shared : tuple of Topic
        The topics of the other side that both have; if there are none, those of the same groups.
    is_shared : bool
        Whether `shared` are topics that both have.
    languages : tuple of str
        Languages that both sides speak.
    words : tuple of str
        Words that both sides use, in the language in which they share most.
    words_in : mapping of str to tuple of str
        The same in every language in which both can be read and share some, by its code.
    likeness : Likeness
        How alike the two places are: its own terms are behind "place".
    """

    score: float
    terms: tuple[MatchTerm, ...]
    shared: tuple[Topic, ...]
    is_shared: bool
    languages: tuple[str, ...]
    words: tuple[str, ...]
    words_in: Mapping[str, tuple[str, ...]]
    likeness: Likeness

    @property
    def missing(self) -> tuple[MatchName, ...]:
        """The terms of which nothing could be said."""
        return tuple(one.name for one in self.terms if one.value is None)

    def value(self, name: MatchName) -> float | None:
        """The value of a term."""
        return next(one.value for one in self.terms if one.name == name)

    @property
    def is_about_the_same(self) -> bool:
        """Whether topics, meaning or words have something in common; without that nobody needs to be introduced."""
        return any(self.value(name) for name in ("topics", "meaning", "words"))


def match(one: Side, others: Sequence[Side]) -> tuple[Match, ...]:
    """How well a side suits each of some others.

    Parameters
    ----------
    one : Side
    others : sequence of Side, shape (n,)
        Vectors of meaning all of the same width.

    Returns
    -------
    tuple of Match, shape (n,)
        In the order of `others`; each depends on its two sides only. Values of the terms: topics the share of the
        shorter list that is shared, a topic of the same group counting 0.4; meaning 0 up to a cosine of 0.3, 1 from
        0.7 on; words the cosine of the two sets in the language in which it is largest, missing where they can be
        read in no common language; languages 1 if one is spoken by both, else 0; place the likeness of the places;
        readiness 1 if the other answered within 90 days, 0 from 360 on; room 1 if it was not asked lately, 0 from four
        times on. SYMMETRIC names those that are the same when both sides are exchanged.

    Raises ValueError for vectors of different widths.

    Source: needs and offers, likeness of context, readiness and load after our own notes on how networks of cities
    make matches; the weights are a judgement.
    """
    cosines = _cosines(one.meaning, others)
    alike = likeness(one.place, [other.place for other in others])
    return tuple(_match(one, other, cosine, like) for other, cosine, like in zip(others, cosines, alike, strict=True))


def _match(one: Side, other: Side, cosine: float | None, alike: Likeness) -> Match:
    shared, topics = _topics(one.topics, other.topics)
    common, words = _words(one.words, other.words)
    spoken = tuple(code for code in one.languages if code in other.languages)
    is_placed = any(term.value is not None for term in alike.terms)
    values: Mapping[MatchName, float | None] = {
        "topics": topics,
        "meaning": None if cosine is None else min(1.0, max(0.0, (cosine - UNRELATED) / (SAME - UNRELATED))),
        "words": words,
        "languages": float(bool(spoken)) if one.languages and other.languages else None,
        "place": alike.score if is_placed else None,
        "readiness": _readiness(other.answered_days),
        "room": None if other.asked_lately is None else max(0.0, 1.0 - max(0, other.asked_lately) / ROOM),
    }
    terms = tuple(MatchTerm(name, weight, values[name]) for name, weight in MATCH_WEIGHTS.items())
    score = min(1.0, math.fsum(term.adds for term in terms))
    is_shared = any(topic[:2] == own[:2] for topic in shared for own in one.topics)
    return Match(score, terms, shared, is_shared, spoken, common, _words_in(one.words, other.words), alike)


def _readiness(days: int | None) -> float | None:
    return None if days is None else min(1.0, max(0.0, 1.0 - (days - READY) / (3 * READY)))


def _cosines(meaning: NDArray[np.float32] | None, others: Sequence[Side]) -> list[float | None]:
    """Of a vector with each of the others; None where one of the two has none."""
    found: list[float | None] = [None] * len(others)
    told = [place for place, other in enumerate(others) if other.meaning is not None]
    if meaning is None or not told:
        return found
    rows = np.stack([np.asarray(others[place].meaning, dtype=np.float32) for place in told])
    if rows.shape[1:] != meaning.shape:
        raise ValueError(f"vectors of shape {meaning.shape} and {rows.shape[1:]} cannot be compared")
    for place, cosine in zip(told, (rows @ meaning).tolist(), strict=True):
        found[place] = cosine
    return found


def _topics(one: tuple[Topic, ...], other: tuple[Topic, ...]) -> tuple[tuple[Topic, ...], float | None]:
    """The topics of the other side that both have or, if none, are near; and how much of the shorter list is shared.

    The share is the same from both sides: the smaller of what each side's topics find on the other.
    """
    if not one or not other:
        return (), None
    mine, theirs = {topic[:2] for topic in one}, {topic[:2] for topic in other}
    groups = {(topic.scheme, topic.group) for topic in one if topic.group}
    exact = tuple(topic for topic in other if topic[:2] in mine)
    near = tuple(topic for topic in other if (topic.scheme, topic.group) in groups)
    common = len(mine & theirs)
    close = min(_close(one, other), _close(other, one))
    return exact or near, min(1.0, (common + SAME_GROUP * close) / min(len(mine), len(theirs)))


def _close(one: tuple[Topic, ...], other: tuple[Topic, ...]) -> int:
    """How many different topics of one side the other does not have, though some of the same group."""
    codes, groups = {topic[:2] for topic in other}, {(topic.scheme, topic.group) for topic in other if topic.group}
    return len({topic[:2] for topic in one if topic[:2] not in codes and (topic.scheme, topic.group) in groups})


def _words_in(one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]) -> Mapping[str, tuple[str, ...]]:
    """The words that both use, by language, where there are some."""
    common = {code: tuple(sorted(one[code] & other[code])) for code in sorted(one) if code in other}
    return MappingProxyType({code: words for code, words in common.items() if words})


def _words(
    one: Mapping[str, frozenset[str]], other: Mapping[str, frozenset[str]]
) -> tuple[tuple[str, ...], float | None]:
    """The words that both use, and the cosine of the two sets, in the language in which that is largest."""
    pairs = [(one[code], other[code]) for code in sorted(one) if one[code] and other.get(code)]
    if not pairs:
        return (), None
    cosine, _place, common = max(
        (len(mine & theirs) / math.sqrt(len(mine) * len(theirs)), -place, mine & theirs)
        for place, (mine, theirs) in enumerate(pairs)
    )
    return tuple(sorted(common)), cosine
