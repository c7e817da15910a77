"""Languages by their names in a template."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from intercity.core.language.names import language_name as name_of

register = template.Library()


@register.filter
def language_name(code: str) -> str:
    """A language's name in the reader's language."""
    return name_of(code, get_language() or "en")


@register.filter
def own_name(code: str) -> str:
    """A language's name in itself."""
    return name_of(code)
