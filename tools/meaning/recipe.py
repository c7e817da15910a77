"""The numbers of the recipe, in one place.

They made the Vietnamese table, beside the others and without SDG and UDHR. The others, and the layers that all share,
came with the research before this repository: the same recipe for all languages at once, from all sources, in 15
epochs and without pieces across spaces.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Recipe:
    """How the students are taught."""

    taught: tuple[str, ...] = ("vi", "lo", "km", "my", "fil", "ta")
    pieces: int = 12_000
    """Word pieces per language, at most."""
    across_spaces: Mapping[str, int] = field(default_factory=lambda: {"vi": 14_000})
    """Languages whose pieces may hold spaces, because they write a space after each syllable; with their pieces."""
    width: int = 256
    """Numbers per word piece."""
    epochs: int = 24
    batch: int = 512
    temperature: float = 0.05
    pull: float = 6.0
    """Weight of 1 - cosine beside the contrastive loss."""
    glued: float = 0.35
    """Share of examples that are several pairs in a row: so short strings teach long statements."""
    three: float = 0.0
    """Share of the glued that are three pairs, not two."""
    hard: float = 0.0
    """Share of a batch that stands beside others of like meaning."""
    clusters: int = 400
    together: int = 32
    """Rows of one cluster in a batch."""
    alike: float = 0.9
    """Targets with this cosine or more are not held against each other."""
    table_rate: float = 4e-3
    layer_rate: float = 1e-3
    seed: int = 0
    held_out: int = 300
    """Last NTREX sentences of each language, never trained on, by which progress is seen."""
