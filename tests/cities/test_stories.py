"""Stories: nothing without consent, nothing after it was taken back, and no more than is allowed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from tests.cities.test_rights import STORY
from tests.program import Program

from intercity.accounts.codes import hashed, shown
from intercity.accounts.limits import LIMITS
from intercity.accounts.models import Person
from intercity.cities import actions, duties
from intercity.cities.models import City, Story, StoryState
from intercity.cities.views.stories import media_source
from intercity.languages.models import Passage, Translation
from intercity.refusals import RefusedError

HERE, KEY = "192.0.2.1", "a key that a form was given"
RECORDING: dict[str, Any] = {"audio": "https://example.org/a.ogg", "audio_language": "km", "audio_kilobytes": 900}


@pytest.fixture
def told(bao: Person, northport: City) -> tuple[Story, str]:
    """A story that an officer wrote down, with its code."""
    return actions.write_story(bao, city=northport, consent="On paper, 3 May 2026", **STORY, **RECORDING)


@pytest.fixture
def waiting(northport: City) -> tuple[Story, str]:
    """A story that somebody sent in, with its code."""
    return actions.send_story(city=northport, has_consent=True, address=HERE, **STORY)


def test_without_consent_nothing_is_kept_and_nothing_shown(bao: Person, northport: City) -> None:
    with pytest.raises(RefusedError, match="consent") as refusal:
        actions.write_story(bao, city=northport, consent="  ", **STORY)
    assert refusal.value.field == "consent"
    with pytest.raises(RefusedError, match="Without this"):
        actions.send_story(city=northport, has_consent=False, address=HERE, **STORY)
    assert not Story.objects.exists()


def test_the_database_itself_shows_none_without_consent(
    client: Client, bao: Person, waiting: tuple[Story, str]
) -> None:
    Story.objects.update(consent="")
    with pytest.raises(RefusedError, match="consent"):
        actions.show_story(bao, waiting[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.update(state=StoryState.SHOWN)


def test_what_is_said_yes_to_is_kept_in_the_words_that_were_read(northport: City, waiting: tuple[Story, str]) -> None:
    assert "until I take it back" in waiting[0].consent
    assert waiting[0].consent_language == "en"


def test_what_was_sent_in_waits_until_the_city_shows_it(
    client: Client, bao: Person, cem: Person, waiting: tuple[Story, str]
) -> None:
    address = f"/stories/{waiting[0].pk}/"
    duties.index_stories()
    assert not Passage.objects.exists()
    for person in (None, cem):
        if person:
            client.force_login(person)
        assert client.get(address).status_code == 404
        assert "The flood" not in client.get("/stories/").content.decode()
        assert client.post(f"{address}decide/", {"what": "show"}).status_code in {302, 403}
    assert Program()("GET", "/api/v1/stories").json()["items"] == []
    assert Program()("GET", f"/api/v1/stories/{waiting[0].pk}").status_code == 404
    client.force_login(bao)
    assert "Waiting for you" in client.get("/stories/").content.decode()
    assert "1 waits" in client.get("/cities/northport/").content.decode()
    client.post(f"{address}decide/", {"what": "show"})
    client.logout()
    said = client.get(address).content.decode()
    assert "carried rice" in said
    assert "Fishers of the north bank" in said
    assert "until I take it back (" not in said  # how consent was given is for the office
    duties.index_stories()
    assert Passage.objects.filter(findable__address=address, body__contains="rice").exists()
    assert Program()("GET", "/api/v1/stories?city=northport").json()["items"][0]["community"] == STORY["community"]
    client.force_login(bao)
    client.post(f"{address}decide/", {"what": "hide"})
    client.logout()
    assert client.get(address).status_code == 404
    duties.index_stories()
    assert not Passage.objects.exists()


@pytest.mark.parametrize("by", ["code", "office"])
def test_what_is_taken_back_leaves_no_words(client: Client, bao: Person, told: tuple[Story, str], by: str) -> None:
    story, code = told
    duties.index_stories()
    Translation.objects.create(text=story.text, text_version=1, language="km", body="ទឹកជំនន់", engine="x")
    if by == "code":
        actions.withdraw_story_by_code(f" {shown(code).lower()} ", address=HERE)
    else:
        actions.withdraw_story(bao, story)
    duties.index_stories()
    kept = Story.objects.get()
    assert kept.state == StoryState.WITHDRAWN
    assert not any((kept.title.body, kept.text.body, kept.text.typed, kept.community, kept.teller, kept.consent))
    assert not any((kept.audio, kept.audio_language, kept.audio_kilobytes, kept.code_hash))
    assert not Translation.objects.exists()
    assert not Passage.objects.exists()
    answer = client.get(f"/stories/{story.pk}/")
    assert answer.status_code == 410
    assert "rice" not in answer.content.decode()
    assert "media-src" not in answer.headers["Content-Security-Policy"]
    for act in (actions.show_story, actions.hide_story, actions.withdraw_story, actions.renew_story_code):
        with pytest.raises(RefusedError, match="taken back"):
            act(bao, story)


def test_a_code_is_not_kept_and_a_new_one_ends_the_old(bao: Person, told: tuple[Story, str]) -> None:
    story, code = told
    assert code not in str(Story.objects.values().get())
    assert story.code_hash == hashed(code, "story")
    _story, new = actions.renew_story_code(bao, story)
    with pytest.raises(RefusedError, match="No story has this code"):
        actions.withdraw_story_by_code(code, address=HERE)
    assert actions.withdraw_story_by_code(new, address=HERE).pk == story.pk


def test_codes_cannot_be_guessed_on_and_on(client: Client, told: tuple[Story, str]) -> None:
    for _number in range(LIMITS["code"].most):
        assert client.post("/stories/take-back/", {"code": "AAAAA-AAAAA"}).status_code == 422
    assert client.post("/stories/take-back/", {"code": told[1]}).status_code == 429
    assert Story.objects.shown().exists()
    assert client.post("/stories/take-back/", {"code": "--"}, REMOTE_ADDR="192.0.2.77").status_code == 422
    done = client.post("/stories/take-back/", {"code": told[1]}, REMOTE_ADDR="192.0.2.77", follow=True)
    assert "was taken back" in done.content.decode()


def test_a_form_that_is_sent_twice_is_one_story_with_one_code(northport: City) -> None:
    first = actions.send_story(city=northport, has_consent=True, address=HERE, key=KEY, **STORY)
    again = actions.send_story(city=northport, has_consent=True, address=HERE, key=KEY, **STORY)
    assert first == again
    assert Story.objects.count() == 1
    other = actions.send_story(city=northport, has_consent=True, address=HERE, key="short", **STORY)
    assert other[1] != first[1]
    assert Story.objects.count() == 2


def test_so_many_in_an_hour_and_no_more_and_nothing_typed_is_lost(client: Client, northport: City) -> None:
    for _number in range(LIMITS["story"].most):
        actions.send_story(city=northport, has_consent=True, address="127.0.0.1", **STORY)
    answer = client.post("/stories/new/", typed(northport))
    assert answer.status_code == 429
    assert "carried rice" in answer.content.decode()
    assert Story.objects.count() == LIMITS["story"].most


def typed(city: City, **more: str) -> dict[str, Any]:
    """What a resident types."""
    return {
        "city": city.pk, "title": "The flood", "text": "My grandmother carried rice over the roof.", "language": "en",
        "community": "Fishers", "licence": "CC-BY-4.0", "has_consent": "on", **more,
    }  # fmt: skip


def test_a_resident_sends_in_and_gets_a_code_for_an_hour(client: Client, northport: City) -> None:
    assert "until I take it back" in client.get("/stories/new/?city=northport").content.decode()
    without = client.post("/stories/new/", {**typed(northport), "has_consent": ""})
    assert without.status_code == 422
    assert "carried rice" in without.content.decode()
    answer = client.post("/stories/new/", typed(northport), follow=True)
    said = answer.content.decode()
    code = said.partition('<p class="code" dir="ltr">')[2].partition("<")[0]
    assert len(code) == 11
    assert answer.headers["Cache-Control"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert code in client.get("/stories/code/").content.decode()
    client.post("/stories/code/")
    assert client.get("/stories/code/").status_code == 302
    assert Story.objects.get().state == StoryState.WAITING
    client.post("/stories/take-back/", {"code": code})
    assert Story.objects.get().state == StoryState.WITHDRAWN


def test_an_officer_writes_for_a_teller_and_everybody_reads_it(client: Client, bao: Person, northport: City) -> None:
    client.force_login(bao)
    form = client.get("/stories/new/").content.decode()
    assert 'name="consent"' in form
    assert 'name="has_consent"' not in form
    assert client.post("/stories/new/", typed(northport)).status_code == 422
    answer = client.post("/stories/new/", typed(northport, consent="In person, 3 May 2026"), follow=True)
    assert "Give it to whoever told the story" in answer.content.decode()
    client.logout()
    assert "The flood" in client.get("/stories/?city=northport").content.decode()
    assert client.get("/stories/?city=nowhere").status_code == 404
    client.force_login(bao)
    again = client.post(f"/stories/{Story.objects.get().pk}/decide/", {"what": "code"}, follow=True)
    assert 'class="code"' in again.content.decode()
    assert client.post(f"/stories/{Story.objects.get().pk}/decide/", {"what": "x"}).status_code == 404


def test_words_of_people_are_escaped_and_have_their_language(client: Client, bao: Person, northport: City) -> None:
    evil = "<script>alert(1)</script>"
    story, _code = actions.write_story(
        bao, city=northport, title=("km", f"ទឹក {evil}"), text=("km", evil), community=evil, teller=evil, consent=evil,
    )  # fmt: skip
    for person in (None, bao):
        if person:
            client.force_login(person)
        for address in ("/stories/", f"/stories/{story.pk}/"):
            said = client.get(address).content.decode()
            assert evil not in said
            assert "&lt;script&gt;" in said
            assert 'lang="km" dir="auto"' in said


def test_a_recording_plays_only_from_its_own_address(client: Client, told: tuple[Story, str]) -> None:
    answer = client.get(f"/stories/{told[0].pk}/")
    said = answer.content.decode()
    assert '<audio controls preload="none" src="https://example.org/a.ogg">' in said
    assert "900 KB" in said
    assert answer.headers["Content-Security-Policy"].endswith("; media-src https://example.org/a.ogg")
    assert "media-src" not in client.get("/stories/").headers["Content-Security-Policy"]
    Story.objects.update(audio="http://example.org/a.ogg")
    answer = client.get(f"/stories/{told[0].pk}/")
    assert "<audio" not in answer.content.decode()
    assert 'href="http://example.org/a.ogg"' in answer.content.decode()
    assert "media-src" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("address", "source"),
    [
        ("https://example.org/a/b.ogg?x=1#t", "https://example.org/a/b.ogg"),
        ("https://Example.org:8443/a.ogg", "https://example.org:8443/a.ogg"),
        ("https://example.org/a;script-src *", "https://example.org/a%3Bscript-src%20%2A"),
        ("https://example.org/a,b\n.ogg", "https://example.org/a%2Cb.ogg"),
        ("https://a@example.org/x", ""),
        ("https://exa mple.org/x", ""),
        ("https://*.org/x", ""),
        ("https://example.org:99999/x", ""),
        ("http://example.org/x", ""),
        ("javascript:alert(1)", ""),
        ("", ""),
    ],
)
def test_no_address_says_anything_else_to_the_browser(address: str, source: str) -> None:
    assert media_source(address) == source


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ("en", " ")}, "title"),
        ({"title": ("en", "x" * 151)}, "title"),
        ({"text": ("en", "x" * 10_001)}, "text"),
        ({"text": ("nonsense!", "x")}, "language"),
        ({"community": ""}, "community"),
        ({"audio": "https://example.org/a.ogg"}, "audio_language"),
        ({"audio": "ftp://example.org/a.ogg", "audio_language": "km"}, "audio"),
        ({"audio_language": "km"}, "audio"),
        ({"audio_kilobytes": -1, **{"audio": "https://e.org/a", "audio_language": "km"}}, "audio_kilobytes"),
    ],
)
def test_what_is_missing_or_too_much_is_said(bao: Person, northport: City, given: dict[str, Any], field: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        actions.write_story(bao, city=northport, **{"consent": "On paper", **STORY, **given})
    assert refusal.value.field == field
    assert not Story.objects.exists()


def test_a_story_of_a_city_that_left_is_not_taken(ana: Person, northport: City) -> None:
    actions.leave(ana, northport)
    with pytest.raises(RefusedError, match="no longer"):
        actions.send_story(city=northport, has_consent=True, address=HERE, **STORY)


def test_only_a_demonstration_makes_stories_up(ana: Person, northport: City) -> None:
    with pytest.raises(RefusedError, match="demonstration"):
        actions.write_story(ana, city=northport, consent="-", is_simulated=True, **STORY)


def test_without_stories_the_page_says_how_one_comes(client: Client, northport: City) -> None:
    assert "No story is here yet" in client.get("/stories/").content.decode()
    assert "No story of this city is here yet" in client.get("/stories/?city=northport").content.decode()
    assert client.get("/stories/code/").status_code == 302
