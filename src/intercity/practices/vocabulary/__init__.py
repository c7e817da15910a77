"""The vocabulary of urban challenges: what a problem or a practice is about, in every language of the network.

Our own, under CC BY 4.0: groups (tops) and the concepts in them, each with the SDG targets that it serves. English is
written by people; every other language is one file, labels/CODE.tsv, drafted by a language model until a speaker has
checked all of it and its first line says “# status: human”. A new language is one more file; nothing else names it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from intercity.practices.vocabulary import sdg
from intercity.practices.vocabulary.codes import Cofog, FocusArea, Funding, Group
from intercity.practices.vocabulary.finding import concepts_for
from intercity.practices.vocabulary.sdg import Target
from intercity.practices.vocabulary.tables import VocabularyError
from intercity.practices.vocabulary.thesaurus import VERSION, Concept, Status, concepts, languages, tops, under

__all__ = [
    "COFOG",
    "FOCUS_AREAS",
    "FUNDING",
    "GROUPS",
    "TARGETS",
    "VERSION",
    "Cofog",
    "Concept",
    "FocusArea",
    "Funding",
    "Group",
    "Status",
    "Target",
    "VocabularyError",
    "concepts",
    "concepts_for",
    "languages",
    "tops",
    "under",
]

COFOG = Cofog
FOCUS_AREAS = FocusArea
FUNDING = Funding
GROUPS = Group


def __getattr__(name: str) -> Any:
    """TARGETS, the SDG targets by code: read when they are asked for."""
    if name != "TARGETS":
        raise AttributeError(name)
    return sdg.targets()


TARGETS: Mapping[str, Target]
