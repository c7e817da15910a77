"""Another program takes part: joining, voting, writing, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest
from tests import cast
from tests.program import HERE, Program, is_problem

from intercity.accounts import limits
from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.dialogues import actions
from intercity.dialogues.models import (
    Admission,
    Channel,
    Dialogue,
    Exposure,
    Participant,
    Reason,
    Vote,
)


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


def test_from_joining_to_the_last_vote(member: Program, dialogue: Dialogue) -> None:
    for left in range(12, 0, -1):
        found = member("GET", f"{HERE}/participants/me/next").json()
        assert found["remaining"] == left
        again = member("GET", f"{HERE}/participants/me/next").json()
        assert again["statement"] == found["statement"]
        number = found["statement"]["number"]
        voted = member("PUT", f"{HERE}/statements/{number}/vote", {"value": -1, "is_important": True})
        assert voted.json() == {"statement": number, "value": -1, "is_important": True}
    assert member("GET", f"{HERE}/participants/me/next").json()["statement"] is None
    assert len(member("GET", f"{HERE}/participants/me/votes").json()["items"]) == 12
    assert Exposure.objects.count() == 12
    assert Participant.objects.get().channel == Channel.API


def test_a_vote_sent_twice_counts_once(member: Program, dialogue: Dialogue) -> None:
    address = f"{HERE}/statements/3/vote"
    member("PUT", address, {"value": 1}, Idempotency_Key="a")
    member("PUT", address, {"value": -1}, Idempotency_Key="b")
    version = dialogue.rounds.get().votes_version
    late = member("PUT", address, {"value": 1}, Idempotency_Key="a")
    assert late.json()["value"] == -1
    assert dialogue.rounds.get().votes_version == version
    is_problem(member("PUT", f"{HERE}/statements/4/vote", {"value": 1}, Idempotency_Key="a"), 422, "refused")
    is_problem(member("PUT", address, {"value": 1}, Idempotency_Key="x" * 65), 422, "refused")


def test_a_vote_can_be_taken_back_more_than_once(member: Program, dialogue: Dialogue) -> None:
    address = f"{HERE}/statements/3/vote"
    member("PUT", address, {"value": 1})
    assert [member("DELETE", address).status_code for _time in range(2)] == [204, 204]
    assert Vote.objects.get().value is None
    assert member("GET", f"{HERE}/participants/me/votes").json()["items"] == []


@pytest.mark.parametrize("body", [{"value": 2}, {"value": None}, {}, {"value": 1, "weight": 5}, [], "1"])
def test_a_vote_that_is_none_is_refused(member: Program, body: Any) -> None:
    found = is_problem(member("PUT", f"{HERE}/statements/3/vote", body), 422, "refused")
    assert found["errors"][0]["where"].startswith("body")
    assert not Vote.objects.exists()


def test_a_body_that_cannot_be_read_is_refused(member: Program) -> None:
    response = member.client.put(
        f"{HERE}/statements/3/vote", "{", content_type="application/json", headers=member.headers
    )
    is_problem(response, 400, "unreadable")


def test_only_what_is_there_can_be_voted_on(member: Program, dialogue: Dialogue, bao: Person) -> None:
    is_problem(member("PUT", f"{HERE}/statements/99/vote", {"value": 1}), 404, "not-found")
    actions.remove(bao, dialogue, [dialogue.statements.all()[0]], reason=Reason.INSULT)
    is_problem(member("PUT", f"{HERE}/statements/1/vote", {"value": 1}), 422, "refused")


def test_writing(member: Program, dialogue: Dialogue) -> None:
    response = member("POST", f"{HERE}/statements", {"text": "Plant trees along the river", "language": "en"})
    assert response.status_code == 201
    assert (response.json()["number"], response.json()["state"]) == (13, "published")
    short = is_problem(member("POST", f"{HERE}/statements", {"text": "No", "language": "en"}), 422, "refused")
    assert short["errors"][0]["where"] == "body.text"
    other = {"text": "Planter des arbres", "language": "fr"}
    assert is_problem(member("POST", f"{HERE}/statements", other), 422, "refused")["errors"][0]["where"] == (
        "body.language"
    )


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "participants/me/next", None),
        ("GET", "participants/me/votes", None),
        ("PUT", "statements/1/vote", {"value": 1}),
        ("DELETE", "statements/1/vote", None),
        ("POST", "statements", {"text": "Something new", "language": "en"}),
    ],
)
def test_taking_part_needs_a_token_of_this_dialogue(
    dialogue: Dialogue, ana: Person, northport: City, method: str, path: str, body: Any
) -> None:
    for token in ("", "made-up", "MQ:1tXXXX:made-up"):
        response = Program(token)(method, f"{HERE}/{path}", body)
        is_problem(response, 401, "token")
        assert response["WWW-Authenticate"] == "Bearer"
    signed_in = Program()
    signed_in.client.force_login(ana)
    is_problem(signed_in(method, f"{HERE}/{path}", body), 401, "token")
    other = cast.open_dialogue(ana, northport, slug="roads")
    token = Program()("POST", f"/api/v1/dialogues/{other.slug}/participants", {}).json()["token"]
    is_problem(Program(token)(method, f"{HERE}/{path}", body), 403, "not-allowed")
    assert not Vote.objects.exists()


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "participants", {}),
        ("GET", "participants/me/next", None),
        ("PUT", "statements/1/vote", {"value": 1}),
        ("POST", "statements", {"text": "Something new", "language": "en"}),
        ("DELETE", "statements/1/vote", None),
    ],
)
def test_a_closed_dialogue_takes_nothing(
    member: Program, dialogue: Dialogue, ana: Person, method: str, path: str, body: Any
) -> None:
    member("PUT", f"{HERE}/statements/1/vote", {"value": -1})
    actions.close_dialogue(ana, dialogue)
    is_problem(member(method, f"{HERE}/{path}", body), 409, "closed")
    assert Vote.objects.get().value == -1


def test_joining_says_who_is_admitted(anyone: Program, dialogue: Dialogue, ana: Person, northport: City) -> None:
    Dialogue.objects.update(admission=Admission.INVITATION)
    found = is_problem(anyone("POST", f"{HERE}/participants", {}), 422, "refused")
    assert found["errors"][0]["where"] == "body.invitation_code"
    [code] = actions.invite(ana, dialogue, city=northport, number=1, most_uses=1)
    assert anyone("POST", f"{HERE}/participants", {"invitation_code": code}).status_code == 201
    assert Participant.objects.get().city == northport
    is_problem(anyone("POST", f"{HERE}/participants", {"invitation_code": code}), 422, "refused")
    Dialogue.objects.update(admission=Admission.MEMBERS)
    is_problem(anyone("POST", f"{HERE}/participants", {}), 403, "not-allowed")


def test_what_one_says_of_oneself_is_kept_only_if_it_is_asked_for(anyone: Program, dialogue: Dialogue) -> None:
    about = {"city": "eastbay", "age_band": "18-29", "gender": "other", "language": "km"}
    assert anyone("POST", f"{HERE}/participants", about).status_code == 201
    someone = Participant.objects.get()
    assert someone.city is not None
    assert (someone.city.slug, someone.age_band, someone.gender, someone.language) == ("eastbay", "", "", "km")
    wrong = is_problem(anyone("POST", f"{HERE}/participants", {"city": "atlantis"}), 422, "refused")
    assert wrong["errors"][0]["where"] == "body.city"


def test_the_code_brings_somebody_back(anyone: Program, dialogue: Dialogue) -> None:
    code = anyone("POST", f"{HERE}/participants", {}).json()["return_code"]
    token = anyone("POST", f"{HERE}/tokens", {"return_code": code.lower()}).json()["token"]
    Program(token)("PUT", f"{HERE}/statements/1/vote", {"value": 1})
    assert Vote.objects.get().participant == Participant.objects.get()


def test_guessing_codes_ends(anyone: Program, dialogue: Dialogue) -> None:
    most = limits.LIMITS["code"].most
    for _time in range(most):
        is_problem(anyone("POST", f"{HERE}/tokens", {"return_code": "AAAAA"}), 422, "refused")
    response = anyone("POST", f"{HERE}/tokens", {"return_code": "AAAAA"})
    is_problem(response, 429, "too-often")
    assert int(response["Retry-After"]) > 0
    is_problem(anyone("POST", f"{HERE}/participants", {"invitation_code": "AAAAA"}), 429, "too-often")


def test_joining_is_limited(anyone: Program, dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "join", limits.Limit(2, 3600, "Joining"))
    answers = [anyone("POST", f"{HERE}/participants", {}).status_code for _time in range(3)]
    assert answers == [201, 201, 429]
