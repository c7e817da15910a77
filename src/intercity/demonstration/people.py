"""An account for each role, and how it signs in."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings

from intercity.accounts.codes import ALPHABET, shown
from intercity.accounts.models import Membership, Person, Role
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.demonstration.facts import read

DOMAIN = "demo.example"
"""A domain that belongs to nobody and never will (RFC 2606)."""
PASSWORD_LENGTH = 15
CITIES = ("mataram", "surat-thani")
"""Those beside the host city that have an officer of their own in the demonstration."""


@dataclass(frozen=True)
class Account:
    """How to sign in for a role. The password is the one that was first given; somebody may have changed it."""

    name: str
    role: Role
    email: str
    password: str


def accounts() -> list[Account]:
    """One for each role, and an officer of each city that confirms what it took over."""
    given = [(f"Demonstration {role.value}", role, address(role)) for role in Role]
    given += [(f"Demonstration officer of {_name(slug)}", Role.OFFICER, _address_of(slug)) for slug in CITIES]
    return [Account(name, role, email, _password(email)) for name, role, email in given]


def address(role: Role) -> str:
    """The address of the account for a role."""
    return f"{role.value}@{DOMAIN}"


def _address_of(slug: str) -> str:
    return f"officer-{slug}@{DOMAIN}"


def _name(slug: str) -> str:
    return str(next(facts["name"] for facts in read("cities") if facts["slug"] == slug))


def _password(email: str) -> str:
    """Made from this installation's secret: nobody else can know it, and it can be printed again."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"demonstration\x00{email}".encode(), hashlib.sha256).digest()
    return shown("".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:PASSWORD_LENGTH]))


def add_people() -> None:
    """Add those who are missing; officers and the responder are of a city, all others of the whole network."""
    cities = {_address_of(slug): City.objects.get(slug=slug) for slug in CITIES}
    host = City.objects.get(slug=_host())
    cities |= {address(Role.OFFICER): host, address(Role.RESPONDER): host}
    for account in accounts():
        if Person.objects.filter(email=account.email).exists():
            continue
        person = Person.objects.create_user(account.email, account.password, name=account.name)
        membership = Membership.objects.create(person=person, role=account.role, city=cities.get(account.email))
        record(None, "membership.given", membership, role=account.role.value)


def account_of(role: Role) -> Person:
    """The person who has this role in the demonstration."""
    return Person.objects.get(email=address(role))


def officer_of(slug: str) -> Person:
    """The officer of a city of the demonstration; Person.DoesNotExist where it has none of its own."""
    return account_of(Role.OFFICER) if slug == _host() else Person.objects.get(email=_address_of(slug))


def writer_for(slug: str) -> Person:
    """Who writes for a city: its officer where it has one, else the secretariat, as for the network itself."""
    return officer_of(slug) if slug in {_host(), *CITIES} else account_of(Role.SECRETARIAT)


def _host() -> str:
    """The city that answers dialogues, whose officer is that of the first account."""
    return str(read("dialogues")["responder_city"])
