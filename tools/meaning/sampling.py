"""Which rows stand in a batch together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from intercity.core.language.meaning.contract import Vectors, to_unit
from tools.meaning.pairs import WEIGHTS, Row
from tools.meaning.recipe import Recipe

Numbers = NDArray[np.int64]


class Batch(NamedTuple):
    """Texts, and the vectors they are to hit, shape (texts, 512)."""

    texts: list[str]
    targets: Vectors


def clustered(vectors: Vectors, clusters: int, seed: int, rounds: int = 6) -> Numbers:
    """Spherical k-means: the number of the cluster of each row; rows of zeros go anywhere."""
    generator = np.random.default_rng(seed)
    centres = vectors[generator.choice(len(vectors), clusters, replace=False)]
    for _ in range(rounds):
        nearest = _nearest(vectors, centres)
        centres = np.zeros_like(centres)
        np.add.at(centres, nearest, vectors)
        centres = to_unit(centres)
    return _nearest(vectors, centres)


def _nearest(vectors: Vectors, centres: Vectors) -> Numbers:
    blocks = range(0, len(vectors), 8192)
    return np.concatenate([(vectors[first : first + 8192] @ centres.T).argmax(axis=1) for first in blocks])


class Sampler:
    """Draws batches of one language: some rows at random, some beside others of like meaning, some glued together."""

    def __init__(self, rows: Sequence[Row], targets: Vectors, cluster: Numbers, recipe: Recipe) -> None:
        self.recipe, self.targets = recipe, targets
        self.texts = [row.text for row in rows]
        self.anchor = np.array([row.anchor for row in rows])
        self.share = np.sqrt([len(text) + 3 for text in self.texts]).astype(np.float32)
        weight = np.array([WEIGHTS.get(row.source, 1.0) for row in rows])
        self.chance = weight / weight.sum()
        self.cluster = cluster[self.anchor]
        self.order = np.argsort(self.cluster, kind="stable")
        self.summed = np.cumsum(self.chance[self.order])
        self.ends = np.append(0, np.cumsum(np.bincount(self.cluster, minlength=recipe.clusters)))
        self.generator = np.random.default_rng([recipe.seed, len(rows)])

    def __len__(self) -> int:
        return len(self.texts) // self.recipe.batch

    def draw(self) -> Batch:
        """One batch."""
        recipe = self.recipe
        groups = int(recipe.batch * recipe.hard) // recipe.together
        free = self._anywhere(recipe.batch - groups * recipe.together)
        seeds = self._anywhere(groups)
        near = [self._within(int(self.cluster[row]), recipe.together) for row in seeds]
        rows = np.concatenate([free, *near])
        parts = [[int(row)] for row in rows]
        glued = int(recipe.batch * recipe.glued)
        for place in range(glued):
            more = 2 if place < glued * recipe.three else 1
            parts[place].extend(int(row) for row in self._anywhere(more))
        return Batch([" ".join(self.texts[row] for row in some) for some in parts], self._goals(parts))

    def _goals(self, parts: Sequence[Sequence[int]]) -> Vectors:
        """The weighted mean of the targets of what was glued: longer texts weigh more, by the root of their length."""
        count = np.array([len(some) for some in parts])
        row = np.concatenate([np.asarray(some) for some in parts])
        weighted = self.targets[self.anchor[row]] * self.share[row, None]
        goals: Vectors = np.add.reduceat(weighted, np.cumsum(count) - count, axis=0)
        return to_unit(goals)

    def _anywhere(self, count: int) -> Numbers:
        found = np.searchsorted(self.summed, self.generator.random(count) * self.summed[-1])
        rows: Numbers = self.order[np.minimum(found, len(self.order) - 1)]
        return rows

    def _within(self, cluster: int, count: int) -> Numbers:
        first, end = self.ends[cluster], self.ends[cluster + 1]
        low = self.summed[first - 1] if first else 0.0
        at = low + self.generator.random(count) * (self.summed[end - 1] - low)
        rows: Numbers = self.order[np.clip(np.searchsorted(self.summed, at), first, end - 1)]
        return rows
