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


@dataclass(frozen=True)
class Account:
    """How to sign in for a role. The password is the one that was first given; somebody may have changed it."""

    name: str
    role: Role
    email: str
    password: str


def accounts() -> list[Account]:
    """One for each role."""
    return [Account(f"Demonstration {role.value}", role, address(role), _password(address(role))) for role in Role]


def address(role: Role) -> str:
    """The address of the account for a role."""
    return f"{role.value}@{DOMAIN}"


def _password(email: str) -> str:
    """Made from this installation's secret: nobody else can know it, and it can be printed again."""
    digest = hmac.new(settings.SECRET_KEY.encode(), f"demonstration\x00{email}".encode(), hashlib.sha256).digest()
    return shown("".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:PASSWORD_LENGTH]))


def add_people() -> None:
    """Add those who are missing; officer and responder are of the host city, all others of the whole network."""
    host = City.objects.get(slug=read("dialogues")["responder_city"])
    for account in accounts():
        if Person.objects.filter(email=account.email).exists():
            continue
        person = Person.objects.create_user(account.email, account.password, name=account.name)
        city = host if account.role in {Role.OFFICER, Role.RESPONDER} else None
        membership = Membership.objects.create(person=person, role=account.role, city=city)
        record(None, "membership.given", membership, role=account.role.value)


def account_of(role: Role) -> Person:
    """The person who has this role in the demonstration."""
    return Person.objects.get(email=address(role))
