"""Near-duplicates in pools of statements as dialogues have them: languages mixed, half of them said by others too."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.meaning_texts import LANGUAGES
from intercity.core.language import meaning
from intercity.core.language.meaning.contract import Vectors
from intercity.core.language.similar import CLASSES, NEAREST, margins

PAIRS = ((0, 0), (0, 1), (1, 1))
"""Strong with strong, strong with good, good with good."""

Score = Callable[[Vectors, list[str]], Vectors]


class Scored(NamedTuple):
    """Pairs of many pools: their scores, whether they say the same, and which classes they are of."""

    score: Vectors
    same: NDArray[np.bool_]
    classes: NDArray[np.int64]


def damped(vectors: Vectors, languages: list[str]) -> Vectors:
    """Ours."""
    return margins(vectors, languages)


def cosine(vectors: Vectors, _languages: list[str]) -> Vectors:
    """The plain one."""
    return vectors @ vectors.T


def undamped(vectors: Vectors, languages: list[str]) -> Vectors:
    """The ratio margin of Artetxe and Schwenk, neighbours by class, only those of the pool."""
    kind = np.array([CLASSES.index(meaning.quality(code)) for code in languages])
    found = vectors @ vectors.T
    np.fill_diagonal(found, -1)
    near = np.stack([-np.sort(-found[:, kind == one], axis=1)[:, :NEAREST].mean(axis=1) for one in (0, 1)], axis=1)
    side = near[:, kind]
    result: Vectors = found / np.maximum((side + side.T) / 2, 0.05)
    return result


def scored(vectors: Mapping[str, Vectors], score: Score, size: int, copies: int, pools: int) -> Scored:
    """Score every pair of some pools; statements of the said half come `copies` times, each in another language."""
    parts = []
    for seed in range(pools):
        rows, languages, topic = _pool(vectors, np.random.default_rng(seed), size, copies)
        kind = np.array([CLASSES.index(meaning.quality(code)) for code in languages])
        first, second = np.triu_indices(len(rows), 1)
        found = score(rows, languages)[first, second]
        parts.append(Scored(found, topic[first] == topic[second], kind[first] + kind[second]))
    return Scored(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _pool(
    vectors: Mapping[str, Vectors], generator: np.random.Generator, size: int, copies: int
) -> tuple[Vectors, list[str], NDArray[np.int64]]:
    sentences = iter(generator.permutation(len(vectors["en"])))
    rows: list[Vectors] = []
    languages: list[str] = []
    topic: list[int] = []
    while len(rows) < size:
        sentence = int(next(sentences))
        for code in generator.choice(LANGUAGES, copies if len(rows) < size / 2 else 1, replace=False):
            rows.append(vectors[str(code)][sentence])
            languages.append(str(code))
            topic.append(sentence)
    return np.array(rows), languages, np.array(topic)


def at_precision(found: Scored, kind: int, least: float = 0.95) -> tuple[float, float]:
    """The highest recall at that precision, of one pair of classes, and the score from which on."""
    of_kind = found.classes == kind
    score, same = found.score[of_kind], found.same[of_kind]
    order = np.argsort(-score, kind="stable")
    right = np.cumsum(same[order])
    enough = np.flatnonzero(right >= least * np.arange(1, len(order) + 1))
    if not len(enough) or not same.any():
        return 0.0, float("inf")
    return float(right[enough[-1]] / same.sum()), float(score[order[enough[-1]]])


def at_threshold(found: Scored, kind: int, threshold: float) -> tuple[float, float]:
    """Precision and recall of one pair of classes from a score on."""
    of_kind = found.classes == kind
    proposed = found.score[of_kind] >= threshold
    same = found.same[of_kind]
    right = (proposed & same).sum()
    return float(right / max(1, proposed.sum())), float(right / same.sum())
