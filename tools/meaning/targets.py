"""What each anchor means: the vector that is to be hit.

The average over all views of one anchor, English and its translations into other native languages, is nearer to the
meaning than English alone: wording that only one language has falls away.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from intercity.core.language.meaning.contract import Vectors, to_unit
from intercity.core.language.meaning.native import MEASURED, Native
from tools.meaning.pairs import Pairs

ANCHOR_WEIGHT = 1.5
"""Against 1 for each translation."""

LIKE_ENOUGH = 0.35
"""Cosine below which a translation counts as wrong or misaligned, and is left out."""

LABELS = ("laodict", "cldrname", "bible")
"""Sources whose translations add nothing: single words, names, and one that has no other language."""


def targets(pairs: Pairs, taught: Sequence[str]) -> Vectors:
    """Unit vectors, shape (anchors, 512); zeros for anchors that no taught language needs."""
    needed = {row.anchor for row in pairs.rows if row.language in taught}
    texts = [text for _, text in pairs.anchors]
    own = _encode(texts, sorted(needed))
    total = ANCHOR_WEIGHT * own
    views = {
        (row.anchor, row.language): row.text
        for row in pairs.rows
        if row.language in MEASURED and row.source not in LABELS and row.anchor in needed
    }
    anchor = np.array([number for number, _ in views])
    found = _encode(list(views.values()), range(len(views)))
    like = np.einsum("ij,ij->i", found, own[anchor]) > LIKE_ENOUGH
    np.add.at(total, anchor[like], found[like])
    return to_unit(total)


def _encode(texts: Sequence[str], wanted: Sequence[int]) -> Vectors:
    """Vectors of those wanted; texts of like length together, because that is faster."""
    encoder = Native()
    vectors = np.zeros((len(texts), 512), dtype=np.float32)
    order = sorted(wanted, key=lambda i: len(texts[i]))
    for first in range(0, len(order), 4096):
        some = order[first : first + 4096]
        vectors[some] = encoder.encode([texts[i] for i in some])
    return vectors
