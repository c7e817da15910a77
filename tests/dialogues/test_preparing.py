"""Preparing, opening, closing and asking again: the actions, and the pages on which the secretariat does it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.audit.models import Entry
from intercity.cities.models import City
from intercity.dialogues import actions
from intercity.dialogues.models import Dialogue, State
from intercity.refusals import RefusedError

DUE = (timezone.localdate() + timedelta(days=40)).isoformat()


@pytest.fixture
def as_ana(client: Client, ana: Person) -> Client:
    """A browser in which Ana is signed in."""
    client.force_login(ana)
    return client


@pytest.fixture
def draft(ana: Person, northport: City) -> Dialogue:
    """A draft that names nobody who answers."""
    return actions.prepare_dialogue(ana, slug="air", question="How is the air?", background="", language="en")


def edits(dialogue: Dialogue, city: City, **changed: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    words = {"question": dialogue.question.body, "background": ""} if dialogue.state == State.DRAFT else {}
    sent = {
        **words,
        "responder_role": "Air office",
        "responder_city": city.pk,
        "answer_due": DUE,
        "cities": [city.pk],
        "languages": ["en"],
        "admission": "open",
        "moderation": "after",
        "statement_length": 200,
        "statements_each": 10,
    }
    return {**sent, **changed}


def test_a_dialogue_is_prepared_filled_in_and_opened_on_its_pages(as_ana: Client, northport: City) -> None:
    answer = as_ana.post("/desk/dialogues/new/", {"question": "What do we breathe?", "language": "en"})
    assert answer["Location"] == "/dialogues/what-do-we-breathe/manage/"
    dialogue = Dialogue.objects.get()
    page = as_ana.get(answer["Location"]).content.decode()
    assert "Say who will answer" in page
    assert 'href="#id_responder_role"' in page
    assert 'id="id_responder_role"' in page
    assert as_ana.post(answer["Location"], edits(dialogue, northport)).status_code == 302
    as_ana.post(
        "/dialogues/what-do-we-breathe/manage/statements/", {"body": "Trees help.\n\n Cars harm. ", "language": "en"}
    )
    assert [one.text.body for one in dialogue.statements.all()] == ["Trees help.", "Cars harm."]
    assert "Open it now" in as_ana.get("/dialogues/what-do-we-breathe/manage/open/").content.decode()
    as_ana.post("/dialogues/what-do-we-breathe/manage/open/")
    dialogue.refresh_from_db()
    assert dialogue.state == State.OPEN


def test_what_was_typed_is_shown_again_with_the_error_beside_it(as_ana: Client, draft: Dialogue) -> None:
    answer = as_ana.post("/desk/dialogues/new/", {"question": "Once more?", "language": "en", "slug": "air"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Once more?" in page
    assert "There is a dialogue at the address" in page
    assert 'aria-invalid="true"' in page


def test_an_address_is_made_for_a_question_in_any_script(as_ana: Client) -> None:
    for _n in range(2):
        as_ana.post("/desk/dialogues/new/", {"question": "តើយើងធ្វើដូចម្តេច?", "language": "km"})
    assert sorted(Dialogue.objects.values_list("slug", flat=True)) == ["dialogue", "dialogue-2"]


def test_a_statement_that_is_refused_adds_none_and_loses_nothing(as_ana: Client, draft: Dialogue) -> None:
    long = "x" * 201
    answer = as_ana.post("/dialogues/air/manage/statements/", {"body": f"Trees help.\n{long}", "language": "en"})
    assert answer.status_code == 422
    assert "201 characters" in answer.content.decode()
    assert long in answer.content.decode()
    assert not draft.statements.exists()


def test_the_same_statement_is_given_once(ana: Person, draft: Dialogue) -> None:
    actions.add_statement(ana, draft, body="Trees help.", language="en")
    with pytest.raises(RefusedError, match="there already"):
        actions.add_statement(ana, draft, body=" Trees  help. ", language="en")


def test_without_responder_and_date_nothing_opens(as_ana: Client, draft: Dialogue) -> None:
    answer = as_ana.post("/dialogues/air/manage/open/")
    assert answer.status_code == 422
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_closing_time_is_typed_in_the_time_of_the_answering_city(
    as_ana: Client, ana: Person, draft: Dialogue, northport: City
) -> None:
    northport.timezone = "Asia/Phnom_Penh"
    northport.save()
    actions.edit_dialogue(ana, draft, responder_city=northport)
    as_ana.post(
        "/dialogues/air/manage/", edits(draft, northport, closes_at="2099-01-02T08:00", answer_due="2099-02-01")
    )
    draft.refresh_from_db()
    assert draft.closes_at == datetime(2099, 1, 2, 8, 0, tzinfo=ZoneInfo("Asia/Phnom_Penh"))
    page = as_ana.get("/dialogues/air/manage/").content.decode()
    assert 'value="2099-01-02T08:00"' in page
    assert "Northport (Asia/Phnom_Penh)" in page


def test_the_promise_stays_once_it_is_public(as_ana: Client, ana: Person, dialogue: Dialogue, northport: City) -> None:
    answer = as_ana.post("/dialogues/water/manage/", edits(dialogue, northport, responder_role=""))
    assert answer.status_code == 422
    assert "must say which office answers" in answer.content.decode()
    with pytest.raises(RefusedError, match="until when"):
        actions.edit_dialogue(ana, dialogue, answer_due=None)
    with pytest.raises(RefusedError, match="its words stay"):
        actions.edit_dialogue(ana, dialogue, question="Something else?")


def test_a_promise_that_moves_is_in_the_record(ana: Person, dialogue: Dialogue) -> None:
    before, after = dialogue.answer_due, timezone.localdate() + timedelta(days=90)
    actions.edit_dialogue(ana, dialogue, answer_due=after)
    assert Entry.objects.order_by("-number")[0].details["answer_due"] == [str(before), str(after)]


def test_editing_does_not_open_again_what_was_closed_meanwhile(ana: Person, dialogue: Dialogue) -> None:
    loaded_before = Dialogue.objects.get(pk=dialogue.pk)
    actions.close_dialogue(ana, dialogue)
    actions.edit_dialogue(ana, loaded_before, themes=["rivers"])
    assert Dialogue.objects.get(pk=dialogue.pk).state == State.CLOSED


def test_closing_and_asking_again(as_ana: Client, dialogue: Dialogue) -> None:
    assert as_ana.get("/dialogues/water/manage/close/").status_code == 200
    as_ana.post("/dialogues/water/manage/close/")
    dialogue.refresh_from_db()
    assert dialogue.state == State.CLOSED
    refused = as_ana.post("/dialogues/water/manage/reopen/", {"answer_due": DUE, "closes_at": "2001-01-01T00:00"})
    assert refused.status_code == 422
    assert "closing time has passed" in refused.content.decode()
    as_ana.post("/dialogues/water/manage/reopen/", {"answer_due": DUE})
    dialogue.refresh_from_db()
    assert (dialogue.state, dialogue.rounds.count(), dialogue.statements.count()) == (State.OPEN, 2, 12)


def test_two_who_ask_again_together_open_one_round(ana: Person, dialogue: Dialogue) -> None:
    actions.close_dialogue(ana, dialogue)
    loaded_before = Dialogue.objects.get(pk=dialogue.pk)
    due = timezone.localdate() + timedelta(days=60)
    actions.reopen_dialogue(ana, dialogue, answer_due=due, closes_at=None)
    with pytest.raises(RefusedError, match="a moment ago"):
        actions.reopen_dialogue(ana, loaded_before, answer_due=due, closes_at=None)
    assert dialogue.rounds.count() == 2


PAGES = [
    "/desk/dialogues/new/",
    "/dialogues/water/manage/",
    "/dialogues/water/manage/statements/",
    "/dialogues/water/manage/open/",
    "/dialogues/water/manage/close/",
    "/dialogues/water/manage/reopen/",
]


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_for_the_secretariat(
    address: str, client: Client, dialogue: Dialogue, bao: Person, ana: Person
) -> None:
    assert client.get(address)["Location"].startswith("/accounts/login/?next=")
    client.force_login(bao)
    assert client.get(address).status_code == 403
    client.force_login(ana)
    assert client.get(address).status_code == 200


def test_a_draft_is_no_page_for_others(client: Client, draft: Dialogue, bao: Person) -> None:
    client.force_login(bao)
    for page in ("moderate", "policy", "answer", "invitations"):
        assert client.get(f"/dialogues/air/{page}/").status_code == 404


def test_the_desk_shows_what_waits(
    client: Client, ana: Person, bao: Person, cem: Person, draft: Dialogue, dialogue: Dialogue
) -> None:
    participant = actions.join(dialogue)[0]
    actions.write_statement(participant, body="Fish need shade.", language="en")
    client.force_login(bao)
    page = client.get("/desk/").content.decode()
    assert "1 is shown and was not yet looked at." in page
    assert "How is the air?" not in page
    actions.close_dialogue(ana, dialogue)
    Dialogue.objects.filter(pk=dialogue.pk).update(answer_due=timezone.localdate() - timedelta(days=2))
    assert "2 days overdue" in client.get("/desk/").content.decode()
    client.force_login(ana)
    page = client.get("/desk/").content.decode()
    assert "How is the air?" in page
    assert "2 days overdue" in page
    client.force_login(cem)
    page = client.get("/desk/").content.decode()
    assert "Nothing is waiting for you" in page
    assert "overdue" not in page


def test_it_is_said_when_nobody_can_answer(as_ana: Client, dialogue: Dialogue) -> None:
    assert "Nobody can write the answer yet" in as_ana.get("/dialogues/water/manage/").content.decode()


def test_it_is_not_said_when_somebody_can(as_ana: Client, dialogue: Dialogue, bao: Person) -> None:
    assert "Nobody can write the answer yet" not in as_ana.get("/dialogues/water/manage/").content.decode()
