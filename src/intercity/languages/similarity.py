"""What was perhaps said already, in the same words or in another language: proposals, on which a person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from intercity.core.language import ALIKE, likeness, meaning
from intercity.core.language.normalising import normalise
from intercity.languages.encoding import encoder, similar_pairs
from intercity.languages.models import Passage

AT_ONCE = 10_000
"""Passages that are compared at most, the newest."""


@dataclass(frozen=True)
class Similar:
    """A thing that is perhaps the same, and why.

    `sureness` is how far its meaning is above what is proposed for these languages, from 1 on, or None where it is
    not; `letters` is how alike the letters are, in [0, 1], where the language is the same.
    """

    key: str
    language: str
    body: str
    sureness: float | None
    letters: float | None

    @property
    def is_alike_in_meaning(self) -> bool:
        """Whether the meaning alone is a reason to propose it."""
        return self.sureness is not None

    @property
    def is_alike_in_letters(self) -> bool:
        """Whether the letters alone are."""
        return self.letters is not None and self.letters >= ALIKE

    @property
    def strength(self) -> float:
        """By which proposals are ordered, from 1 on where there is a reason at all."""
        return max(self.sureness or 0.0, (self.letters or 0.0) / ALIKE)


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
    spoken = [place for place, (_, language, _) in enumerate(rows) if encoder().speaks(language)]
    if spoken:
        vectors[spoken] = encoder().encode([rows[place][2] for place in spoken], [rows[place][1] for place in spoken])
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
    sureness, letters = _sureness(text, language, there), _letters(text, language, there)
    best: dict[str, Similar] = {}
    for place, (key, other, said) in enumerate(there.rows):
        one = Similar(key, other, said, sureness.get(place), letters.get(place))
        if one.strength >= 1 and (key not in best or one.strength > best[key].strength):
            best[key] = one
    return sorted(best.values(), key=lambda one: (-one.strength, one.key))[:most]


def _passages(kind: str, keys: Sequence[str]) -> There:
    asked = Passage.objects.filter(findable__kind=kind, findable__key__in=keys, is_translation=False)
    rows = list(
        asked.order_by("-pk").values_list("findable__key", "language", "body", "vector", "vector_by")[:AT_ONCE]
    )
    packed = np.zeros((len(rows), meaning.WIDTH), np.int8)
    for place, (_, _, _, vector, made_by) in enumerate(rows):
        if vector and made_by == encoder().name:
            packed[place] = np.frombuffer(bytes(vector), np.int8)
    return There([(key, language, body) for key, language, body, _, _ in rows], meaning.unpack(packed))


def _sureness(text: str, language: str, there: There) -> dict[int, float]:
    """How sure the meaning is of those that it proposes, by their place."""
    if not encoder().speaks(language):
        return {}
    vectors = np.concatenate([there.vectors, encoder().encode([text], language)])
    found = similar_pairs(vectors, [*(row[1] for row in there.rows), language], [len(there.rows)])
    other = np.where(found.first == len(there.rows), found.second, found.first)
    return dict(zip(other.tolist(), found.sureness.tolist(), strict=True))


def _letters(text: str, language: str, there: There) -> dict[int, float]:
    """How alike the letters are, by place, within the language."""
    same = [place for place, (_, other, _) in enumerate(there.rows) if other == language]
    found = likeness(text, [there.rows[place][2] for place in same]) if same else ()
    return {place: float(value) for place, value in zip(same, found, strict=True)}
