"""Every action on letters with every role: who may, and that all others are refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from tests.letters.conftest import send

from intercity.accounts.models import Person
from intercity.accounts.rights import NotAllowedError, Visitor
from intercity.audit.models import Entry
from intercity.letters import actions
from intercity.letters.kinds import LetterKind
from intercity.letters.marks import mark_of
from intercity.letters.models import Bounce, Letter, Wording
from intercity.letters.recipients import Recipient

ROLES = ("anonymous", "cem", "bao", "ana")
SECRETARIAT = frozenset({"ana"})
Attempt = Callable[[Visitor], object]

TABLE: dict[str, tuple[frozenset[str], Attempt]] = {
    "set_wording": (SECRETARIAT, lambda who: actions.set_wording(who, "tried", "en", "Hello", "See {page}.", 0)),
    "reset_wording": (SECRETARIAT, lambda who: actions.reset_wording(who, "tried", "en", 0)),
    "write_again": (SECRETARIAT, lambda who: actions.write_again(who, Bounce.objects.get())),
}
WITHOUT_A_PERSON = {"silence", "speak_again", "note_bounce"}
"""A signature that only we can make stands in the place of a right: tests of silence and bounces."""
QUESTIONS = {"is_silent", "check_words"}


@pytest.fixture
def bounce(kind: LetterKind, office: Recipient) -> Bounce:
    """A letter to Northport's office that came back."""
    send(kind, office)
    return Bounce.objects.create(letter=Letter.objects.get(), mark=mark_of(office.addresses[0]), status="5.1.1")


def _who(role: str, *people: Person) -> Visitor:
    return next((one for one in people if one.name.lower() == role), AnonymousUser())


def test_every_action_is_in_the_table() -> None:
    exported = {name for name in actions.__all__ if name[0].islower()}
    assert exported == set(TABLE) | WITHOUT_A_PERSON | QUESTIONS, "say here who may do it"


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", TABLE)
def test_who_may(name: str, role: str, bounce: Bounce, ana: Person, bao: Person, cem: Person) -> None:
    allowed, attempt = TABLE[name]
    before = Entry.objects.count()
    if role in allowed:
        attempt(_who(role, ana, bao, cem))
        assert Entry.objects.count() == before + 1
    else:
        with pytest.raises(NotAllowedError):
            attempt(_who(role, ana, bao, cem))
        assert Entry.objects.count() == before
        assert not Wording.objects.exists()


PAGES = ("/manage/letters/", "/manage/letters/tried/en/", "/manage/bounces/")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("path", PAGES)
def test_who_sees_the_pages(
    path: str, role: str, client: Client, bounce: Bounce, ana: Person, bao: Person, cem: Person
) -> None:
    who = _who(role, ana, bao, cem)
    if isinstance(who, Person):
        client.force_login(who)
    assert client.get(path).status_code == {"ana": 200, "anonymous": 302}.get(role, 403)


@pytest.mark.parametrize("role", ["anonymous", "cem", "bao"])
@pytest.mark.parametrize(
    "path", ["/manage/letters/tried/en/", "/manage/letters/tried/en/ours/", "/manage/bounces/1/again/"]
)
def test_who_cannot_post(
    path: str, role: str, client: Client, bounce: Bounce, ana: Person, bao: Person, cem: Person
) -> None:
    who = _who(role, ana, bao, cem)
    if isinstance(who, Person):
        client.force_login(who)
    sent = {"subject": "Hello", "body": "See {page}.", "version": 0}
    assert client.post(path.replace("/1/", f"/{bounce.pk}/"), sent).status_code in {302, 403}
    assert not Wording.objects.exists()
    assert Bounce.objects.unsettled().exists()
