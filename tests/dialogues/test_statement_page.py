"""One statement on a page of its own, where a search leads."""

from __future__ import annotations

from django.test import Client

from intercity.accounts.models import Person
from intercity.dialogues import actions
from intercity.dialogues.models import Dialogue, Participant
from intercity.languages.models import Translation

HERE = "/dialogues/water/statements/"


def test_words_question_and_the_way_on(client: Client, dialogue: Dialogue) -> None:
    given = dialogue.statements.get(number=3)
    Translation.objects.create(text=given.text, text_version=1, language="km", body="គំនិតទីបី")
    page = client.get(f"{HERE}3/").content.decode()
    assert "Idea number 3 is good." in page
    assert 'href="/dialogues/water/">' in page
    assert 'href="/dialogues/water/#join"' in page
    client.cookies["django_language"] = "km"
    page = client.get(f"{HERE}3/").content.decode()
    assert 'lang="km" dir="auto">គំនិតទីបី' in page
    assert 'lang="en" dir="auto">Idea number 3 is good.' in page


def test_who_takes_part_goes_on_voting(client: Client, dialogue: Dialogue) -> None:
    client.post("/dialogues/water/join/")
    assert 'href="/dialogues/water/vote/"' in client.get(f"{HERE}3/").content.decode()


def test_the_answer_stands_with_it(client: Client, ana: Person, bao: Person, dialogue: Dialogue) -> None:
    actions.close_dialogue(ana, dialogue)
    given = actions.answer(
        bao, dialogue, dialogue.statements.get(number=2), kind="cannot", body="The river is long.", language="en"
    )
    page = client.get(f"{HERE}2/").content.decode()
    assert f'id="answer-{given.pk}"' in page
    assert "The river is long." in page
    assert "Take part" not in page


def test_what_was_merged_leads_to_what_stands_for_it(client: Client, bao: Person, dialogue: Dialogue) -> None:
    actions.merge(bao, dialogue, [dialogue.statements.get(number=1)], into=dialogue.statements.get(number=4))
    assert client.get(f"{HERE}1/")["Location"] == f"{HERE}4/"


def test_what_is_not_public_has_no_page(
    client: Client, ana: Person, bao: Person, dialogue: Dialogue, participant: Participant
) -> None:
    actions.edit_dialogue(ana, dialogue, moderation="before")
    participant.dialogue.refresh_from_db()
    waiting = actions.write_statement(participant, body="Plant reeds here.", language="en")
    actions.remove(bao, dialogue, [dialogue.statements.get(number=1)], reason="unclear")
    for number in (1, waiting.number, 99):
        assert client.get(f"{HERE}{number}/").status_code == 404
    draft = actions.prepare_dialogue(ana, slug="secret", question="Shall we?", background="", language="en")
    actions.add_statement(ana, draft, body="Keep it.", language="en")
    assert client.get("/dialogues/secret/statements/1/").status_code == 404
