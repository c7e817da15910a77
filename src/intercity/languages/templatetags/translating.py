"""What pages about translations need: days in the reader's way, and whether somebody may translate."""

from __future__ import annotations

from datetime import date

from django import template

from intercity.languages import rights
from intercity.languages.templatetags.formats import in_words
from intercity.languages.waiting import Standing

register = template.Library()


@register.filter
def as_day(written: str) -> str:
    """A day as computers write it (2025-01-15), as the reader does; empty where it is none."""
    try:
        return in_words(date.fromisoformat(written), "SHORT_DATE_FORMAT")
    except ValueError:
        return ""


@register.simple_tag(takes_context=True)
def may_translate(context: template.Context) -> bool:
    """Whether who looks at the page may translate."""
    request = context.get("request")
    return request is not None and rights.may_review(request.user)


@register.filter
def standing_name(standing: str) -> str:
    """How a text stands in a language, in words."""
    return str(Standing(standing).label)
