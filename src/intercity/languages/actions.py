"""The only writer of people's words and of what translators say of translations."""

from __future__ import annotations

from intercity.languages.models import LanguageSaidBy, Text


def write_text(language: str, body: str, *, said_by: str = LanguageSaidBy.AUTHOR) -> Text:
    """Keep what somebody wrote, inside the transaction of the action that it belongs to."""
    return Text.objects.create(language=language, body=body, language_said_by=said_by)


def rewrite_text(text: Text, body: str) -> None:
    """Change the words, inside the transaction of the action that it belongs to; translations are outdated by it."""
    if text.body != body:
        text.body, text.version = body, text.version + 1
        text.save(update_fields=["body", "version"])
