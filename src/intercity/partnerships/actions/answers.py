"""Answers of kind “We will” that nobody follows yet: each can become a commitment, once, by those who may keep it."""

from __future__ import annotations

from django.db.models import QuerySet

from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.cities.rights import may_write, require_writer
from intercity.dialogues.models import Answer, AnswerKind, State


def promises() -> QuerySet[Answer]:
    """Published answers that promise something, with what is shown of them."""
    return (
        Answer.objects.filter(kind=AnswerKind.WE_WILL, round__dialogue__state=State.ANSWERED)
        .select_related("text", "statement__text", "round__dialogue__responder_city", "round__dialogue__question")
        .prefetch_related("text__translations", "statement__text__translations")
    )


def promises_waiting(person: Visitor) -> list[Answer]:
    """Those that no commitment follows yet and that the person may take up, the next due first."""
    waiting = promises().filter(commitment=None).order_by("due", "pk")
    return [one for one in waiting if may_write(person, one.round.dialogue.responder_city)]


def require_follower(person: Visitor, answer: Answer) -> Person:
    """The person, if they may make a commitment of the answer; else NotAllowedError."""
    return require_writer(person, answer.round.dialogue.responder_city)
