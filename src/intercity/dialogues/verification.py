"""Whether a published result follows from the votes, and where not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

import intercity
from intercity.core.opinion import Parameters
from intercity.dialogues.imports import Conversation
from intercity.dialogues.results import Document, UnreadableResultError, compute_result

TOLERANCE = 1e-6
IGNORED = {"software"}


@dataclass(frozen=True)
class Disagreement:
    """A place in the result where what was published is not what follows from the votes."""

    path: str
    published: object
    recomputed: object


@dataclass(frozen=True)
class Verification:
    """What came of computing a published result again."""

    disagreements: tuple[Disagreement, ...]
    notes: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether everything published follows from the votes."""
        return not self.disagreements


def verify(document: Document, conversation: Conversation) -> Verification:
    """Compute a published result again from the votes, by its own recipe, seed and parameters, and compare.

    Choices and counts must be the same; other numbers may differ by a millionth, as they do between machines.
    """
    recomputed = compute_result(conversation, recipe=document["recipe"], parameters=_parameters(document)).document
    notes = []
    theirs = document.get("software", {}).get("version")
    if theirs != intercity.__version__:
        text = _("It was published by version %(theirs)s and is recomputed by version %(ours)s.")
        notes.append(text % {"theirs": theirs, "ours": intercity.__version__})
    if document.get("input", {}).get("sha256") != conversation.digest:
        notes.append(_("The votes are not those it was published for: their fingerprints (SHA-256) differ."))
    found: list[Disagreement] = []
    _compare("", _without(document), _without(recomputed), found)
    return Verification(tuple(found), tuple(notes))


def _parameters(document: Document) -> Parameters | None:
    if document["recipe"] == "polis":
        return None
    try:
        return Parameters(**document["parameters"])
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableResultError(
            _("The parameters of this result cannot be used here: %(error)s.") % {"error": error}
        ) from error


def _without(document: Document) -> Document:
    return {name: value for name, value in document.items() if name not in IGNORED}


def _compare(path: str, published: Any, recomputed: Any, found: list[Disagreement]) -> None:
    if isinstance(published, dict) and isinstance(recomputed, dict):
        for name in sorted({*published, *recomputed}):
            _compare(f"{path}.{name}" if path else name, published.get(name), recomputed.get(name), found)
    elif isinstance(published, list) and isinstance(recomputed, list) and len(published) == len(recomputed):
        for number, (one, other) in enumerate(zip(published, recomputed, strict=True)):
            _compare(f"{path}[{number}]", one, other, found)
    elif not _same(published, recomputed):
        found.append(Disagreement(path, published, recomputed))


def _same(one: Any, other: Any) -> bool:
    numbers = all(isinstance(x, int | float) and not isinstance(x, bool) for x in (one, other))
    if numbers and float in (type(one), type(other)):
        return bool(abs(one - other) <= TOLERANCE * max(1.0, abs(one), abs(other)))
    return type(one) is type(other) and one == other
