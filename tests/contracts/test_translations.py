"""Translations of our own words: compiled as they stand, with all their places, and marked as awaiting review."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings

LOCALE = Path(__file__).parents[2] / "src" / "intercity" / "locale"
FILES = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
PLACES = re.compile(r"%\(\w+\)[sd]")
WHOLE = {"zh_Hans", "km"}


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def translated(found: Catalog) -> list[tuple[str, str]]:
    pairs = []
    for message in found:
        texts = (message.string,) if isinstance(message.string, str) else message.string or ()
        pairs += [(_longest(message), str(text)) for text in texts if text and message.id]
    return pairs


def places(text: str) -> list[str]:
    """The named places of a message."""
    return PLACES.findall(text)


def _longest(message: Message) -> str:
    """The plural, which has all places, or the message."""
    return message.id[1] if isinstance(message.id, tuple) else str(message.id)


@pytest.mark.parametrize("path", FILES, ids=[path.parts[-3] for path in FILES])
def test_what_is_compiled_is_what_was_translated(path: Path) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(path))
    assert compiled.getvalue() == path.with_suffix(".mo").read_bytes(), "call `make words`"


@pytest.mark.parametrize("path", FILES, ids=[path.parts[-3] for path in FILES])
def test_no_translation_loses_a_place(path: Path) -> None:
    wrong = [
        pair for pair in translated(catalogue(path)) if set(PLACES.findall(pair[1])) - set(PLACES.findall(pair[0]))
    ]
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=[path.parts[-3] for path in FILES])
def test_a_draft_says_that_it_awaits_review(path: Path) -> None:
    assert "AWAITING REVIEW" in path.read_text(encoding="utf-8")[:400]


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_these_languages_are_nearly_whole(name: str) -> None:
    found = catalogue(LOCALE / name / "LC_MESSAGES" / "django.po")
    assert len(translated(found)) > 0.95 * len(found)


def test_every_language_that_is_offered_has_words() -> None:
    names = {path.parts[-3].lower().replace("_", "-") for path in FILES}
    assert {code for code, _name in settings.LANGUAGES} - {"en"} == names
