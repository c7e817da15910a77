"""Until when: the phrase that says it, and the day where there is no doubt which one it is."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Final

from intercity.core.language.names import locale_of
from intercity.core.language.promising.lexicon import Lexicon, escaped, lexicon

KINDS: Final = ("until_end", "within", "before", "until", "during", "on", "sometime")
"""Ways to say it, in the order in which they are tried."""

BUDDHIST: Final = 543
"""Years by which the Buddhist Era, in which Thai and its neighbours count, is ahead of the common one."""
YEARS: Final = range(1900, 2300)
CHINESE_DIGITS: Final = MappingProxyType(dict(zip("〇零一二三四五六七八九", "00123456789", strict=True)))
MONTH_FIRST: Final = frozenset({"en", "fil"})
"""Languages of which some write 6/5 for 5 June and some for 6 May: there such a date is no date."""


@dataclass(frozen=True)
class Deadline:
    """Until when something is promised.

    Attributes
    ----------
    phrase : str
        As it is written; "" where nothing is said.
    day : datetime.date or None
        The last day, where the phrase leaves no doubt: "by the end of June 2026" is 2026-06-30, "before 2026" is
        2025-12-31. "By 2030" leaves a year of doubt, and "2030年前" is written for either end of it: None. Of a day,
        "30日前" is read as that day, as offices do.
    """

    phrase: str = ""
    day: date | None = None


@dataclass(frozen=True)
class _Span:
    """The first and the last day of a year, a month or a day."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        return self.first == self.last


def deadline(sentence: str, words: Lexicon, signed_on: date | None = None) -> Deadline:
    """Until when, as a sentence says.

    Parameters
    ----------
    sentence : str
        As `lexicon.levelled` gives it.
    words : Lexicon
        Of its language; years of the Buddhist Era are understood in Thai, Lao and Khmer.
    signed_on : datetime.date or None
        The day from which "within six months" counts; without it such a phrase has no day.

    Returns
    -------
    Deadline
        By the first of KINDS that is there.
    """
    latin = latin_digits(sentence)
    for kind, patterns in _patterns(words.code).items():
        found = next((one for pattern in patterns if (one := pattern.search(latin))), None)
        if found:
            phrase = sentence[found.start() : found.end()].strip(" ,，、./")
            return Deadline(phrase, _day(kind, found, words, signed_on))
    return Deadline()


def latin_digits(sentence: str) -> str:
    """Digits of every script as 0 to 9, each in its place; of Chinese ones those of a year (二〇二六年)."""
    plain = "".join(sign if (digit := unicodedata.decimal(sign, None)) is None else str(digit) for sign in sentence)
    years = re.compile(f"[{''.join(CHINESE_DIGITS)}]{{4}}(?=年)")
    return years.sub(lambda year: "".join(CHINESE_DIGITS[sign] for sign in year[0]), plain)


def _day(kind: str, found: re.Match[str], words: Lexicon, signed_on: date | None) -> date | None:
    """The last day that a phrase means, None where it leaves a doubt."""
    if kind == "within":
        return _after(signed_on, found, words) if signed_on else None
    span = _span(found, words) if kind != "sometime" else None
    if span is None:
        return None
    if kind in {"until", "on"} and not span.is_day:
        return None
    if kind == "before":
        if words.code.startswith("zh"):
            return span.last if span.is_day else None
        return span.first - timedelta(days=1)
    return span.last


def _after(signed_on: date, found: re.Match[str], words: Lexicon) -> date | None:
    """A number of days, weeks, months or years after a day."""
    number, unit = _numbers(words.code).get(found["n"].lower()), _units(words.code)[found["unit"].lower()]
    count = number if number is not None else int(found["n"])
    if not 0 < count < 1000:
        return None
    if unit in {"day", "week"}:
        return signed_on + timedelta(days=count * (7 if unit == "week" else 1))
    months = signed_on.month - 1 + count * (12 if unit == "year" else 1)
    year, month = signed_on.year + months // 12, months % 12 + 1
    return date(year, month, min(signed_on.day, monthrange(year, month)[1])) if year in YEARS else None


def _span(found: re.Match[str], words: Lexicon) -> _Span | None:
    """The days of a date that was found; None for one that is none, or that two people read differently."""
    told = {name[:1]: value for name, value in found.groupdict().items() if value and name[0] in "dmyab"}
    year = int(told["y"])
    if year - BUDDHIST in YEARS and words.code in {"th", "lo", "km"} and year >= 2400:
        year -= BUDDHIST
    if year not in YEARS:
        return None
    if "a" in told:  # 5/6/2026
        first, second = int(told["a"]), int(told["b"])
        if first <= 12 and second <= 12 and first != second and words.code in MONTH_FIRST:
            return None
        day, month = (second, first) if second > 12 else (first, second)
        return _of(year, month, day)
    if "m" not in told:
        return _of(year)
    month = int(told["m"]) if told["m"].isdigit() else _months(words.code)[told["m"].lower()]
    return _of(year, month, _day_number(told["d"]) if "d" in told else None)


def _day_number(written: str) -> int:
    """The number of a day, also in Chinese numerals: 三十一 is 31."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (int(CHINESE_DIGITS.get(tens[:1], "1")) * 10 if ten else 0) + int(CHINESE_DIGITS.get(ones[:1], "0"))


def _of(year: int, month: int | None = None, day: int | None = None) -> _Span | None:
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    if day:
        return _Span(first, first)
    last = month or 12
    return _Span(first, date(year, last, monthrange(year, last)[1]))


@cache
def _months(code: str) -> Mapping[str, int]:
    """The names of months, from the Common Locale Data Repository and the language's table."""
    found: dict[str, int] = {}
    locale = locale_of(code)
    if locale:
        for width in ("wide", "abbreviated"):
            found |= {str(name).lower(): number for number, name in locale.months["format"][width].items()}
    return MappingProxyType({**found, **_pairs(code, "month")})


def _pairs(code: str, kind: str) -> dict[str, int]:
    """name=number, as the table has them."""
    return {
        name.strip().lower(): int(number)
        for name, number in (one.split("=") for one in lexicon(code).phrases.get(kind, ()))
    }


@cache
def _numbers(code: str) -> Mapping[str, int]:
    return MappingProxyType(_pairs(code, "number"))


@cache
def _units(code: str) -> Mapping[str, str]:
    named = (one.split("=") for one in lexicon(code).phrases.get("unit", ()))
    return MappingProxyType({name.lower(): unit for name, unit in named})


def _any(names: list[str]) -> str:
    return "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in sorted(names, key=len, reverse=True)) or "(?!)"


def _date(words: Lexicon) -> str:
    """The expression for a date: of each way to write it the parts by the names d, m, y (or a, b: day or month)."""
    fillers = _any(list(words.phrases.get("filler", ()))) if words.phrases.get("filler") else "(?!)"
    gap, month = rf"(?:[\s,，./]|{fillers})*", _any([*_months(words.code)])
    day, year = (
        r"(?<!\d)(?P<d#>\d{1,2}|[一二三四五六七八九十]{1,3}(?=[日号號]))(?:st|nd|rd|th)?(?!\d)",
        r"(?<!\d)(?P<y#>\d{4})(?!\d)",
    )
    named = rf"(?P<m#>{month})(?:(?<!\d)|(?!\d))"
    ways = (
        r"(?<!\d)(?P<y#>\d{4})-(?P<m#>\d{1,2})-(?P<d#>\d{1,2})(?!\d)",
        r"(?<!\d)(?P<a#>\d{1,2})[./-](?P<b#>\d{1,2})[./-](?P<y#>\d{4})(?!\d)",
        rf"{day}{gap}{named}{gap}{year}",
        rf"{named}{gap}{day}{gap}{year}",
        rf"{year}{gap}{named}{gap}{day}",
        rf"{named}{gap}{year}",
        rf"{year}{gap}{named}",
        year,
    )
    return f"{gap}(?:{'|'.join(way.replace('#>', f'{number}>') for number, way in enumerate(ways))}){gap}"


@cache
def _patterns(code: str) -> Mapping[str, tuple[re.Pattern[str], ...]]:
    """For each way to say it its expressions, the longest first."""
    words = lexicon(code)
    parts = {
        "{date}": _date(words),
        "{n}": rf"(?P<n>\d{{1,3}}|{_any([*_numbers(code)])})",
        "{unit}": rf"(?P<unit>{_any([*_units(code)])})",
    }
    found = {}
    for kind in KINDS:
        templates = sorted(words.phrases.get(kind, ()), key=lambda one: (-len(one), one))
        found[kind] = tuple(re.compile(_template(one, words, parts), re.IGNORECASE) for one in templates)
    return MappingProxyType(found)


def _template(template: str, words: Lexicon, parts: Mapping[str, str]) -> str:
    """The expression for a phrase with {date}, {n} or {unit} in it."""
    pieces = [one for one in re.split(r"(\{\w+\})", template) if one.strip()]
    made = [parts[one] if one in parts else escaped(one.strip(), words.is_spaced) for one in pieces]
    return r"\s*".join(made)
