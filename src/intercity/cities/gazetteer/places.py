"""The table of places, read once when first asked, and how it is searched."""

from __future__ import annotations

import gzip
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import accumulate, chain, islice

from intercity.core.language import fold

ATTRIBUTION = "GeoNames (https://www.geonames.org), CC BY 4.0"
"""Who made the data and under which licence; the licence asks for it wherever they are shown."""

FILE = "places.tsv.gz"
COLUMNS = ("geonames_id", "name", "country", "latitude", "longitude", "population", "timezone", "other_names")
BETWEEN_NAMES = "|"
EDGE = "\n"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as GeoNames knows it. `population` is GeoNames' figure, without a year; a claim, not a count."""

    geonames_id: int
    name: str
    country: str
    latitude: float
    longitude: float
    population: int
    timezone: str


def searched(name: str) -> str:
    """The form in which names are compared: folded, and without spaces, so that Ha Noi, Hanoi and Hà Nội are one."""
    return fold(name).replace(" ", "")


class _Shelf:
    """Places in order of population, and all their names in one text, which is searched faster than any list."""

    def __init__(self, rows: list[tuple[Place, str]]) -> None:
        self.places = [place for place, _ in rows]
        self.names = "".join(names for _, names in rows)
        self.starts = [0, *accumulate(len(names) for _, names in rows)]

    def holding(self, piece: str) -> Iterator[int]:
        """Places, each once, the most populous first, in whose names a piece of text stands."""
        at = self.names.find(piece)
        while at >= 0:
            number = bisect_right(self.starts, at) - 1
            yield number
            at = self.names.find(piece, self.starts[number + 1])


class _Gazetteer:
    def __init__(self) -> None:
        text = gzip.decompress(files(__package__).joinpath(FILE).read_bytes()).decode()
        rows = [_read(line) for line in text.split("\n") if line and not line.startswith("#")]
        rows.sort(key=lambda row: (-row[0].population, row[0].geonames_id))
        self.rows = rows
        self.whole = _Shelf(rows)

    @cached_property
    def by_id(self) -> dict[int, Place]:
        return {place.geonames_id: place for place, _ in self.rows}

    @cached_property
    def by_country(self) -> dict[str, _Shelf]:
        parted: dict[str, list[tuple[Place, str]]] = {}
        for row in self.rows:
            parted.setdefault(row[0].country, []).append(row)
        return {country: _Shelf(rows) for country, rows in sorted(parted.items())}


def _read(line: str) -> tuple[Place, str]:
    number, name, country, latitude, longitude, population, timezone, others = line.split("\t")
    place = Place(int(number), name, country, float(latitude), float(longitude), int(population), timezone)
    names = [searched(name), *others.split(BETWEEN_NAMES)] if others else [searched(name)]
    return place, "".join(f"{EDGE}{one}" for one in names) + EDGE


@cache
def _gazetteer() -> _Gazetteer:
    return _Gazetteer()


def find(query: str, country: str | None = None, limit: int = 10) -> list[Place]:
    """Places by a name or a part of one, in any script, with or without accents and spaces.

    First those that have exactly this name, then those with a name that begins with it, then those with a name that
    holds it; of each, the most populous first. `country` is an ISO 3166-1 code of two letters. A query without a
    letter or digit finds nothing.
    """
    if limit < 1:
        raise ValueError(f"limit is {limit}; at least 1 is allowed.")
    wanted = searched(query)
    shelf = _gazetteer().by_country.get(country.upper()) if country else _gazetteer().whole
    if not wanted or shelf is None:
        return []
    ways = (f"{EDGE}{wanted}{EDGE}", f"{EDGE}{wanted}", wanted)
    numbers = _each_once(chain.from_iterable(shelf.holding(way) for way in ways))
    return [shelf.places[number] for number in islice(numbers, limit)]


def _each_once(numbers: Iterable[int]) -> Iterator[int]:
    seen: set[int] = set()
    for number in numbers:
        if number not in seen:
            seen.add(number)
            yield number


def place(geonames_id: int) -> Place | None:
    """The place with this GeoNames id, or None when the gazetteer does not have it."""
    return _gazetteer().by_id.get(geonames_id)


@cache
def countries() -> list[str]:
    """The ISO 3166-1 codes of all countries and territories that have a place here, in order."""
    return list(_gazetteer().by_country)
