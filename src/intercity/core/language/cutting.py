"""The words of a text, by which it is found: the same for what is written and for what is asked.

ICU finds them in every script, with a dictionary where a script writes no spaces. Its root locale cuts as those of the
languages do: of 1,012 sentences each of FLORES-200 devtest in th, lo, km, my, zh, vi, ta, en, id, fil and pt, not
one was cut differently. So nobody needs to know the language of a text to cut it, and mixed texts are cut right.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterable
from typing import Any, Final

from intercity.core.language.folding import UNSEEN, fold

VERSION: Final = 1
"""Of what is done here around ICU; a change of it makes every index old."""

SPELLINGS: Final = (
    (re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|([\u0e48-\u0e4b])\u0e4d\u0e32"), "\\1\\2\u0e33"),
    (re.compile("\u0ecd([\u0ec8-\u0ecb]?)\u0eb2|([\u0ec8-\u0ecb])\u0ecd\u0eb2"), "\\1\\2\u0eb3"),
    (re.compile("\u0e40\u0e40"), "\u0e41"),
    (re.compile("\u0ec0\u0ec0"), "\u0ec1"),
    (re.compile("\u0eab\u0e99"), "\u0edc"),
    (re.compile("\u0eab\u0ea1"), "\u0edd"),
)
"""Thai and Lao signs typed as two that look like one: the dictionaries know only the one.

That is also why words are cut before NFKC, which takes them apart: it changed the cuts of 472 of 1,012 Thai and 618
Lao sentences.
"""
THAI_OR_LAO: Final = re.compile("[\u0e00-\u0eff]")

BEYOND: Final = re.compile("[\U00010000-\U0010ffff]")
HALVES: Final = re.compile("[\ud800-\udfff]")
BETWEEN = "\n"
IN_WORDS = frozenset(("Mn", "Mc"))


class _Letters(dict[int, str | None]):
    """What becomes of each character once words are cut: letters, digits and their signs stay; filled as they come."""

    def __missing__(self, code: int) -> str | None:
        self[code] = kept = self.kept(code)
        return kept

    @staticmethod
    def kept(code: int) -> str | None:
        letter = chr(code)
        kind = unicodedata.category(letter)
        if kind == "Me" or any(first <= code <= last for first, last in UNSEEN):
            return None
        if kind[0] not in "LN" and kind not in IN_WORDS:
            return " "
        digit = unicodedata.decimal(letter, None)
        return letter if digit is None else str(digit)


_LETTERS = _Letters()
_OWN = threading.local()


def _breaker() -> Any:
    """ICU's breaker of this thread: it holds the text that it cuts, so no two threads may share one."""
    if not hasattr(_OWN, "breaker"):
        import icu  # noqa: PLC0415 - read only when words are cut

        _OWN.breaker = icu.BreakIterator.createWordInstance(icu.Locale(""))
    return _OWN.breaker


def _cut(text: str) -> list[str]:
    """Every piece between two of ICU's breaks; their sum is the text."""
    breaker = _breaker()
    breaker.setText(text)
    ends = list(breaker)
    if BEYOND.search(text):  # ICU counts these as two
        wide = text.encode("utf-16-le")
        return [wide[2 * start : 2 * end].decode("utf-16-le") for start, end in zip([0, *ends], ends, strict=False)]
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def words(text: str) -> list[str]:
    """The words of a text, in their order, for searching.

    Cut by ICU (Chinese, Thai, Lao, Khmer and Burmese by dictionary; Vietnamese into syllables), in NFKC and case
    folded, digits of every script as 0 to 9, without punctuation, symbols and characters that are not seen. What
    punctuation holds together is cut there too ("city's" is "city" and "s", "ne'ebé" is "ne" and "ebé"), so that no
    index needs to cut a word again. Accents and vowel signs stay.

    Zero-width spaces are followed: in Khmer interface texts that have them (Chromium, AOSP), all pieces between two
    of them were found as cut alone, against 93 and 84 of 100 without; so is every space.

    Parameters
    ----------
    text : str
        Any, in any script or several; may be empty.

    Returns
    -------
    list of str
        None empty, each of letters, digits (categories L and N) and their signs (Mn, Mc) only.

    Some 300,000 (Tamil) to 2,000,000 (English) words a second on one core.

    Source: Unicode Standard Annex 29 (word boundaries) and ICU's dictionaries.
    """
    text = HALVES.sub(" ", text)
    if text.isascii():
        return BETWEEN.join(_cut(text)).lower().translate(_LETTERS).split()
    text = unicodedata.normalize("NFC", text)
    if THAI_OR_LAO.search(text):
        for spelling, one in SPELLINGS:
            text = spelling.sub(one, text)
    folded = unicodedata.normalize("NFKC", BETWEEN.join(_cut(text))).casefold()
    return unicodedata.normalize("NFKC", folded).translate(_LETTERS).split()


def plain(found: Iterable[str]) -> list[str]:
    """Words without accents, as people type who have no keyboard for them: "móng" becomes "mong", "đà" "da".

    Latin accents, and those of Greek and Cyrillic, go; signs of all other scripts are what a word is made of and stay.

    Parameters
    ----------
    found : iterable of str
        As `words` gives them.

    Returns
    -------
    list of str
        As many, in the same order.
    """
    return [word if word.isascii() else fold(word).replace(" ", "") or word for word in found]


def __getattr__(name: str) -> str:
    """CUT, the name and version of the cutting: found only when it is asked for, because it needs ICU."""
    if name != "CUT":
        raise AttributeError(name)
    import icu  # noqa: PLC0415 - as above

    return f"icu-{icu.ICU_VERSION}/{VERSION}"


CUT: str
