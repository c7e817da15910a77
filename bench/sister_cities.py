"""Real sister cities from Wikidata, as it stood in 2016 and 2022, and what is known of them."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import get_args

import numpy as np
from babel.languages import get_official_languages
from numpy.typing import NDArray

from intercity.core.matching import Income, income_of
from intercity.core.matching.partners import NONE, Cities, unknown_cities

Integers = NDArray[np.int64]

FOLDER = Path(__file__).parents[2] / "shared" / "data"
SISTERS = FOLDER / "sister-cities"
GAZETTEER = FOLDER / "gazetteer" / "geonames_world_cities15000_slim.csv"
TONGUES = 3
"""Languages of a country that count: the official ones, the most used first."""


@cache
def nodes() -> list[dict[str, str]]:
    """Cities of 2022, above 10,000 people."""
    return _rows(SISTERS / "wikidata2022_s22_nodes.csv")


def known(rows: list[dict[str, str]], country: str, latitude: str, longitude: str, population: str) -> Cities:
    """What the rows of a table say, by the names of its columns; income and official languages by country."""
    codes = sorted({row[country] for row in rows if row[country]})
    number = {code: at for at, code in enumerate(codes)}
    groups = get_args(Income)
    people = np.array([float(row[population] or "nan") for row in rows])
    income = {code: groups.index(found) if (found := income_of(code)) else NONE for code in codes}
    spoken = {code: [tongue.split("_")[0] for tongue in get_official_languages(code)[:TONGUES]] for code in codes}
    tongues = {tongue: at for at, tongue in enumerate(sorted({one for some in spoken.values() for one in some}))}
    speaks = [(at, tongues[one]) for at, row in enumerate(rows) if row[country] for one in spoken[row[country]]]
    return replace(
        unknown_cities(len(rows)),
        latitude=np.array([float(row[latitude] or "nan") for row in rows]),
        longitude=np.array([float(row[longitude] or "nan") for row in rows]),
        population=np.where(people > 0, people, np.nan),
        country=np.array([number.get(row[country], NONE) for row in rows], dtype=np.int64),
        income=np.array([income.get(row[country], NONE) for row in rows], dtype=np.int64),
        languages=np.array(speaks, dtype=np.int64).reshape(-1, 2),
    )


def sisters(file: str) -> Integers:
    """Edges whose two ends are among the nodes, each once, smaller end first; shape (edges, 2)."""
    place = {row["qid"]: at for at, row in enumerate(nodes())}
    ends = [(place.get(row["a"], -1), place.get(row["b"], -1)) for row in _rows(SISTERS / file)]
    pairs = np.sort(np.array([(one, other) for one, other in ends if min(one, other) >= 0 and one != other]), axis=1)
    return np.unique(pairs, axis=0).astype(np.int64)


def world() -> Cities:
    """Places of the world above 15,000 people, from GeoNames."""
    return known(_rows(GAZETTEER), "country", "latitude", "longitude", "population")


def without(pairs: Integers, others: Integers) -> Integers:
    """The pairs that are not among others."""
    there = {(int(one), int(other)) for one, other in others}
    return np.array([pair for pair in pairs.tolist() if tuple(pair) not in there], dtype=np.int64).reshape(-1, 2)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
