"""`{% words text %}`: people's words with their language, and where a translation comes from, one click away."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language

from intercity.languages.models import Text, Words

register = template.Library()


def _said(context: template.Context, text: Text) -> Words:
    """In the reader's language, else in one of the network's, else as it was written.

    A page that knows the languages already gives them as `reading_languages`, which saves asking for the network; one
    that shows originals only says so by `as_written`.
    """
    if context.get("as_written"):
        return Words(text.body, text.language)
    others = context.get("reading_languages")
    if others is None:
        others = getattr(context.get("network"), "languages", None) or ()
    return text.words(get_language() or text.language, tuple(others))


@register.inclusion_tag("languages/_words.html", takes_context=True)
def words(context: template.Context, text: Text, *, plain: bool = False) -> dict[str, Any]:
    """Show a text in the reader's language if there is a translation, else in one of the network's, else as written.

    With `plain`, only the words: for titles and lists, where a notice beside each would be too much.
    """
    return {"said": _said(context, text), "plain": plain}


@register.simple_tag(takes_context=True)
def plain_words(context: template.Context, text: Text) -> str:
    """The bare words as `words` shows them, for attributes and page titles."""
    return _said(context, text).body
