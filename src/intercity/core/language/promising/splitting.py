"""A text in its blocks (headings, paragraphs, items of lists) and sentences, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import icu

from intercity.core.language.promising.lexicon import Lexicon, levelled
from intercity.core.language.promising.numbering import Marker, inline, marker

LINES: Final = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
HALVES: Final = re.compile("[\ud800-\udfff]")
END: Final = re.compile(r"""[.!?…。！？；;:：။។៕៖።।|]["'”’»」』)）\]]*$""")
"""Signs after which a line has ended, wherever it stops."""
WIDE: Final = re.compile("[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uff60]")
FULL: Final = 40
"""Columns from which on a line without an end may go on in the next: shorter ones are headings."""
INITIAL: Final = re.compile(r"(?:(?:^|\W)[^\W\d_]|[ก-ฮ])\.$")
"""The dot of an initial, and any in Thai, where it ends no sentence but shortens a word (พ.ศ.)."""
SPACES: Final = re.compile("[ \u00a0]+")
NEAR: Final = 60
"""Characters within which a party is followed by what it promises, where only a space may end a sentence."""
CLAUSES: Final = re.compile(r"[;；]\s*(?:and\s+|or\s+|以及)?")


@dataclass(frozen=True)
class Part:
    """A sentence, or what is left of a line: text[start:end], without spaces around.

    Attributes
    ----------
    start, end : int
        Its place in the text.
    label : str
        The marker of its item, as written; "" outside of lists.
    family : str
        That of the marker.
    is_first : bool
        Whether it is the first sentence of its block.
    is_last : bool
        Whether it is the last.
    """

    start: int
    end: int
    label: str
    family: str
    is_first: bool
    is_last: bool


@dataclass(frozen=True)
class _Block:
    """A heading, a paragraph or an item: its words begin after the marker."""

    start: int
    end: int
    marker: Marker | None


def same_length(text: str) -> str:
    """The text for ICU: every end of a line a space, half characters replaced, each place where it was."""
    return HALVES.sub("\ufffd", LINES.sub(lambda end: " " * len(end[0]), text))


def parts(text: str, lexicon: Lexicon) -> Iterator[Part]:
    """Every sentence of a text in its order; of what is not in one of them, only markers and spaces are left.

    The lexicon is that of the language: its abbreviations and parties, and by what it promises.
    """
    clean = same_length(text)
    for block in _blocks(text, lexicon):
        cut = list(_sentences(clean, block.start, block.end, lexicon)) or [(block.start, block.end)]
        label, family = (block.marker.label, block.marker.family) if block.marker else ("", "")
        for number, (start, end) in enumerate(cut, 1):
            yield Part(start, end, label, family, number == 1, number == len(cut))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines without spaces around them; an empty one has no length."""
    begin = 0
    for end in [*(one.span() for one in LINES.finditer(text)), (len(text), len(text))]:
        yield _trimmed(text, begin, end[0])
        begin = end[1]


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    while begin < end and (text[begin].isspace() or text[begin] in "\ufeff\u200b"):
        begin += 1
    while begin < end and (text[end - 1].isspace() or text[end - 1] in "\ufeff\u200b"):
        end -= 1
    return begin, end


def _blocks(text: str, lexicon: Lexicon) -> Iterator[_Block]:
    """Lines that go on in the next are one block; every marker begins another."""
    held: list[tuple[int, int]] = []
    first: Marker | None = None
    for begin, end in _lines(text):
        found = marker(text, begin, end, lexicon) if begin < end else None
        is_marker_only = first is not None and len(held) == 1 and first.end >= held[0][1]
        if held and (begin == end or found or not (is_marker_only or _goes_on(text, held[-1], (begin, end), lexicon))):
            yield from _within(text, held[0][0], held[-1][1], first, lexicon)
            held = []
        if begin < end:
            first = first if held else found
            held.append((begin, end))
    if held:
        yield from _within(text, held[0][0], held[-1][1], first, lexicon)


def _goes_on(text: str, line: tuple[int, int], following: tuple[int, int], lexicon: Lexicon) -> bool:
    """Whether a line goes on in the next one, as in text that was copied out of a page."""
    words, rest = text[line[0] : line[1]], text[following[0] : following[1]]
    if END.search(words):
        return False
    if words[-1] in ",，" and not rest[0].islower():
        opening = levelled(rest)
        return not (lexicon.begins("party", opening) or lexicon.begins("preamble", opening))
    return rest[0].islower() or len(words) + len(WIDE.findall(words)) >= FULL


def _within(text: str, begin: int, end: int, first: Marker | None, lexicon: Lexicon) -> Iterator[_Block]:
    """A block, and the items that run on within it."""
    start = first.end if first else begin
    for at, one in inline(text, start, end, lexicon, first.family if first else ""):
        yield from _block(text, start, at, first)
        start, first = one.end, one
    yield from _block(text, start, end, first)


def _block(text: str, begin: int, end: int, found: Marker | None) -> Iterator[_Block]:
    begin, end = _trimmed(text, begin, end)
    if begin < end or found:
        yield _Block(begin, end, found)


def _sentences(clean: str, begin: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """The sentences of a block: by ICU, by the spaces of languages that end none by a sign, by semicolons."""
    held = begin
    for stop in _stops(clean[begin:end]):
        words = clean[held : begin + stop].strip()
        if not _is_whole(words, lexicon) and begin + stop < end:
            continue
        for first, last in _clauses(clean, held, begin + stop, lexicon):
            trimmed = _trimmed(clean, first, last)
            if trimmed[0] < trimmed[1]:
                yield trimmed
        held = begin + stop


def _stops(block: str) -> Iterator[int]:
    """Where sentences end, counted in characters: ICU counts in UTF-16."""
    whole = icu.UnicodeString(block)
    breaker = icu.BreakIterator.createSentenceInstance(icu.Locale.getRoot())
    breaker.setText(whole)
    begin = place = 0
    for end in breaker:
        place += len(str(whole[begin:end]))
        begin = end
        yield place


def _is_whole(words: str, lexicon: Lexicon) -> bool:
    """Whether what ICU took for a sentence is one: not "No." or "5." """
    if not re.search(r"[^\W\d_]", words):
        return False
    last = words.rsplit(maxsplit=1)[-1]
    return last not in lexicon.phrases.get("abbreviation", ()) and not INITIAL.search(words)


def _clauses(clean: str, begin: int, end: int, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """A sentence cut at semicolons, and at the spaces of Thai and its neighbours, where every piece promises anew."""
    cuts = [one.end() for one in CLAUSES.finditer(clean, begin, end)]
    if not lexicon.is_spaced:
        cuts += [one.end() for one in SPACES.finditer(clean, begin, end)]
    start = begin
    for cut, following in pairwise([*sorted({*cuts}), end]):
        if start < cut < end and _opens(clean, cut, following, end, lexicon) and _promises(clean[start:cut], lexicon):
            yield start, cut
            start = cut
    yield start, end


def _promises(words: str, lexicon: Lexicon) -> bool:
    levelled_words = levelled(words)
    return any(lexicon.find(kind, levelled_words) for kind in ("promise", "duty", "wish", "action"))


def _opens(clean: str, cut: int, following: int, end: int, lexicon: Lexicon) -> bool:
    """Whether another promise begins here: after a semicolon any; after a space one with a party of its own."""
    if CLAUSES.search(clean, max(0, cut - 8), cut):
        return _promises(clean[cut:following], lexicon)
    rest = levelled(clean[cut : min(end, cut + NEAR)])
    party = lexicon.begins("party", rest)
    return party is not None and _promises(rest[party.end :], lexicon)
