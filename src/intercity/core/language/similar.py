"""Which texts may say the same, across languages: proposed to a person, never merged.

A cosine alone says little: translations have a median cosine of .71 among strong languages and of .44 between a strong
and a good one, and some texts are near to everything. So it is compared with how near the nearest are anyway, on both
sides:

    margin(x, y) = cosine(x, y) / (1/2 + mean of the cosines to x's four nearest and y's four nearest)

The nearest of x are looked for among texts of y's class of languages, and the other way round. This is the ratio
margin of Artetxe and Schwenk (2019), damped by the half in the denominator. Undamped, it falls to 1 for everybody when
five people say the same, each being among the nearest of the others, so that the most wanted hint never comes; and a
low cosine over a lower one counts as much as a high one. `python -m bench meaning` shows both beside the plain cosine.

In a small pool there is nothing near to compare with. So neutral sentences of the news, as vectors, belong to every
pool (`core.language.meaning.background`): a dialogue with three statements is compared as one with three hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intercity.core.language import meaning
from intercity.core.language.meaning.background import background
from intercity.core.language.meaning.contract import Quality, Vectors

NEAREST = 4
DAMPING = 0.5
SHORTLIST = 24
"""Texts of each class, the nearest by cosine, whose margin is computed: a near-duplicate is among them."""

CLASSES: tuple[Quality, ...] = ("strong", "good")
THRESHOLDS = np.array([[0.62, 0.53], [0.53, 0.62]], dtype=np.float32)
"""Margin from which a pair is proposed, by the classes of both sides, strong first.

Two equal texts reach 2/3 in whatever company, so no threshold may be higher.
"""

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Similar:
    """Pairs that may say the same, the surest first.

    Attributes
    ----------
    first, second : int64 in [0, texts), shape (pairs,)
        Which texts; `first` is one of those asked about. A pair is there once.
    margin : float32, shape (pairs,)
        At least the threshold of their classes, by which pairs of different classes are compared.
    cosine : float32 in [-1, 1], shape (pairs,)
    sureness : float32 >= 1, shape (pairs,)
        Margin over threshold: comparable between classes, and the order of the pairs.
    """

    first: Numbers
    second: Numbers
    margin: Vectors
    cosine: Vectors
    sureness: Vectors


def margins(
    vectors: Vectors,
    languages: Sequence[str],
    *,
    quality: Callable[[str], Quality] = meaning.quality,
    ground: tuple[Vectors, Sequence[str]] | None = None,
) -> Vectors:
    """The margin of every pair of a pool; for some thousand texts at most, see `similar` for more.

    Parameters
    ----------
    vectors : float32, shape (texts, 512), rows of length 1, or of zeros where a text is blank
        All made by one encoder (`meaning.NAME`).
    languages : sequence of str, shape (texts,)
        Texts in a language without meaning may be among them; nothing is similar to them.
    quality : how well the encoder understands a language
    ground : vectors of neutral sentences and their languages, which belong to every pool
        By default those of the carried encoder. For another encoder give your own, or `(vectors[:0], [])` for none,
        and then do not trust pools of fewer than a hundred texts.

    Returns
    -------
    float32 in [-2, 2], shape (texts, texts), symmetric
        -2 on the diagonal: nothing is similar to itself.

    Raises ValueError where shapes do not fit.
    """
    pool, classes = _checked(vectors, languages, quality)
    near = _nearest(pool, classes, np.arange(len(pool)), _grounds(ground, quality))
    found = _margin(pool @ pool.T, near[:, classes], near[:, classes].T)
    np.fill_diagonal(found, -2)
    return found


def similar(
    vectors: Vectors,
    languages: Sequence[str],
    rows: Sequence[int] | Numbers | None = None,
    *,
    quality: Callable[[str], Quality] = meaning.quality,
    ground: tuple[Vectors, Sequence[str]] | None = None,
) -> Similar:
    """Pairs of a pool whose margin reaches the threshold of their classes.

    Parameters
    ----------
    vectors, languages, quality, ground : as for `margins`
    rows : which texts are asked about, by number; all by default
        One among 100,000 texts takes about as long as fifty searches.

    Returns
    -------
    Similar
        A proposal for a person. Of what it proposes across strong languages about one in twenty is wrong; what it
        misses and how often it is wrong elsewhere: docs/methods/meaning.md. Nothing may be merged because of it: a
        statement and its opposite are near each other, and so are two numbers.

    Raises ValueError where shapes do not fit.
    """
    pool, classes = _checked(vectors, languages, quality)
    asked = np.arange(len(pool)) if rows is None else np.unique(np.asarray(rows, dtype=np.int64))
    first, second = _shortlisted(pool, classes, asked)
    wanted = np.unique(np.concatenate([first, second]))
    near = np.zeros((len(pool), len(CLASSES)), dtype=np.float32)
    near[wanted] = _nearest(pool, classes, wanted, _grounds(ground, quality))
    cosine = np.einsum("ij,ij->i", pool[first], pool[second])
    margin = _margin(cosine, near[first, classes[second]], near[second, classes[first]])
    sureness = margin / THRESHOLDS[classes[first], classes[second]]
    order = np.lexsort((second, first, -sureness))
    order = order[sureness[order] >= 1]
    return Similar(first[order], second[order], margin[order], np.clip(cosine[order], -1, 1), sureness[order])


def _checked(
    vectors: Vectors, languages: Sequence[str], quality: Callable[[str], Quality]
) -> tuple[Vectors, NDArray[np.intp]]:
    pool = np.asarray(vectors, dtype=np.float32)
    if pool.ndim != 2 or len(pool) != len(languages):
        raise ValueError(f"vectors of shape {pool.shape} came with {len(languages)} languages; one each is expected")
    known = {code: quality(code) for code in set(languages)}
    silent = np.array([known[code] == "none" for code in languages], dtype=bool)
    classes = np.array([known[code] != "strong" for code in languages], dtype=np.intp)
    return (np.where(silent[:, None], np.float32(0), pool) if silent.any() else pool), classes


def _grounds(ground: tuple[Vectors, Sequence[str]] | None, quality: Callable[[str], Quality]) -> list[Vectors]:
    """Neutral sentences of each class."""
    vectors, languages = background() if ground is None else ground
    how = np.array([quality(code) for code in languages], dtype=object)
    return [vectors[how == name] for name in CLASSES]


def _nearest(pool: Vectors, classes: NDArray[np.intp], rows: Numbers, grounds: Sequence[Vectors]) -> Vectors:
    """Mean cosine of each row to its nearest of each class, itself left out, shape (rows, classes)."""
    found = np.zeros((len(rows), len(CLASSES)), dtype=np.float32)
    for kind, ground in enumerate(grounds):
        members = np.flatnonzero(classes == kind)
        against = np.concatenate([pool[members], ground])
        if len(against):
            block = max(1, 20_000_000 // len(against))
            for start in range(0, len(rows), block):
                some = rows[start : start + block]
                cosine = pool[some] @ against.T
                cosine[:, : len(members)][some[:, None] == members] = -1
                most = min(NEAREST, len(against))
                top = np.partition(cosine, -most, axis=1)[:, -most:]
                found[start : start + block, kind] = np.maximum(top, 0).mean(axis=1)
    return found


def _margin(cosine: Vectors, near: Vectors, near_back: Vectors) -> Vectors:
    margin: Vectors = cosine / (np.float32(DAMPING) + (near + near_back) / np.float32(2))
    return margin


def _shortlisted(pool: Vectors, classes: NDArray[np.intp], asked: Numbers) -> tuple[Numbers, Numbers]:
    """Pairs of a row asked about with its nearest of each class; each pair once."""
    pairs = [np.empty((0, 2), dtype=np.int64)]
    for kind in range(len(CLASSES)):
        members = np.flatnonzero(classes == kind)
        block = max(1, 20_000_000 // max(1, len(members)))
        for start in range(0, len(asked) if len(members) else 0, block):
            some = asked[start : start + block]
            most = min(SHORTLIST + 1, len(members))
            near = np.argpartition(pool[some] @ pool[members].T, -most, axis=1)[:, -most:]
            pairs.append(np.stack([np.repeat(some, most), members[near].ravel()], axis=1))
    both = np.concatenate(pairs)
    both = both[both[:, 0] != both[:, 1]]
    turned = np.isin(both[:, 1], asked) & (both[:, 0] > both[:, 1])
    both[turned] = both[turned][:, ::-1]
    both = np.unique(both, axis=0)
    return both[:, 0], both[:, 1]
