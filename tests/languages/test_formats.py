"""In a template, dates and sizes are those of the reader's language, without loading anything."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest
from django.template import Context, engines
from django.utils.translation import override

MOMENT = datetime(2026, 3, 5, 14, 7, tzinfo=UTC)


def shown(words: str, language: str = "fil", **context: object) -> str:
    """What a page in a language says."""
    with override(language):
        return str(engines["django"].from_string(words).template.render(Context(context)))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        ("date", "Marso 5, 2026"),
        ('date:"DATE_FORMAT"', "Marso 5, 2026"),
        ('date:"SHORT_DATE_FORMAT"', "Mar 5, 2026"),
        ('date:"DATETIME_FORMAT"', "Marso 5, 2026, 2:07\N{NARROW NO-BREAK SPACE}PM"),
        ('date:"SHORT_DATETIME_FORMAT"', "Mar 5, 2026, 2:07\N{NARROW NO-BREAK SPACE}PM"),
        ('date:"TIME_FORMAT"', "2:07\N{NARROW NO-BREAK SPACE}PM"),
        ('date:"Y-m-d"', "2026-03-05"),
    ],
)
def test_dates(filters: str, said: str) -> None:
    assert shown(f"{{{{ it|{filters} }}}}", it=MOMENT) == said


def test_what_is_no_date_is_empty() -> None:
    assert shown("{{ it|date }}{{ absent|date }}", it=None) == ""
    assert shown('{{ it|date }} {{ at|date:"TIME_FORMAT" }}', "pt", it=date(2026, 3, 5), at=time(9)) == (
        "5 de março de 2026 09:00"
    )


def test_a_moment_is_shown_by_the_clock_of_the_page() -> None:
    from django.utils import timezone

    with timezone.override("Asia/Bangkok"):
        assert shown('{{ it|date:"DATETIME_FORMAT" }}', "th", it=MOMENT) == "5 มีนาคม ค.ศ. 2026 21:07"


def test_numbers_sizes_and_lists() -> None:
    assert shown("{{ it|number }} {{ it|number:1 }} {{ none|number }}", "id", it=1234.56) == "1.235 1.234,6 "
    assert shown("{{ it|filesizeformat }}", "vi", it=12_345_678) == "12,3 MB"
    assert shown("{{ it|listed }}", "ms", it=["A", "B", "C<"]) == "A, B dan C&lt;"


def test_a_language_awaits_review_until_its_file_says_otherwise() -> None:
    said = "{% load language_names %}{% for one in all %}{{ one|awaits_review }} {% endfor %}"
    assert shown(said, all=["km", "zh-hans", "en", "tet"]) == "True True False False "
