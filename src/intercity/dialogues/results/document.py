"""The result of an analysis as a document: everything that is published, and all that is needed to verify it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from intercity import __version__
from intercity.core.opinion import Analysis, Parameters, PolisAnalysis, analyse, analyse_polis
from intercity.dialogues.imports import Conversation
from intercity.dialogues.results import intercity, polis
from intercity.dialogues.results.figures import Document

FORMAT, FORMAT_VERSION = "intercity-result", 1
RECIPES = ("intercity", "polis")


class UnreadableResultError(ValueError):
    """A result that cannot be read: says what came, what is allowed, and what to do."""


@dataclass(frozen=True)
class Result:
    """An analysis of a conversation, and the document that publishes it."""

    conversation: Conversation
    analysis: Analysis | PolisAnalysis
    document: Document

    @property
    def labels(self) -> tuple[NDArray[np.integer], int]:
        """Each participant's group, -1 for none, and how many groups there are."""
        if isinstance(self.analysis, PolisAnalysis):
            return self.analysis.label, len(self.analysis.centre)
        return self.analysis.groups.label, self.analysis.groups.count


def compute_result(
    conversation: Conversation,
    *,
    recipe: str = "intercity",
    parameters: Parameters | None = None,
    step: Callable[[str], None] | None = None,
) -> Result:
    """Analyse a conversation by a recipe and write the document."""
    found: Analysis | PolisAnalysis
    if recipe == "polis":
        meta = [statement.is_meta for statement in conversation.statements]
        out = [statement.moderated < 0 for statement in conversation.statements]
        found = analyse_polis(
            conversation.votes, moderated_out=np.array(out, dtype=bool), meta=np.array(meta, dtype=bool)
        )
        body = polis.describe(conversation, found)
    else:
        found = analyse(
            conversation.votes,
            city=conversation.city,
            time=conversation.time if conversation.has_times else None,
            removed=conversation.removed,
            parameters=parameters,
            step=step,
        )
        body = intercity.describe(conversation, found)
    return Result(conversation, found, {**_head(conversation, recipe), **body})


def write_result(document: Document, path: Path) -> None:
    """Write a document as JSON."""
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_result(path: Path) -> Document:
    """Read a document; raises UnreadableResultError where it is none of ours."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UnreadableResultError(
            _("%(path)s cannot be read as JSON (%(error)s). Give the file that “intercity analyse --result” wrote.")
            % {"path": path, "error": error}
        ) from error
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise UnreadableResultError(
            _("%(path)s is no result of Intercity: its “format” is not “%(format)s”. Give such a result.")
            % {"path": path, "format": FORMAT}
        )
    if document.get("format_version") != FORMAT_VERSION or document.get("recipe") not in RECIPES:
        raise UnreadableResultError(
            _(
                "%(path)s has format version %(version)s and recipe %(recipe)s; version %(known)d and the recipes "
                "%(recipes)s are known here. Use a version of Intercity that knows them."
            )
            % {
                "path": path,
                "version": document.get("format_version"),
                "recipe": document.get("recipe"),
                "known": FORMAT_VERSION,
                "recipes": ", ".join(RECIPES),
            }
        )
    return document


def _head(conversation: Conversation, recipe: str) -> Document:
    votes = conversation.votes
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "software": {"name": "intercity", "version": __version__},
        "recipe": recipe,
        "input": {
            "topic": conversation.topic,
            "sha256": conversation.digest,
            "participants": int(np.count_nonzero(votes.per_participant)),
            "statements": votes.statements,
            "removed": int(conversation.removed.sum()),
            "votes": len(votes),
            "cities": list(conversation.cities),
            "simulated": conversation.simulated,
            "attribution": conversation.attribution,
            "notes": [note.text for note in conversation.notes],
            "unreadable_rows": len(conversation.unreadable),
        },
    }
