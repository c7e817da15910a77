"""What is traded: the chapters of the Harmonized System, by which every customs office of the world sorts goods.

Words are in English, whatever the reader's language: the pages mark them so. A chapter helps to find somebody; how
goods are classified at a border is for the customs office to say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from intercity.practices.vocabulary import tables

LANGUAGE: Final = "en"
"""The language of the words, for the page to say."""


@dataclass(frozen=True)
class Chapter:
    """A chapter of the Harmonized System.

    Attributes
    ----------
    code : str
        Two digits, "01" to "97"; 77 is kept free.
    section : str
        The section that it belongs to, in Roman figures: goods of one section are of one kind.
    title : str
        Our own short words in English.
    description : str
        The words of the nomenclature, in English.
    """

    code: str
    section: str
    title: str
    description: str

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


@lru_cache(maxsize=1)
def chapters() -> Mapping[str, Chapter]:
    """The 96 chapters by code, in their order."""
    rows = tables.rows(files(__package__) / "hs.tsv", 4)
    return MappingProxyType({code: Chapter(code, section, *words) for code, section, *words in rows})


@lru_cache(maxsize=1)
def sections() -> Mapping[str, tuple[Chapter, ...]]:
    """The chapters of each section, in their order: groups for a list to choose from."""
    found: dict[str, list[Chapter]] = {}
    for one in chapters().values():
        found.setdefault(one.section, []).append(one)
    return MappingProxyType({section: tuple(ones) for section, ones in found.items()})


def chapter(code: str) -> Chapter | None:
    """The chapter in which goods with a code of two to ten digits stand ("0901" in "09"), or None."""
    return chapters().get(code.strip().replace(".", "")[:2])
