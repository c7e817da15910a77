"""People's words in a letter, and where they come from."""

from __future__ import annotations

from django.utils.translation import gettext as _

from intercity.cities.models import Network
from intercity.core.language.names import language_name
from intercity.languages.models import Text


def said(text: Text | None, language: str, most: int | None = None) -> str:
    """People's words for the reader of a letter, shortened where they are long; below a translation the original."""
    if text is None:
        return ""
    network = Network.current()
    words = text.words(language, tuple(network.languages) if network else ())
    body = _shortened(words.body, most)
    if words.translated_from:
        origin = {"language": language_name(words.translated_from, language)}
        note = (
            _("A machine translated this from %(language)s. The original:")
            if words.engine
            else _("Translated from %(language)s. The original:")
        )
        return f"{body}\n\n{note % origin}\n\n{_shortened(words.original, most)}"
    if words.asked:
        note = _("This is in %(language)s. There is no translation yet.")
        return f"{body}\n\n{note % {'language': language_name(words.language, language)}}"
    return body


def _shortened(words: str, most: int | None) -> str:
    return words if most is None or len(words) <= most else f"{words[:most].rstrip()} …"
