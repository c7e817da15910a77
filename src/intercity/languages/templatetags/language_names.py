"""Languages by their names in a template."""

from __future__ import annotations

from functools import cache

from django import template
from django.utils.translation import get_language

from intercity.core.language.names import language_name as name_of
from intercity.languages.interface import interface

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """A language's name in the reader's language."""
    return name_of(code, get_language() or "en")


@register.filter
def own_name(code: str) -> str:
    """A language's name in itself."""
    return name_of(code)


@register.filter
@cache
def awaits_review(code: str) -> bool:
    """Whether nobody who speaks a language has read our words in it yet; asked of its file once in each process."""
    found = interface(code)
    return found is not None and found.awaits_review
