"""A stronger model than the carried one, for those who have one and the machine for it: sentence-transformers.

Such models (LaBSE, multilingual E5, BGE-M3) know Vietnamese, Lao, Khmer, Burmese, Filipino and Tamil from the start.
None could be measured here; the way is tested with a tiny model made on the spot.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from intercity.core.language.meaning.contract import (
    WIDTH,
    Quality,
    Vectors,
    one_each,
    plain,
    refuse_unknown,
    to_unit,
)
from intercity.core.language.meaning.pinned import WeightsError
from intercity.core.language.meaning.sentences import averaged


class SentenceTransformers:
    """A saved model, loaded when it is first used; its vectors are brought to 512 numbers.

    Shorter ones are filled with zeros, which changes no cosine. Longer ones are projected by a fixed random rotation
    (Johnson and Lindenstrauss 1984), which moves a cosine by about .04.
    """

    def __init__(self, folder: Path, languages: Sequence[str]) -> None:
        if isinstance(languages, str) or not languages:
            raise ValueError('Name the languages that the model speaks, as in languages=["en", "lo"].')
        if find_spec("sentence_transformers") is None:
            raise WeightsError("sentence-transformers is not installed: install intercity[sentence-transformers].")
        if not (folder / "modules.json").is_file():
            raise WeightsError(f"{folder} holds no saved sentence-transformers model (no modules.json).")
        self.folder = folder
        self.languages = frozenset(plain(code) for code in languages)
        self.name = f"sentence-transformers {folder.name[:28]} {_hash(folder)}"
        self._lock = threading.Lock()
        self._model: Any = None

    def speaks(self, code: str) -> bool:
        """Whether a language was named as one the model speaks."""
        return plain(code) in self.languages

    def quality(self, code: str) -> Quality:
        """ "good" for the languages named: nothing was measured, so nothing more is claimed."""
        return "good" if self.speaks(code) else "none"

    def encode(self, texts: Sequence[str], languages: str | Sequence[str]) -> Vectors:
        """Vectors of unit length, shape (texts, 512); see `intercity.core.language.meaning.encode`."""
        refuse_unknown(self, one_each(languages, texts))
        return averaged(texts, self._encode_parts)

    def _encode_parts(self, parts: Sequence[str]) -> Vectors:
        with self._lock:
            if self._model is None:
                from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - an extra, and slow to load

                self._model = SentenceTransformer(str(self.folder), device="cpu", local_files_only=True)
            made = self._model.encode(list(parts), normalize_embeddings=True, show_progress_bar=False)
        return _to_width(np.asarray(made, dtype=np.float32))


def _hash(folder: Path) -> str:
    """Eight figures that change with any byte of the model; about a second for two gigabytes."""
    whole = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                whole.update(path.relative_to(folder).as_posix().encode())
                whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()[:8]


def _to_width(vectors: Vectors) -> Vectors:
    given = vectors.shape[1]
    if given <= WIDTH:
        return np.pad(vectors, ((0, 0), (0, WIDTH - given)))
    rotation = np.linalg.qr(np.random.default_rng(512).normal(size=(given, WIDTH)))[0].astype(np.float32)
    return to_unit(vectors @ rotation)
