"""The JSON door: what it shows, takes and refuses, and how it says so."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile

import pytest
from tests import cast
from tests.program import HERE, Program, is_problem

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.dialogues import actions, duties
from intercity.dialogues.models import (
    Dialogue,
    ModerationTime,
    Participant,
    Reason,
    Release,
    StatementState,
)
from intercity.languages.models import Translation


@pytest.fixture
def anyone() -> Program:
    """Somebody without a token."""
    return Program()


@pytest.fixture
def member(dialogue: Dialogue) -> Program:
    """Somebody who has joined."""
    joined = Program()("POST", f"{HERE}/participants", {})
    assert joined.status_code == 201
    return Program(joined.json()["token"])


def test_the_network_and_its_cities_are_there_for_everybody(anyone: Program, northport: City, eastbay: City) -> None:
    assert anyone("GET", "/api/v1/network").json()["name"] == "Rivers and Roads"
    found = anyone("GET", "/api/v1/cities").json()
    assert [one["slug"] for one in found["items"]] == ["eastbay", "northport"]
    assert found["next"] is None
    shown = anyone("GET", "/api/v1/cities/northport").json()
    assert shown["population"] == {"number": 100_000, "definition": "", "year": 2020, "source": ""}
    assert anyone("GET", "/api/v1/cities/eastbay").json()["population"] is None


def test_before_a_network_is_founded_there_is_none(anyone: Program, db: None) -> None:
    is_problem(anyone("GET", "/api/v1/network"), 404, "not-found")


def test_drafts_are_nowhere(anyone: Program, dialogue: Dialogue, ana: Person) -> None:
    actions.prepare_dialogue(ana, slug="secret", question="What next?", background="", language="en")
    assert [one["slug"] for one in anyone("GET", "/api/v1/dialogues").json()["items"]] == ["water"]
    for path in ("", "/statements", "/moderation", "/answers", "/result", "/releases"):
        is_problem(anyone("GET", f"/api/v1/dialogues/secret{path}"), 404, "not-found")
    is_problem(anyone("POST", "/api/v1/dialogues/secret/participants", {}), 404, "not-found")


def test_dialogues_are_found_by_state(anyone: Program, dialogue: Dialogue) -> None:
    assert anyone("GET", "/api/v1/dialogues?state=open").json()["items"][0]["responder_city"] == "northport"
    assert anyone("GET", "/api/v1/dialogues?state=closed").json()["items"] == []
    found = is_problem(anyone("GET", "/api/v1/dialogues?state=draft"), 422, "refused")
    assert found["errors"][0]["where"] == "query.state"


def test_a_removed_statement_leaves_number_and_reason(anyone: Program, dialogue: Dialogue, bao: Person) -> None:
    one, two, three = dialogue.statements.all()[:3]
    Translation.objects.create(text=three.text, text_version=1, language="km", body="ទឹក", engine="")
    actions.remove(bao, dialogue, [one], reason=Reason.INSULT)
    actions.merge(bao, dialogue, [two], into=three)
    found = anyone("GET", f"{HERE}/statements").json()["items"]
    assert found[0] | {"is_seed": True} == {
        "number": one.number,
        "state": "removed",
        "text": None,
        "is_seed": True,
        "is_meta": False,
        "reason": "insult",
        "merged_into": None,
    }
    assert (found[1]["state"], found[1]["text"], found[1]["merged_into"]) == ("merged", None, three.number)
    assert found[2]["text"]["translations"][0] == {
        "language": "km",
        "text": "ទឹក",
        "engine": "",
        "model": "",
        "via": "",
        "state": "written",
        "is_reviewed": False,
    }
    assert one.text.body not in json.dumps(found)
    counts = anyone("GET", f"{HERE}/moderation").json()
    assert (counts["published"], counts["merged"]) == (10, 1)
    assert {each["reason"]: each["number"] for each in counts["removed"]}["insult"] == 1


def test_statements_that_wait_are_not_shown(anyone: Program, dialogue: Dialogue, participant: Participant) -> None:
    Dialogue.objects.update(moderation=ModerationTime.BEFORE)
    participant.dialogue.refresh_from_db()
    actions.write_statement(participant, body="Nobody has read this yet", language="en")
    assert b"Nobody has read this yet" not in anyone("GET", f"{HERE}/statements").content
    assert anyone("GET", f"{HERE}/moderation").json()["waiting"] == 1


def test_lists_come_in_pages_that_miss_nothing_and_repeat_nothing(anyone: Program, dialogue: Dialogue) -> None:
    numbers, address, pages = [], f"{HERE}/statements?limit=5", 0
    while address:
        response = anyone("GET", address)
        found = response.json()
        numbers += [one["number"] for one in found["items"]]
        if found["next"]:
            assert response["Link"] == f'<{found["next"]}>; rel="next"'
            # Somebody removes what was seen already: the next page stays where it is.
            dialogue.statements.filter(number=numbers[0]).update(state=StatementState.WAITING)
        else:
            assert "Link" not in response
        address, pages = found["next"], pages + 1
    assert numbers == list(range(1, 13))
    assert pages == 3


@pytest.mark.parametrize("query", ["limit=0", "limit=201", "limit=x", "cursor=nonsense", "cursor=MTI:abc"])
def test_a_wrong_page_is_refused_by_name(anyone: Program, dialogue: Dialogue, query: str) -> None:
    found = is_problem(anyone("GET", f"{HERE}/statements?{query}"), 422, "refused")
    assert found["errors"][0]["where"] == f"query.{query.partition('=')[0]}"


def test_a_cursor_is_good_for_its_own_list_only(anyone: Program, dialogue: Dialogue, northport: City) -> None:
    query = anyone("GET", "/api/v1/cities?limit=1").json()["next"].partition("?")[2]
    is_problem(anyone("GET", f"{HERE}/statements?{query}"), 422, "refused")


def test_what_is_known_already_is_not_sent_again(anyone: Program, dialogue: Dialogue) -> None:
    first = anyone("GET", HERE)
    same = anyone("GET", HERE, If_None_Match=first["ETag"])
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", first["ETag"])
    squeezed = anyone("GET", HERE, Accept_Encoding="gzip")
    assert squeezed["Content-Encoding"] == "gzip"
    assert anyone("GET", HERE, If_None_Match=squeezed["ETag"], Accept_Encoding="gzip").status_code == 304
    Dialogue.objects.update(attribution="Somebody")
    changed = anyone("GET", HERE, If_None_Match=first["ETag"])
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_pages_of_anybody_may_read_what_is_public_and_nothing_else(member: Program, anyone: Program) -> None:
    assert anyone("GET", HERE)["Access-Control-Allow-Origin"] == "*"
    assert anyone("HEAD", HERE).status_code == 200
    own = member("GET", f"{HERE}/participants/me/votes")
    assert "Access-Control-Allow-Origin" not in own
    assert own["Cache-Control"] == "private, no-cache"
    sent = member("PUT", f"{HERE}/statements/1/vote", {"value": 1})
    assert "Access-Control-Allow-Origin" not in sent
    asked = anyone("OPTIONS", f"{HERE}/statements/1/vote", Origin="https://elsewhere.example")
    assert "Access-Control-Allow-Origin" not in asked


def test_results_are_shown_with_what_they_count(anyone: Program, dialogue: Dialogue) -> None:
    is_problem(anyone("GET", f"{HERE}/result"), 404, "not-found")
    people = cast.vote_all(dialogue, 8)
    duties.update_results()
    actions.cast_vote(people[0], dialogue.statements.all()[0], 0)
    found = anyone("GET", f"{HERE}/result").json()
    assert (found["votes"], found["participants"], found["stale"]) == (96, 8, 1)
    assert found["document"]["input"]["votes"] == 96
    assert found["computed_at"]
    is_problem(anyone("GET", f"{HERE}/result?round=2"), 404, "not-found")


def test_results_that_are_not_shown_are_not_there(anyone: Program, dialogue: Dialogue) -> None:
    cast.vote_all(dialogue, 8)
    duties.update_results()
    Dialogue.objects.update(live_results=False)
    assert "closed" in is_problem(anyone("GET", f"{HERE}/result"), 404, "not-found")["detail"]


@pytest.fixture
def published(dialogue: Dialogue, ana: Person) -> Release:
    """A closed dialogue with its release."""
    cast.vote_all(dialogue, 8)
    actions.close_dialogue(ana, dialogue)
    duties.update_results()
    duties.publish_releases()
    return Release.objects.get()


def test_a_release_can_be_had_whole(anyone: Program, published: Release) -> None:
    [found] = anyone("GET", f"{HERE}/releases").json()["items"]
    data = anyone("GET", f"{HERE}/releases/1/1/data")
    assert data["Content-Type"] == "application/zip"
    assert hashlib.sha256(data.content).hexdigest() == found["sha256"] == published.sha256
    assert len(data.content) == found["size"]
    document = anyone("GET", f"{HERE}/releases/1/1/result").json()
    with zipfile.ZipFile(io.BytesIO(data.content)) as archive:
        assert json.loads(archive.read("result.json")) == document
    assert anyone("GET", f"{HERE}/releases/1/1/data", If_None_Match=data["ETag"]).status_code == 304
    is_problem(anyone("GET", f"{HERE}/releases/1/2/data"), 404, "not-found")


def test_answers_stand_there_with_their_promise(anyone: Program, published: Release, bao: Person) -> None:
    dialogue = published.round.dialogue
    Dialogue.objects.filter(pk=dialogue.pk).update(responder=None)
    dialogue = Dialogue.objects.get()
    statement = dialogue.statements.all()[1]
    actions.answer(bao, dialogue, statement, kind="already", body="We do.", language="en", link="https://example.org/")
    [found] = anyone("GET", f"{HERE}/answers").json()["items"]
    assert (found["statement"], found["kind"], found["text"]["text"]) == (statement.number, "already", "We do.")
    assert "answered_by" not in found


def test_every_address_answers_with_problems(anyone: Program, db: None) -> None:
    is_problem(anyone("GET", "/api/v1/nothing/here"), 404, "not-found")
    is_problem(anyone("GET", "/api/v1/"), 404, "not-found")
    response = anyone("DELETE", "/api/v1/cities")
    is_problem(response, 405, "method")
    assert response["Allow"] == "GET"
    is_problem(anyone("GET", "/api/v1/docs"), 404, "not-found")


def test_every_kind_of_problem_is_listed(anyone: Program, db: None) -> None:
    kinds = anyone("GET", "/api/v1/problems").json()
    assert {"type": "/api/v1/problems#closed", "title": "Closed", "status": 409} in kinds


def test_our_own_mistakes_tell_nothing_of_the_inside(
    anyone: Program, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_more: object) -> None:
        raise RuntimeError("pomegranate")

    monkeypatch.setattr("intercity.dialogues.api.reading.public_dialogue", broken)
    response = anyone("GET", HERE)
    is_problem(response, 500, "ours")
    assert b"pomegranate" not in response.content


def test_no_cookie_is_set_and_no_session_begun(member: Program, dialogue: Dialogue) -> None:
    response = member("PUT", f"{HERE}/statements/1/vote", {"value": 1})
    assert not response.cookies
    assert response["Cache-Control"] == "no-store"
