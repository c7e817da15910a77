"""Amounts and days that are only partly known, in the reader's language; addresses of sources."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import get_language

from intercity.core.language.formats import format_number, format_partly_known, format_size
from intercity.practices.evidence import Level
from intercity.practices.models import Cost, Practice

register = template.Library()


@register.filter
def when(day: str) -> str:
    """A year, a month or a day, as it is known."""
    return format_partly_known(day, get_language() or "en")


@register.filter
def money(cost: Cost) -> str:
    """An amount with its currency's code: a sign such as $ is of many countries."""
    places = 0 if cost.amount == cost.amount.to_integral_value() else 2
    return f"{format_number(float(cost.amount), get_language() or 'en', places)}\N{NO-BREAK SPACE}{cost.currency}"


@register.filter
def posts(number: Decimal) -> str:
    """A number of full-time posts: whole, or with one digit."""
    places = 0 if number == number.to_integral_value() else 1
    return format_number(float(number), get_language() or "en", places)


@register.filter
def leading_address(source: str) -> str:
    """The address of the web that a source begins with, so that it can be a link; "" where there is none."""
    return source.split(maxsplit=1)[0] if source.startswith(("https://", "http://")) else ""


@register.filter
def without_address(source: str) -> str:
    """What a source says beside the address that it begins with: of what it is a copy, or a further source."""
    return source.removeprefix(leading_address(source)).strip()


@register.filter
def host(address: str) -> str:
    """The name of the server of an address: what a link to a source says."""
    return address.partition("://")[2].partition("/")[0].removeprefix("www.")


@register.filter
def kilobytes(number: int) -> str:
    """The size of a file, from its kilobytes."""
    return format_size(number * 1000, get_language() or "en")


@register.filter
def evidence_label(practice: Practice) -> str:
    """How strong the evidence is, in words; as it was last computed, so that lists need not compute it again."""
    return str(Level(practice.evidence).label)
