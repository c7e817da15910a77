"""Dates, numbers, sizes and lists in the reader's language, by the repository of locale data and not by Django's own.

Django has no forms for Lao, Burmese, Khmer or Filipino, so they would be English there. This library is built in (see
TEMPLATES in settings): `|date` and `|filesizeformat` mean these in every template, ours and those of others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django import template
from django.template.defaultfilters import date as django_date
from django.utils.translation import get_language

from intercity.core.language import formats

register = template.Library()

DAYS: dict[str, formats.Length] = {"DATE_FORMAT": "long", "SHORT_DATE_FORMAT": "medium"}
MOMENTS: dict[str, formats.Length] = {"DATETIME_FORMAT": "long", "SHORT_DATETIME_FORMAT": "medium"}
"""A date of digits alone is never shown: 5/3 is in March or in May, depending on who reads it."""


def _language() -> str:
    return get_language() or "en"


@register.filter("date", expects_localtime=True, is_safe=False)
def in_words(value: Any, form: str | None = None) -> str:
    """A day or a moment, by the names of Django's formats; without one a day, with a pattern as Django writes it."""
    form = form or "DATE_FORMAT"
    if form in DAYS and isinstance(value, date):
        return formats.format_day(value, _language(), DAYS[form])
    if form in MOMENTS and isinstance(value, datetime):
        return formats.format_moment(value, _language(), MOMENTS[form])
    if form == "TIME_FORMAT" and isinstance(value, datetime | time):
        return formats.format_clock(value if isinstance(value, time) else value.time(), _language())
    return str(django_date(value, form))


@register.filter(is_safe=True)
def number(value: Any, places: int = 0) -> str:
    """A number with its groups; empty where there is none."""
    return "" if value is None or value == "" else formats.format_number(float(value), _language(), places)


@register.filter("filesizeformat", is_safe=True)
def size(value: Any) -> str:
    """The size of a file, from its bytes."""
    return formats.format_size(int(value or 0), _language())


@register.filter(is_safe=False)
def listed(names: Iterable[object]) -> str:
    """Several names as one phrase of the reader's language."""
    return formats.format_list([str(name) for name in names], _language())
