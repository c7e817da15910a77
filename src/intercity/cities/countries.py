"""Countries and territories by their ISO 3166-1 code, and what they are called in the reader's language.

The names are those of the Unicode Common Locale Data Repository, as Babel brings them. A name says how a place is
called in a language; it takes no position on its status.
"""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale

from intercity.cities.gazetteer import countries
from intercity.core.language import fold
from intercity.core.language.names import locale_of

CODE = re.compile(r"[A-Z]{2}")


@lru_cache(maxsize=4096)
def country_name(code: str, language: str = "en") -> str:
    """What a country is called in a language; where that has no name for it, the English one; else the code."""
    country = code.upper()
    for locale in (locale_of(language), Locale("en")):
        if locale and CODE.fullmatch(country) and country in locale.territories:
            return str(locale.territories[country])
    return code


@lru_cache(maxsize=64)
def country_choices(language: str = "en") -> list[tuple[str, str]]:
    """Code and name of every country that has a place in the gazetteer, by name."""
    return sorted(((code, country_name(code, language)) for code in countries()), key=lambda pair: fold(pair[1]))
