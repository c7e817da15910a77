"""The default recipe's part of a document."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion import Analysis
from intercity.core.opinion.anonymity import publishable
from intercity.core.opinion.common_ground import Floors
from intercity.dialogues.imports import Conversation
from intercity.dialogues.results.figures import Document, group_name, opinion_map, plain, votes_of

Mask = NDArray[np.bool_]

NARROW = 0.02
"""Part of the variance along the first direction from which the second one is named."""
NAMED = 2
"""How many statements name one end of a direction of the map."""


def describe(conversation: Conversation, found: Analysis) -> Document:
    """The document of an analysis by the default recipe, without its head."""
    ids = [statement.id for statement in conversation.statements]
    ground = found.common_ground
    city_shown = None if found.by_city is None else publishable(found.by_city.seen)
    return {
        "parameters": plain(found.parameters),
        "cannot_say": list(found.silent),
        "common_ground": [
            {"statement": ids[j], "agreed": bool(agreed), "floor": plain(_side(ground, bool(agreed)).floor[j])}
            for j, agreed in zip(ground.statement.tolist(), ground.agreed, strict=True)
        ],
        "groups": _groups(found),
        "map": opinion_map(found.positions.xy, found.groups.label, _names(found)),
        "directions": _directions(ids, found),
        "group_differences": _group_differences(ids, found),
        "city_differences": _city_differences(ids, found),
        "slate": {**plain(asdict(found.slate)), "statement": [ids[j] for j in found.slate.statement.tolist()]},
        "certainty": _certainty(ids, found),
        "statements": [_statement(conversation, found, j, city_shown) for j in range(len(ids))],
    }


def _side(ground: Any, agreed: bool) -> Floors:
    side: Floors = ground.agree if agreed else ground.disagree
    return side


def _names(found: Analysis) -> list[str]:
    return [group_name(g) for g in range(found.groups.count)]


def _directions(ids: list[str], found: Analysis) -> list[Document]:
    """What the two directions of the map mean: the statements most agreed with towards each end.

    A direction along which people hardly differ means nothing.
    """
    spread = found.factors.spread
    weight = found.factors.axis * np.sqrt(found.counts.seen[0])[:, None]
    return [
        {
            "more": [ids[j] for j in np.argsort(-column, kind="stable")[:NAMED] if column[j] > 0 and wide],
            "less": [ids[j] for j in np.argsort(column, kind="stable")[:NAMED] if column[j] < 0 and wide],
        }
        for column, wide in zip(weight.T, (True, spread[1] > NARROW * spread[0]), strict=True)
    ]


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


def _statement(conversation: Conversation, found: Analysis, j: int, city_shown: Mask | None) -> Document:
    statement, ground = conversation.statements[j], found.common_ground
    return {
        "id": statement.id,
        "text": statement.text,
        "moderated": statement.moderated,
        "is_meta": statement.is_meta,
        "votes": votes_of(found.counts, 0, j),
        "agree": _floors(ground.agree, j),
        "disagree": _floors(ground.disagree, j),
        "bridging": plain(found.bridging.score[j]),
        "bridging_error": plain(found.bridging.error[j]),
        "group_aware": plain(found.bridging.group_aware[j]),
        "votes_needed": int(found.completeness.needed[j]),
        "by_group": {group_name(g): votes_of(found.by_group, g, j) for g in range(found.groups.count)},
        "by_city": _by_city(conversation, found, j, city_shown),
    }


def _floors(floors: Floors, j: int) -> Document:
    names = ("share", "group_floor", "city_floor", "floor")
    return {name: plain(getattr(floors, name)[j]) for name in names}


def _by_city(conversation: Conversation, found: Analysis, j: int, shown: Mask | None) -> Document | None:
    """Every city's votes; those of fewer than five people are not known to readers, and read as null."""
    differences = found.city_differences
    if found.by_city is None or differences is None or shown is None:
        return None
    return {
        name: {
            **votes_of(found.by_city, c, j),
            "counted": bool(found.common_ground.city_counted[c, j]),
            "share": plain(differences.share[c, j]),
            "interval": [plain(differences.lower[c, j]), plain(differences.upper[c, j])],
        }
        if shown[c, j]
        else None
        for c, name in enumerate(conversation.cities[: len(shown)])
    }
