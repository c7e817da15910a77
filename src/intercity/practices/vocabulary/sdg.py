"""The Sustainable Development Goals and their targets, by their codes.

The titles of the goals are the official short ones. What is said of a target is ours, short and plain, for those who
choose from a list; the text that was agreed is behind its address at the United Nations. Targets that no concept of
the vocabulary serves are known by code only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from intercity.practices.vocabulary import tables

BASE: Final = "http://metadata.un.org/sdg/"
"""Where the United Nations publish goals and targets as SKOS."""


@dataclass(frozen=True)
class Target:
    """A goal ("11") or one of its targets ("11.5").

    Attributes
    ----------
    code : str
        As the United Nations write it, without zeros in front.
    goal : str
        The code of its goal; its own for a goal.
    text : str
        In English: the short title of a goal, our own words for a target; empty where we have none.
    """

    code: str
    goal: str
    text: str

    @property
    def is_goal(self) -> bool:
        """Whether it is a goal and no target."""
        return self.code == self.goal

    @property
    def address(self) -> str:
        """Its identifier at the United Nations."""
        return BASE + self.code

    def __str__(self) -> str:
        return f"{self.code} {self.text}".rstrip()


@lru_cache(maxsize=1)
def _all() -> Mapping[str, Target]:
    rows = tables.rows(files(__package__) / "sdg.tsv", 3)
    return MappingProxyType({code: Target(code, goal or code, text) for code, goal, text in rows})


@lru_cache(maxsize=1)
def goals() -> Mapping[str, Target]:
    """The 17 goals by code, in their order."""
    return MappingProxyType({code: one for code, one in _all().items() if one.is_goal})


@lru_cache(maxsize=1)
def targets() -> Mapping[str, Target]:
    """The 169 targets by code, in their order."""
    return MappingProxyType({code: one for code, one in _all().items() if not one.is_goal})


@lru_cache(maxsize=32)
def targets_of(goal: str) -> tuple[Target, ...]:
    """The targets of a goal, in their order; none for a code that is no goal."""
    return tuple(one for one in targets().values() if one.goal == goal)


def target(code: str) -> Target | None:
    """The goal or target with a code, spaces around it aside; None where there is none."""
    return _all().get(code.strip().lower())
