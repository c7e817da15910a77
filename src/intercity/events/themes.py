"""The themes by which events are found. The vocabulary is of a subject beside this one, and is offered from above.

Whoever has a vocabulary says so once, before anything is asked: `themes.offer(lambda: concepts_by_id)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils.translation import get_language


class Concept(Protocol):
    """What a vocabulary has to say of a concept."""

    @property
    def broader(self) -> str:
        """The group that it stands in; empty where it is a group itself."""

    def label(self, language: str) -> str:
        """Its name in a language, or in English where it has none there."""

    def language(self, language: str) -> str:
        """The language in which `label` names it."""


Vocabulary = Mapping[str, Concept]


@dataclass(frozen=True)
class Theme:
    """A concept by its name for one reader; `language` is that of the name."""

    id: str
    label: str
    language: str
    broader: str = ""


def _nothing() -> Vocabulary:
    return {}


_offered: list[Callable[[], Vocabulary]] = [_nothing]


def offer(vocabulary: Callable[[], Vocabulary]) -> None:
    """From now on, events have themes of this vocabulary; it is asked for only when it is needed."""
    _offered[0] = vocabulary


def known() -> Vocabulary:
    """The vocabulary, by the identifiers of its concepts; empty where nobody offered one."""
    return _offered[0]()


def themes(ids: Iterable[str], language: str | None = None) -> list[Theme]:
    """Concepts by their names for a reader; what the vocabulary does not know is left out."""
    reader, vocabulary = language or get_language() or "en", known()
    return [
        Theme(id_, vocabulary[id_].label(reader), vocabulary[id_].language(reader), vocabulary[id_].broader)
        for id_ in ids
        if id_ in vocabulary
    ]
