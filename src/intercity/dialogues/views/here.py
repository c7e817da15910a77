"""Where the reader stands on the opinion map, if they take part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from django.http import HttpRequest

from intercity.core.opinion import gather
from intercity.core.opinion.factors import place
from intercity.core.opinion.plane import nearest
from intercity.dialogues.models import Dialogue, Participant, StoredResult
from intercity.dialogues.results import group_name
from intercity.dialogues.snapshot import factors, unpack
from intercity.dialogues.views.remembering import recall


@dataclass(frozen=True)
class Here:
    """The reader's place on the map and the group whose middle is nearest; no group where there is only one."""

    x: float
    y: float
    group: str


def participant_of(request: HttpRequest, dialogue: Dialogue) -> Participant | None:
    """The participant whom this device takes part as; None for everybody else, and for whom moderation excluded."""
    found = recall(request, dialogue.slug)
    return found if found is not None and found.banned_at is None else None


def here(participant: Participant, stored: StoredResult) -> Here | None:
    """Place somebody by their votes in the space that the stored result found; None where they voted too little."""
    if not stored.model:
        return None
    arrays = unpack(bytes(stored.model))
    column = {number: index for index, number in enumerate(arrays["statements"].tolist())}
    cast = [
        (column[number], value)
        for number, value in participant.votes.filter(round=stored.round_id)
        .exclude(value=None)
        .values_list("statement__number", "value")
        if number in column
    ]
    if not cast:
        return None
    statement, value = np.array(cast, dtype=np.int64).T
    votes = gather(np.zeros(len(cast), dtype=np.int64), statement, value, participants=1, statements=len(column))
    found = place(votes, factors(arrays))
    if not found.placed[0]:
        return None
    centre = arrays["centre"]
    group = group_name(int(nearest(found.xy, centre)[0])) if len(centre) > 1 else ""
    return Here(float(found.xy[0, 0]), float(found.xy[0, 1]), group)
