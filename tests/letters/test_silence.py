"""Wanting no letters: one press, without signing in, by a mail program too (RFC 8058)."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from tests.letters.conftest import send

from intercity.accounts.models import Person
from intercity.audit.models import Entry
from intercity.letters import actions
from intercity.letters.kinds import LetterKind
from intercity.letters.marks import token_for
from intercity.letters.models import Letter, Silence
from intercity.letters.recipients import Recipient
from intercity.refusals import RefusedError

ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
def link(kind: LetterKind, office: Recipient) -> str:
    """The path that a letter's head names."""
    send(kind, office)
    path = urlsplit(str(mail.outbox[0].extra_headers["List-Unsubscribe"]).strip("<>")).path
    mail.outbox.clear()
    return path


@pytest.fixture
def stranger() -> Client:
    """A mail program: no cookies, and forgeries would be refused."""
    return Client(enforce_csrf_checks=True)


def test_one_click_ends_it_without_signing_in(
    kind: LetterKind, office: Recipient, link: str, stranger: Client
) -> None:
    answer = stranger.post(link, ONE_CLICK, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    letter = send(kind, office, key="tried-2")
    assert letter, "what follows from it goes on"
    assert mail.outbox == []
    kept = Letter.objects.get(key="tried-2")
    assert kept.silenced_at
    assert kept.sent_at is None
    assert send(kind, office, key="tried-2") is None
    assert list(Letter.objects.settled().values_list("key", flat=True)) == ["tried-1", "tried-2"]


def test_opening_the_link_ends_nothing(link: str, stranger: Client) -> None:
    page = stranger.get(link).content.decode()
    assert "reminders of what was promised" in page
    assert not Silence.objects.exists()


def test_the_buttons_of_the_page_end_it_and_begin_it_again(
    kind: LetterKind, office: Recipient, link: str, stranger: Client
) -> None:
    for _press in range(2):
        assert "You get no more of these letters" in stranger.post(link, {"stop": "yes"}).content.decode()
    assert "I want them again" in stranger.get(link).content.decode()
    for _press in range(2):
        assert "You get these letters again" in stranger.post(link, {"again": "yes"}).content.decode()
    assert send(kind, office, key="tried-2")
    assert len(mail.outbox) == 1
    done = list(Entry.objects.filter(action__startswith="letters.").values_list("action", flat=True))
    assert done == ["letters.stopped", "letters.wanted_again"]


def test_it_ends_one_topic_only(kind: LetterKind, office: Recipient, link: str) -> None:
    actions.silence(token_for("OFFICE@northport.example ", "questions"))
    assert send(kind, office, key="tried-2")
    assert len(mail.outbox) == 1
    actions.silence(token_for("OFFICE@northport.example", "reminders"))
    send(kind, office, key="tried-3")
    assert len(mail.outbox) == 1


def test_the_address_is_kept_nowhere(link: str, stranger: Client) -> None:
    stranger.post(link)
    assert "northport" not in f"{link}{Silence.objects.values()}{Entry.objects.values()}"


@pytest.mark.parametrize("change", [lambda t: t[:-1], lambda t: t.replace("reminders", "questions"), lambda _t: "x"])
def test_a_token_that_we_did_not_make_does_nothing(change: object, stranger: Client, network: object) -> None:
    token = change(token_for("office@northport.example", "reminders"))  # type: ignore[operator]
    assert stranger.post(f"/letters/stop/{token}/").status_code == 404
    assert stranger.get(f"/letters/stop/{token}/").status_code == 404
    with pytest.raises(RefusedError, match="not whole"):
        actions.silence(token)
    assert not Silence.objects.exists()


def test_who_wants_none_is_left_out_and_the_others_get_it(kind: LetterKind, ana: Person) -> None:
    both = Recipient("secretariat", ("ana@example.org", "eve@example.org"), ())
    actions.silence(token_for("ana@example.org", "reminders"))
    assert send(kind, both)
    assert [letter.to for letter in mail.outbox] == [["eve@example.org"]]
