"""Which terms of the network's glossary stand in some words, and how they must be said in another language."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from intercity.core.language.folding import fold
from intercity.languages.models import GlossaryTerm

UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x9FFF),
    (0x20000, 0x3FFFF),
)
"""Thai and Lao, Burmese, Khmer, Japanese, Chinese: between their words stands nothing."""


class Term(NamedTuple):
    """A term as it stands in the original, as it must stand in a translation if that is agreed on, and its meaning."""

    source: str
    target: str
    meaning: str


def terms_in(body: str, source: str, target: str) -> list[Term]:
    """The terms of the glossary in some words, the longest first, for people who translate them.

    Compared as when searching: case, accents and invisible signs do not matter. Of a term that stands only within a
    longer one, nothing is said. A term matches as it stands in the glossary: its other forms ("cities" for "city")
    are terms of their own. Where no word is agreed on in the other language, `target` is empty.
    """
    return found_in(body, known_terms(source, target))


def known_terms(source: str, target: str) -> list[tuple[str, Term]]:
    """Every term that has words in the original's language, whichever it was agreed in, for `found_in`.

    To be read once for many texts.
    """
    found = []
    for term in GlossaryTerm.objects.prefetch_related("translations"):
        said = {word.language: word.words for word in term.translations.all()} | {term.language: term.words}
        if source != target and source in said:
            found.append((fold(said[source]), Term(said[source], said.get(target, ""), term.meaning)))
    return sorted(found, key=lambda one: (-len(one[0]), one))


def found_in(body: str, terms: Iterable[tuple[str, Term]]) -> list[Term]:
    """Those of the terms that stand in some words, as `terms_in` says."""
    folded, found = fold(body), []
    taken = [False] * len(folded)
    for words, term in terms:
        places = [where for where in _places(folded, words) if not all(taken[where.start : where.stop])]
        for where in places:
            taken[where.start : where.stop] = [True] * len(where)
        if places:
            found.append(term)
    return found


def terms_for(body: str, source: str, target: str) -> list[tuple[str, str]]:
    """For machines: each term in some words that is agreed on in both languages, and how it must be said."""
    return [(term.source, term.target) for term in terms_in(body, source, target) if term.target]


def not_said(terms: Iterable[Term], translation: str) -> list[Term]:
    """Those of the terms that a translation does not say as agreed, to be looked at: a word may be inflected."""
    folded = fold(translation)
    return [term for term in terms if term.target and fold(term.target) not in folded]


def _places(body: str, term: str) -> Iterator[range]:
    """Where a term stands as a word of its own, both folded."""
    start = body.find(term) if term else -1
    while start >= 0:
        stop = start + len(term)
        if _may_part(body[start - 1 : start], term[0]) and _may_part(term[-1], body[stop : stop + 1]):
            yield range(start, stop)
        start = body.find(term, start + 1)


def _may_part(before: str, after: str) -> bool:
    """Whether a word may end between two signs: not between two letters of a script with spaces, nor before a mark."""
    if not before or not after or " " in (before, after):
        return True
    if unicodedata.category(after).startswith("M"):
        return False
    return _is_unspaced(before) or _is_unspaced(after)


def _is_unspaced(sign: str) -> bool:
    return any(first <= ord(sign) <= last for first, last in UNSPACED)
