"""Text out of bytes, as spreadsheets save it: UTF-8, UTF-16, and the old code pages of Thai and Chinese Windows."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intercity.practices.imports.book import unreadable

UNWRITTEN: Final = re.compile(
    "(?:^|[^\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[\u0e34-\u0e37][\u0e34-\u0e37]"
    "|[\u0e40-\u0e44](?![\u0e01-\u0e2e])|(?:^|[^\u0e01-\u0e2e\u0e31-\u0e4e])[\u0e30\u0e32\u0e33]"
)
"""A Thai vowel or tone without a letter to stand on, before or after: no Thai is written so."""
MIXED: Final = re.compile("[A-Za-z][\u0e00-\u0e7f]|[\u0e00-\u0e7f][A-Za-z]")
WITHIN: Final = re.compile("[a-z][\u4e00-\u9fff]{1,2}[a-z]")
THAI: Final = re.compile("[\u0e00-\u0e7f]")
CHINESE: Final = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]")
GUESSED: Final = {"cp874": gettext_lazy("Thai Windows (874)"), "gb18030": gettext_lazy("Chinese Windows (GB 18030)")}
ALMOST_ALL: Final = 0.97
FEW: Final = 4
"""Fewer letters than these may as well be accents of another language."""


def decode(content: bytes) -> tuple[str, str]:
    """The text, and what a person has to look at where its encoding was guessed. RefusedError where nothing fits."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _strictly(content, "utf-16"), ""
    if content.startswith(BOM_UTF8) or _is(content, "utf-8"):
        return _strictly(content, "utf-8-sig"), ""
    likely = [one for one in GUESSED if _is(content, one) and _looks_right(content.decode(one), one)]
    if len(likely) == 1:
        note = _("The file is not in UTF-8. It was read as %(encoding)s: check that the letters below are right.")
        return content.decode(likely[0]), note % {"encoding": GUESSED[likely[0]]}
    raise unreadable(
        _(
            "The letters of the file cannot be read: it is not in UTF-8. In Excel, choose “Save as” and "
            "“CSV UTF-8”, or send the workbook (.xlsx) itself."
        )
    )


def _is(content: bytes, encoding: str) -> bool:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return "\0" not in text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as error:
        raise unreadable(
            _("The file is damaged: its letters end in the middle. Save it again, and send it.")
        ) from error
    if "\0" in text:
        raise unreadable(_("The file is no table of text. Save it as CSV UTF-8 or .xlsx, and send it again."))
    return text


def _looks_right(text: str, encoding: str) -> bool:
    """Whether almost everything beyond ASCII is of the script, and written as its languages are.

    Of a European text, every accent comes out as one strange letter within a word in Latin letters.
    """
    beyond = BEYOND_ASCII.findall(text)
    if encoding == "cp874":
        likely = sum(1 for letter in beyond if THAI.match(letter))
        strange = UNWRITTEN.search(text) or MIXED.search(text)
    else:
        likely = sum(1 for letter in beyond if CHINESE.match(letter) and _is_common(letter))
        strange = WITHIN.search(text)
    return len(beyond) >= FEW and likely >= ALMOST_ALL * len(beyond) and not strange


def _is_common(letter: str) -> bool:
    """Whether a Chinese character is among the 6,763 of 1980, which almost all texts are made of."""
    try:
        letter.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
