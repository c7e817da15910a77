"""What was perhaps said already, in the same words or in another language: proposals, on which a person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intercity.core.language import ALIKE, likeness, meaning
from intercity.core.language.normalising import normalise
from intercity.languages.models import Passage

NEIGHBOURS = 4
"""By how near its nearest are, a text is known to have many that are somewhat like it, or none."""
LOOKED_AT = 30
AT_ONCE = 10_000
"""Passages that are compared at most, the newest."""


@dataclass(frozen=True)
class Bounds:
    """From which margin two texts are proposed, and how near the nearest wrong one usually is, where few are there."""

    margin: float
    usual: float


BOUNDS: Mapping[tuple[str, str], Bounds] = {
    ("strong", "strong"): Bounds(1.52, 0.40),
    ("good", "strong"): Bounds(1.25, 0.36),
    ("good", "good"): Bounds(1.19, 0.45),
}
"""Margins at which 95 of 100 proposals were right, half of the twins missing (FLORES-200 devtest, 1,012 sentences):
they find 98, 87 and 73 of 100 twins among many hundreds (recorded by earlier research, not measured here).
Among few, where the usual is filled in, nobody has measured. The usual is the median of the nearest wrong one."""


@dataclass(frozen=True)
class Similar:
    """A thing that is perhaps the same, and why.

    `margin` is the cosine over that of both texts' nearest, and `is_alike_in_meaning` whether it is high enough for
    these languages; `letters` is how alike the letters are, in [0, 1], where the language is the same.
    """

    key: str
    language: str
    body: str
    margin: float | None
    letters: float | None
    is_alike_in_meaning: bool
    is_alike_in_letters: bool


@dataclass(frozen=True)
class There:
    """What is compared: keys, languages and words, and their vectors of unit length, zeros where there is none."""

    rows: list[tuple[str, str, str]]
    vectors: NDArray[np.float32]

    def without(self, key: str) -> There:
        """All but one thing: a text is not compared with itself."""
        kept = [place for place, row in enumerate(self.rows) if row[0] != key]
        return There([self.rows[place] for place in kept], self.vectors[kept])

    def __add__(self, other: There) -> There:
        """Both together."""
        return There([*self.rows, *other.rows], np.concatenate([self.vectors, other.vectors]))


NOTHING = There([], np.zeros((0, meaning.WIDTH), np.float32))


def read_now(rows: Sequence[tuple[str, str, str]]) -> There:
    """Things that nobody can find yet, as key, language and words: their meaning is computed here and not kept."""
    vectors = np.zeros((len(rows), meaning.WIDTH), np.float32)
    spoken = [place for place, (_, language, _) in enumerate(rows) if meaning.speaks(language)]
    if spoken:
        vectors[spoken] = meaning.encode([rows[place][2] for place in spoken], [rows[place][1] for place in spoken])
    return There(list(rows), vectors)


def similar_to(
    body: str, language: str, kind: str, keys: Sequence[object], most: int = 5, *, beside: There = NOTHING
) -> list[Similar]:
    """Of these things those whose originals perhaps say the same as a text, the likeliest first.

    `beside` are more of them, which cannot be found.
    """
    there = _passages(kind, [str(key) for key in keys]) + beside
    text = normalise(body).text
    if not there.rows or not text.strip():
        return []
    margin = _margins(text, language, there)
    letters = _letters(text, language, there)
    best: dict[str, tuple[float, Similar]] = {}
    for place, (key, other, said) in enumerate(there.rows):
        bounds = _bounds(language, other)
        own, alike = margin.get(place), letters.get(place)
        by_meaning = own / bounds.margin if own is not None and bounds else 0.0
        by_letters = alike / ALIKE if alike is not None else 0.0
        strength = max(by_meaning, by_letters)
        if strength >= 1 and (key not in best or strength > best[key][0]):
            best[key] = strength, Similar(key, other, said, own, alike, by_meaning >= 1, by_letters >= 1)
    return [one for _, one in sorted(best.values(), key=lambda pair: (-pair[0], pair[1].key))][:most]


def _passages(kind: str, keys: Sequence[str]) -> There:
    asked = Passage.objects.filter(findable__kind=kind, findable__key__in=keys, is_translation=False)
    rows = list(
        asked.order_by("-pk").values_list("findable__key", "language", "body", "vector", "vector_by")[:AT_ONCE]
    )
    packed = np.zeros((len(rows), meaning.WIDTH), np.int8)
    for place, (_, _, _, vector, made_by) in enumerate(rows):
        if vector and made_by == meaning.NAME:
            packed[place] = np.frombuffer(bytes(vector), np.int8)
    return There([(key, language, body) for key, language, body, _, _ in rows], meaning.unpack(packed))


def _bounds(one: str, other: str) -> Bounds | None:
    first, second = sorted((meaning.quality(one), meaning.quality(other)))
    return BOUNDS.get((first, second))


def _margins(text: str, language: str, there: There) -> dict[int, float]:
    """Ratio margins of the nearest by meaning, by their place (Artetxe and Schwenk 2019)."""
    if not meaning.speaks(language):
        return {}
    own = meaning.encode([text], language)[0]
    cosine = there.vectors @ own
    near = np.argsort(-cosine, kind="stable")[:LOOKED_AT]
    found = {}
    for place in near[cosine[near] > 0].tolist():
        bounds = _bounds(language, there.rows[place][1])
        if bounds:
            around = there.vectors @ there.vectors[place]
            around[place] = cosine[place]  # the new text takes the place of itself among its nearest
            both = (_nearest(cosine, bounds.usual) + _nearest(around, bounds.usual)) / 2
            found[place] = float(cosine[place]) / max(both, 1e-6)
    return found


def _nearest(cosine: NDArray[np.float32], usual: float) -> float:
    """The mean of the nearest four; what is missing of four is taken to be as near as is usual."""
    near = np.sort(cosine)[::-1][:NEIGHBOURS]
    return float(np.append(near, [usual] * (NEIGHBOURS - len(near))).mean())


def _letters(text: str, language: str, there: There) -> dict[int, float]:
    """How alike the letters are, by place, within the language."""
    same = [place for place, (_, other, _) in enumerate(there.rows) if other == language]
    found = likeness(text, [there.rows[place][2] for place in same]) if same else ()
    return {place: float(value) for place, value in zip(same, found, strict=True)}
