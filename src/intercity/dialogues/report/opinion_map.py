"""The opinion map as a drawing: where the signs go, how large they are, which shape and letter each group has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from intercity.dialogues.results import Document

WIDTH, HEIGHT, MARGIN = 640.0, 440.0, 26.0
SMALLEST, LARGEST = 3.0, 15.0
SHAPES = ("circle", "square", "triangle", "diamond", "ring", "cross")
"""Groups differ by shape as well as by colour: the page is read in black and white, too."""

PATHS = {
    "square": "M{x} {y}m-{r}-{r}h{d}v{d}h-{d}z",
    "triangle": "M{x} {y}m0-{r}l{r} {d}h-{d}z",
    "diamond": "M{x} {y}m0-{r}l{r} {r}l-{r} {r}l-{r}-{r}z",
    "cross": "M{x} {y}m-{r}-{r}l{d} {d}m0-{d}l-{d} {d}",
}


@dataclass(frozen=True)
class Sign:
    """One gathering of people: its centre and half size in units of the drawing."""

    x: float
    y: float
    size: float
    shape: str
    group: str
    people: int

    @property
    def path(self) -> str:
        """The outline of shapes that are no circles."""
        return PATHS[self.shape].format(x=self.x, y=self.y, r=self.size, d=2 * self.size)


@dataclass(frozen=True)
class Letter:
    """A group's name, at the middle of its people."""

    x: float
    y: float
    name: str
    shape: str


@dataclass(frozen=True)
class Drawing:
    """All signs, largest first, so that small ones stay visible; and the letters."""

    width: float
    height: float
    middle: tuple[float, float]
    signs: tuple[Sign, ...]
    letters: tuple[Letter, ...]
    scale: float = 1.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a place of the opinion space is on the drawing; at its edge if beyond."""
        across, down = self.middle[0] + self.scale * x, self.middle[1] - self.scale * y
        return round(min(max(across, MARGIN), WIDTH - MARGIN), 1), round(min(max(down, MARGIN), HEIGHT - MARGIN), 1)

    def __bool__(self) -> bool:
        return bool(self.signs)


def draw(gatherings: Sequence[Document], names: Sequence[str]) -> Drawing:
    """Draw gatherings of the groups of those names; the same scale holds for both directions."""
    if not gatherings:
        return Drawing(WIDTH, HEIGHT, (WIDTH / 2, HEIGHT / 2), (), ())
    places = np.array([(one["x"], one["y"]) for one in gatherings])
    people = np.array([one["people"] for one in gatherings], dtype=np.float64)
    low, high = places.min(axis=0), places.max(axis=0)
    scale = float(min((np.array([WIDTH, HEIGHT]) - 2 * MARGIN) / np.maximum(high - low, 1e-9)))
    scale = min(scale, WIDTH)
    shift = np.array([WIDTH, HEIGHT]) / 2 - scale * np.array([1, -1]) * (low + high) / 2
    xy = places * scale * [1, -1] + shift
    size = np.clip(SMALLEST * np.sqrt(people / people.min()), SMALLEST, LARGEST)
    shape = {name: SHAPES[number % len(SHAPES)] for number, name in enumerate(names)}
    signs = [
        Sign(round(x, 1), round(y, 1), round(half, 1), shape[one["group"]], one["group"], one["people"])
        for (x, y), half, one in zip(xy.tolist(), size.tolist(), gatherings, strict=True)
    ]
    letters = [_letter(name, xy, people, [one["group"] == name for one in gatherings], shape[name]) for name in names]
    return Drawing(
        WIDTH,
        HEIGHT,
        (round(float(shift[0]), 1), round(float(shift[1]), 1)),
        tuple(sorted(signs, key=lambda sign: -sign.size)),
        tuple(letter for letter in letters if letter) if len(names) > 1 else (),
        scale,
    )


def _letter(name: str, xy: np.ndarray, people: np.ndarray, members: list[bool], shape: str) -> Letter | None:
    if not any(members):
        return None
    x, y = np.average(xy[members], axis=0, weights=people[members])
    return Letter(round(float(x), 1), round(float(y), 1), name, shape)
