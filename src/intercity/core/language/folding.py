"""One form of a text for searching: how somebody types a word must not decide whether it is found.

The form is for comparing, never for showing. Accents of the Latin, Greek and Cyrillic scripts are folded, because
people who search leave them out. Signs of all other scripts stay: Khmer, Lao, Thai, Burmese or Devanagari vowel signs,
tone marks and viramas are what the word is made of.
"""

from __future__ import annotations

import re
import unicodedata

ACCENTS = (
    (0x0300, 0x036F),  # Combining Diacritical Marks
    (0x0483, 0x0489),  # Cyrillic marks
    (0x1AB0, 0x1AFF),  # Combining Diacritical Marks Extended
    (0x1DC0, 0x1DFF),  # … Supplement
    (0x20D0, 0x20FF),  # … for Symbols
    (0xFE20, 0xFE2F),  # Combining Half Marks
)
"""Marks of the Latin, Greek and Cyrillic scripts. No other script keeps its own signs in these blocks."""

UNSEEN = (
    (0x00AD, 0x00AD),
    (0x061C, 0x061C),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x200B, 0x200F),
    (0x202A, 0x202E),
    (0x2060, 0x206F),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0),
    (0xFFF0, 0xFFFB),
    (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)
"""Characters that are not seen: soft hyphen, zero-width spaces and joiners, direction marks, variation selectors."""

APOSTROPHES = (0x02B9, 0x02C1)
"""Letters by their category, written and typed as if they were apostrophes (Armenian ʻ, Ukrainian ʼ)."""

UNDECOMPOSED = {
    "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ŋ": "n", "ə": "e", "ɛ": "e", "ɔ": "o", "ĸ": "k",
}  # fmt: skip
"""Latin letters that Unicode neither decomposes nor names "LATIN SMALL LETTER … WITH …", as it does đ, ø, ł or ħ."""

LATIN_WITH = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")
KEPT = frozenset("LMN")


def _within(code: int, blocks: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in blocks)


class _Letters(dict[int, str]):
    """What becomes of each character after normalisation; filled as characters come."""

    def __missing__(self, code: int) -> str:
        self[code] = kept = self.folded(code)
        return kept

    @staticmethod
    def folded(code: int) -> str:
        letter = chr(code)
        if _within(code, ACCENTS) or _within(code, UNSEEN):
            return ""
        if unicodedata.category(letter)[0] not in KEPT or _within(code, (APOSTROPHES,)):
            return " "
        digit = unicodedata.decimal(letter, None)
        if digit is not None:
            return str(digit)
        named = LATIN_WITH.match(unicodedata.name(letter, ""))
        return named[1].lower() if named else UNDECOMPOSED.get(letter, letter)


_LETTERS = _Letters()


def fold(text: str) -> str:
    """The form of a text by which it is searched and compared.

    Unicode NFKC and case folding; accents of Latin, Greek and Cyrillic letters away (đ → d, ø → o, ł → l, ı → i,
    ß → ss, й → и, ή → η); digits of every script as 0 to 9; characters that are not seen away; every run of spaces,
    punctuation and symbols one space, none at the ends. Vowel signs and marks of other scripts stay.

    Parameters
    ----------
    text : str
        Any, in any script or several; may be empty.

    Returns
    -------
    str
        In NFC. Folding it again changes nothing. Empty when the text has no letter and no digit.

    Source: Unicode Standard Annex 15 (normalisation), Unicode Standard section 3.13 (default caseless matching) and
    DerivedCoreProperties, Default_Ignorable_Code_Point.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_LETTERS).split())
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", " ".join(plain.translate(_LETTERS).split()))
