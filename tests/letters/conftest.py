"""A kind of letter for tests, and cities with mailboxes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta

import pytest
from django.utils import timezone

from intercity.cities.models import City, Network
from intercity.letters import sending
from intercity.letters.kinds import KINDS, LetterKind, register
from intercity.letters.models import Letter
from intercity.letters.recipients import Recipient, of_city


def fill(_language: str) -> Mapping[str, str]:
    """Values of the tests' kind."""
    return {"city": "Eastbay", "page": "http://localhost:8000/somewhere/", "note": ""}


@pytest.fixture
def kind() -> Iterator[LetterKind]:
    """A kind of which only tests know."""
    yield register(
        LetterKind(
            "tried",
            "reminders",
            "a letter for tests",
            "{city} writes",
            "Good day,\n\n{city} writes to you. See {page}.\n\n{note}\n\nThank you.",
            {"city": "who writes", "page": "where to read on", "note": "a note, or nothing"},
            needed=("page",),
        )
    )
    del KINDS["tried"]


@pytest.fixture
def office(northport: City) -> Recipient:
    """The office of Northport, which has a mailbox; a reply goes to the secretariat."""
    Network.objects.update(contact="secretariat@network.example")
    northport.mailbox = "office@northport.example"
    northport.save()
    return of_city(northport)


def send(kind: LetterKind, *recipients: Recipient, key: str = "tried-1") -> Letter | None:
    """As a duty does it: post, then mark."""
    letter = sending.post(key, kind, recipients, fill, about=["city:1"])
    if letter is not None:
        sending.mark(letter)
    return letter


def later(**past: float) -> None:
    """As if so much time had gone by for every letter that is claimed."""
    for letter in Letter.objects.filter(claimed_until__isnull=False):
        Letter.objects.filter(pk=letter.pk).update(
            claimed_until=(letter.claimed_until or timezone.now()) - timedelta(**past)
        )
