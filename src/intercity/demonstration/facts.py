"""The data files of the demonstration, and how their words become texts."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from intercity.languages.models import Text, Translation, TranslationState


@cache
def read(name: str) -> Any:
    """The content of a data file of this folder."""
    return json.loads(files(__package__).joinpath(f"{name}.json").read_text(encoding="utf-8"))


def original(words: dict[str, Any]) -> str:
    """The words in the language in which they were written."""
    return str(words["texts"][words["language"]])


def said(words: dict[str, Any]) -> tuple[str, str]:
    """The language in which words were written, and the words, as actions take them."""
    return words["language"], original(words)


def translate(text: Text, words: dict[str, Any]) -> list[Translation]:
    """Its translations, not yet stored: all were drafted by a machine and wait for somebody to read them."""
    return [
        Translation(
            text=text,
            text_version=text.version,
            language=language,
            body=body,
            state=TranslationState.MACHINE,
            engine=read("dialogues")["translations_made_by"],
        )
        for language, body in words["texts"].items()
        if language != text.language
    ]
