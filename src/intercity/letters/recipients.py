"""To whom a letter goes, and in which language."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intercity.accounts.models import Membership, Person, Role
from intercity.cities.models import City, Network

WHO: dict[str, str | Promise] = {
    "city": _("the office of the city"),
    "officers": _("the officers of the city"),
    "secretariat": _("the secretariat"),
    "person": _("a person of the city"),
    "owner": _("whoever promised something"),
    "confirmer": _("whoever confirms something"),
    "practice": _("whoever answers for a practice"),
    "asker": _("whoever asked"),
}
"""How pages name whose mailbox it is; other names are shown by their city alone."""


@dataclass(frozen=True)
class Recipient:
    """Whose mailboxes a letter goes to, and what they read, the dearest language first. Without an address: nobody."""

    who: str
    addresses: tuple[str, ...]
    languages: tuple[str, ...]
    city: City | None = None


def of_city(city: City | None) -> Recipient:
    """The office of a city."""
    return of_mailbox("city", city.mailbox if city else "", city)


def of_officers(city: City) -> Recipient:
    """The officers of a city, each at the mailbox of the role, else at their own address."""
    held = Membership.objects.current().filter(role=Role.OFFICER, city=city).select_related("person").order_by("pk")
    return Recipient("officers", _known(*(one.address for one in held)), _spoken(city), city)


def of_mailbox(who: str, mailbox: str, city: City | None) -> Recipient:
    """A mailbox that was given for something: of a practice, of whoever promised it."""
    return Recipient(who, _known(mailbox), _spoken(city), city)


def of_secretariat() -> Recipient:
    """The network's contact, else everybody of the secretariat."""
    network = Network.current()
    held = Membership.objects.current().filter(role=Role.SECRETARIAT).select_related("person").order_by("pk")
    addresses = [network.contact] if network and network.contact else [one.address for one in held]
    return Recipient("secretariat", _known(*addresses), _spoken(None))


def of_person(person: Person | None, city: City | None, who: str = "person") -> Recipient:
    """Somebody, at the mailbox of their role in the city, else at their own address; nobody where they are gone."""
    if person is None or not person.is_active:
        return Recipient(who, (), _spoken(city), city)
    held = Membership.objects.current().filter(person=person, city=city).exclude(mailbox="")
    mailboxes = {one.role: one.mailbox for one in held}
    address = mailboxes.get(Role.OFFICER) or next(iter(mailboxes.values()), person.email or "")
    return Recipient(who, _known(address), (person.language, *_spoken(city)), city)


def language_for(recipient: Recipient) -> str:
    """The first of somebody's languages that our own words are in; English where none is."""
    ours = {code.lower(): code for code, _name in settings.LANGUAGES}
    return next((ours[code.lower()] for code in recipient.languages if code.lower() in ours), "en")


def _known(*addresses: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in addresses if one))


def _spoken(city: City | None) -> tuple[str, ...]:
    network = Network.current()
    return (*(city.languages if city else ()), *(network.languages if network else ()))
