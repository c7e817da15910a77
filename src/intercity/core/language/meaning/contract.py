"""What everything that turns sentences into vectors can do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Quality = Literal["strong", "good", "none"]

WIDTH = 512
"""How many numbers a vector has, whatever made it: so a database column fits every encoder."""

INVISIBLE = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
"""Characters that some write between words and some do not; they say nothing about meaning."""

OTHER_CODES = {"tl": "fil", "in": "id", "cmn": "zh", "zsm": "ms"}
"""Codes that other programs write for languages we call otherwise."""


class NoMeaningError(ValueError):
    """Nothing here turns sentences of that language into vectors."""


class Encoder(Protocol):
    """Turns sentences into vectors, so that sentences of one meaning point in one direction in every language."""

    @property
    def name(self) -> str:
        """Name and version, at most 60 characters, stored beside every vector: other names cannot be compared."""

    def encode(self, texts: Sequence[str], languages: str | Sequence[str]) -> Vectors:
        """Vectors of unit length, float32, shape (texts, 512); zeros for a blank text."""

    def speaks(self, code: str) -> bool:
        """Whether texts of a language can be encoded."""

    def quality(self, code: str) -> Quality:
        """How well: the class of a language, by which thresholds are chosen."""


def plain(code: str) -> str:
    """The language of a BCP 47 code without script and region: "zh-Hans" is "zh", and the old "tl" is "fil"."""
    language = code.replace("_", "-").split("-")[0].lower()
    return OTHER_CODES.get(language, language)


def is_blank(text: str) -> bool:
    """Whether there is nothing to see."""
    return not INVISIBLE.sub("", text).strip()


def one_each(languages: str | Sequence[str], texts: Sequence[str]) -> list[str]:
    """One plain code for each of the texts, from languages said once for all or once for each."""
    if isinstance(texts, str):
        raise TypeError("encode takes a list of texts, and one string came: write encode([text], language)")
    if isinstance(languages, str):
        return [plain(languages)] * len(texts)
    if len(languages) != len(texts):
        raise ValueError(f"{len(texts)} texts came with {len(languages)} languages; give one for all or one for each")
    return [plain(code) for code in languages]


def refuse_unknown(encoder: Encoder, codes: Sequence[str]) -> None:
    """Raise NoMeaningError for the first of some codes of languages that an encoder does not speak."""
    for code in sorted(set(codes)):
        if not encoder.speaks(code):
            raise NoMeaningError(f"There are no vectors for the language {code!r}; ask speaks() first.")


def to_unit(vectors: Vectors) -> Vectors:
    """Rows of length one; rows of zeros stay zeros."""
    length = np.sqrt(np.einsum("ij,ij->i", vectors, vectors, dtype=np.float64))[:, None]
    unit: Vectors = np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 0, casting="unsafe")
    return unit
