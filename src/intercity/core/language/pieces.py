"""Long texts in pieces of a few sentences: a vector says what a few sentences mean, and little of a whole page."""

from __future__ import annotations

from collections.abc import Iterator

import icu

LONGEST = 600
"""Characters of a piece at most: some four to six sentences."""


def _sentences(text: str) -> Iterator[str]:
    """The sentences, with the spaces after them. ICU counts in UTF-16, so it cuts its own string."""
    whole = icu.UnicodeString(text)
    breaks = icu.BreakIterator.createSentenceInstance(icu.Locale.getRoot())
    breaks.setText(whole)
    begin = 0
    for end in breaks:
        yield str(whole[begin:end])
        begin = end


def _lines(sentence: str, longest: int) -> Iterator[str]:
    """A sentence that is too long, broken where a line may be broken; a word longer than a piece is cut."""
    whole = icu.UnicodeString(sentence)
    breaks = icu.BreakIterator.createLineInstance(icu.Locale.getRoot())
    breaks.setText(whole)
    begin = 0
    while len(whole) - begin > longest:
        end = breaks.preceding(begin + longest + 1)
        if end <= begin:
            inside = "\ud800" <= str(whole[begin + longest - 1 : begin + longest])[:1] <= "\udbff"
            end = begin + longest - inside
        yield str(whole[begin:end])
        begin = end
    yield str(whole[begin:])


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """A text cut into pieces between its sentences, or between lines where a sentence is longer than a piece.

    Parameters
    ----------
    text : str
        In any language. Thai and Lao end no sentence by a sign; there a piece ends at a space or between words.
    longest : int >= 2
        Characters (UTF-16 units within an overlong sentence) that a piece has at most.

    Returns
    -------
    list of str
        Without spaces around, none empty; in their order. A text that is short enough is one piece.

    Source: Unicode Standard Annexes 14 (line breaking) and 29 (sentence boundaries), by ICU.
    """
    text = text.strip()
    if len(text) <= longest:
        return [text] if text else []
    found = [""]
    for sentence in _sentences(text):
        for part in [sentence] if len(sentence.strip()) <= longest else _lines(sentence, longest):
            if len(found[-1]) + len(part.rstrip()) > longest:
                found.append("")
            found[-1] += part
    return [piece.strip() for piece in found if piece.strip()]
