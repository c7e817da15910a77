"""Dates, numbers, shares, sizes and lists as a language writes them.

The forms are those of the Unicode Common Locale Data Repository, as Babel brings them. Two choices hold everywhere, so
that people of different languages read the same figures: digits are Latin (the repository would write Burmese with its
own), and years are of the Gregorian calendar (Thai then says ค.ศ., "of the common era", beside a full date).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Literal

from babel import Locale, dates, lists, numbers, units

from intercity.core.language.names import locale_of

Length = Literal["full", "long", "medium", "short"]

KILO = 1000
SIZES = ("byte", "kilobyte", "megabyte", "gigabyte")


def _locale(code: str) -> Locale:
    """What is known of a language; English where nothing is."""
    return locale_of(code) or Locale("en")


def format_day(day: date, code: str, length: Length = "long") -> str:
    """A day, such as "5 de março de 2026".

    Parameters
    ----------
    day : datetime.date
        A datetime counts by its own clock.
    code : str
        The language as BCP 47 writes it; English stands in for one that the repository does not know.
    length : {"full", "long", "medium", "short"}
        "short" leaves open which number is the month: not for readers of several languages.

    Source: Unicode Common Locale Data Repository.
    """
    return str(dates.format_date(day, length, locale=_locale(code)))


def format_partly_known(day: str, code: str) -> str:
    """A year, a month or a day as "2024", "May 2024" or "5 May 2024"; what is none of them is given back as it came.

    Parameters
    ----------
    day : str
        "2024", "2024-05" or "2024-05-05", as the Extended Date/Time Format writes them.
    code : str
        The language, as for `format_day`.

    Source: Unicode Common Locale Data Repository.
    """
    try:
        first = date.fromisoformat((day + "-01-01")[:10] if len(day) in {4, 7} else day)
    except ValueError:
        return day
    if len(day) == 4:
        return day
    return (
        format_day(first, code) if len(day) > 7 else str(dates.format_skeleton("yMMMM", first, locale=_locale(code)))
    )


def format_moment(moment: datetime, code: str, length: Length = "long") -> str:
    """A day and a time to the minute, such as "2026年3月5日 14:07"; the zone is for the page to say.

    Parameters
    ----------
    moment : datetime.datetime
        Shown by its own clock.
    code, length
        As for `format_day`, for the day.

    Source: Unicode Common Locale Data Repository.
    """
    locale = _locale(code)
    order = str(dates.get_datetime_format("medium", locale=locale)).replace("'", "")
    clock = format_clock(moment.time(), code)
    return order.replace("{0}", clock).replace("{1}", format_day(moment, code, length))


def format_clock(clock: time, code: str) -> str:
    """A `clock` time to the minute, such as "14.07"; the language is given by `code` as for `format_day`.

    Source: Unicode Common Locale Data Repository.
    """
    return str(dates.format_time(clock, "short", locale=_locale(code)))


def format_number(value: float, code: str, places: int = 0) -> str:
    """A number with its groups, such as "1.234.567", rounded half to even.

    Parameters
    ----------
    value : float
        Any finite number.
    code : str
        The language, as for `format_day`.
    places : int
        Digits behind the separator, 0 or more; all are written.

    Source: Unicode Common Locale Data Repository.
    """
    locale = _locale(code)
    pattern = _with_places(locale.decimal_formats[None].pattern, places)
    return str(numbers.format_decimal(round(value, places), format=pattern, locale=locale))


def _with_places(pattern: str, places: int) -> str:
    """The repository's pattern, "#,##0.###", with as many digits behind the separator as are wanted."""
    whole = pattern.partition(".")[0]
    return f"{whole}.{'0' * places}" if places else whole


def format_share(share: float, code: str, places: int = 0) -> str:
    """A share in [0, 1] as a percentage, such as "12%" or "12 %".

    The language and the places are given as for `format_number`. Source: Unicode Common Locale Data Repository.
    """
    locale = _locale(code)
    sign = locale.percent_formats[None].pattern
    written = sign.replace("#,##0", _with_places(locale.decimal_formats[None].pattern, places))
    return str(numbers.format_percent(round(share, places + 2), format=written, locale=locale))


def format_size(size: int, code: str) -> str:
    """The size of a file in bytes, such as "12,3 MB"; a kilobyte is 1,000 bytes.

    Source: Unicode Common Locale Data Repository.
    """
    power = 0
    shown = float(size)
    while shown >= KILO and power < len(SIZES) - 1:
        shown, power = shown / KILO, power + 1
    length: Literal["long", "short"] = "short" if power else "long"  # "8 bytes", whose short form is "8 byte"
    return str(
        units.format_unit(
            format_number(shown, code, 1) if power and shown < 100 else round(shown),
            f"digital-{SIZES[power]}",
            length,
            locale=_locale(code),
        )
    )


def format_list(items: Sequence[str], code: str) -> str:
    """Several names (`items`, in any number) as one phrase in the language of `code`: "A, B và C"; empty for none.

    Source: Unicode Common Locale Data Repository.
    """
    return str(lists.format_list(list(items), locale=_locale(code)))
