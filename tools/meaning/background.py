"""The vectors of neutral sentences beside which every pool is compared (core.language.similar)."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from intercity.core.language.meaning.native import MEASURED
from intercity.core.language.meaning.packing import pack
from intercity.core.language.meaning.together import Together
from tools.meaning.pairs import Pairs

SENTENCES = 32
"""Of each language."""


def write_background(pairs: Pairs, held_out: int, folder: Path) -> None:
    """Encode the first of the held-out NTREX sentences that every language has, by the weights in the folder."""
    encoder = Together(folder)
    languages = sorted({*MEASURED, *encoder.taught})
    anchors = {number: text for (_, text), number in pairs.anchors.items()}
    found: dict[str, dict[int, str]] = {code: {} for code in languages}
    for row in pairs.rows:
        if row.source == "ntrex":
            found[row.language][row.anchor] = row.text
            found["en"][row.anchor] = anchors[row.anchor]
    everywhere = [number for number in found["en"] if all(number in found[code] for code in languages)]
    chosen = everywhere[-held_out:][:SENTENCES]
    texts = [found[code][number] for code in languages for number in chosen]
    codes = [code for code in languages for _ in chosen]
    np.savez_compressed(folder / "background.npz", vectors=pack(encoder.encode(texts, codes)), languages=codes)
