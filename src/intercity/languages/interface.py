"""How much of our own words each language has, read from the catalogues that are installed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import to_locale

SOURCE = "en"
"""The language in which our own words are written."""
AWAITS = "AWAITING REVIEW"
"""What stands in the head of a catalogue that nobody who speaks the language has read."""
HEAD = 600


@dataclass(frozen=True)
class Interface:
    """How many of our messages a language has. `percent` is rounded down, so that 100 means all of them."""

    translated: int
    total: int
    awaits_review: bool

    @property
    def percent(self) -> int:
        """In hundredths."""
        return 100 * self.translated // self.total if self.total else 0


def interface(language: str) -> Interface | None:
    """How far our own words are translated into a language; None where there is no catalogue of it."""
    counted = {code: _counted(path, path.stat().st_mtime_ns) for code, path in _catalogues().items()}
    total = max((found.total for found in counted.values()), default=0)
    if language.lower() == SOURCE:
        return Interface(total, total, awaits_review=False)
    found = counted.get(language.lower())
    return Interface(found.translated, total, found.awaits_review) if found else None


def _catalogues() -> dict[str, Path]:
    """The catalogue of each language of the interface."""
    found = {}
    for code, _name in settings.LANGUAGES:
        for folder in settings.LOCALE_PATHS:
            path = Path(folder) / to_locale(code) / "LC_MESSAGES" / "django.po"
            if path.exists():
                found[code.lower()] = path
    return found


@lru_cache(maxsize=64)
def _counted(path: Path, _changed: int) -> Interface:
    """Counted once for each state of a file. A catalogue has an entry a paragraph; the first is its head."""
    text = path.read_text(encoding="utf-8")
    entries = [entry for entry in re.split(r"\n[ \t]*\n", text) if _is_message(entry)]
    return Interface(sum(map(_is_translated, entries)), len(entries), AWAITS in text[:HEAD])


def _is_message(entry: str) -> bool:
    """Not the head, and not one that is kept from earlier."""
    begins = re.search(r'(?m)^msgid ((?:".*"\s*)+)', entry)
    return begins is not None and bool(begins[1].replace('"', "").strip())


def _is_translated(entry: str) -> bool:
    if re.search(r"(?m)^#,.*\bfuzzy\b", entry):
        return False
    forms = re.findall(r'(?m)^msgstr(?:\[\d+\])? ((?:".*"\s*)+)', entry)
    return bool(forms) and all(form.replace('"', "").strip() for form in forms)
