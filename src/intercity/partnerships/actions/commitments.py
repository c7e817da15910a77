"""Promising something, changing it with a reason, saying how it goes, dropping it. Nothing that was said is deleted.

A promise counts as kept only after a second party has confirmed it: see `confirming`, whose actions stand here, too.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.cities.models import City, Network
from intercity.cities.rights import check_simulated, name_of, require_writer
from intercity.dialogues.models import Answer
from intercity.events.models import Event
from intercity.languages.actions import write_text
from intercity.partnerships.actions.changing import change
from intercity.partnerships.actions.confirming import confirm, confirm_by_link
from intercity.partnerships.actions.promising import (
    Said,
    check_answer,
    check_days,
    check_member,
    check_origin,
    mailbox_of,
    owner_of,
    second_party,
    sentence_of,
    sign_of,
)
from intercity.partnerships.actions.rights import require_keeper
from intercity.partnerships.actions.stepping import locked, reason_of, refuse_settled, step
from intercity.partnerships.models import (
    Agreement,
    Commitment,
    CommitmentState,
    CommitmentStepKind,
    Introduction,
    ProgressReport,
)
from intercity.practices.actions.checking import line_of, needed_words
from intercity.practices.models import Adoption
from intercity.refusals import RefusedError

__all__ = ["change", "confirm", "confirm_by_link", "drop", "promise", "report", "take_up"]

LONGEST_REPORT = 3_000
LONGEST_SOURCE = 500
LONGEST_ADDRESS = 500
NOTHING: Said = ("", "")


def promise(  # noqa: PLR0913 -- what a promise consists of, each by name
    person: Visitor,
    *,
    text: Said = NOTHING,
    city: City | None = None,
    owner: str = "",
    due_on: date | None = None,
    known_by: Said = NOTHING,
    confirmer: str = "",
    confirmer_city: City | None = None,
    confirmer_group: str = "",
    confirmer_mailbox: str = "",
    mailbox: str = "",
    answer: Answer | None = None,
    agreement: Agreement | None = None,
    adoption: Adoption | None = None,
    introduction: Introduction | None = None,
    event: Event | None = None,
    promised_on: date | None = None,
    source: str = "",
    is_simulated: bool = False,
) -> Commitment:
    """Promise something for a city, or for the network itself where `city` is None; it has a number from now on.

    With an `answer`, the city is the one that answered; sentence, owner, day and the day of the promise are those of
    the answer where they are not given. It comes from at most one of answer, agreement, adoption and introduction.
    """
    city = answer.round.dialogue.responder_city if answer is not None and city is None else city
    author = require_writer(person, city)
    check_simulated(is_simulated)
    check_member(city, "city")
    if answer is not None:
        text = text if text[1].strip() else (answer.text.language, answer.text.body)
        owner, due_on = owner or answer.owner, due_on or answer.due
        promised_on = promised_on or timezone.localdate(answer.answered_at)
    said, made_on = sentence_of(text), promised_on or timezone.localdate()
    origins = {"answer": answer, "agreement": agreement, "adoption": adoption, "introduction": introduction}
    check_origin(city, event, origins)
    origin, day = line_of("source", source, LONGEST_SOURCE), check_days(made_on, due_on)
    sign = sign_of(known_by, origin)
    second = second_party(
        city, mailbox, kind=confirmer, city=confirmer_city, group=confirmer_group, mailbox=confirmer_mailbox
    )
    role, address = owner_of(owner), mailbox_of("mailbox", mailbox)
    found = Commitment(city=city, owner=role, mailbox=address, promised_on=made_on, first_due_on=day, due_on=day)
    found.event, found.source, found.is_simulated, found.written_by = event, origin, is_simulated, author
    for name, value in {**origins, **second}.items():
        setattr(found, name, value)
    with transaction.atomic():
        if answer is not None:
            check_answer(answer, city)
        _keep_new(author, found, said, sign)
    return found


def _keep_new(author: Person, found: Commitment, said: Said, sign: Said) -> None:
    """Number a new commitment and keep it with its words."""
    found.number = _next_number()
    found.text = write_text(*said)
    found.known_by = write_text(*sign) if sign[1] else None
    step(author, found, CommitmentStepKind.PROMISED, city=found.city.slug if found.city else "")


def report(
    person: Visitor,
    commitment: Commitment,
    text: Said,
    evidence: str = "",
    *,
    says_done: bool = False,
    done_on: date | None = None,
    is_simulated: bool = False,
) -> ProgressReport:
    """Say how it goes, with an address where it can be seen; with `says_done`, that it is done and can be confirmed.

    What is said beside a report that it is done leaves that standing; `take_up` takes it back.
    """
    author = require_keeper(person, commitment)
    check_simulated(is_simulated)
    said = needed_words("text", text, LONGEST_REPORT, _("Write how it goes: what is done, and what is not."))
    seen_at = _address_of(evidence)
    with transaction.atomic():
        found = locked(commitment)
        refuse_settled(found)
        day = _day_of(found, done_on) if says_done else None
        made = ProgressReport.objects.create(
            commitment=found,
            text=write_text(*said),
            evidence=seen_at,
            says_done=says_done,
            done_on=day,
            made_by=author,
            made_as=name_of(author, found.city),
            is_simulated=is_simulated,
        )
        kind = CommitmentStepKind.PROGRESS
        if says_done:
            kind, found.state, found.done_on = CommitmentStepKind.REPORTED, CommitmentState.REPORTED, day
        step(author, found, kind, report=made.pk)
    commitment.refresh_from_db()
    return made


def drop(person: Visitor, commitment: Commitment, reason: Said, seen: int | None = None) -> Commitment:
    """Say that it will not be done, and why. `seen` is the version of the commitment that the person looked at."""
    author = require_keeper(person, commitment)
    why = reason_of(reason, _("Say why it is dropped. Those who counted on it read this."))
    with transaction.atomic():
        found = locked(commitment)
        refuse_settled(found)
        if seen is not None and seen != found.version:
            raise RefusedError(_("Somebody has changed this since you opened it. Read it once more, then drop it."))
        found.state, found.settled_on = CommitmentState.DROPPED, timezone.localdate()
        found.done_on = None
        step(author, found, CommitmentStepKind.DROPPED, reason=why)
    return _again(commitment)


def take_up(person: Visitor, commitment: Commitment, reason: Said) -> Commitment:
    """Open again what was dropped, or what was said too early to be done; says why."""
    author = require_keeper(person, commitment)
    why = reason_of(reason, _("Say why it is open again."))
    with transaction.atomic():
        found = locked(commitment)
        if found.state == CommitmentState.DROPPED:
            kind, found.is_changed = CommitmentStepKind.TAKEN_UP, True
            check_member(found.city, "city")
        elif found.state == CommitmentState.REPORTED:
            kind = CommitmentStepKind.TAKEN_BACK
        else:
            raise RefusedError(
                _("Number %(number)d is neither dropped nor waiting for confirmation: it stands as “%(state)s”.")
                % {"number": found.number, "state": found.get_state_display()}
            )
        found.state = CommitmentState.OPEN
        found.settled_on = found.done_on = found.escalated_on = None
        step(author, found, kind, reason=why)
    return _again(commitment)


def _next_number() -> int:
    """The next number; whoever asks at the same moment waits for the one before."""
    Network.objects.select_for_update().filter(pk=1).first()
    last: Any = Commitment.objects.aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _day_of(commitment: Commitment, done_on: date | None) -> date:
    """The day on which it was done: today or before, and after it was promised."""
    day = done_on or timezone.localdate()
    if day > timezone.localdate():
        raise RefusedError(_("This day has not come yet. Report it when it is done."), "done_on")
    if day < commitment.promised_on:
        raise RefusedError(
            _("It was promised on %(promised)s. Write a day after that.") % {"promised": commitment.promised_on},
            "done_on",
        )
    return day


def _address_of(evidence: str) -> str:
    """An address of a page, as it is kept."""
    address = line_of("evidence", evidence, LONGEST_ADDRESS)
    if address:
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError:
            raise RefusedError(
                _("This is no address of a page. It must begin with https:// or http://."), "evidence"
            ) from None
    return address


def _again(commitment: Commitment) -> Commitment:
    commitment.refresh_from_db()
    return commitment
