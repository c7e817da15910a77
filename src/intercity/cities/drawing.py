"""Where cities lie to each other, as points of a drawing. No coast and no border: those would take positions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians

from intercity.cities.models import City

WIDTH = 360.0
MARGIN = 16.0
LETTER = 7.0
LINE = 14.0


@dataclass(frozen=True)
class Point:
    """A city in the drawing; `label` is empty where it would cover another, and stands left of the point if `left`."""

    x: float
    y: float
    name: str
    label: str
    left: bool


@dataclass(frozen=True)
class Drawing:
    """Width, height and points."""

    width: float
    height: float
    points: list[Point]


def drawing(cities: Iterable[City], language: str) -> Drawing | None:
    """The drawing of all cities whose position is known; None if those are fewer than two.

    Degrees of longitude are as long as they are at the middle latitude, so that distances look alike on both axes.
    """
    known = [
        (city.latitude, city.longitude, city.named(language))
        for city in cities
        if city.latitude is not None and city.longitude is not None
    ]
    if len(known) < 2:
        return None
    latitudes, longitudes = [each[0] for each in known], [each[1] for each in known]
    squeeze = max(0.2, cos(radians((max(latitudes) + min(latitudes)) / 2)))
    wide = max((max(longitudes) - min(longitudes)) * squeeze, 0.01)
    tall = max(latitudes) - min(latitudes)
    scale = (WIDTH - 2 * MARGIN) / max(wide, tall / 1.2)
    indent = (WIDTH - wide * scale) / 2
    places = [
        (indent + (longitude - min(longitudes)) * squeeze * scale, MARGIN + (max(latitudes) - latitude) * scale, name)
        for latitude, longitude, name in known
    ]
    return Drawing(WIDTH, round(tall * scale + 2 * MARGIN, 1), list(_labelled(places)))


def _labelled(places: list[tuple[float, float, str]]) -> Iterable[Point]:
    """Points with labels where there is room, first come first served."""
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y, _name in places]
    for x, y, name in places:
        wide = sum(LETTER if ord(sign) < 0x1100 else 2 * LETTER for sign in name)
        for left in (False, True):
            start = x - 8 - wide if left else x + 8
            box = (start, y - LINE / 2, start + wide, y + LINE / 2)
            if box[0] >= 0 and box[2] <= WIDTH and not any(_meet(box, other) for other in taken):
                taken.append(box)
                yield Point(round(x, 1), round(y, 1), name, name, left)
                break
        else:
            yield Point(round(x, 1), round(y, 1), name, "", False)


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
