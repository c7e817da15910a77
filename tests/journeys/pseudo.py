"""A pseudo-language: our English words with accents, long and in brackets, so that the eye and a test see what is not.

A message becomes at least 60 % longer, as labels do in the longest languages: vowels are doubled, and what is still
missing follows as words. Places, names in braces and tags stay. What a page shows outside brackets has not gone
through gettext.
"""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from tests.contracts.messages import in_contexts, messages

BEGIN, END = "⟦", "⟧"
KEPT = re.compile(r"(%\(\w+\)[sd]|\{\w+\}|%[sd%]|<[^>]*>|&\w+;|\s+)")
ACCENTS = str.maketrans("aeiouycnsAEIOUCNS", "àéîöûýçñšÀÉÎÖÛÇÑŠ")
LONGER = 1.6
FILLING = " lôôñg"


def pseudo(text: str) -> str:
    """The message in the pseudo-language."""
    parts = [part if KEPT.fullmatch(part) else _stretched(part) for part in KEPT.split(text)]
    said = "".join(parts)
    while len(KEPT.sub("", said)) < LONGER * len(KEPT.sub("", text)):
        said += FILLING
    return f"{BEGIN}{said}{END}"


def _stretched(word: str) -> str:
    return re.sub("[aeiouAEIOU]", lambda vowel: vowel[0] + vowel[0].lower(), word).translate(ACCENTS)


def write(folder: Path) -> None:
    """Write the catalogue as that of English, whose place it takes."""
    catalogue = Catalog(locale="en")
    for context, message in (*((None, message) for message in messages()), *in_contexts()):
        key = message[0] if len(message) == 1 else (message[0], message[1])
        said = pseudo(key) if isinstance(key, str) else tuple(pseudo(form) for form in key)
        catalogue.add(key, said, context=context)
    place = folder / "en" / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
