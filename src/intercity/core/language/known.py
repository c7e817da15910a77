"""The languages we know something about: one entry each in languages.json, and nothing about them anywhere else.

An entry is a claim. `meaning` says how well texts are found and compared across languages: "strong" and "good" were
measured (core.language.meaning), "none" was not or is not there. A new language is one entry; the tests of this
folder run over the file.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

FILE: Final = Path(__file__).with_name("languages.json")

Direction = Literal["ltr", "rtl"]
Cut = Literal["spaces", "syllables", "dictionary"]
Meaning = Literal["strong", "good", "none"]


@dataclass(frozen=True)
class Language:
    """What we know of a language.

    Attributes
    ----------
    code : str
        BCP 47, in small letters as Django writes it ("zh-hans").
    own_name : str
        In its own language and script, for those who choose it.
    direction : "ltr" or "rtl"
    script : str
        ISO 15924 ("Latn", "Hans", "Khmr").
    line_height : float
        At least so many times the size of the letters, so that marks above and below are not cut off.
    fonts : str
        A CSS font stack of fonts that phones and systems bring along; none is fetched.
    cut : "spaces", "syllables" or "dictionary"
        How ICU finds words: between spaces; Vietnamese the same way, which yields syllables; or, where nothing is
        written between words, by a dictionary.
    meaning : "strong", "good" or "none"
        How well it is found across languages.
    label : str
        What py3langid calls it; empty when it does not know it.
    also : tuple of str
        Other codes under which it comes, in small letters.
    hardly_told_from : tuple of str
        Codes of languages from which no detector tells it reliably, so that the reader's interface has the say.
    """

    code: str
    own_name: str
    direction: Direction
    script: str
    line_height: float
    fonts: str
    cut: Cut
    meaning: Meaning
    label: str
    also: tuple[str, ...] = ()
    hardly_told_from: tuple[str, ...] = ()


def _stack(names: list[str]) -> str:
    return ", ".join([f'"{name}"' if " " in name else name for name in names] + ["sans-serif"])


def _read() -> Mapping[str, Language]:
    entries = json.loads(FILE.read_text(encoding="utf-8"))
    for code, entry in entries.items():
        entry["fonts"] = _stack(entry["fonts"])
        for several in ("also", "hardly_told_from"):
            entry[several] = tuple(entry.get(several, ()))
        entries[code] = Language(code=code, **entry)
    return MappingProxyType(entries)


LANGUAGES: Final[Mapping[str, Language]] = _read()
"""All of them by code, in the order of the file."""

_BY_ANY_CODE = {code: language for language in LANGUAGES.values() for code in (language.code, *language.also)}


@lru_cache(maxsize=1024)
def known(code: str) -> Language | None:
    """The language that a code means.

    Parameters
    ----------
    code : str
        BCP 47 with "-" or "_"; case does not matter. Parts that we do not know are left out from the end, so a region
        or a variety falls back to its language: "pt-BR" to "pt", "zh-Hans-SG" to "zh-hans", "zh-HK" to "zh-hant".

    Returns
    -------
    Language or None
        None when the code means none of LANGUAGES.
    """
    parts = code.lower().replace("_", "-").split("-")
    for length in range(len(parts), 0, -1):
        found = _BY_ANY_CODE.get("-".join(parts[:length]))
        if found:
            return found
    return None
