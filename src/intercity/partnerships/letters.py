"""Letters about promises and agreements: their words, to whom they go, and what is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intercity.accounts.models import Membership, Role
from intercity.cities.models import City, Network
from intercity.core.language.formats import format_day
from intercity.letters.kinds import REMINDERS, LetterKind, register
from intercity.letters.recipients import Recipient, of_city, of_mailbox, of_officers, of_person, of_secretariat
from intercity.letters.saying import said
from intercity.partnerships import asking  # noqa: F401 - its kinds of letters are known from the start, too
from intercity.partnerships.actions.confirming import VALID_FOR, link_token
from intercity.partnerships.models import (
    Agreement,
    Commitment,
    CommitmentState,
    Confirmation,
    ConfirmerKind,
    ProgressReport,
)

OF_ONE = {
    "number": gettext_lazy("the number of the promise"),
    "promise": gettext_lazy("what was promised"),
    "city": gettext_lazy("the city that promised it"),
    "owner": gettext_lazy("the office or role that does it"),
    "due": gettext_lazy("the day until when"),
    "known_by": gettext_lazy("how one will know"),
    "report": gettext_lazy("what was reported"),
    "evidence": gettext_lazy("where it can be seen"),
    "done": gettext_lazy("the day on which it was done, as reported"),
    "address": gettext_lazy("the address of the page"),
}
OF_MANY = {
    "count": gettext_lazy("how many promises it is about, with the word"),
    "items": gettext_lazy("the list of promises"),
    "address": gettext_lazy("the address of the page"),
}

DUE = register(
    LetterKind(
        "promises-due",
        REMINDERS,
        gettext_lazy("Reminder of promises that are due or late"),
        gettext_lazy("{count} to look at"),
        gettext_lazy(
            "Good day,\n\n"
            "this was promised, and it is due soon or late:\n\n"
            "{items}\n\n"
            "Is something done? Report it, and somebody else is asked to confirm it. Does it take longer? Say until "
            "when, and why. Will it not be done? Then say so: that is better than silence.\n\n"
            "All promises:\n{address}"
        ),
        OF_MANY,
        needed=("items",),
    )
)
OVERDUE = register(
    LetterKind(
        "promises-overdue",
        REMINDERS,
        gettext_lazy("Promises that nobody moves, to the secretariat"),
        gettext_lazy("{count} without a word"),
        gettext_lazy(
            "Good day,\n\n"
            "nobody has said anything about these promises for two weeks or more:\n\n"
            "{items}\n\n"
            "Please call those who are named. Each of these is told to you once.\n\n"
            "All that is overdue:\n{address}"
        ),
        OF_MANY,
        needed=("items",),
    )
)
TO_CONFIRM = register(
    LetterKind(
        "promise-to-confirm",
        REMINDERS,
        gettext_lazy("Somebody is asked to confirm that a promise is kept"),
        gettext_lazy("{city} says that it is done: please confirm number {number}"),
        gettext_lazy(
            "Good day,\n\n"
            "{city} promised:\n\n{promise}\n\n"
            "It was due on {due}. {city} says that it was done on {done}:\n\n{report}\n\n{evidence}\n\n"
            "How one will know:\n\n{known_by}\n\n"
            "Please look at it, and say there whether it is so. Nothing counts as kept before you have said it:\n"
            "{address}"
        ),
        OF_ONE,
        needed=("address",),
    )
)
TO_CONFIRM_BY_LINK = register(
    LetterKind(
        "promise-to-confirm-by-link",
        REMINDERS,
        gettext_lazy("A group of residents is asked to confirm that a promise is kept"),
        gettext_lazy("{city} says that it is done. Is it so?"),
        gettext_lazy(
            "Good day,\n\n"
            "{group} was named to say whether this promise is kept. {city} promised:\n\n{promise}\n\n"
            "It was due on {due}. {city} says that it was done on {done}:\n\n{report}\n\n{evidence}\n\n"
            "How one will know:\n\n{known_by}\n\n"
            "Please look at it, and say here whether it is so. You need no account:\n{address}\n\n"
            "This address answers for {days} days. Give it only to those who may answer for the group."
        ),
        {
            **OF_ONE,
            "group": gettext_lazy("the name of the group"),
            "days": gettext_lazy("how many days the address answers"),
        },
        needed=("address",),
    )
)
CONFIRMED = register(
    LetterKind(
        "promise-confirmed",
        REMINDERS,
        gettext_lazy("A promise was confirmed as kept, to those who promised"),
        gettext_lazy("Kept: number {number}"),
        gettext_lazy(
            "Good day,\n\n"
            "{second} has confirmed that this is done:\n\n{promise}\n\n{reason}\n\n"
            "It counts as kept from today on. Thank you.\n\n{address}"
        ),
        {**OF_ONE, "second": gettext_lazy("who confirmed it"), "reason": gettext_lazy("what they said")},
    )
)
NOT_CONFIRMED = register(
    LetterKind(
        "promise-not-confirmed",
        REMINDERS,
        gettext_lazy("A promise was not confirmed, to those who promised"),
        gettext_lazy("Not yet done: number {number}"),
        gettext_lazy(
            "Good day,\n\n"
            "{second} has looked at what you reported, and says that this is not done yet:\n\n{promise}\n\n"
            "What is missing:\n\n{reason}\n\n"
            "The promise is open again. Report it when that is done, or say until when it will be:\n{address}"
        ),
        {**OF_ONE, "second": gettext_lazy("who was asked"), "reason": gettext_lazy("what they said")},
        needed=("reason",),
    )
)
REVIEW = register(
    LetterKind(
        "agreement-review",
        REMINDERS,
        gettext_lazy("An agreement is to be looked at again"),
        gettext_lazy("Does it still live? {title}"),
        gettext_lazy(
            "Good day,\n\n"
            "the parties wanted to look at this agreement again on {day}:\n\n{title}\n{parties}\n\n"
            "Is it active, or does it sleep, or has it ended? Say so here, with one sentence why. An agreement that "
            "is ended politely does more good than one that nobody mentions:\n{address}"
        ),
        {
            "title": gettext_lazy("what the agreement is called"),
            "parties": gettext_lazy("its parties"),
            "day": gettext_lazy("the day on which it was to be looked at"),
            "address": gettext_lazy("the address of the page"),
        },
        needed=("address",),
    )
)


def of_owner(commitment: Commitment) -> list[Recipient]:
    """Who does it, the nearest first: the role's mailbox, the office, an officer, then the secretariat.

    Of officers one is written to: who wrote the promise down, if they still are one, else who has been it longest.
    """
    city = commitment.city
    if city is None:
        own = [of_mailbox("owner", commitment.mailbox, None)] if commitment.mailbox else []
        return [*own, of_secretariat()]
    held = Membership.objects.current().filter(role=Role.OFFICER, city=city).select_related("person").order_by("pk")
    officers = sorted(held, key=lambda one: one.person_id != commitment.written_by_id)
    person = of_person(officers[0].person if officers else None, city, "officers")
    return [of_mailbox("owner", commitment.mailbox, city), of_city(city), person, of_secretariat()]


def of_second_party(commitment: Commitment) -> list[Recipient]:
    """Who confirms it, then the secretariat; but the link for a group of residents goes to nobody except the group."""
    if commitment.confirmer == ConfirmerKind.CITY and commitment.confirmer_city is not None:
        city = commitment.confirmer_city
        return [of_city(city), of_officers(city), of_secretariat()]
    if has_link(commitment):
        return [of_mailbox("confirmer", commitment.confirmer_mailbox, commitment.city)]
    return [of_secretariat()]


def has_link(commitment: Commitment) -> bool:
    """Whether a group of residents gets a link of its own."""
    return commitment.confirmer == ConfirmerKind.RESIDENTS and bool(commitment.confirmer_mailbox)


def of_party(city: City) -> list[Recipient]:
    """A member that is a party of an agreement."""
    return [of_city(city), of_officers(city), of_secretariat()]


def many(commitments: Sequence[Commitment], page: str, language: str) -> Mapping[str, str]:
    """What a letter about several promises is filled with."""
    count = ngettext("%(count)d promise", "%(count)d promises", len(commitments)) % {"count": len(commitments)}
    return {
        "count": count,
        "items": "\n\n".join(_item(one, language) for one in commitments),
        "address": f"{settings.ADDRESS}{reverse(page)}",
    }


def of_report(report: ProgressReport, language: str) -> dict[str, str]:
    """What a letter to a second party is filled with."""
    commitment = report.commitment
    page = reverse("confirm_commitment", args=[commitment.number])
    extra = {}
    if has_link(commitment):
        page = reverse("confirm_by_link", args=[link_token(report)])
        extra = {"group": commitment.confirmer_group, "days": str(VALID_FOR.days)}
    return {
        **_one(commitment, language),
        "report": said(report.text, language),
        "evidence": report.evidence,
        "done": _day(report.done_on, language),
        "address": f"{settings.ADDRESS}{page}",
        **extra,
    }


def of_confirmation(confirmation: Confirmation, language: str) -> dict[str, str]:
    """What a letter to those who promised is filled with."""
    city, report = confirmation.city, confirmation.report
    second = confirmation.group or (city.named(language) if city else _("The secretariat"))
    return {
        **_one(confirmation.commitment, language),
        "report": said(report.text, language),
        "evidence": report.evidence,
        "done": _day(report.done_on, language),
        "second": second,
        "reason": said(confirmation.reason, language) if confirmation.reason else "",
    }


def of_review(agreement: Agreement, language: str) -> dict[str, str]:
    """What a letter about the review of an agreement is filled with."""
    parties = [one.city.named(language) if one.city else one.name for one in agreement.parties.select_related("city")]
    return {
        "title": said(agreement.title, language),
        "parties": " · ".join(parties),
        "day": _day(agreement.review_on, language),
        "address": f"{settings.ADDRESS}{reverse('set_agreement_state', args=[agreement.slug])}",
    }


def _one(commitment: Commitment, language: str) -> dict[str, str]:
    return {
        "number": str(commitment.number),
        "promise": said(commitment.text, language),
        "city": _owner_of(commitment, language),
        "owner": commitment.owner,
        "due": _day(commitment.due_on, language),
        "known_by": said(commitment.known_by, language) or _("not said"),
        "address": _page(commitment),
    }


def _item(commitment: Commitment, language: str) -> str:
    """A promise in a list: whose it is, what it says, how it stands, and where it is read."""
    head = _("Number %(number)d · %(city)s · %(owner)s") % {
        "number": commitment.number,
        "city": _owner_of(commitment, language),
        "owner": commitment.owner,
    }
    lines: Iterable[str] = (head, said(commitment.text, language), _standing(commitment, language), _page(commitment))
    return "\n".join(lines)


def _standing(commitment: Commitment, language: str) -> str:
    """How it stands today, in words."""
    day = {"day": _day(commitment.due_on, language)}
    if commitment.state == CommitmentState.REPORTED:
        done = {"day": _day(commitment.done_on, language)}
        return _("Said to be done since %(day)s; nobody has confirmed it yet.") % done
    days = (timezone.localdate() - commitment.due_on).days
    if days > 0:
        late = ngettext(
            "Late by %(days)d day: it was due on %(day)s.", "Late by %(days)d days: it was due on %(day)s.", days
        )
        return late % {"days": days, **day}
    return _("Due on %(day)s.") % day


def _owner_of(commitment: Commitment, language: str) -> str:
    if commitment.city is not None:
        return commitment.city.named(language)
    network = Network.current()
    return network.name if network else _("The network")


def _page(commitment: Commitment) -> str:
    return f"{settings.ADDRESS}{reverse('commitment', args=[commitment.number])}"


def _day(day: date | None, language: str) -> str:
    return format_day(day, language, "long") if day else _("not known")
