"""Neutral sentences of the news, as vectors: what a text is near to anyway."""

from __future__ import annotations

from functools import cache

import numpy as np

from intercity.core.language.meaning.contract import Vectors
from intercity.core.language.meaning.packing import unpack
from intercity.core.language.meaning.pinned import checked, pins, weights


@cache
def background() -> tuple[Vectors, tuple[str, ...]]:
    """Vectors of the carried encoder, float32, shape (sentences, 512), read-only, and the language of each.

    The same sentences in every measured language. Source: NTREX-128 (Federmann, Kocmi and Xin 2022), of the last 300.
    """
    folder = weights()
    path = checked(folder / "background.npz", pins(folder / "sha256sums.txt")["background.npz"])
    with np.load(path, allow_pickle=False) as arrays:
        vectors, languages = unpack(arrays["vectors"]), tuple(str(code) for code in arrays["languages"])
    vectors.flags.writeable = False
    return vectors, languages
