"""Text out of bytes, as spreadsheets save it: UTF-8, UTF-16, and the old code pages of Thai and Chinese Windows."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from typing import Final

from django.utils.translation import gettext as _

from intercity.practices.imports.book import unreadable

LONE_MARK: Final = re.compile(
    "(?:^|[^\u0e01-\u0e4e])[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[\u0e34-\u0e37][\u0e34-\u0e37]"
)
"""A Thai vowel or tone with no letter to stand on, or two vowels on one: no Thai is written so."""
THAI: Final = re.compile("[\u0e00-\u0e7f]")
CHINESE: Final = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]")
ALMOST_ALL: Final = 0.97


def decode(content: bytes) -> tuple[str, str]:
    """The text, and what a person has to look at where its encoding was guessed. RefusedError where nothing fits."""
    if content.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _strictly(content, "utf-16"), ""
    if content.startswith(BOM_UTF8) or _is(content, "utf-8"):
        return _strictly(content, "utf-8-sig"), ""
    for encoding, name in (("cp874", _("Thai Windows (874)")), ("gb18030", _("Chinese Windows (GB 18030)"))):
        if _is(content, encoding) and _looks_right(content.decode(encoding), encoding):
            note = _("The file is not in UTF-8. It was read as %(encoding)s: check that the letters below are right.")
            return content.decode(encoding), note % {"encoding": name}
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
    """Whether almost everything beyond ASCII is of the script, and Thai is written as Thai is."""
    beyond = BEYOND_ASCII.findall(text)
    script = THAI if encoding == "cp874" else CHINESE
    fits = sum(1 for letter in beyond if script.match(letter)) >= ALMOST_ALL * len(beyond)
    return fits and not (encoding == "cp874" and LONE_MARK.search(text))
