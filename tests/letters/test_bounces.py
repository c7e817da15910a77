"""Letters that come back: refused by a real mail server at once, or told of in a report later."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from typing import Any

import pytest
from click.testing import CliRunner
from django.core import mail
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests.letters.conftest import later, send
from tests.letters.reports import (
    AUTOMATIC_REPLY,
    DELAYED,
    EXCHANGE,
    EXIM,
    GLOBAL,
    POSTFIX,
    WITHOUT_THE_LETTER,
)
from tests.letters.sink import Sink, running

from intercity.accounts.models import Person
from intercity.audit.models import Entry
from intercity.cities.models import City
from intercity.cli import main
from intercity.letters import actions
from intercity.letters.kinds import LetterKind
from intercity.letters.marks import message_id
from intercity.letters.models import Bounce, Letter
from intercity.letters.recipients import Recipient, of_city
from intercity.letters.reports import messages_in, read_report

OFFICE = "office@northport.example"
SECRETARIAT = Recipient("secretariat", ("secretariat@network.example",), ())


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A real mail server on this machine, which letters are sent to."""
    with running() as (found, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        yield found


def report(template: str, key: str = "tried-1", address: str = OFFICE) -> bytes:
    """A report about a letter that was sent."""
    filled = template.replace("OUR_ID", message_id(key, address)).replace("OFFICE", address)
    return filled.replace("\n", "\r\n").encode()


def test_a_real_mail_server_gets_whole_heads_and_words(kind: LetterKind, office: Recipient, sink: Sink) -> None:
    City.objects.update(languages=["km"])
    assert send(kind, of_city(City.objects.get()))
    ((to, content),) = sink.kept
    letter = message_from_bytes(content)
    assert to == [OFFICE]
    assert letter["Message-ID"] == message_id("tried-1", OFFICE)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert letter["List-Unsubscribe"].replace("\r\n ", "").startswith("<http://localhost:8000/letters/stop/reminders.")
    assert letter.get_content_type() == "text/plain"
    assert "Eastbay writes to you" in letter.get_payload(decode=True).decode()  # type: ignore[union-attr]


def test_a_mailbox_that_is_refused_for_good_is_shown_and_the_next_one_gets_it(
    kind: LetterKind, office: Recipient, sink: Sink
) -> None:
    sink.refused[OFFICE] = "550 5.1.1 no such user here"
    assert send(kind, office, SECRETARIAT) is None
    bounce = Bounce.objects.get()
    assert (bounce.status, bounce.to, bounce.city) == ("5.1.1", "city", office.city)
    assert send(kind, office, SECRETARIAT), "at once, not after a rest"
    assert [to for to, _content in sink.kept] == [["secretariat@network.example"]]
    assert b"This letter is meant for Northport" in sink.kept[0][1]
    assert send(kind, office, SECRETARIAT, key="tried-2")
    assert len(sink.kept) == 2
    assert sink.kept[1][0] == ["secretariat@network.example"], "it is not tried again for every letter"


def test_one_that_may_take_it_later_is_asked_later(kind: LetterKind, office: Recipient, sink: Sink) -> None:
    sink.refused[OFFICE] = "450 4.2.0 greylisted"
    for _try in range(2):
        assert send(kind, office, SECRETARIAT) is None
        later(days=1)
    assert not Bounce.objects.exists()
    sink.refused.clear()
    assert send(kind, office, SECRETARIAT)
    assert [to for to, _content in sink.kept] == [[OFFICE]]


def test_where_no_other_is_known_it_rests_and_is_tried_again(kind: LetterKind, office: Recipient, sink: Sink) -> None:
    sink.refused[OFFICE] = "550 5.1.1 no such user here"
    assert send(kind, office) is None
    assert send(kind, office) is None
    assert Letter.objects.get().tries == 1, "not at once"
    sink.refused.clear()
    later(days=1)
    assert send(kind, office)


def test_of_several_one_that_is_refused_does_not_keep_the_others(kind: LetterKind, ana: Person, sink: Sink) -> None:
    sink.refused["eve@example.org"] = "550 5.7.1 relaying denied"
    several = Recipient("secretariat", ("eve@example.org", "ana@example.org"), ())
    assert send(kind, several)
    assert [to for to, _content in sink.kept] == [["ana@example.org"]]
    assert Bounce.objects.get().status == "5.7.1"
    assert send(kind, several, key="tried-2")
    assert Bounce.objects.count() == 1, "it is not tried again for every letter"


@pytest.mark.parametrize(
    ("template", "status"),
    [
        (POSTFIX, "5.1.1"),
        (EXIM, "5.0.0"),
        (EXCHANGE, "5.1.10"),
        (GLOBAL, "5.6.7"),
        (WITHOUT_THE_LETTER, "5.2.2"),
    ],
)
def test_reports_of_several_mail_servers_are_read(
    kind: LetterKind, office: Recipient, template: str, status: str
) -> None:
    send(kind, office)
    for _time in range(2):
        found = actions.note_bounce(report(template))
        assert found == Letter.objects.get()
    bounce = Bounce.objects.get()
    assert (bounce.status, bounce.to, bounce.city) == (status, "city", office.city)
    assert list(Letter.objects.bounced()) == [found]
    assert Entry.objects.filter(action="letter.came_back").count() == 1


@pytest.mark.parametrize("template", [DELAYED, AUTOMATIC_REPLY, "", "nonsense"])
def test_what_may_yet_arrive_or_is_no_report_is_left_alone(kind: LetterKind, office: Recipient, template: str) -> None:
    send(kind, office)
    assert actions.note_bounce(report(template)) is None
    assert not Bounce.objects.exists()


def test_a_report_that_somebody_made_up_is_left_alone(kind: LetterKind, office: Recipient) -> None:
    send(kind, office)
    real = message_id("tried-1", OFFICE)
    for name in (real.replace("tried-1", "tried-2"), "<tried-1.0123456789abcdef@localhost>", "<tried-1@localhost>"):
        assert actions.note_bounce(POSTFIX.replace("OUR_ID", name).encode()) is None
    another = message_id("tried-1", "somebody@else.example")
    assert actions.note_bounce(POSTFIX.replace("OUR_ID", another).encode()) is None, "it was not sent there"
    assert not Bounce.objects.exists()


def test_a_letter_of_others_that_answers_ours_is_none_of_ours(kind: LetterKind, office: Recipient) -> None:
    send(kind, office)
    ours = message_id("tried-1", OFFICE)
    reply = POSTFIX.replace("Message-ID: OUR_ID", f"Message-ID: <x@y.example>\nReferences: {ours}")
    assert actions.note_bounce(reply.encode()) is None


@given(st.binary(max_size=300), st.integers(0, 2000))
def test_whatever_comes_it_is_read_without_an_error(noise: bytes, at: int) -> None:
    whole = POSTFIX.encode()
    read_report(noise)
    read_report(whole[:at] + noise + whole[at:])
    assert b"".join(messages_in(noise)) in (noise, b"".join(messages_in(noise)))


def test_the_command_reads_a_message_and_a_mailbox(kind: LetterKind, office: Recipient, tmp_path: Any) -> None:
    for number in (1, 2):
        send(kind, office, key=f"tried-{number}")
    one = CliRunner().invoke(main, ["read-bounces"], input=report(POSTFIX))
    assert (one.exit_code, one.stdout) == (
        0,
        "tried-1: Northport\n1 of 1 tell of letters that did not arrive.\n",
    ), one.output
    mailbox = tmp_path / "mailbox"
    separator = b"From MAILER-DAEMON Wed Nov 25 17:00:00 2026\n"
    messages = [report(AUTOMATIC_REPLY), report(EXIM, "tried-2"), report(POSTFIX)]
    mailbox.write_bytes(b"\n".join(separator + one.replace(b"\r\n", b"\n") for one in messages))
    several = CliRunner().invoke(main, ["read-bounces", str(mailbox)])
    assert several.stdout.endswith("2 of 3 tell of letters that did not arrive.\n"), several.output
    assert Bounce.objects.count() == 2


def test_the_page_says_whose_mailbox_it_is_and_how_to_mend_it(
    kind: LetterKind, office: Recipient, client: Client, ana: Person
) -> None:
    client.force_login(ana)
    assert "No letter has come back" in client.get("/manage/bounces/").content.decode()
    for number in (1, 2):
        send(kind, office, key=f"tried-{number}")
        actions.note_bounce(report(POSTFIX, f"tried-{number}"))
    page = client.get("/manage/bounces/").content.decode()
    for said in ("Northport", "There is no such mailbox.", "2 letters came back", "/cities/northport/edit/"):
        assert said in page
    assert "Letters come back since" in client.get("/cities/northport/").content.decode()
    City.objects.filter(slug="northport").update(mailbox="international@northport.example")
    assert "The office has another mailbox by now." in client.get("/manage/bounces/").content.decode()
    assert "Letters come back since" not in client.get("/cities/northport/").content.decode()


def test_once_it_works_again_it_is_written_to(
    kind: LetterKind, office: Recipient, client: Client, ana: Person
) -> None:
    send(kind, office)
    actions.note_bounce(report(POSTFIX))
    send(kind, office, SECRETARIAT, key="tried-2")
    client.force_login(ana)
    for _press in range(2):
        assert client.post(f"/manage/bounces/{Bounce.objects.get().pk}/again/").status_code == 302
    send(kind, office, SECRETARIAT, key="tried-3")
    assert [letter.to[0] for letter in mail.outbox] == [OFFICE, "secretariat@network.example", OFFICE]
    assert Entry.objects.filter(action="mailbox.works_again").count() == 1


def test_letters_that_wait_and_offices_that_want_none_are_shown(
    kind: LetterKind, office: Recipient, client: Client, ana: Person
) -> None:
    from intercity.letters.marks import token_for

    send(kind, Recipient("city", (), (), office.city))
    actions.silence(token_for(OFFICE, "questions"))
    client.force_login(ana)
    page = client.get("/manage/bounces/").content.decode()
    assert "No mailbox is known to which it could go." in page
    assert "practices: questions" in page


def test_others_see_nothing_of_it_on_a_citys_page(
    kind: LetterKind, office: Recipient, client: Client, bao: Person
) -> None:
    send(kind, office)
    actions.note_bounce(report(POSTFIX))
    for visit in range(2):
        assert "Letters come back" not in client.get("/cities/northport/").content.decode()
        if not visit:
            client.force_login(bao)
