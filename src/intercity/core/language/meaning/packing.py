"""Vectors as bytes: a quarter of the room, the same direction to about one part in a thousand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from intercity.core.language.meaning.contract import Vectors, to_unit


def pack(vectors: Vectors) -> NDArray[np.int8]:
    """Signed bytes in [-127, 127], same shape (n, width): each row is stretched until its largest number is ±127.

    Parameters
    ----------
    vectors : float32, shape (n, width), of any length but finite; a row of zeros stays zeros

    Raises ValueError for other shapes and for numbers that are not finite.
    """
    given = np.asarray(vectors, dtype=np.float32)
    if given.ndim != 2 or not np.isfinite(given).all():
        raise ValueError(f"pack takes finite numbers of shape (n, width); shape {given.shape} came")
    largest = np.abs(given).max(axis=1, keepdims=True, initial=0)
    stretched = np.divide(given, largest, out=np.zeros_like(given), where=largest > 0)
    packed: NDArray[np.int8] = np.rint(stretched * 127).astype(np.int8)
    return packed


def unpack(packed: NDArray[np.int8]) -> Vectors:
    """Vectors of unit length, float32, same shape, from what `pack` made; a row of zeros stays zeros."""
    return to_unit(np.asarray(packed).astype(np.float32))
