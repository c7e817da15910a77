"""What has to be so before something is a commitment: a sentence, an owner, a day, a sign, and a second party."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Membership, Role
from intercity.cities.models import City
from intercity.dialogues.models import Answer, AnswerKind, State
from intercity.events.models import Event, EventState
from intercity.partnerships.models import (
    Agreement,
    Commitment,
    ConfirmerKind,
    Introduction,
    IntroductionState,
)
from intercity.practices.actions.checking import cleaned, line_of, needed_words, words_of
from intercity.practices.models import Adoption
from intercity.refusals import RefusedError

Said = tuple[str, str]

LONGEST = 500
"""One sentence; what is more belongs into several commitments."""
LONGEST_ROLE = 200
FARTHEST = timedelta(days=30 * 366)
ORIGINS = ("answer", "agreement", "adoption", "introduction")


def sentence_of(said: Said) -> Said:
    """What is promised, as it is kept."""
    return needed_words("text", said, LONGEST, _("Write in one sentence what is promised."))


def owner_of(owner: str) -> str:
    """The role that does it, as it is kept."""
    role = line_of("owner", owner, LONGEST_ROLE)
    if not role:
        raise RefusedError(_("Name the office or role that does it. A person may leave; the office stays."), "owner")
    return role


def sign_of(said: Said, source: str) -> Said:
    """How one will know; it may be missing only of what was written elsewhere, where the source says no more."""
    language, words = words_of("known_by", said, LONGEST)
    if not words and not source:
        raise RefusedError(
            _("Say how one will know that it is done: a number, a paper, or something that can be seen."), "known_by"
        )
    return language, words


def check_days(promised_on: date, due_on: date | None) -> date:
    """The day until when; RefusedError for one before the promise, or farther away than anybody can promise."""
    if promised_on > timezone.localdate():
        raise RefusedError(_("This day has not come yet. Write when it was promised."), "promised_on")
    if due_on is None:
        raise RefusedError(_("A promise needs a day until when. Choose one."), "due_on")
    if due_on < promised_on:
        raise RefusedError(
            _("%(day)s is before the day on which it was promised, %(promised)s. Choose a later one.")
            % {"day": due_on, "promised": promised_on},
            "due_on",
        )
    if due_on - promised_on > FARTHEST:
        raise RefusedError(_("%(day)s is more than 30 years away. Choose an earlier day.") % {"day": due_on}, "due_on")
    return due_on


def check_member(city: City | None, field: str) -> None:
    """RefusedError for a city that left the network."""
    if city is not None and city.left_on is not None:
        raise RefusedError(_("%(city)s is not a member any more.") % {"city": city.name}, field)


def mailbox_of(field: str, address: str) -> str:
    """An address as it is kept; RefusedError for what is none."""
    kept, faults = cleaned(Commitment, {field: address})
    for name, sentence in faults:
        raise RefusedError(sentence, name)
    return str(kept[field])


def second_party(
    owner_city: City | None, owner_mailbox: str, *, kind: str, city: City | None, group: str, mailbox: str
) -> dict[str, Any]:
    """Who confirms, as the columns keep it; RefusedError where that is nobody, or not a second party."""
    if kind not in ConfirmerKind.values:
        raise RefusedError(_("Choose who will confirm that it is done."), "confirmer")
    found: dict[str, Any] = {"confirmer": ConfirmerKind(kind)}
    found |= {"confirmer_city": None, "confirmer_group": "", "confirmer_mailbox": ""}
    if kind == ConfirmerKind.CITY:
        return found | {"confirmer_city": _partner(owner_city, city)}
    if kind == ConfirmerKind.SECRETARIAT:
        if owner_city is None:
            raise RefusedError(
                _("The network promises this itself, so its secretariat cannot confirm it. Choose a city or a group."),
                "confirmer",
            )
        return found
    name = line_of("confirmer_group", group, LONGEST_ROLE)
    if not name:
        raise RefusedError(_("Name the group of residents that will confirm it."), "confirmer_group")
    address = mailbox_of("confirmer_mailbox", mailbox)
    if address and address.lower() in _addresses_of(owner_city, owner_mailbox):
        raise RefusedError(
            _("This mailbox belongs to those who promise. Give one of the group itself, or leave it empty."),
            "confirmer_mailbox",
        )
    return found | {"confirmer_group": name, "confirmer_mailbox": address}


def _partner(owner_city: City | None, city: City | None) -> City:
    if city is None:
        raise RefusedError(_("Choose the city that will confirm it."), "confirmer_city")
    if owner_city is not None and city.pk == owner_city.pk:
        raise RefusedError(
            _("%(city)s promises this itself. Choose another city.") % {"city": city.name}, "confirmer_city"
        )
    check_member(city, "confirmer_city")
    return city


def _addresses_of(city: City | None, mailbox: str) -> set[str]:
    """Mailboxes of those who promise: the role's, the office's, and those of its officers."""
    roles = [Role.OFFICER] if city else [Role.SECRETARIAT]
    held = Membership.objects.current().filter(role__in=roles, city=city).select_related("person")
    known = {mailbox, city.mailbox if city else "", *(one.address for one in held)}
    return {one.lower() for one in known if one}


def check_origin(city: City | None, event: Event | None, origins: Mapping[str, Any]) -> None:
    """RefusedError where it cannot come from there; at most one of `ORIGINS` is given, and it is public."""
    if sum(one is not None for one in origins.values()) > 1:
        raise RefusedError(_("A commitment comes from one place. Choose the one that it belongs to most."), "origin")
    if event is not None and event.state == EventState.DRAFT:
        raise RefusedError(_("This event is not public yet."), "event")
    for name, one in origins.items():
        if one is not None:
            _check_part(name, one, city)


def _check_part(name: str, one: Any, city: City | None) -> None:
    """Whether the owning city has a part in what it comes from."""
    match one:
        case Agreement():
            has_part = city is None or one.parties.filter(city=city).exists()
        case Adoption():
            has_part = city is not None and city.pk in {one.to_city_id, one.from_city_id, one.practice.city_id}
        case Introduction():
            if one.state != IntroductionState.MADE:
                raise RefusedError(_("This introduction is not made yet: both sides have to say yes first."), name)
            has_part = city is not None and city.pk in {one.one_id, one.other_id}
        case _:
            has_part = True
    if not has_part:
        raise RefusedError(
            _("%(city)s has no part in this. Choose one of its cities.")
            % {"city": city.name if city else _("The network")},
            "city",
        )


def check_answer(answer: Answer, city: City | None) -> City | None:
    """The city that answered; RefusedError for an answer that promises nothing, is not given yet, or is followed."""
    locked = Answer.objects.select_for_update(of=("self",)).select_related("round__dialogue__responder_city")
    found = locked.get(pk=answer.pk)
    dialogue = found.round.dialogue
    if found.kind != AnswerKind.WE_WILL:
        raise RefusedError(_("This answer promises nothing. Only “We will” can be followed."), "answer")
    if dialogue.state != State.ANSWERED and found.round_id == dialogue.round.pk:
        raise RefusedError(_("The answer is not complete yet. Finish answering the dialogue first."), "answer")
    before = Commitment.objects.filter(answer=found).first()
    if before is not None:
        raise RefusedError(
            _("This promise is followed already, as number %(number)d.") % {"number": before.number}, "answer"
        )
    if city is not None and city.pk != dialogue.responder_city_id:
        raise RefusedError(_("Another city answered this. Choose the one that did."), "city")
    return dialogue.responder_city
