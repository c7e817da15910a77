"""Taking part on the web, as somebody with a browser and without scripts does it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from intercity.accounts.models import Person
from intercity.dialogues import actions, routing
from intercity.dialogues.models import Dialogue, Exposure, Participant, Subscription, Vote

FETCH: dict[str, Any] = {"HTTP_X_REQUESTED_WITH": "fetch"}
HERE = "/dialogues/water/"


@pytest.fixture(autouse=True)
def _anew() -> None:
    routing.forget_rounds()


@pytest.fixture
def browser(dialogue: Dialogue, client: Any) -> Any:
    """A browser that has joined by one tap."""
    client.post(f"{HERE}join/")
    return client


def another() -> Any:
    """A browser of somebody else."""
    return Client()


def shown_in(page: Any) -> int:
    """The number of the statement that a page shows."""
    found = re.search(r'name="statement" value="(\d+)"', page.content.decode())
    assert found
    return int(found.group(1))


def vote(browser: Any, value: str = "agree", **more: str) -> Any:
    """Vote on what is shown."""
    number = shown_in(browser.get(f"{HERE}vote/"))
    return browser.post(f"{HERE}vote/", {"statement": number, "value": value, **more})


def test_one_tap_and_a_vote(dialogue: Dialogue, client: Any) -> None:
    page = client.post(f"{HERE}join/", follow=True)
    assert page.redirect_chain == [(f"{HERE}vote/", 302)]
    assert "Idea number" in page.content.decode()
    answer = client.post(f"{HERE}vote/", {"statement": shown_in(page), "value": "disagree", "important": "on"})
    assert answer.url == f"{HERE}vote/"
    said = Vote.objects.get()
    assert (said.value, said.is_important) == (-1, True)
    assert Exposure.objects.filter(statement=said.statement).exists()


def test_the_cookie_is_closed_to_scripts_and_to_other_pages(dialogue: Dialogue, client: Any) -> None:
    response = client.post(f"{HERE}join/")
    cookie = response.cookies[f"participant-{dialogue.pk}"]
    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["max-age"]) == ("Lax", HERE, 180 * 86400)
    assert not cookie["secure"]
    assert "sessionid" not in response.cookies


def test_the_cookie_is_secure_behind_tls(dialogue: Dialogue, client: Any, settings: Any) -> None:
    settings.HTTPS = True
    assert client.post(f"{HERE}join/").cookies[f"participant-{dialogue.pk}"]["secure"]


def test_a_made_up_cookie_is_nobody(dialogue: Dialogue, participant: Participant, client: Any) -> None:
    for value in (str(participant.pk), f"{participant.pk}:made:up", ""):
        client.cookies[f"participant-{dialogue.pk}"] = value
        assert client.get(f"{HERE}vote/").url == f"{HERE}join/"


def test_a_cookie_of_another_dialogue_is_nobody_here(
    browser: Any, dialogue: Dialogue, ana: Person, northport: Any
) -> None:
    other = actions.prepare_dialogue(ana, slug="roads", question="?", background="", language="en")
    browser.cookies[f"participant-{other.pk}"] = browser.cookies[f"participant-{dialogue.pk}"].value
    del browser.cookies[f"participant-{dialogue.pk}"]
    assert browser.get(f"{HERE}vote/").url == f"{HERE}join/"


def test_joining_again_makes_no_second_participant(browser: Any) -> None:
    assert browser.post(f"{HERE}join/").url == f"{HERE}vote/"
    assert Participant.objects.count() == 1


def test_the_code_is_shown_until_it_is_noted_and_leads_back(browser: Any) -> None:
    page = browser.get(f"{HERE}vote/").content.decode()
    found = re.search(r'class="code">([0-9A-Z]{5}-[0-9A-Z]{5})<', page)
    assert found
    code = found.group(1)
    assert code in browser.get(f"{HERE}joined/").content.decode()
    vote(browser)
    browser.post(f"{HERE}joined/")
    assert code not in browser.get(f"{HERE}vote/").content.decode()
    other = another()
    assert other.post(f"{HERE}back/", {"code": code.lower().replace("-", " ")}).url == f"{HERE}vote/"
    vote(other)
    assert Vote.objects.values("participant").distinct().count() == 1
    assert Vote.objects.count() == 2


def test_a_wrong_code_is_refused_kept_and_limited(dialogue: Dialogue, client: Any) -> None:
    for _ in range(10):
        page = client.post(f"{HERE}back/", {"code": "WRONG-CODES"})
        assert page.status_code == 422
        assert "WRONG-CODES" in page.content.decode()
    page = client.post(f"{HERE}back/", {"code": actions.join(dialogue)[1]})
    assert page.status_code == 429
    assert int(page.headers["Retry-After"]) > 0
    assert "10 times in 10 minutes" in page.content.decode()


def test_something_about_oneself_is_voluntary_and_can_be_changed(ana: Person, dialogue: Dialogue, client: Any) -> None:
    actions.edit_dialogue(ana, dialogue, asks_age=True)
    page = client.get(f"{HERE}join/").content.decode()
    assert "rather not say" in page
    assert "Gender" not in page
    city = dialogue.cities.get(slug="eastbay")
    client.post(f"{HERE}join/", {"city": city.pk, "age_band": "30-44", "gender": "woman"})
    someone = Participant.objects.get()
    assert (someone.city, someone.age_band, someone.gender) == (city, "30-44", "")
    client.post(f"{HERE}me/", {"city": "", "age_band": ""})
    someone.refresh_from_db()
    assert (someone.city, someone.age_band) == (None, "")
    assert client.post(f"{HERE}me/", {"age_band": "made up"}).status_code == 422


def test_invitations_let_in_and_guesses_are_limited(ana: Person, dialogue: Dialogue, client: Any) -> None:
    actions.edit_dialogue(ana, dialogue, admission="invitation")
    city = dialogue.cities.get(slug="eastbay")
    (code,) = actions.invite(ana, dialogue, city=city, number=1, most_uses=1)
    assert code in client.get(f"{HERE}join/?code={code}").content.decode()
    refused = client.post(f"{HERE}join/", {"invitation": "WRONG-CODES"})
    assert refused.status_code == 422
    assert "WRONG-CODES" in refused.content.decode()
    assert client.post(f"{HERE}join/").status_code == 422
    assert client.post(f"{HERE}join/", {"invitation": code}).url == f"{HERE}vote/"
    assert Participant.objects.get().city == city
    other = another()
    assert other.post(f"{HERE}join/", {"invitation": code}).status_code == 422, "it was for one"
    for _ in range(8):
        other.post(f"{HERE}join/", {"invitation": "WRONG-CODES"})
    (good,) = actions.invite(ana, dialogue, city=city, number=1, most_uses=1)
    assert other.post(f"{HERE}join/", {"invitation": good}).status_code == 429
    assert Participant.objects.count() == 1


def test_only_members_where_only_members_are_asked(
    ana: Person, bao: Person, cem: Person, dialogue: Dialogue, client: Any
) -> None:
    actions.edit_dialogue(ana, dialogue, admission="members")
    assert "/accounts/login/" in client.get(f"{HERE}join/").content.decode()
    assert client.post(f"{HERE}join/").status_code == 403
    client.force_login(cem)
    assert client.post(f"{HERE}join/").status_code == 403
    client.force_login(bao)
    assert client.post(f"{HERE}join/").url == f"{HERE}vote/"


def test_joining_is_limited_by_address(dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    from intercity.accounts import limits

    monkeypatch.setitem(limits.LIMITS, "join", limits.Limit(2, 3600, "Joining"))
    assert [another().post(f"{HERE}join/").status_code for _ in range(3)] == [302, 302, 429]
    assert Participant.objects.count() == 2


def test_drafts_are_nowhere(ana: Person, dialogue: Dialogue, client: Any) -> None:
    actions.prepare_dialogue(ana, slug="draft", question="?", background="", language="en")
    for page in ("join", "vote", "write", "tell-me", "back", "leave"):
        assert client.get(f"/dialogues/draft/{page}/").status_code == 404


def test_a_script_gets_the_statement_only(browser: Any) -> None:
    number = shown_in(browser.get(f"{HERE}vote/"))
    answer = browser.post(f"{HERE}vote/", {"statement": number, "value": "pass", "key": "k1"}, **FETCH)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.lstrip().startswith('<section id="statement"')
    assert "<html" not in text
    assert shown_in(answer) != number
    browser.post(f"{HERE}vote/", {"statement": number, "value": "agree", "key": "k1"}, **FETCH)
    assert Vote.objects.get().value == 0, "the same key counts once"


@pytest.mark.parametrize(
    "sent",
    [
        {"value": "maybe"},
        {},
        {"value": "agree", "statement": "999"},
        {"value": "agree", "statement": "x"},
        {"value": "agree", "statement": "9" * 40},
        {"value": "agree", "key": "k" * 65},
    ],
)
@pytest.mark.parametrize("headers", [{}, FETCH])
def test_what_is_no_vote_is_answered_with_the_reason(
    browser: Any, sent: dict[str, str], headers: dict[str, Any]
) -> None:
    number = shown_in(browser.get(f"{HERE}vote/"))
    answer = browser.post(f"{HERE}vote/", {"statement": str(number), **sent}, **headers)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert shown_in(answer) == number
    assert not Vote.objects.exists()


def test_a_statement_that_was_removed_meanwhile(browser: Any, ana: Person, dialogue: Dialogue) -> None:
    number = shown_in(browser.get(f"{HERE}vote/"))
    actions.remove(ana, dialogue, [dialogue.statements.get(number=number)], reason="unclear")
    routing.forget_rounds()
    answer = browser.post(f"{HERE}vote/", {"statement": number, "value": "agree"})
    assert answer.status_code == 422
    assert shown_in(answer) != number
    assert not Vote.objects.exists()


def test_a_closed_dialogue_leads_to_results(browser: Any, ana: Person, dialogue: Dialogue) -> None:
    number = shown_in(browser.get(f"{HERE}vote/"))
    actions.close_dialogue(ana, dialogue)
    sent = {"statement": number, "value": "agree"}
    assert browser.post(f"{HERE}vote/", sent, **FETCH).status_code == 409
    answer = browser.post(f"{HERE}vote/", sent, follow=True)
    assert answer.redirect_chain[0][0] == f"{HERE}results/"
    assert "closed" in answer.content.decode()
    for page in ("join", "vote", "write", "mine", "pause", "back", "me"):
        assert browser.get(f"{HERE}{page}/").url == f"{HERE}results/"
    assert not Vote.objects.exists()


def test_after_ten_votes_a_pause_and_at_the_end_thanks(browser: Any) -> None:
    answers = [vote(browser).url for _ in range(12)]
    assert answers == [*[f"{HERE}vote/"] * 9, f"{HERE}pause/", *[f"{HERE}vote/"] * 2]
    page = browser.get(f"{HERE}pause/").content.decode()
    assert "12 votes" in page
    end = browser.get(f"{HERE}vote/").content.decode()
    assert "That was everything" in end
    for address in ("write", "results", "tell-me"):
        assert f"{HERE}{address}/" in end


def test_a_script_is_led_to_the_pause(browser: Any) -> None:
    for number in range(1, 10):
        browser.post(f"{HERE}vote/", {"statement": number, "value": "agree"}, **FETCH)
    answer = browser.post(f"{HERE}vote/", {"statement": 10, "value": "agree"}, **FETCH)
    assert answer.url == f"{HERE}pause/"


def test_the_last_vote_is_undone_and_its_statement_shown_again(browser: Any) -> None:
    vote(browser)
    first = Vote.objects.get().statement.number
    shown_in(browser.get(f"{HERE}vote/"))
    answer = browser.post(f"{HERE}undo/", follow=True)
    assert shown_in(answer) == first
    assert Vote.objects.get().value is None
    assert browser.post(f"{HERE}undo/").url == f"{HERE}vote/", "nothing left to undo is no error"


def test_earlier_votes_can_be_changed_and_taken_back(browser: Any) -> None:
    vote(browser)
    number = Vote.objects.get().statement.number
    assert f'value="{number}"' in browser.get(f"{HERE}mine/").content.decode()
    sent = {"statement": number, "value": "disagree", "then": "my_votes"}
    assert browser.post(f"{HERE}vote/", sent).url == f"{HERE}mine/"
    assert Vote.objects.get().value == -1
    assert browser.post(f"{HERE}undo/", {"statement": number, "then": "my_votes"}).url == f"{HERE}mine/"
    assert Vote.objects.get().value is None
    assert "You have not voted yet" in browser.get(f"{HERE}mine/").content.decode()


def test_nobody_changes_or_sees_the_votes_of_another(browser: Any) -> None:
    vote(browser)
    number = Vote.objects.get().statement.number
    other = another()
    other.post(f"{HERE}join/")
    other.post(f"{HERE}undo/", {"statement": number})
    assert Vote.objects.get().value == 1
    assert "You agreed" not in other.get(f"{HERE}mine/").content.decode()


def test_an_own_statement_is_added(browser: Any, dialogue: Dialogue) -> None:
    answer = browser.post(f"{HERE}write/", {"body": "Plant trees along every street", "language": "en"})
    assert answer.url == f"{HERE}vote/"
    assert dialogue.statements.get(number=13).text.body == "Plant trees along every street"
    assert Vote.objects.get().value == 1
    assert "Plant trees" in browser.get(f"{HERE}mine/").content.decode()


def test_what_looks_alike_is_shown_first_and_nothing_is_lost(browser: Any, dialogue: Dialogue) -> None:
    typed = {"body": "Idea number 3 is very good.", "language": "en"}
    page = browser.post(f"{HERE}write/", typed)
    text = page.content.decode()
    assert page.status_code == 200
    assert "0 people have voted on it" in text
    assert typed["body"] in text
    assert dialogue.statements.count() == 12
    text = browser.post(f"{HERE}write/", {**typed, "vote": "3:disagree"}).content.decode()
    assert Vote.objects.get().value == -1
    assert typed["body"] in text
    browser.post(f"{HERE}write/", {**typed, "different": "yes"})
    assert dialogue.statements.get(number=13).text.body == typed["body"]


@pytest.mark.parametrize("sent", ["3:maybe", "999:agree", "x", ":agree", "3:"])
def test_a_vote_that_cannot_be_read_keeps_what_was_typed(browser: Any, sent: str) -> None:
    typed = {"body": "Idea number 3 is very good.", "language": "en", "vote": sent}
    page = browser.post(f"{HERE}write/", typed)
    assert page.status_code == 422
    assert typed["body"] in page.content.decode()
    assert not Vote.objects.exists()


@pytest.mark.parametrize(("body", "reason"), [("", "required"), ("Hm", "2 characters"), ("x" * 201, "201 characters")])
def test_what_cannot_be_added_is_shown_again_with_the_reason(browser: Any, body: str, reason: str) -> None:
    page = browser.post(f"{HERE}write/", {"body": body, "language": "en"})
    assert page.status_code == 422
    assert reason in page.content.decode()
    assert body in page.content.decode()


def test_words_are_escaped_and_carry_their_language(browser: Any, dialogue: Dialogue) -> None:
    browser.post(f"{HERE}write/", {"body": "<script>alert(1)</script> ស្អាត", "language": "km", "different": "yes"})
    page = browser.get(f"{HERE}mine/").content.decode()
    assert "<script>alert" not in page
    assert 'lang="km" dir="auto">&lt;script&gt;' in page


def test_the_next_person_on_a_helpers_device(browser: Any, dialogue: Dialogue) -> None:
    vote(browser)
    assert "Forget me" in browser.get(f"{HERE}leave/").content.decode()
    page = browser.post(f"{HERE}leave/", follow=True).content.decode()
    assert "Next person on this device" in page
    assert browser.get(f"{HERE}vote/").url == f"{HERE}join/"
    browser.post(f"{HERE}join/", {"helper": "1"})
    vote(browser)
    channels = Participant.objects.order_by("pk").values_list("channel", flat=True)
    assert list(channels) == ["web", "helper"]
    assert Vote.objects.values("participant").distinct().count() == 2


def test_being_told_leads_to_no_participant_and_ends_without_signing_in(browser: Any) -> None:
    answer = browser.post(f"{HERE}tell-me/", {"email": "dara@example.org"})
    assert Subscription.objects.get().email == "dara@example.org"
    stranger = another()
    page = stranger.get(answer.url)
    assert Subscription.objects.exists(), "programs that follow links end nothing"
    assert "Delete my address" in page.content.decode()
    assert "deleted" in stranger.post(answer.url).content.decode()
    assert not Subscription.objects.exists()
    assert "no address under this code" in stranger.post(answer.url).content.decode()


@pytest.mark.parametrize("typed", [{}, {"email": "no address"}, {"phone": "call me"}])
def test_an_address_that_is_none_is_shown_again(dialogue: Dialogue, client: Any, typed: dict[str, str]) -> None:
    page = client.post(f"{HERE}tell-me/", typed)
    assert page.status_code == 422
    assert all(value in page.content.decode() for value in typed.values())
    assert not Subscription.objects.exists()


def test_subscribing_is_limited(dialogue: Dialogue, client: Any) -> None:
    status = [client.post(f"{HERE}tell-me/", {"phone": "+855 12 345 678"}).status_code for _ in range(11)]
    assert status == [302] * 10 + [429]


def test_no_vote_without_the_token_of_the_form(dialogue: Dialogue) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(f"{HERE}join/").status_code == 403
    assert not Participant.objects.exists()


def test_a_banned_participant_is_told(browser: Any, ana: Person, dialogue: Dialogue) -> None:
    actions.ban(ana, Participant.objects.get(), reason="insult")
    answer = vote(browser)
    assert answer.status_code == 422
    assert "excluded" in answer.content.decode()
