"""Keeping people's words. Called inside the transaction of the action they belong to, which also records them."""

from __future__ import annotations

import unicodedata
from datetime import datetime

from django.utils import timezone

from intercity.core.language.normalising import normalise
from intercity.languages.models import LanguageSaidBy, Text
from intercity.languages.wanting import want_whatever_shows

UNKEPT = "\0" + "".join(map(chr, range(0xD800, 0xE000)))
"""What no database keeps: PostgreSQL no NUL, and none of them half a character."""


def write_text(language: str, body: str, *, said_by: str = LanguageSaidBy.AUTHOR) -> Text:
    """Keep what somebody wrote, inside the transaction of the action that it belongs to."""
    text = unsaved_text(language, body, said_by=said_by)
    text.save()
    return text


def unsaved_text(
    language: str, body: str, *, said_by: str = LanguageSaidBy.AUTHOR, written_at: datetime | None = None
) -> Text:
    """A text as it will be kept, for actions that keep many at once."""
    words = plain(body)
    return Text(
        language=language,
        language_said_by=said_by,
        body=words,
        typed=typed_otherwise(body, words),
        written_at=written_at or timezone.now(),
    )


def rewrite_text(text: Text, body: str, *, language: str | None = None, said_by: str = LanguageSaidBy.AUTHOR) -> Text:
    """Put other words, or another language, in the place of a text, as its next version; the same change nothing.

    Its translations are of the version before, and thereby outdated. Locked, so that two who rewrite it together make
    two versions.
    """
    Text.objects.select_for_update().get(pk=text.pk)
    text.refresh_from_db(fields=["body", "language", "typed", "version"])
    words, code = plain(body), language or text.language
    if (words, code) == (text.body, text.language):
        return text
    text.version += 1
    text.body, text.typed = words, typed_otherwise(body, words)
    text.language, text.language_said_by = code, said_by if language else text.language_said_by
    text.save(update_fields=["body", "typed", "language", "language_said_by", "version"])
    want_whatever_shows(text)
    return text


def plain(body: str) -> str:
    """Words as they are kept: normalised, without spaces around them."""
    return normalise(body).text.strip()


def typed_otherwise(body: str, words: str) -> str:
    """What was typed, where more of it changed than what nobody sees; else nothing."""
    return "" if _seen(body) == _seen(words) else "".join(sign for sign in body if sign not in UNKEPT)


def _seen(body: str) -> str:
    """The signs that somebody sees, however they are composed."""
    composed = unicodedata.normalize("NFC", body)
    return "".join(sign for sign in composed if not _is_unseen(sign))


def _is_unseen(sign: str) -> bool:
    """Spaces, controls and what Unicode calls formats; and what selects a variant of the sign before it."""
    return unicodedata.category(sign)[0] in "CZ" or "\ufe00" <= sign <= "\ufe0f"
