"""The words of letters: written by the secretariat, refused where no letter could be made of them, ours again."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client
from django.utils.translation import override
from tests.letters.conftest import send

from intercity.accounts.models import Person
from intercity.audit.models import Entry
from intercity.cities.models import City
from intercity.letters import actions
from intercity.letters.kinds import KINDS, LetterKind, filled, names_in, one_line, paragraphs, register
from intercity.letters.models import Wording
from intercity.letters.recipients import Recipient, of_city
from intercity.letters.writing import our_words
from intercity.refusals import RefusedError

BODY = "Dear friends,\n\n{city} would like you to look at {page}."


def test_own_words_are_sent_in_their_language_only(kind: LetterKind, office: Recipient, ana: Person) -> None:
    actions.set_wording(ana, "tried", "km", "សូមអាន {city}", "សួស្តី {page}", 0)
    send(kind, office)
    City.objects.filter(pk=office.city.pk).update(languages=["km"])  # type: ignore[union-attr]
    send(kind, of_city(City.objects.get(pk=office.city.pk)), key="tried-2")  # type: ignore[union-attr]
    assert [letter.subject for letter in mail.outbox] == ["Eastbay writes", "សូមអាន Eastbay"]
    assert mail.outbox[1].body.startswith("សួស្តី http://localhost:8000/somewhere/\n\n-- \n")


@pytest.mark.parametrize(
    ("subject", "body", "field", "said"),
    [
        ("Hello", BODY + " {nmae}", "body", "{nmae} is no name of this letter. These are: {city} {page}"),
        ("Hello {page.__class__}", BODY, "subject", "{page.__class__} is no name"),
        ("Hello", BODY + " { city }", "body", "is no name"),
        ("Hello", BODY + " {city!r}", "body", "is no name"),
        ("Hello", BODY + " {}", "body", "is no name"),
        ("Hello", BODY + " }", "body", "A brace stands alone"),
        ("Hello {", BODY, "subject", "A brace stands alone"),
        ("Hello", "Without the address.", "body", "{page} is missing. Without it nobody can do"),
        ("", BODY, "subject", "Write something here"),
        ("Hello", " \n ", "body", "Write something here"),
        ("Hello", BODY + "a" * 10_000, "body", "At most 10000 have room"),
    ],
)
def test_words_of_which_no_letter_can_be_made_are_refused(
    kind: LetterKind, ana: Person, subject: str, body: str, field: str, said: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        actions.set_wording(ana, "tried", "en", subject, body, 0)
    assert refused.value.field == field
    assert said in str(refused.value)
    assert not Wording.objects.own().exists()


@pytest.mark.parametrize(("name", "language"), [("no-such", "en"), ("tried", "xx")])
def test_unknown_kinds_and_languages_are_refused(kind: LetterKind, ana: Person, name: str, language: str) -> None:
    with pytest.raises(RefusedError):
        actions.set_wording(ana, name, language, "Hello", BODY, 0)


def test_a_subject_is_one_line(kind: LetterKind, ana: Person) -> None:
    kept = actions.set_wording(ana, "tried", "en", "Hello\r\nBcc: all@example.org", BODY, 0)
    assert kept.subject == "Hello Bcc: all@example.org"


def test_nobody_overwrites_what_they_have_not_seen(kind: LetterKind, ana: Person) -> None:
    actions.set_wording(ana, "tried", "en", "First", BODY, 0)
    with pytest.raises(actions.ChangedMeanwhileError) as refused:
        actions.set_wording(ana, "tried", "en", "Second", BODY, 0)
    assert refused.value.version == 1
    actions.reset_wording(ana, "tried", "en", 1)
    with pytest.raises(actions.ChangedMeanwhileError):
        actions.set_wording(ana, "tried", "en", "Third", BODY, 1)
    assert actions.set_wording(ana, "tried", "en", "Third", BODY, 2).version == 3
    assert list(Entry.objects.values_list("action", flat=True)) == ["wording.set", "wording.reset", "wording.set"]


def test_back_to_ours(kind: LetterKind, office: Recipient, ana: Person) -> None:
    actions.set_wording(ana, "tried", "en", "Mine", BODY, 0)
    actions.reset_wording(ana, "tried", "en", 1)
    send(kind, office)
    assert mail.outbox[0].subject == "Eastbay writes"


def test_pages_show_keep_and_go_back(kind: LetterKind, client: Client, ana: Person) -> None:
    client.force_login(ana)
    assert "a letter for tests" in client.get("/manage/letters/").content.decode()
    page = client.get("/manage/letters/tried/km/").content.decode()
    assert "‹who writes› writes" in page
    assert "{note}" in page
    looked = client.post("/manage/letters/tried/km/", {"subject": "Seen", "body": BODY, "version": 0, "look": "yes"})
    assert "not saved yet" in looked.content.decode()
    assert "Dear friends," in looked.content.decode()
    assert not Wording.objects.exists()
    wrong = client.post("/manage/letters/tried/km/", {"subject": "Seen", "body": "{nmae} stays", "version": 0})
    assert wrong.status_code == 422
    assert "{nmae} stays" in wrong.content.decode()
    kept = client.post("/manage/letters/tried/km/", {"subject": "Seen", "body": BODY, "version": 0}, follow=True)
    assert "Back to our words" in kept.content.decode()
    late = client.post("/manage/letters/tried/km/", {"subject": "Late", "body": BODY, "version": 0})
    assert late.status_code == 422
    assert "Somebody else changed these words" in late.content.decode()
    assert 'value="1"' in late.content.decode()
    assert "Khmer" in client.get("/manage/letters/").content.decode()
    client.post("/manage/letters/tried/km/ours/", {"version": 1})
    assert not Wording.objects.own().exists()


@pytest.mark.parametrize("path", ["/manage/letters/no/en/", "/manage/letters/tried/xx/"])
def test_pages_of_what_is_not_there(kind: LetterKind, client: Client, ana: Person, path: str) -> None:
    client.force_login(ana)
    assert client.get(path).status_code == 404


def test_a_kind_whose_words_have_unknown_names_is_a_mistake_of_ours(kind: LetterKind) -> None:
    with pytest.raises(ValueError, match="wrong"):
        register(LetterKind("other", "reminders", "label", "{wrong}", "body"))
    KINDS.pop("other")
    with pytest.raises(ValueError, match="topic"):
        register(LetterKind("other", "weather", "label", "subject", "body"))
    KINDS.pop("other")
    with pytest.raises(ValueError, match="already"):
        register(LetterKind("tried", "", "label", "subject", "body"))


def test_our_words_have_their_names_in_every_language(settings: object) -> None:
    from django.conf import settings as ours

    wrong = []
    for language, _name in ours.LANGUAGES:
        for kind in KINDS.values():
            with override("en"):
                known = {*names_in(str(kind.subject)), *names_in(str(kind.body))}
            subject, body = our_words(kind, language)
            if {*names_in(subject), *names_in(body)} != known:
                wrong.append((language, kind.name))
    assert not wrong


def test_values_are_filled_in_once() -> None:
    assert filled("{a} {b} {c}", {"a": "{b}", "b": "2"}) == "{b} 2 {c}"


def test_lines_and_signs() -> None:
    assert one_line("  a\u200bb\x00\tc\u2028d\r\n ") == "a\u200bb c d", "what parts words in Khmer stays"
    assert paragraphs("a \r\n\r\n\r\n\r\nb\x07\rc\n") == "a\n\nb\nc"
