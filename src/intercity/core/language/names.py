"""What a language is called: in itself, for those who choose it, or in another language, for those who read about it.

The names are those of the Unicode Common Locale Data Repository, as Babel brings them.
"""

from __future__ import annotations

from functools import lru_cache

from babel import Locale, UnknownLocaleError

OWN = {"id": "Bahasa Indonesia", "ms": "Bahasa Melayu", "pt": "Português", "tet": "Tetun"}
"""Where the repository has none, or the bare name of the country or people, or writes it small as in a sentence."""


@lru_cache(maxsize=1024)
def locale_of(code: str) -> Locale | None:
    """What Babel knows about a language.

    Parameters
    ----------
    code : str
        As Django and BCP 47 write it ("zh-hans", "pt-BR"), or with underscores; case does not matter.

    Returns
    -------
    babel.Locale or None
        For a code with a region that Babel does not know, that of the language without it. None when the language is
        unknown or the code is not one.
    """
    parts = code.replace("_", "-").split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return None


@lru_cache(maxsize=4096)
def language_name(code: str, in_language: str | None = None) -> str:
    """A language's own name, or its name in another language.

    Parameters
    ----------
    code : str
        As BCP 47 writes it ("km", "zh-hans"); case does not matter.
    in_language : str or None
        The code of the language to name it in; None is the language itself, as in a list to choose from.

    Returns
    -------
    str
        Where that language has no name for it, the English one; where there is none, the code as it came.

    Source: Unicode Common Locale Data Repository.
    """
    if in_language is None and code.lower() in OWN:
        return OWN[code.lower()]
    names = _names(code)
    told_by = locale_of(in_language or code)
    for locale in (told_by, Locale("en")):
        for name in names:
            if locale and name in locale.languages:
                return str(locale.languages[name])
    return code


def _names(code: str) -> list[str]:
    """The keys under which the repository may name a code, the most exact first: zh_Hant_HK, zh_Hant, zh."""
    language, *rest = code.replace("_", "-").split("-")
    parts = [language.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)]
    return ["_".join(parts[:length]) for length in range(len(parts), 0, -1)]
