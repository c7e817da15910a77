"""Is it Tetum? The only language of the first network that no detector knows (of those that bring their own model).

A linear classifier over hashed character n-grams. `python -m tools.tetum` trains it again, from the Universal
Declaration of Human Rights and a list of common words in today's spelling; a third of the Declaration's paragraphs
was kept from it, and `python -m bench identification` measures it on those.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

FILE: Final = Path(__file__).with_name("tetum.npz")
BUCKETS: Final = 1 << 13
LONGEST: Final = 4
"""Characters in a row; shorter ones count, too."""
MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)

APOSTROPHES: Final = str.maketrans(dict.fromkeys("’‘ʼʻ`´", "'"))
"""The glottal stop is a letter of Tetum (ne'e), typed in many ways."""
OTHERS: Final = re.compile(r"[^\w']+|[\d_]+")


class Weights(NamedTuple):
    """Of the classifier: float32, shape (BUCKETS,), and a number added to their sum."""

    weight: NDArray[np.float32]
    bias: float


def pieces(text: str) -> NDArray[np.int64]:
    """The buckets of all runs of one to four characters of a text, words being one space apart.

    Returns
    -------
    int64 in [0, BUCKETS), shape (pieces,)
        One for every occurrence; none where the text has no letter.
    """
    plain = unicodedata.normalize("NFC", text.casefold()).translate(APOSTROPHES)
    letters = OTHERS.sub(" ", plain).strip()
    if not letters:
        return np.zeros(0, dtype=np.int64)
    code = np.frombuffer(f" {letters} ".encode("utf-32-le", "replace"), dtype="<u4").astype(np.uint64)
    mixed, found = code, [code * MULTIPLIER]
    for length in range(2, LONGEST + 1):
        mixed = mixed[:-1] * MULTIPLIER + code[length - 1 :]
        found.append((mixed ^ (mixed >> np.uint64(29))) * MULTIPLIER)
    return (np.concatenate(found) >> np.uint64(64 - BUCKETS.bit_length() + 1)).astype(np.int64)


def share(found: NDArray[np.int64], weights: Weights) -> float:
    """The probability of Tetum that weights give to pieces; the more pieces, the surer.

    Parameters
    ----------
    found : int64 in [0, BUCKETS), shape (pieces,)
        As `pieces` gives them.
    weights : Weights

    Returns
    -------
    float in [0, 1]
        0 without pieces.
    """
    if not len(found):
        return 0.0
    sum_of_weights = float(weights.weight[found].sum()) / float(np.sqrt(len(found))) + weights.bias
    return float(1 / (1 + np.exp(-np.clip(sum_of_weights, -60, 60))))


@cache
def weights() -> Weights:
    """The trained ones, as they come with the package (8 kB)."""
    with np.load(FILE) as stored:
        return Weights(stored["weight"].astype(np.float32) * stored["scale"], float(stored["bias"]))


def tetum_probability(text: str) -> float:
    """How probably a text in Latin letters is Tetum rather than another language of Latin letters.

    Parameters
    ----------
    text : str

    Returns
    -------
    float in [0, 1]
        0 for a text without letters.

    Source: Cavnar and Trenkle 1994 (character n-grams); Weinberger et al. 2009 (hashed features).
    """
    return share(pieces(text), weights())
