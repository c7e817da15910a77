"""A hundred thousand passages in ten languages, made of sentences that people wrote, always the same ones."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from intercity.core.language import meaning

SHARED = Path(__file__).parents[2] / "shared" / "data" / "language"
LANGUAGES = {
    "en": "en", "zh-hans": "zh", "th": "th", "id": "id", "pt": "pt", "vi": "vi", "lo": "lo", "km": "km", "my": "my",
    "fil": "fil",
}  # fmt: skip
"""Our codes, and those of the files."""
SOURCES = {"ntrex": 2_000, "chromium": 3_000}
"""News sentences and short strings of an interface: how many of each are used per language."""
SEED = 4


@dataclass(frozen=True)
class Pool:
    """Sentences of a language and what they mean; `news` of them, at the beginning, are whole sentences."""

    sentences: list[str]
    news: int
    vectors: NDArray[np.float32]


def pairs(source: str, language: str) -> list[tuple[str, str]]:
    """English and the other language, of one source; empty where the data is not here."""
    path = SHARED / "pairs" / f"{source}.en-{language}.tsv.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        lines = (line.rstrip("\n").split("\t") for line in file)
        return [(line[0], line[1]) for line in lines if len(line) >= 2 and line[0].strip() and line[1].strip()]


def pool(code: str) -> Pool:
    """Sentences of a language, from shared data or, where it is absent, made of random words."""
    found: list[str] = []
    news = 0
    for source, most in SOURCES.items():
        side = 0 if code == "en" else 1
        own = pairs(source, "zh" if code == "en" else LANGUAGES[code])
        found += list(dict.fromkeys(pair[side] for pair in own))[:most]
        news = news or len(found)
    if not found:
        found, news = _invented(), 2_000
    return Pool(found, news, meaning.encode(found, code))


def _invented() -> list[str]:
    """Random words by Zipf's law."""
    rng = np.random.default_rng(SEED)
    words = ["".join(rng.choice(list("abdegiklmnoprstu"), rng.integers(2, 9))) for _ in range(20_000)]
    rank = np.minimum(rng.zipf(1.3, (5_000, 14)), len(words)) - 1
    return [" ".join(words[place] for place in row) for row in rank]


def passages(found: Pool, count: int, seed: int = SEED) -> Iterator[tuple[str, NDArray[np.float32]]]:
    """One whole sentence and two short ones each, with the vector that the encoder gives their sum."""
    rng = np.random.default_rng(seed)
    longs = rng.integers(0, found.news, count)
    shorts = rng.integers(min(found.news, len(found.sentences) - 1), len(found.sentences), (count, 2))
    for first, others in zip(longs, shorts, strict=True):
        chosen = [first, *others]
        total = found.vectors[chosen].sum(0)
        yield "\n".join(found.sentences[one] for one in chosen), total / max(float(np.linalg.norm(total)), 1e-9)
