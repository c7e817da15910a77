"""Writing a statement: in which language it is, what is similar in other languages, what is kept."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from intercity.accounts.models import Person
from intercity.cities.models import Network
from intercity.dialogues import actions
from intercity.dialogues.duties import index_dialogues
from intercity.dialogues.models import Dialogue, Statement
from intercity.languages.models import LanguageSaidBy, Translation

WRITE = "/dialogues/water/write/"
KHMER = "ទីក្រុងទាំងអស់គួរដាំដើមឈើបន្ថែមនៅតាមមាត់ទន្លេ"
BURMESE = "ကလေးများသည် အိမ်နီးချင်းနိုင်ငံ၏ ဘာသာစကားကို သင်ယူသင့်သည်။"
ENGLISH = "Children should learn the language of the neighbouring country."
ZAWGYI = "က်ိန္းသည္ ျမန္မာႏိုင္ငံသားျဖစ္သည္ ေရသန္႔လိုအပ္သည္"


@pytest.fixture
def writer(client: Client, network: Network, dialogue: Dialogue) -> Client:
    """A browser of somebody who takes part in a dialogue of several languages."""
    network.languages = ["en", "km", "lo", "my", "id", "ms"]
    network.save()
    client.post("/dialogues/water/join/")
    return client


def sent(client: Client, **typed: str) -> tuple[int, str]:
    """Status and page after sending the form."""
    answer = client.post(WRITE, typed)
    return answer.status_code, answer.content.decode()


def newest(dialogue: Dialogue) -> Statement:
    """The statement that was written last."""
    return dialogue.statements.order_by("-number").select_related("text")[0]


def test_another_language_than_was_chosen_is_asked_about(writer: Client, dialogue: Dialogue) -> None:
    status, page = sent(writer, body=KHMER, language="en")
    assert status == 200
    assert "This looks like Khmer. Is it?" in page
    assert KHMER in page
    assert dialogue.statements.count() == 12
    assert sent(writer, body=KHMER, language="en", said="km")[0] == 302
    text = newest(dialogue).text
    assert (text.language, text.language_said_by, text.body) == ("km", LanguageSaidBy.AUTHOR, KHMER)


def test_the_authors_word_stands_above_the_computers(writer: Client, dialogue: Dialogue) -> None:
    assert sent(writer, body=KHMER, language="en", said="en")[0] == 302
    assert newest(dialogue).text.language == "en"


def test_who_sends_it_again_has_answered_and_who_changes_the_words_is_asked_anew(
    writer: Client, dialogue: Dialogue
) -> None:
    _status, page = sent(writer, body=KHMER, language="en")
    assert '<input type="hidden" name="confirmed" value="en">' in page
    assert "This looks like Khmer" in sent(writer, body=KHMER, language="lo", confirmed="en")[1]
    assert sent(writer, body=KHMER, language="en", confirmed="en")[0] == 302


@pytest.mark.parametrize("language", ["en", "km"])
def test_what_cannot_be_told_is_taken_as_it_was_said(writer: Client, dialogue: Dialogue, language: str) -> None:
    assert sent(writer, body="OK 2026!", language=language)[0] == 302
    assert newest(dialogue).text.language == language


def test_a_language_that_is_made_up_is_refused_and_nothing_is_lost(writer: Client, dialogue: Dialogue) -> None:
    status, page = sent(writer, body=KHMER, language="en", said="tlh")
    assert status == 422
    assert KHMER in page
    assert dialogue.statements.count() == 12


def test_zawgyi_is_converted_and_the_person_is_told(writer: Client, dialogue: Dialogue) -> None:
    answer = writer.post(WRITE, {"body": ZAWGYI, "language": "my", "different": "yes"}, follow=True)
    assert "Zawgyi" in answer.content.decode()
    text = newest(dialogue).text
    assert text.typed == ZAWGYI
    assert text.body != ZAWGYI
    assert text.language == "my"


def test_what_means_the_same_in_another_language_is_shown_in_the_readers(
    writer: Client, ana: Person, dialogue: Dialogue
) -> None:
    given = actions.add_statement(ana, dialogue, body=BURMESE, language="my")
    Translation.objects.create(text=given.text, text_version=1, language="en", body="Children may learn languages.")
    index_dialogues()
    status, page = sent(writer, body=ENGLISH, language="en")
    assert status == 200
    assert "Children may learn languages." in page
    assert f'lang="my" dir="auto">{BURMESE}' in page
    assert "Similar in meaning, written in Burmese." in page
    assert 'value="13:agree"' in page
    assert sent(writer, body=ENGLISH, language="en", different="yes")[0] == 302


def test_what_is_refused_still_shows_what_is_alike(writer: Client, dialogue: Dialogue) -> None:
    actions.edit_dialogue(Person.objects.get(name="Ana"), dialogue, statements_each=0)
    status, page = sent(writer, body="Idea number 3 is very good.", language="en", different="yes")
    assert status == 422
    assert "Similar words." in page


def program(client: Client, body: dict[str, Any], language: str = "") -> Any:
    """Join by the API as somebody of a language, and write."""
    joined = client.post(
        "/api/v1/dialogues/water/participants", {"language": language}, content_type="application/json"
    )
    token = joined.json()["token"]
    return client.post(
        "/api/v1/dialogues/water/statements",
        body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {token}"},
    )


def test_a_program_that_says_no_language_lets_it_be_recognised(writer: Client, dialogue: Dialogue) -> None:
    assert program(writer, {"text": KHMER}).status_code == 201
    text = newest(dialogue).text
    assert (text.language, text.language_said_by) == ("km", LanguageSaidBy.DETECTOR)
    assert program(writer, {"text": KHMER + "ខ្ញុំ", "language": "lo"}).status_code == 201
    text = newest(dialogue).text
    assert (text.language, text.language_said_by) == ("lo", LanguageSaidBy.AUTHOR)


@pytest.mark.parametrize(("own", "expected"), [("km", "km"), ("", "en"), ("fr", "en")])
def test_where_that_is_not_sure_ones_own_language_is_taken(
    writer: Client, dialogue: Dialogue, own: str, expected: str
) -> None:
    assert program(writer, {"text": "OK 2026!"}, own).status_code == 201
    assert newest(dialogue).text.language == expected
