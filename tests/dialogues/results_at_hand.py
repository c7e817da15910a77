"""Stored results and releases for the tests of pages: simulated votes under the statements of a real dialogue."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.core.opinion import Analysis, Parameters
from intercity.dialogues import actions
from intercity.dialogues.imports import Conversation
from intercity.dialogues.models import Dialogue, Release, StoredResult
from intercity.dialogues.results import Document, Result, compute_result
from intercity.dialogues.simulation import simulated_dialogue
from intercity.dialogues.snapshot import pack


@cache
def _computed() -> tuple[Conversation, Result]:
    conversation = simulated_dialogue(people=300)
    named = tuple(replace(one, id=str(number)) for number, one in enumerate(conversation.statements, 1))
    conversation = replace(conversation, statements=named)
    return conversation, compute_result(conversation, parameters=Parameters(resamples=3))


def document() -> Document:
    """The result of three hundred simulated people on forty statements, numbered from 1."""
    return _computed()[1].document


def simulated(ana: Person, city: City, slug: str = "growth", **fields: object) -> Dialogue:
    """An open dialogue with the simulated statements and their stored result."""
    dialogue = cast.open_dialogue(ana, city, slug=slug, statements=0, **fields)
    conversation, found = _computed()
    for statement in conversation.statements:
        actions.add_statement(ana, dialogue, body=statement.text, language="en")
    Dialogue.objects.filter(pk=dialogue.pk).update(is_simulated=True)
    assert isinstance(found.analysis, Analysis)
    StoredResult.objects.create(
        round=dialogue.round,
        version=dialogue.round.votes_version,
        document=found.document,
        model=pack(conversation, found.analysis),
        votes=len(conversation.votes),
        participants=300,
        computed_at=timezone.now(),
    )
    return Dialogue.objects.get(pk=dialogue.pk)


def publish(dialogue: Dialogue, number: int = 1) -> Release:
    """A release of the stored result with data of a few bytes."""
    return Release.objects.create(
        round=dialogue.round,
        number=number,
        document=document(),
        data=b"PK votes",
        sha256="ab" * 32,
        licence="CC BY 4.0",
        is_final=True,
    )
