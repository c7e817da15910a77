"""On which days offices are closed or a feast is kept, in the countries of those who take part. A hint, no refusal.

The days are those that the library `holidays` knows for a whole country. What it lacks stands in
docs/decisions/0006-cooperation.md: days that follow a sighting of the moon are estimates until they are announced, and
holidays of a single province or city, and those of a community, are not among them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.utils.translation import get_language

MOST_DAYS = 400
CLOSED, KEPT = ("public", "government"), ("workday", "school", "bank", "half_day", "optional")
"""What the library calls days on which offices are closed; and others that are kept, such as Boun That Luang."""
OF_LANGUAGES = {"zh": "zh_CN", "pt": "pt_TL", "ms": "ms_MY"}
"""How the library names some languages where it has several of them."""


@dataclass(frozen=True)
class Closed:
    """A day on which the offices of a country are closed, or which is kept there while offices may be open.

    `language` is that of the names.
    """

    day: date
    country: str
    names: tuple[str, ...]
    language: str
    is_closed: bool = True


@dataclass(frozen=True)
class ClosedDays:
    """What is known of such days; `unknown` are the countries of which nothing is known."""

    days: tuple[Closed, ...]
    unknown: tuple[str, ...]

    @property
    def closed(self) -> list[Closed]:
        """Days on which offices are closed."""
        return [one for one in self.days if one.is_closed]

    @property
    def kept(self) -> list[Closed]:
        """Religious and other days that are kept while offices may be open."""
        return [one for one in self.days if not one.is_closed]


def closed_days(first: date, last: date, countries: Iterable[str], language: str | None = None) -> ClosedDays:
    """The closed days from `first` to `last`, both included, by day and country, named for a reader if possible."""
    reader = language or get_language() or "en"
    days = [first + timedelta(number) for number in range(min((last - first).days + 1, MOST_DAYS))]
    found, unknown = [], []
    for country in sorted({code for code in countries if code}):
        years = [_of_year(country, year, reader) for year in range(first.year, days[-1].year + 1)] if days else []
        if any(one is None for one in years):
            unknown.append(country)
            continue
        named = {day: closed for one in years if one for day, closed in one.items()}
        found += [named[day] for day in days if day in named]
    return ClosedDays(tuple(sorted(found, key=lambda one: (one.day, one.country))), tuple(unknown))


@lru_cache(maxsize=512)
def _of_year(country: str, year: int, reader: str) -> dict[date, Closed] | None:
    """The closed days of a country in a year; None where the library does not know the country."""
    import holidays  # noqa: PLC0415 - takes most of a second, and few pages need it

    try:
        known = holidays.country_holidays(country)
    except NotImplementedError:
        return None
    if not known.start_year <= year <= known.end_year:
        return None
    called = _called(reader, known.supported_languages or (), known.default_language or "en_US")
    tag = called.partition("_")[0]
    found: dict[date, Closed] = {}
    for categories, is_closed in ((CLOSED, True), (KEPT, False)):
        there = [one for one in categories if one in known.supported_categories]
        named: Any = holidays.country_holidays(country, years=year, language=called, categories=there) if there else {}
        for day in named:
            if day.year == year and day not in found:
                names = tuple(named.get_list(day))
                found[day] = Closed(day, country, names, "zh-hans" if tag == "zh" else tag, is_closed)
    return found


def _called(reader: str, languages: Iterable[str], otherwise: str) -> str:
    """The reader's language as the library names it, else English, else the country's own."""
    there, own = list(languages), reader.partition("-")[0]
    wanted = [OF_LANGUAGES.get(own, own), own]
    for code in wanted:
        if code in there:
            return code
    near = [code for code in there if code.partition("_")[0] == own]
    english = [code for code in there if code.startswith("en")]
    return next(iter([*near, *english]), otherwise)
