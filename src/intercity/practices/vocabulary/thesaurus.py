"""The concepts, and what each is called in every language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Final, Literal

from intercity.core.language.known import known
from intercity.practices.vocabulary.tables import VocabularyError, rows

Status = Literal["human", "machine"]

VERSION: Final = "1"
"""Of the concepts; a changed label does not change it."""

ENGLISH: Final = "en"

CHECKED: Final = re.compile(r"# *status: *human\b")


@dataclass(frozen=True)
class Concept:
    """Something that cities have to deal with.

    Attributes
    ----------
    id : str
        Small letters and hyphens; never changed once published.
    broader : str
        The id of its group; empty for a group.
    targets : tuple of str
        SDG targets ("11.5") or goals ("11") that it serves.
    labels : mapping of str to str
        What it is called, by language code in small letters ("zh-hans"); English is always there.
    also : mapping of str to tuple of str
        Other words for it, by language code.
    """

    id: str
    broader: str
    targets: tuple[str, ...]
    labels: Mapping[str, str]
    also: Mapping[str, tuple[str, ...]]

    def label(self, language: str) -> str:
        """What it is called in a language, in English where that language has no label."""
        return self.labels[self.language(language)]

    def others(self, language: str) -> tuple[str, ...]:
        """Other words for it in a language; none where that language has none."""
        return self.also.get(_code(language), ())

    def language(self, language: str) -> str:
        """The language in which `label` answers: for the `lang` of the element that shows it."""
        code = _code(language)
        return code if code in self.labels else ENGLISH

    def status(self, language: str) -> Status:
        """Whether a person has said that the label of that language is right: "human", or a machine's draft."""
        return "human" if self.language(language) in _checked() else "machine"


def _code(language: str) -> str:
    """A code as our files are called: "zh-Hans-SG" is "zh-hans"; what nobody knows stays itself."""
    found = known(language)
    return found.code if found else language.lower()


def _others(cell: str, separator: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in cell.split(separator) if word.strip()))


def _tables() -> list[Traversable]:
    """The files of the languages, by name."""
    folder = files(__package__) / "labels"
    return sorted((file for file in folder.iterdir() if file.name.endswith(".tsv")), key=lambda one: one.name)


def _language_of(file: Traversable) -> str:
    return _code(file.name.removesuffix(".tsv"))


def _is_checked(text: str) -> bool:
    """Whether the first line of a file says that a speaker has checked all of it."""
    return CHECKED.match(text) is not None


@lru_cache(maxsize=1)
def _checked() -> frozenset[str]:
    """The languages whose labels people wrote or checked."""
    found = [_language_of(file) for file in _tables() if _is_checked(file.read_text(encoding="utf-8"))]
    return frozenset((ENGLISH, *found))


@lru_cache(maxsize=1)
def _drafts() -> Mapping[str, Mapping[str, tuple[str, tuple[str, ...]]]]:
    """Labels and other words by language and concept, from labels/CODE.tsv."""
    return {
        _language_of(file): {key: (label, _others(also, ";")) for key, label, also in rows(file, 3) if label}
        for file in _tables()
    }


@lru_cache(maxsize=1)
def concepts() -> Mapping[str, Concept]:
    """All concepts by id, groups among them, each group before what is in it."""
    found: dict[str, Concept] = {}
    for key, broader, targets, label, also in rows(files(__package__) / "concepts.tsv", 5):
        if key in found or not label or (broader and broader not in found):
            raise VocabularyError(f"concepts.tsv: “{key}” is there twice, has no label, or comes before its group.")
        drafts = {code: drafted[key] for code, drafted in _drafts().items() if key in drafted}
        found[key] = Concept(
            key,
            broader,
            tuple(targets.split()),
            MappingProxyType({ENGLISH: label} | {code: draft[0] for code, draft in drafts.items()}),
            MappingProxyType(
                {ENGLISH: _others(also, ",")} | {code: draft[1] for code, draft in drafts.items() if draft[1]}
            ),
        )
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """The languages that have labels, English first."""
    return (ENGLISH, *(code for code in _drafts() if code != ENGLISH))


@lru_cache(maxsize=1)
def tops() -> tuple[Concept, ...]:
    """The groups, in their order."""
    return tuple(one for one in concepts().values() if not one.broader)


@lru_cache(maxsize=256)
def under(group: str) -> tuple[Concept, ...]:
    """The concepts of a group, in their order; none for an id that is no group."""
    return tuple(one for one in concepts().values() if one.broader == group and group)
