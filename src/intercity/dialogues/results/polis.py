"""The recipe polis's part of a document."""

from __future__ import annotations

from dataclasses import asdict

from intercity.core.opinion import PolisAnalysis
from intercity.core.opinion.polis.representativeness import Listed
from intercity.dialogues.imports import Conversation
from intercity.dialogues.results.figures import Document, group_name, opinion_map, plain, votes_of


def describe(conversation: Conversation, found: PolisAnalysis) -> Document:
    """The document of an analysis by the recipe polis, without its head."""
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
        "map": opinion_map(found.positions, found.label, [group_name(g) for g in range(len(found.centre))]),
        "silhouette": plain(found.silhouette),
        "counted": int(found.counted.sum()),
        "statements": [
            {
                "id": ids[j],
                "text": conversation.statements[j].text,
                "moderated": conversation.statements[j].moderated,
                "is_meta": conversation.statements[j].is_meta,
                "votes": votes_of(found.whole, 0, j),
                "mean": plain(found.components.mean[j]),
                "components": plain(found.components.axes[:, j]),
                "extremity": plain(found.extremity[j]),
                "group_aware_consensus": plain(found.group_aware_consensus[j]),
                "priority": plain(found.priority[j]),
            }
            for j in range(len(ids))
        ],
    }
