"""Dates, numbers and lists: every language of the interface in its own form, all in digits that everybody reads."""

from __future__ import annotations

import re
from datetime import date, datetime, time

import pytest
from django.conf import settings

from intercity.core.language.formats import (
    format_clock,
    format_day,
    format_list,
    format_moment,
    format_number,
    format_share,
    format_size,
)

MOMENT = datetime(2026, 3, 5, 14, 7)
DAYS = {
    "en": "March 5, 2026",
    "zh-hans": "2026年3月5日",
    "km": "5 មីនា 2026",
    "lo": "5 ມີນາ 2026",
    "my": "2026 မတ် 5",
    "th": "5 มีนาคม ค.ศ. 2026",
    "vi": "5 tháng 3, 2026",
    "id": "5 Maret 2026",
    "ms": "5 Mac 2026",
    "fil": "Marso 5, 2026",
    "pt": "5 de março de 2026",
    "ta": "5 மார்ச், 2026",
}


def test_every_language_of_the_interface_is_tried() -> None:
    assert set(DAYS) == {code for code, _name in settings.LANGUAGES}


@pytest.mark.parametrize("code", DAYS)
def test_a_day(code: str) -> None:
    assert format_day(date(2026, 3, 5), code) == DAYS[code]
    assert format_day(MOMENT, code.upper()) == DAYS[code]


@pytest.mark.parametrize("code", DAYS)
def test_years_are_gregorian_and_digits_latin(code: str) -> None:
    said = [
        *(format_moment(MOMENT, code, length) for length in ("full", "long", "medium")),
        format_number(1234567.5, code, 1),
        format_share(0.123, code, 1),
        format_size(12_345_678, code),
        format_clock(time(14, 7), code),
    ]
    assert all(re.fullmatch("[0-9]", sign) for text in said for sign in text if sign.isdigit())
    assert all("2026" in text for text in said[:3])


def test_a_moment_has_minutes_and_no_seconds() -> None:
    assert format_moment(MOMENT, "en") == "March 5, 2026, 2:07\N{NARROW NO-BREAK SPACE}PM"
    assert format_moment(MOMENT, "id", "medium") == "5 Mar 2026 14.07"
    assert format_moment(MOMENT, "vi") == "14:07 5 tháng 3, 2026"


def test_numbers_have_the_groups_of_their_language() -> None:
    assert [format_number(1234567, code) for code in ("en", "pt", "ta")] == ["1,234,567", "1.234.567", "12,34,567"]
    assert format_number(-0.25, "vi", 2) == "-0,25"
    assert format_number(2, "lo", 1) == "2,0"


def test_shares_are_percentages() -> None:
    assert (format_share(0, "en"), format_share(1, "th")) == ("0%", "100%")
    assert format_share(0.125, "fr", 1) == "12,5\N{NO-BREAK SPACE}%"


def test_sizes_go_by_thousands() -> None:
    assert [format_size(size, "en") for size in (0, 999, 1000, 123_456, 12_345_678)] == [
        "0 bytes",
        "999 bytes",
        "1.0 kB",
        "123 kB",
        "12.3 MB",
    ]
    assert format_size(5_000_000_000_000, "en") == "5,000 GB"


def test_lists_have_their_words() -> None:
    assert format_list(["A", "B", "C"], "vi") == "A, B và C"
    assert format_list(["A", "B"], "th") == "AและB"
    assert format_list([], "km") == ""


def test_an_unknown_language_gets_english_forms() -> None:
    assert format_day(date(2026, 3, 5), "tet") == DAYS["en"]
    assert format_day(date(2026, 3, 5), "zz-ZZ") == DAYS["en"]
