"""`{% words text %}`: people's words with their language, and where a translation comes from, one click away."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from intercity.languages.models import Text

register = template.Library()


@register.inclusion_tag("languages/_words.html")
def words(text: Text, *, plain: bool = False) -> dict[str, Any]:
    """Show a text in the reader's language if there is a translation, else as it was written.

    With `plain`, only the words: for titles and lists, where a notice beside each would be too much.
    """
    return {"said": text.words(get_language() or text.language), "plain": plain}


@register.simple_tag
def plain_words(text: Text) -> str:
    """The bare words in the reader's language, for attributes and page titles."""
    return text.words(get_language() or text.language).body
