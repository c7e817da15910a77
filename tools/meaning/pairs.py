"""Sentence pairs: a folder of `SOURCE.en-LANG.tsv.gz`, one pair a line, English first."""

from __future__ import annotations

import gzip
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from intercity.core.language.normalising import normalise

LONGEST_ANCHOR, LONGEST_TEXT = 400, 700
"""Characters; longer ones are paragraphs, and cost much for what they teach."""

WEIGHTS = {
    "ntrex": 4.0,
    "tico": 4.0,
    "floresdev": 4.0,
    "thaiembassy": 4.0,
    "sdg": 4.0,
    "udhr": 4.0,
    "libreoffice": 0.7,
    "cldrann": 0.7,
    "cldrname": 0.5,
    "laodict": 0.5,
}
"""How often a pair of a source is shown, 1 where nothing is said: genuine sentences teach more than labels."""


class Row(NamedTuple):
    """A text, where it comes from, and the number of the anchor whose meaning it has."""

    source: str
    language: str
    anchor: int
    text: str


@dataclass
class Pairs:
    """All rows, and the anchors they stand for: (language, text), each once, in a language the encoder speaks."""

    rows: list[Row] = field(default_factory=list)
    anchors: dict[tuple[str, str], int] = field(default_factory=dict)

    def add(self, source: str, language: str, anchor: tuple[str, str], text: str) -> None:
        """One more pair."""
        number = self.anchors.setdefault(anchor, len(self.anchors))
        self.rows.append(Row(source, language, number, text))


def read(folder: Path, without: Collection[str]) -> Pairs:
    """Every pair of the folder but those of the sources named in `without`; Burmese in Zawgyi becomes Unicode.

    The Burmese side of NTREX-128 is in Zawgyi throughout: 1,996 of 1,996 lines.
    """
    pairs = Pairs()
    for path in sorted(folder.glob("*.tsv.gz")):
        source, languages = path.name.split(".")[:2]
        own, other = languages.split("-")
        if source not in without:
            for anchor, text in _lines(path):
                pairs.add(source, other, (own, anchor), normalise(text).text if other == "my" else text)
    if not pairs.rows:
        raise SystemExit(f"{folder} holds no pairs; it must hold files such as ntrex.en-vi.tsv.gz")
    return pairs


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
        for line in file:
            anchor, tab, text = line.rstrip("\n").partition("\t")
            if tab and "\t" not in text and len(anchor) <= LONGEST_ANCHOR and len(text) <= LONGEST_TEXT:
                yield anchor, text
