"""Each letter once, to whom it is meant for, in their language."""

from __future__ import annotations

import pytest
from django.core import mail
from tests import cast
from tests.letters.conftest import fill, later, send

from intercity.accounts.models import Membership, Person, Role
from intercity.cities.models import City, Network
from intercity.letters import recipients, sending
from intercity.letters.kinds import LetterKind
from intercity.letters.marks import message_id
from intercity.letters.models import Letter
from intercity.letters.recipients import Recipient


def test_it_is_sent_once_and_carries_its_heads(kind: LetterKind, office: Recipient) -> None:
    assert send(kind, office)
    assert [send(kind, office) for _turn in range(3)] == [None, None, None]
    (letter,) = mail.outbox
    assert letter.to == ["office@northport.example"]
    assert letter.subject == "Eastbay writes"
    assert letter.body.startswith("Good day,\n\nEastbay writes to you. See http://localhost:8000/somewhere/.\n\nThank")
    heads = letter.message()
    assert heads["Message-ID"] == message_id("tried-1", "office@northport.example")
    assert heads["Reply-To"] == "secretariat@network.example"
    assert heads["Auto-Submitted"] == "auto-generated"
    assert heads["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert heads["List-Unsubscribe"].strip("<>") in letter.body
    kept = Letter.objects.get()
    assert (kept.kind, kept.about, kept.to, kept.error) == ("tried", ["city:1"], "city", "")
    assert kept.city == office.city
    assert kept.sent_at
    assert "northport" not in str(kept.marks)


def test_a_demonstration_writes_to_nobody(kind: LetterKind, office: Recipient) -> None:
    Network.objects.update(is_demonstration=True)
    assert send(kind, office) is None
    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_without_a_mailbox_the_secretariat_gets_it_and_knows_for_whom(kind: LetterKind, office: Recipient) -> None:
    nobody = recipients.of_mailbox("owner", "", office.city)
    assert send(kind, nobody, recipients.of_secretariat())
    assert mail.outbox[0].to == ["secretariat@network.example"]
    assert "This letter is meant for Northport." in mail.outbox[0].body


def test_with_nobody_to_write_to_it_is_tried_again(kind: LetterKind, office: Recipient) -> None:
    nobody = recipients.of_mailbox("owner", "", office.city)
    assert send(kind, nobody) is None
    assert Letter.objects.get().error == "NobodyToWriteTo"
    later(days=1)
    assert send(kind, office)


def test_of_several_mailboxes_each_gets_its_own(kind: LetterKind, network: Network, ana: Person) -> None:
    cast.person("Eve", Role.SECRETARIAT)
    assert send(kind, recipients.of_secretariat())
    assert [letter.to for letter in mail.outbox] == [["ana@example.org"], ["eve@example.org"]]
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 2


def test_a_key_that_no_head_can_carry_is_refused(kind: LetterKind, office: Recipient) -> None:
    for key in ("a b", "a\nBcc: x@example.org", "", "a--b", "é"):
        with pytest.raises(ValueError, match="cannot be the key"):
            sending.post(key, kind, [office], fill)


def test_values_cannot_begin_a_line_of_the_head(kind: LetterKind, office: Recipient) -> None:
    def nasty(_language: str) -> dict[str, str]:
        return {**fill(""), "city": "Eastbay\r\nBcc: everybody@example.org\n\n{page}\x00\u2028"}

    assert sending.post("tried-1", kind, [office], nasty)
    (letter,) = mail.outbox
    assert letter.subject == "Eastbay Bcc: everybody@example.org {page} writes"
    assert letter.recipients() == ["office@northport.example"]
    assert "Bcc" not in letter.message()


def test_an_address_that_would_break_the_head_is_not_written_to(kind: LetterKind, office: Recipient) -> None:
    broken = Recipient("city", ("a@example.org\nBcc: b@example.org",), ())
    assert send(kind, broken) is None
    assert mail.outbox == []
    assert Letter.objects.get().error == "BadHeader"


@pytest.mark.parametrize(
    ("spoken", "expected"), [(("xx", "zh-Hans"), "zh-hans"), (("tet", "xx"), "en"), ((), "en"), (("fil", "en"), "fil")]
)
def test_the_first_language_that_our_words_are_in(spoken: tuple[str, ...], expected: str) -> None:
    assert recipients.language_for(Recipient("city", (), spoken)) == expected


def test_fill_is_asked_in_the_readers_language(kind: LetterKind, office: Recipient) -> None:
    City.objects.update(languages=["km"])
    asked: list[str] = []

    def ask(language: str) -> dict[str, str]:
        asked.append(language)
        return dict(fill(language))

    assert sending.post("tried-1", kind, [recipients.of_city(City.objects.get())], ask)
    assert asked == ["km"]
    assert mail.outbox[0].extra_headers["Content-Language"] == "km"


def test_somebody_is_written_to_at_the_mailbox_of_their_role(bao: Person, northport: City) -> None:
    assert recipients.of_person(bao, northport).addresses == ("bao@example.org",)
    Membership.objects.filter(person=bao, role=Role.OFFICER).update(mailbox="international@northport.example")
    assert recipients.of_person(bao, northport).addresses == ("international@northport.example",)
    assert recipients.of_officers(northport).addresses == ("international@northport.example",)
    bao.is_active = False
    bao.save()
    assert recipients.of_person(bao, northport).addresses == ()
    assert recipients.of_officers(northport).addresses == ()
