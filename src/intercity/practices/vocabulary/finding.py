"""Which concepts a description of a problem is about: proposed to the person who wrote it, who decides.

Two looks at every concept that is no group. By words: what the text shares with the labels and other words of its own
language and of English, whole phrases counting more than single words, and rare words more than frequent ones. And by
meaning: how near the text is to them, in any language of `core.language.meaning`. What one look has seen the other
cannot deny: likeness = 1 - (1 - words)(1 - meaning).
"""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from intercity.core.language import meaning
from intercity.core.language.cutting import plain, words
from intercity.core.language.known import known
from intercity.core.language.meaning.contract import Vectors
from intercity.practices.vocabulary.thesaurus import ENGLISH, Concept, concepts

LEAST: Final = 0.25
"""Likeness below which nothing is proposed: what is left is chance."""

HALF: Final = 16.0
"""Rarity of the words shared (in nats, a phrase counted twice) at which words alone are believed half."""

NOTHING: Final = 0.08
"""Cosine up to which meaning says nothing; from there doubt falls with the square, to none at 1."""

SENTENCE: Final = 0.5
"""What a word counts that is in labels only, which are short sentences ("that", "people"), and no other word."""

# fmt: off
LITTLE: Final = frozenset((
    "a", "an", "and", "are", "as", "at", "be", "by", "can", "do", "for", "from", "get", "go", "have", "in",
    "into", "is", "it", "need", "of", "on", "one", "or", "out", "own", "side", "that", "the", "their", "them",
    "they", "this", "to", "under", "up", "who", "whole", "with", "within", "without"
))
# fmt: on
"""English words that say nothing about a problem. Those of other languages are hardly in labels, or very short."""

HAN: Final = re.compile("[\u4e00-\u9fff]+")

STEM, TAIL = 4, 4
"""Two words are forms of one if they share so many letters at the beginning and differ in fewer at the end."""


@dataclass(frozen=True)
class Term:
    """A label or another word: the place of its concept, and its words."""

    place: int
    words: tuple[str, ...]
    joined: str


@dataclass(frozen=True)
class Terms:
    """The terms of a language, how rare each of their words is, and their words by the first letters."""

    terms: tuple[Term, ...]
    rarity: dict[str, float]
    by_stem: dict[str, tuple[str, ...]]
    is_spaced: bool


def _code(language: str) -> str:
    found = known(language)
    return found.code if found else language.lower()


@lru_cache(maxsize=1)
def _found() -> tuple[Concept, ...]:
    """What can be found: every concept but the groups."""
    return tuple(one for one in concepts().values() if one.broader)


def _called(concept: Concept, language: str) -> tuple[str, ...]:
    label = concept.labels.get(language)
    return ((label,) if label else ()) + concept.others(language)


def _cut(text: str, is_plain: bool) -> list[str]:
    """The words of a text; of Chinese every two signs, as one word is not always cut in one way."""
    found = words(HAN.sub(" ", text))
    pairs = ["".join(pair) for run in HAN.findall(text) for pair in pairwise(run)]
    return (plain(found) if is_plain else found) + pairs


def _says_something(word: str) -> bool:
    """Whether a word, alone, can tell what a text is about: no single sign or letter, and no little word."""
    return len(word) > 1 and word not in LITTLE


@lru_cache(maxsize=32)
def _terms(language: str, is_plain: bool) -> Terms:
    """Every label and other word of a language, cut; without accents for a text that is typed so. Computed once."""
    terms = []
    concepts_with: Counter[str] = Counter()
    others: set[str] = set()
    for place, concept in enumerate(_found()):
        called = _called(concept, language)
        cut = [tuple(_cut(term, is_plain)) for term in called]
        others.update(word for term in cut[1:] for word in term)
        terms += [Term(place, term, "".join(words(text))) for text, term in zip(called, cut, strict=True) if term]
        concepts_with.update({word for term in cut for word in term})
    rarity = {
        word: math.log(len(_found()) / count) * (1.0 if word in others else SENTENCE)
        for word, count in concepts_with.items()
        if _says_something(word)
    }
    by_stem: dict[str, tuple[str, ...]] = {}
    for word in rarity:
        by_stem[word[:STEM]] = (*by_stem.get(word[:STEM], ()), word)
    speech = known(language)
    return Terms(tuple(terms), rarity, by_stem, not (speech and speech.cut == "dictionary"))


def _same(one: str, other: str) -> bool:
    """Whether two words that begin alike are forms of one: "floods" and "flooding", not "water" and "waterlogging"."""
    if one == other:
        return True
    shared = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return shared >= STEM and max(len(one), len(other)) - shared < TAIL


def _is_said(term: Term, text: str, is_spaced: bool) -> bool:
    """Whether the whole term is in the text: between spaces, or, where none are written, anywhere if long enough."""
    if is_spaced:
        return f" {' '.join(term.words)} " in text
    least = 2 if "\u4e00" <= term.joined[0] <= "\u9fff" else 4
    return len(term.joined) >= least and term.joined in text


def _by_words(asked: str, language: str) -> dict[int, float]:
    """How rare the words are that a text shares with each concept, by its place.

    Those of a whole phrase count twice, and the phrase once more, as its words may all be frequent.
    """
    ours = _terms(language, asked.isascii())
    cut = _cut(asked, asked.isascii())
    text = f" {' '.join(cut)} " if ours.is_spaced else "".join(words(asked))
    shared = {
        known_word
        for word in set(cut)
        for known_word in (ours.by_stem.get(word[:STEM], ()) if ours.is_spaced else (word,))
        if known_word in ours.rarity and _same(word, known_word)
    }
    found: dict[int, dict[str, float]] = {}
    for term in ours.terms:
        said = _is_said(term, text, ours.is_spaced)
        if said and len(term.words) > 1:
            found.setdefault(term.place, {})[term.joined] = math.log(len(_found()))
        for word in term.words:
            if word in ours.rarity and (said or word in shared):
                best = found.setdefault(term.place, {})
                best[word] = max(best.get(word, 0.0), ours.rarity[word] * (2 if said else 1))
    return {place: sum(best.values()) for place, best in found.items()}


@dataclass(frozen=True)
class Meanings:
    """What a language's terms mean, float32 [terms, 512], and those of each concept together, [concepts, 512]."""

    terms: Vectors
    places: NDArray[np.intp]
    together: Vectors


@lru_cache(maxsize=32)
def _meanings(language: str) -> Meanings:
    """The vectors of a language; computed once, in a second or two."""
    called = [_called(one, language) for one in _found()]
    terms = [(place, term) for place, some in enumerate(called) for term in some]
    return Meanings(
        meaning.encode([term for _, term in terms], language),
        np.array([place for place, _ in terms], dtype=np.intp),
        meaning.encode([", ".join(some) for some in called], language),
    )


def _by_meaning(text: str, language: str) -> Vectors:
    """How near a text is to each concept in its language and in English, in [-1, 1], shape (concepts,).

    The mean of two cosines, as one of few words is near to much by chance: to the nearest term, and to all together.
    """
    nearest = np.full(len(_found()), -1.0, dtype=np.float32)
    together = nearest.copy()
    if not meaning.speaks(language):
        return nearest
    [vector] = meaning.encode([text], language)
    for code in dict.fromkeys((language, ENGLISH)):
        known_terms = _meanings(code)
        np.maximum.at(nearest, known_terms.places, known_terms.terms @ vector)
        together = np.maximum(together, known_terms.together @ vector)
    return np.asarray((nearest + together) / 2, dtype=np.float32)


def concepts_for(text: str, language: str, most: int = 5) -> list[tuple[Concept, float]]:
    """The concepts that a text is most likely about.

    Parameters
    ----------
    text : str
        A problem or what was done about it, in a sentence or some; may be empty.
    language : str
        BCP 47. Where it has neither labels nor meaning, only English words in the text are seen.
    most : int >= 0
        How many at most.

    Returns
    -------
    list of (Concept, float)
        Likeness in [LEAST, 1], the likeliest first; no groups; empty where nothing is likely. A likeness orders, it
        is no probability.
    """
    language = _code(language)
    if not any(_says_something(word) for word in _cut(text, is_plain=False)):
        return []
    sums = np.zeros(len(_found()))
    for code in dict.fromkeys((language, ENGLISH)):
        shared = _by_words(text, code)
        for place, rarity in shared.items():
            sums[place] = max(sums[place], rarity)
    by_words = sums / (sums + HALF)
    doubt = np.clip((1.0 - _by_meaning(text, language)) / (1.0 - NOTHING), 0.0, 1.0) ** 2
    likeness = 1.0 - (1.0 - by_words) * doubt
    order = np.argsort(-likeness, kind="stable")[:most]
    return [(_found()[place], float(likeness[place])) for place in order if likeness[place] >= LEAST]
