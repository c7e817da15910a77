"""The responder answers what people agree on; everybody else cannot."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.audit.models import Entry
from intercity.dialogues import actions
from intercity.dialogues.models import Answer, Dialogue, State, StoredResult
from intercity.refusals import RefusedError

ADDRESS = "/dialogues/water/answer/"
LATER = timezone.localdate() + timedelta(days=30)


@pytest.fixture
def closed(ana: Person, bao: Person, dialogue: Dialogue) -> Dialogue:
    """A closed dialogue with two statements of common ground."""
    actions.close_dialogue(ana, dialogue)
    ground = [
        {"statement": "4", "agreed": True, "floor": 0.718},
        {"statement": "7", "agreed": False, "floor": 0.6},
        {"statement": "999", "agreed": True, "floor": 0.6},
    ]
    StoredResult.objects.update_or_create(round=dialogue.round, defaults={"document": {"common_ground": ground}})
    return dialogue


@pytest.fixture
def as_bao(client: Client, bao: Person, closed: Dialogue) -> Client:
    """A browser in which Bao, who answers for Northport, is signed in."""
    client.force_login(bao)
    return client


def form(**changed: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {"kind": "cannot", "body": "There is no money.", "language": "en", **changed}


def test_common_ground_is_listed_and_answered(as_bao: Client, closed: Dialogue) -> None:
    page = as_bao.get(ADDRESS).content.decode()
    assert "At least 71 % agree" in page
    assert "At least 60 % disagree" in page
    assert "2 statements have no answer yet." in page
    sent = form(kind="we_will", body="We clean it.", owner="Water office", due=LATER.isoformat())
    assert as_bao.post(f"{ADDRESS}4/", sent).status_code == 302
    given = Answer.objects.get()
    assert (given.kind, given.owner, given.due, given.answered_as) == (
        "we_will",
        "Water office",
        LATER,
        "Water office",
    )
    page = as_bao.get(ADDRESS).content.decode()
    assert "We clean it." in page
    assert "1 statement has no answer yet." in page
    assert "We clean it." in as_bao.get(f"{ADDRESS}4/").content.decode()


@pytest.mark.parametrize(
    ("sent", "said", "field"),
    [
        (form(kind="we_will", due=LATER.isoformat()), "needs somebody who does it", "owner"),
        (form(kind="we_will", owner="Office"), "until when", "due"),
        (form(kind="we_will", owner="Office", due="2001-01-01"), "still to come", "due"),
        (form(kind="already"), "address of a page", "link"),
        (form(kind="not_ours"), "Say who decides", "whose"),
        (form(kind="maybe"), "not one of the available choices", "kind"),
        (form(body="  "), "required", "body"),
        (form(kind="already", link="javascript:alert(1)"), "Enter a valid URL", "link"),
    ],
)
def test_what_is_missing_is_said_beside_it(as_bao: Client, sent: dict[str, Any], said: str, field: str) -> None:
    answer = as_bao.post(f"{ADDRESS}4/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert f'id="id_{field}_error"' in page
    assert not Answer.objects.exists()


def test_the_action_takes_no_link_that_is_none(bao: Person, closed: Dialogue) -> None:
    with pytest.raises(RefusedError, match="https://"):
        actions.answer(
            bao, closed, closed.statements.get(number=1), kind="already", body="Done.", language="en",
            link="javascript:alert(1)",
        )  # fmt: skip


def test_a_changed_answer_leaves_its_words_in_the_record(as_bao: Client) -> None:
    as_bao.post(f"{ADDRESS}4/", form(body="No money."))
    as_bao.post(f"{ADDRESS}4/", form(kind="not_ours", body="The province decides.", whose="Province"))
    assert Answer.objects.get().kind == "not_ours"
    entry = Entry.objects.filter(action="statement.answered").order_by("-number")[0]
    assert entry.details["before"] == {"kind": "cannot", "words": "No money."}


def test_any_other_statement_by_its_number(as_bao: Client) -> None:
    assert as_bao.get(ADDRESS, {"number": "#5"})["Location"] == f"{ADDRESS}5/"
    refused = as_bao.get(ADDRESS, {"number": "500"})
    assert "has the number “500”" in refused.content.decode()
    as_bao.post(f"{ADDRESS}5/", form(body="Not this year."))
    assert "Not this year." in as_bao.get(ADDRESS).content.decode()


def test_a_statement_that_is_not_shown_is_not_answered(as_bao: Client, bao: Person, closed: Dialogue) -> None:
    statement = closed.statements.get(number=5)
    actions.remove(bao, closed, [statement], reason="unclear")
    assert as_bao.get(f"{ADDRESS}5/").status_code == 404
    with pytest.raises(RefusedError, match="that are shown"):
        actions.answer(bao, closed, statement, kind="cannot", body="No.", language="en")


def test_another_dialogues_statement_is_not_answered(bao: Person, ana: Person, closed: Dialogue) -> None:
    other = actions.prepare_dialogue(ana, slug="other", question="Other?", background="", language="en")
    statement = actions.add_statement(ana, other, body="Something else.", language="en")
    with pytest.raises(RefusedError, match="of this dialogue"):
        actions.answer(bao, closed, statement, kind="cannot", body="No.", language="en")


def test_finished_when_something_is_answered(as_bao: Client, closed: Dialogue) -> None:
    early = as_bao.post(f"{ADDRESS}finish/", follow=True)
    assert "Nothing has been answered yet" in early.content.decode()
    as_bao.post(f"{ADDRESS}4/", form())
    as_bao.post(f"{ADDRESS}finish/")
    closed.refresh_from_db()
    assert closed.state == State.ANSWERED
    assert as_bao.get(ADDRESS).status_code == 200


def test_overdue_is_said(as_bao: Client, closed: Dialogue) -> None:
    Dialogue.objects.filter(pk=closed.pk).update(answer_due=timezone.localdate() - timedelta(days=1))
    assert "Everybody sees that it is overdue" in as_bao.get(ADDRESS).content.decode()


def test_while_people_vote_nothing_is_answered(client: Client, bao: Person, dialogue: Dialogue) -> None:
    client.force_login(bao)
    assert "People are still voting" in client.get(ADDRESS).content.decode()
    answer = client.post(f"{ADDRESS}4/", form())
    assert answer.status_code == 422
    assert "once the dialogue is closed" in answer.content.decode()


@pytest.mark.parametrize("page", ["", "4/"])
def test_pages_are_for_the_responder(page: str, client: Client, closed: Dialogue, ana: Person, cem: Person) -> None:
    assert client.get(ADDRESS + page)["Location"].startswith("/accounts/login/")
    for somebody in (ana, cem):
        client.force_login(somebody)
        assert client.get(ADDRESS + page).status_code == 403
        assert client.post(ADDRESS + page, form()).status_code == 403


def test_those_who_left_a_number_are_told_by_a_person_and_forgotten(
    client: Client, dialogue: Dialogue, ana: Person, bao: Person
) -> None:
    actions.subscribe(dialogue, phone="+855 12 345 678")
    actions.close_dialogue(ana, dialogue)
    address = f"/dialogues/{dialogue.slug}/manage/numbers/"
    client.force_login(ana)
    assert b"345 678" not in client.get(address).content, "there is nothing to tell yet"
    actions.answer(bao, dialogue, dialogue.statements.get(number=1), kind="cannot", body="No money.", language="en")
    actions.finish_answering(bao, dialogue)
    assert b"345 678" in client.get(address).content
    client.post(address)
    assert not dialogue.subscriptions.exists()
    client.force_login(bao)
    assert client.get(address).status_code == 403
