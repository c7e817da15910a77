"""What the responder answers."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import Visitor, not_allowed, require
from intercity.audit.record import record
from intercity.dialogues.models import Answer, AnswerKind, Dialogue, State, Statement, StatementState
from intercity.languages.actions import write_text
from intercity.languages.models import Kind
from intercity.languages.wanting import want
from intercity.refusals import RefusedError


def answer(
    person: Visitor,
    dialogue: Dialogue,
    statement: Statement,
    *,
    kind: str,
    body: str,
    language: str,
    owner: str = "",
    due: date | None = None,
    link: str = "",
    whose: str = "",
) -> Answer:
    """Answer one statement, or change the answer: the words before stay in the record."""
    author = _responder(person, dialogue)
    if dialogue.state not in {State.CLOSED, State.ANSWERED}:
        raise RefusedError(_("Answers are given once the dialogue is closed."))
    if statement.dialogue_id != dialogue.pk or statement.state != StatementState.PUBLISHED:
        raise RefusedError(
            _("Only statements of this dialogue that are shown can be answered. Choose another number.")
        )
    _check(kind, body, owner=owner, due=due, link=link, whose=whose)
    with transaction.atomic():
        earlier = dialogue.round.answers.filter(statement=statement).select_related("text").first()
        if kind == AnswerKind.WE_WILL and due and due <= timezone.localdate() and due != (earlier and earlier.due):
            raise RefusedError(_("%(day)s has passed. Choose a day that is still to come.") % {"day": due}, "due")
        given, _new = Answer.objects.update_or_create(
            round=dialogue.round,
            statement=statement,
            defaults={
                "kind": kind,
                "text": write_text(language, body),
                "owner": owner if kind == AnswerKind.WE_WILL else "",
                "due": due if kind == AnswerKind.WE_WILL else None,
                "link": link,
                "whose": whose if kind == AnswerKind.NOT_OURS else "",
                "answered_by": author,
                "answered_as": dialogue.responder_role,
                "answered_at": timezone.now(),
            },
        )
        want(Kind.ANSWER, [given.pk])
        before = None if earlier is None else {"kind": earlier.kind, "words": earlier.text.body}
        record(author, "statement.answered", dialogue, number=statement.number, kind=kind, before=before)
    return given


def _responder(person: Visitor, dialogue: Dialogue) -> Person:
    if isinstance(person, Person) and dialogue.may_be_answered_by(person):
        return person
    raise not_allowed(Role.RESPONDER)


def _check(kind: str, body: str, *, owner: str, due: date | None, link: str, whose: str) -> None:
    if kind not in AnswerKind.values:
        raise RefusedError(_("Choose one of the four answers."), "kind")
    if not body.strip():
        raise RefusedError(_("Say it in words, too: people read them."), "body")
    if kind == AnswerKind.WE_WILL and not owner:
        raise RefusedError(_("A promise needs somebody who does it. Name an office or a person."), "owner")
    if kind == AnswerKind.WE_WILL and due is None:
        raise RefusedError(_("A promise needs a day until when. Choose one."), "due")
    if link and not _is_web_address(link):
        raise RefusedError(_("This is no address of a page. It must begin with https:// or http://."), "link")
    if kind == AnswerKind.ALREADY and not link:
        raise RefusedError(_("Give the address of a page where it can be seen that this is done."), "link")
    if kind == AnswerKind.NOT_OURS and not whose:
        raise RefusedError(_("Say who decides this, so that people can turn to them."), "whose")


def _is_web_address(link: str) -> bool:
    """Whether it leads to a page: it is shown as a link, so nothing else may come through."""
    try:
        URLValidator(schemes=["http", "https"])(link)
    except ValidationError:
        return False
    return True


def finish_answering(person: Visitor, dialogue: Dialogue) -> None:
    """Say that the answer is complete; whoever left an address is told."""
    author = _responder(person, dialogue)
    if dialogue.state != State.CLOSED:
        raise RefusedError(_("Only a closed dialogue that waits for its answer can be answered."))
    if not dialogue.round.answers.exists():
        raise RefusedError(_("Nothing has been answered yet. Answer at least one statement first."))
    with transaction.atomic():
        dialogue.state = State.ANSWERED
        dialogue.save(update_fields=["state"])
        record(author, "dialogue.answered", dialogue, answers=dialogue.round.answers.count())


def numbers_to_tell(person: Visitor, dialogue: Dialogue) -> list[str]:
    """Phone numbers of those who wanted to be told, once there is an answer: somebody has to call or text them."""
    require(person, Role.SECRETARIAT)
    if dialogue.state != State.ANSWERED:
        return []
    return sorted(dialogue.subscriptions.exclude(phone="").values_list("phone", flat=True))


def forget_numbers(person: Visitor, dialogue: Dialogue) -> int:
    """Delete the numbers: everybody has been told. Returns how many there were."""
    author = require(person, Role.SECRETARIAT)
    if dialogue.state != State.ANSWERED:
        raise RefusedError(_("There is no answer yet of which anybody could have been told."))
    with transaction.atomic():
        number, _rows = dialogue.subscriptions.exclude(phone="").delete()
        record(author, "numbers.told", dialogue, number=number)
    return number
