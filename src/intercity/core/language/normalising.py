"""People's words as they are kept: one way to write each letter, nothing that cannot be seen, Burmese in Unicode.

Unlike folding, which makes a form for searching only, this changes nothing that a reader could see, save that Burmese
typed in the old Zawgyi encoding becomes readable where Zawgyi is not installed. What was typed is kept beside it.
"""

from __future__ import annotations

import re
import unicodedata
import warnings
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

ZAWGYI: Final = 0.95
"""Above this probability, Burmese letters are taken for Zawgyi, if they are surely Unicode once converted."""

UNICODE: Final = 0.05
"""Below this probability, Burmese letters are surely Unicode.

Both are the bounds that myanmartools itself recommends. The second, asked of the converted text, is ours: it takes
away nearly all false alarms on a word or two, at the cost of leaving some very short Zawgyi as it was typed. Printed
by `python -m bench identification`, for texts cut at so many characters, FLORES-200 devtest (1,012 Burmese sentences)
and NTREX-128 (1,996, typed in Zawgyi by those who made it):

=============================  ======  ======  ======  ======  ======  ======
share converted, of             5       10      15      25      50     whole
=============================  ======  ======  ======  ======  ======  ======
FLORES, made Zawgyi by ICU      .510    .849    .954    .995   1.000   1.000
NTREX, typed in Zawgyi          .442    .793    .918    .984    .998    .998
FLORES as it is                 .0040   .0010   .0010  0       0       0
NTREX, made Unicode by ICU      .0025   .0040  0       0       0       0
=============================  ======  ======  ======  ======  ======  ======

So a sentence is converted rightly, and a word or two of Zawgyi often stays as typed, for a person to correct. Texts in
other languages of the Burmese script (Shan, Mon, Karen) were not measured.
"""

BURMESE: Final = re.compile("[\u1000-\u109f]")

LINES: Final = re.compile("\r\n?|[\u0085\u2028\u2029]")
"""Everything that ends a line or a paragraph, beside "\\n" itself."""

UNSEEN: Final = re.compile(
    "[\0-\x08\x0b-\x1f\x7f-\x9f"  # control characters; PostgreSQL refuses the first
    "\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ufe00-\ufe0d\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""What goes wherever it stands: controls, marks of direction (every element of ours has dir="auto", and a stray mark
turns the rest of a line around), soft hyphens, fillers, tags and the variation selectors that no keyboard of our
languages types (in which whole sentences can be hidden from a reader but not from a machine), half characters and
those that are none."""

UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\ua9e0-\ua9ff\uaa60-\uaa7f\u1950-\u19df\u1a20-\u1aaf"
"""Thai, Lao, Burmese, Khmer, New Tai Lue, Tai Le, Tai Tham: scripts that write no space between words."""

BREAKS: Final = re.compile(f"(?<=[{UNSPACED}])(\u200b)\u200b*(?=[{UNSPACED}])|\u200b+")
"""Zero-width spaces. Between letters of an unspaced script they say where a word ends, which browsers (to break lines)
and our cutting (to find words) both follow; elsewhere they say nothing."""

JOINING = (
    "\u0600-\u08ff"  # Arabic, Syriac and their neighbours: joiners decide the shape of a letter
    "\u0900-\u0dff"  # scripts of India and Sri Lanka, Tamil among them: joiners decide whether letters form one sign
    "\u0f00-\u0fff\u1000-\u109f\u1780-\u17ff"  # Tibetan, Burmese, Khmer: joiners keep a mark above or below
    "\u1800-\u18af\ua840-\ua87f"  # Mongolian, Phags-pa
    "\U00011000-\U00011fff"
)
PICTURES = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
AFTER_PICTURE = "\ufe0e\ufe0f\U0001f3fb-\U0001f3ff"
JOINERS: Final = re.compile(
    f"(?<=[{JOINING}])([\u200c\u200d])[\u200c\u200d]*"
    f"|(?<=[{PICTURES}{AFTER_PICTURE}])(\u200d)[\u200c\u200d]*(?=[{PICTURES}])"
    "|[\u200c\u200d]+"
)
"""Zero-width joiners and non-joiners: kept, one at a time, where they change how a letter or a picture looks."""

SELECTORS: Final = re.compile(
    f"(?<=[{PICTURES}0-9#*])([\ufe0e\ufe0f])[\ufe0e\ufe0f\u180b-\u180f]*"
    "|(?<=[\u1820-\u18aa])([\u180b-\u180f])[\ufe0e\ufe0f\u180b-\u180f]*"
    "|[\ufe0e\ufe0f\u180b-\u180f]+"
)
"""Kept after a picture (as a letter or in colours) and after a Mongolian letter (which of its shapes)."""


@dataclass(frozen=True)
class Normalised:
    """A text as it is kept.

    Attributes
    ----------
    text : str
        In NFC.
    was_zawgyi : bool
        Whether its Burmese was converted from Zawgyi, which the person who wrote it is to be told.
    """

    text: str
    was_zawgyi: bool


@cache
def _detector() -> Any:
    from myanmartools import ZawgyiDetector  # noqa: PLC0415 - two models are read only when Burmese comes

    with warnings.catch_warnings():  # it opens its file in a way that CPython 3.11 and 3.12 advise against
        warnings.simplefilter("ignore", DeprecationWarning)
        return ZawgyiDetector()


@cache
def _converter() -> Any:
    import icu  # noqa: PLC0415 - as above

    return icu.Transliterator.createInstance("Zawgyi-my")


def _kept(match: re.Match[str]) -> str:
    return next((group for group in match.groups() if group), "")


def _visible(text: str) -> str:
    """NFC without what is not seen; doing it again changes nothing."""
    text = UNSEEN.sub("", LINES.sub("\n", text))
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    text = SELECTORS.sub(_kept, text)
    text = JOINERS.sub(_kept, text)
    text = BREAKS.sub(_kept, text)
    return unicodedata.normalize("NFC", text)


def zawgyi_probability(text: str) -> float:
    """How probably the Burmese letters of a text are Zawgyi.

    Returns
    -------
    float in [0, 1]
        0 where there are none.

    Source: myanmartools (a Markov model of both encodings, by Google).
    """
    return max(0.0, float(_detector().get_zawgyi_probability(text))) if BURMESE.search(text) else 0.0


def normalise(text: str) -> Normalised:
    """A text as it is kept: in NFC, without invisible characters that mean nothing, its Burmese in Unicode.

    Kept are line ends (all as "\\n"), tabs, zero-width spaces between letters of scripts that write no spaces (Thai,
    Lao, Khmer, Burmese), zero-width joiners where they change how letters of India, Burmese, Khmer, Arabic or a
    picture look, and variation selectors after pictures and Mongolian letters. All other default-ignorable
    characters, marks of direction among them, controls and half surrogates go.

    Parameters
    ----------
    text : str
        Any; may hold half surrogates or be empty.

    Returns
    -------
    Normalised
        Normalising its text again changes nothing.

    Source: Unicode Standard Annex 15, DerivedCoreProperties (Default_Ignorable_Code_Point); myanmartools; ICU's
    transliteration Zawgyi-my.
    """
    visible = _visible(text)
    if zawgyi_probability(visible) > ZAWGYI:
        converted = _visible(_converter().transliterate(visible))
        if zawgyi_probability(converted) < UNICODE:
            return Normalised(converted, was_zawgyi=True)
    return Normalised(visible, was_zawgyi=False)
