"""Signing in: by a code, a password or a card; and nobody registers alone."""

from __future__ import annotations

import re
from asyncio.base_events import Server
from collections.abc import Iterator
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as ToMessage
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from intercity.accounts import actions
from intercity.accounts.codes import shown
from intercity.accounts.models import Person, Role, SignInCard
from intercity.audit.models import Entry

CODE = re.compile(r"^[A-Z0-9-]{6,9}$", re.MULTILINE)


@pytest.fixture(autouse=True)
def _nothing_tried_before() -> None:
    """How often codes were asked for is remembered in the cache, from one test to the next."""
    cache.clear()


def signed_in(client: Client) -> str | None:
    """The key of whoever is signed in."""
    return client.session.get("_auth_user_id")


def ask_for_code(client: Client, email: str) -> None:
    """Ask for a code on the sign-in page."""
    answer = client.post("/accounts/login/code/", {"email": email})
    assert answer.status_code == 302
    assert signed_in(client) is None


def type_code(client: Client, code: str) -> None:
    """Type a code on the page after."""
    client.post("/accounts/login/code/confirm/", {"code": code})


def test_a_code_from_a_letter_signs_in(client: Client, cem: Person, mailoutbox: list[EmailMessage]) -> None:
    ask_for_code(client, "cem@example.org")
    (letter,) = mailoutbox
    assert letter.to == ["cem@example.org"]
    found = CODE.search(str(letter.body))
    assert found
    type_code(client, found.group())
    assert signed_in(client) == str(cem.pk)


def test_another_code_does_not(client: Client, cem: Person, mailoutbox: list[EmailMessage]) -> None:
    ask_for_code(client, "cem@example.org")
    type_code(client, "NOTTHIS")
    assert signed_in(client) is None


def test_an_unknown_address_is_not_told_from_a_known_one(
    client: Client, cem: Person, mailoutbox: list[EmailMessage]
) -> None:
    known = client.post("/accounts/login/code/", {"email": "cem@example.org"}, follow=True)
    unknown = Client().post("/accounts/login/code/", {"email": "nobody@example.org"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert [letter.to for letter in mailoutbox] == [["cem@example.org"]]


def test_without_a_mail_server_the_code_is_on_the_console(
    client: Client, cem: Person, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    ask_for_code(client, "cem@example.org")
    found = CODE.search(capsys.readouterr().out)
    assert found
    type_code(client, found.group())
    assert signed_in(client) == str(cem.pk)


class Letters(ToMessage):
    """What a mail server was given."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []

    def handle_message(self, message: object) -> None:
        """Keep the text of a letter."""
        self.texts.append(message.get_payload())  # type: ignore[attr-defined]


class AtAnyPort(Controller):
    """A mail server at a port that the system gives."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@pytest.fixture
def mail_server(settings: Settings) -> Iterator[Letters]:
    """A real mail server on this machine, which letters are sent to."""
    letters = Letters()
    controller = AtAnyPort(letters, hostname="127.0.0.1", port=0)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield letters
    controller.stop()


def test_a_code_travels_through_a_real_mail_server(client: Client, cem: Person, mail_server: Letters) -> None:
    ask_for_code(client, "cem@example.org")
    (text,) = mail_server.texts
    found = CODE.search(text.replace("\r", ""))
    assert found
    type_code(client, found.group())
    assert signed_in(client) == str(cem.pk)


@pytest.mark.parametrize(("password", "gets_in"), [("long enough, Cem", True), ("long enough, Bao", False)])
def test_a_password_signs_in(client: Client, cem: Person, password: str, gets_in: bool) -> None:
    client.post("/accounts/login/", {"login": "CEM@example.org", "password": password})
    assert (signed_in(client) == str(cem.pk)) is gets_in


def test_a_card_signs_in_once(client: Client, ana: Person, cem: Person) -> None:
    _card, code = actions.issue_card(ana, cem)
    first = client.post("/card/", {"code": shown(code).lower()})
    assert first.status_code == 302
    assert first.headers["Location"] == "/desk/"
    assert signed_in(client) == str(cem.pk)
    other = Client()
    again = other.post("/card/", {"code": code})
    assert again.status_code == 422
    assert code in again.content.decode(), "what was typed stays"
    assert signed_in(other) is None


def test_a_card_is_prefilled_from_its_square_but_signs_nobody_in_by_itself(
    client: Client, ana: Person, cem: Person
) -> None:
    _card, code = actions.issue_card(ana, cem)
    assert f'value="{code}"' in client.get("/card/", {"code": code}).content.decode()
    assert signed_in(client) is None
    assert SignInCard.objects.get().is_valid


def test_an_old_card_does_not_sign_in(ana: Person, cem: Person) -> None:
    card, code = actions.issue_card(ana, cem)
    assert timedelta(days=29) < card.expires_at - timezone.now() < timedelta(days=31)
    SignInCard.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ValidationError):
        actions.use_card(code)


def test_a_new_card_and_the_secretariat_make_older_ones_worthless(ana: Person, cem: Person) -> None:
    _first, old = actions.issue_card(ana, cem)
    _second, new = actions.issue_card(ana, cem)
    with pytest.raises(ValidationError):
        actions.use_card(old)
    assert actions.revoke_cards(ana, cem) == 1
    with pytest.raises(ValidationError):
        actions.use_card(new)


def test_a_card_of_somebody_switched_off_does_not_sign_in(ana: Person, cem: Person) -> None:
    _card, code = actions.issue_card(ana, cem)
    cem.is_active = False
    cem.save()
    with pytest.raises(ValidationError):
        actions.use_card(code)
    with pytest.raises(ValidationError):
        actions.issue_card(ana, cem)


def test_no_secret_is_kept(ana: Person, cem: Person) -> None:
    card, code = actions.issue_card(ana, cem)
    actions.use_card(code)
    assert code not in card.code_hash
    for entry in Entry.objects.all():
        assert code not in str(entry.details)
        assert card.code_hash not in str(entry.details)
        assert "example.org" not in str(entry.details)


def test_guessing_cards_is_limited(client: Client, ana: Person, cem: Person) -> None:
    _card, code = actions.issue_card(ana, cem)
    answers = [client.post("/card/", {"code": "WRONGCODE2"}).status_code for _time in range(11)]
    assert answers == [422] * 10 + [429]
    assert client.post("/card/", {"code": code}).status_code == 429, "not even the right one, for now"


def test_people_who_sign_in_rightly_do_not_use_the_limit_up(client: Client, ana: Person, cem: Person) -> None:
    for _time in range(12):
        _card, code = actions.issue_card(ana, cem)
        assert Client().post("/card/", {"code": code}).status_code == 302


def test_nobody_registers_alone(client: Client, network: object) -> None:
    page = client.get("/accounts/signup/")
    assert "Nobody can register here alone" in page.content.decode()
    client.post("/accounts/signup/", {"email": "new@example.org", "password1": "long enough, New"})
    assert not Person.objects.filter(email="new@example.org").exists()


def test_the_operator_lets_the_first_person_in(network: object) -> None:
    person = actions.appoint_as_operator(name="Kim")
    assert actions.appoint_as_operator(name="Ana", email="kim@example.org") != person
    _card, code = actions.issue_card_as_operator(person)
    assert actions.use_card(code) == person
    assert person.memberships.get().role == Role.SECRETARIAT
