"""The result of an analysis as a document: everything that is published, and all that is needed to verify it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import numpy as np
from django.utils.translation import gettext as _

import intercity
from intercity.core.opinion import Analysis, Parameters, PolisAnalysis, analyse, analyse_polis
from intercity.core.opinion.common_ground import Floors
from intercity.core.opinion.counts import Counts
from intercity.core.opinion.polis.representativeness import Listed
from intercity.dialogues.imports import Conversation

FORMAT, FORMAT_VERSION = "intercity-result", 1
DIGITS = 9
RECIPES = ("intercity", "polis")

Document = dict[str, Any]


class UnreadableResultError(ValueError):
    """A result that cannot be read: says what came, what is allowed, and what to do."""


@dataclass(frozen=True)
class Result:
    """An analysis of a conversation, and the document that publishes it."""

    conversation: Conversation
    analysis: Analysis | PolisAnalysis
    document: Document


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
        body = _polis(conversation, found)
    else:
        found = analyse(
            conversation.votes,
            city=conversation.city,
            time=conversation.time if conversation.has_times else None,
            removed=conversation.removed,
            parameters=parameters,
            step=step,
        )
        body = _intercity(conversation, found)
    return Result(conversation, found, {**_head(conversation, recipe), **body})


def group_name(number: int) -> str:
    """A, B, C … for the groups 0, 1, 2 …"""
    return ascii_uppercase[number]


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


def plain(value: Any) -> Any:
    """A value as JSON has it: numbers to nine significant digits, what is not known as null."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if np.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return value


def _head(conversation: Conversation, recipe: str) -> Document:
    votes = conversation.votes
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "software": {"name": "intercity", "version": intercity.__version__},
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


def _intercity(conversation: Conversation, found: Analysis) -> Document:
    ids = [statement.id for statement in conversation.statements]
    ground = found.common_ground
    return {
        "parameters": plain(found.parameters),
        "cannot_say": list(found.silent),
        "common_ground": [
            {"statement": ids[j], "agreed": bool(agreed), "floor": plain(_side(ground, bool(agreed)).floor[j])}
            for j, agreed in zip(ground.statement.tolist(), ground.agreed, strict=True)
        ],
        "groups": _groups(found),
        "group_differences": _group_differences(ids, found),
        "city_differences": _city_differences(ids, found),
        "slate": {**plain(asdict(found.slate)), "statement": [ids[j] for j in found.slate.statement.tolist()]},
        "certainty": _certainty(ids, found),
        "statements": [_statement(conversation, found, j) for j in range(len(ids))],
    }


def _side(ground: Any, agreed: bool) -> Floors:
    side: Floors = ground.agree if agreed else ground.disagree
    return side


def _groups(found: Analysis) -> Document:
    groups = found.groups
    return {
        "stable": groups.found,
        "distinct": groups.distinct,
        "separation": plain(groups.separation),
        "not_placed": int((groups.label < 0).sum()),
        "list": [
            {
                "name": group_name(g),
                "size": int(groups.size[g]),
                "stability": plain(groups.stability[g]),
                "centre": plain(groups.centre[g]),
            }
            for g in range(groups.count)
        ],
        "tried": [
            {"groups": one.groups, "stability": plain(one.stability), "silhouette": plain(one.silhouette)}
            for one in groups.candidates
        ],
    }


def _group_differences(ids: list[str], found: Analysis) -> list[Document]:
    differences = found.group_differences
    return [
        {
            "group": group_name(g),
            "statement": ids[j],
            "agrees": bool(agrees),
            "difference": plain(differences.difference[g, j]),
            "disagreement": plain(differences.disagreement[g, j]),
            "q": plain(differences.q[g, j]),
        }
        for g in range(found.groups.count)
        for j, agrees in zip(differences.statement[g].tolist(), differences.agrees[g], strict=True)
    ]


def _city_differences(ids: list[str], found: Analysis) -> list[Document] | None:
    if found.city_differences is None:
        return None
    differences = found.city_differences
    return [
        {"statement": ids[j], "spread": plain(differences.spread[j]), "q": plain(differences.q[j])}
        for j in differences.statement.tolist()
    ]


def _certainty(ids: list[str], found: Analysis) -> Document:
    complete, robust = found.completeness, found.robustness
    return {
        "done": complete.done,
        "plateau": complete.plateau,
        "share_of_votes": plain(complete.share),
        "prediction": plain(complete.prediction),
        "prediction_error": plain(complete.error),
        "suspicious_clusters": None if found.suspicion is None else plain(found.suspicion.size),
        "without_them": None
        if robust is None
        else {
            "left_out": robust.left_out,
            "kept": [ids[j] for j in robust.kept.tolist()],
            "lost": [ids[j] for j in robust.lost.tolist()],
            "gained": [ids[j] for j in robust.gained.tolist()],
            "largest_change": plain(robust.largest_change),
        },
    }


def _statement(conversation: Conversation, found: Analysis, j: int) -> Document:
    statement, ground = conversation.statements[j], found.common_ground
    return {
        "id": statement.id,
        "text": statement.text,
        "moderated": statement.moderated,
        "is_meta": statement.is_meta,
        "votes": _votes(found.counts, 0, j),
        "agree": _floors(ground.agree, j),
        "disagree": _floors(ground.disagree, j),
        "bridging": plain(found.bridging.score[j]),
        "bridging_error": plain(found.bridging.error[j]),
        "group_aware": plain(found.bridging.group_aware[j]),
        "votes_needed": int(found.completeness.needed[j]),
        "by_group": {group_name(g): _votes(found.by_group, g, j) for g in range(found.groups.count)},
        "by_city": _by_city(conversation, found, j),
    }


def _floors(floors: Floors, j: int) -> Document:
    names = ("share", "group_floor", "city_floor", "floor")
    return {name: plain(getattr(floors, name)[j]) for name in names}


def _votes(counts: Counts, label: int, j: int) -> Document:
    parts = {"agree": counts.agree, "disagree": counts.disagree, "pass": counts.passed}
    return {name: _whole(part[label, j]) for name, part in parts.items()}


def _whole(number: float) -> int | float | None:
    """Counts are whole numbers, unless exposures were corrected for."""
    return int(number) if float(number).is_integer() else plain(number)


def _by_city(conversation: Conversation, found: Analysis, j: int) -> Document | None:
    if found.by_city is None or found.city_differences is None:
        return None
    differences = found.city_differences
    return {
        name: {
            **_votes(found.by_city, c, j),
            "counted": bool(found.common_ground.city_counted[c, j]),
            "share": plain(differences.share[c, j]),
            "interval": [plain(differences.lower[c, j]), plain(differences.upper[c, j])],
        }
        for c, name in enumerate(conversation.cities[: len(differences.share)])
    }


def _polis(conversation: Conversation, found: PolisAnalysis) -> Document:
    ids = [statement.id for statement in conversation.statements]

    def listed(some: tuple[Listed, ...]) -> list[Document]:
        return [{**plain(asdict(one)), "statement": ids[one.statement]} for one in some]

    return {
        "parameters": {},
        "consensus": {"agree": listed(found.agreed), "disagree": listed(found.disagreed)},
        "groups": [
            {
                "name": group_name(g),
                "size": int((found.label == g).sum()),
                "centre": plain(found.centre[g]),
                "representative": listed(some),
            }
            for g, some in enumerate(found.representative[: len(found.centre)])
        ],
        "silhouette": plain(found.silhouette),
        "counted": int(found.counted.sum()),
        "statements": [
            {
                "id": ids[j],
                "text": conversation.statements[j].text,
                "moderated": conversation.statements[j].moderated,
                "is_meta": conversation.statements[j].is_meta,
                "votes": _votes(found.whole, 0, j),
                "mean": plain(found.components.mean[j]),
                "components": plain(found.components.axes[:, j]),
                "extremity": plain(found.extremity[j]),
                "group_aware_consensus": plain(found.group_aware_consensus[j]),
                "priority": plain(found.priority[j]),
            }
            for j in range(len(ids))
        ],
    }
