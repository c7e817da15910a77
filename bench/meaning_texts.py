"""Sentences with their translations, for measuring only, where they are at hand."""

from __future__ import annotations

import gzip
from pathlib import Path

from intercity.core.language.normalising import normalise

SHARED = Path(__file__).parents[2] / "shared" / "data" / "language"
LANGUAGES = ("en", "zh", "th", "pt", "id", "ms", "vi", "lo", "km", "my", "fil", "ta")


def flores() -> dict[str, list[str]]:
    """FLORES-200 devtest: 1,012 sentences of the news in twelve languages; nothing was ever trained on it."""
    folder = SHARED / "flores-devtest"
    lines = {code: (folder / f"{code}.txt").read_text(encoding="utf-8").split("\n") for code in LANGUAGES}
    return {code: [normalise(line).text for line in some if line.strip()] for code, some in lines.items()}


SHORTEST = {"sdg": 40}
"""Characters of the English below which a text is a label of the page it comes from: "Contact us"."""


def pairs(source: str) -> dict[str, tuple[list[str], list[str]]]:
    """English texts of a source and their translations, by language; of texts that come twice, the first."""
    found = {}
    for path in sorted((SHARED / "pairs").glob(f"{source}.en-*.tsv.gz")):
        code = path.name.split("-")[1].split(".")[0]
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            rows = [normalise(line).text.rstrip("\n").partition("\t") for line in file]
        first = {
            english: text for english, _, text in reversed(rows) if text and len(english) >= SHORTEST.get(source, 1)
        }
        found[code] = (list(first), list(first.values()))
    return found
