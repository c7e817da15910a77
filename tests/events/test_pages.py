"""Events on their pages: chosen by links, written without losing a word, shown by the clocks of the place."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.events.conftest import at, soon

from intercity.accounts.models import Person, Role
from intercity.cities.models import City
from intercity.events import actions
from intercity.events.models import Event, EventState

NEW, PAGE = "/desk/events/new/", "/events/mayors-meet-for-water/"


@pytest.fixture
def as_bao(client: Client, bao: Person) -> Client:
    """A browser in which Bao, the officer of Northport, is signed in."""
    client.force_login(bao)
    return client


def text(client: Client, path: str) -> str:
    """A page that can be read."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def filled(city: City | None, /, **changed: Any) -> dict[str, Any]:
    """The form of an event as a browser sends it."""
    return {
        "kind": "meeting", "title": "Two days about rivers", "about": "Everybody who works with water.",
        "language": "en", "starts_on": soon().isoformat(), "starts_at": "09:30", "ends_on": "", "ends_at": "17:00",
        "city": city.pk if city else "", "place": "Town hall", "country": "", "timezone": "", "link": "", "source": "",
        "contact_role": "", "contact_mailbox": "", **changed,
    }  # fmt: skip


def test_an_empty_calendar_says_so(client: Client, northport: City) -> None:
    assert "There is no event yet" in text(client, "/events/")


def test_a_draft_is_seen_by_those_who_write_it_only(client: Client, draft: Event, bao: Person, dia: Person) -> None:
    for who in (None, dia):
        if who:
            client.force_login(who)
        assert client.get(PAGE).status_code == 404
        assert client.get(f"{PAGE}edit/").status_code == (404 if who else 302)
        assert draft.slug not in text(client, "/events/")
        assert client.get(f"{PAGE}event.jsonld").status_code == 404
        assert client.get(f"/calendar/event-{draft.slug}.ics").status_code == 404
    client.force_login(bao)
    assert "Not published yet" in text(client, "/events/")
    assert "Delete the draft" in text(client, PAGE)


def test_the_whole_way_from_the_empty_form_to_the_cancelled_event(as_bao: Client, northport: City) -> None:
    City.objects.update(timezone="Asia/Phnom_Penh")
    assert f'<option value="{northport.pk}" selected>' in text(as_bao, NEW)
    answer = as_bao.post(NEW, filled(northport))
    event = Event.objects.get()
    assert answer["Location"] == f"/events/{event.slug}/"
    assert (event.timezone, event.ends_on, event.state) == ("Asia/Phnom_Penh", soon(), EventState.DRAFT)
    assert event.starts_at is not None
    assert event.starts_at.strftime("%H:%M %z") == "02:30 +0000"
    page = f"/events/{event.slug}/"
    as_bao.post(f"{page}agenda/", {
        "day": soon().isoformat(), "starts_at": "10:00", "ends_at": "11:00", "title": "Opening", "language": "en",
    })  # fmt: skip
    as_bao.post(f"{page}participants/", {"city": northport.pk, "role": "host"})
    as_bao.post(f"{page}publish/")
    shown = text(as_bao, page)
    for words in (
        "Opening",
        "10:00\u202fAM – 11:00\u202fAM",
        "by the clocks of Asia/Phnom_Penh, UTC+7",
        "host",
        "to come",
    ):
        assert words in shown, words
    refused = as_bao.post(f"{page}cancel/", {"why": "", "language": "en"})
    assert refused.status_code == 422
    as_bao.post(f"{page}cancel/", {"why": "The river flooded.", "language": "en"})
    assert "The river flooded." in text(as_bao, page)
    assert "It takes place after all" in text(as_bao, page)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "This field is required"),
        ({"starts_on": "the fourth"}, "Enter a valid date"),
        ({"ends_at": "08:00"}, "It ends before it begins"),
        ({"ends_on": (soon() - timedelta(days=3)).isoformat()}, "The last day is before the first one"),
        ({"city": ""}, "This field is required"),
        ({"language": "km"}, "look like English"),
    ],
)
def test_what_was_typed_stays(as_bao: Client, northport: City, changed: dict[str, Any], sentence: str) -> None:
    answer = as_bao.post(NEW, filled(northport, **changed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert "Everybody who works with water." in page
    assert not Event.objects.exists()


def test_the_language_is_asked_about_once_and_what_was_ticked_stays(as_bao: Client, northport: City) -> None:
    sent = filled(northport, language="km", confirmed="")
    from intercity.events import themes

    concept = next(id_ for id_, one in themes.known().items() if one.broader)
    page = as_bao.post(NEW, {**sent, "concepts": [concept]}).content.decode()
    assert f'value="{concept}" checked' in page
    assert 'name="confirmed" value="km"' in page
    as_bao.post(NEW, {**sent, "concepts": [concept], "confirmed": "km"})
    event = Event.objects.get()
    assert (event.title.language, event.concepts) == ("km", [concept])


def test_who_was_slower_sees_what_stands_there_now(as_bao: Client, event: Event, ana: Person) -> None:
    begun = event.sequence
    actions.edit_event(ana, event, place="Theatre")
    sent = filled(
        event.city, ends_on=(soon() + timedelta(days=1)).isoformat(), timezone="Asia/Shanghai", sequence=begun
    )
    answer = as_bao.post(f"{PAGE}edit/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This stands there now" in page
    assert "Theatre" in page
    assert 'value="Town hall"' in page
    assert 'name="sequence" value="2"' in page
    assert as_bao.post(f"{PAGE}edit/", {**sent, "sequence": 2}).status_code == 302
    event.refresh_from_db()
    assert event.place == "Town hall"


def test_the_form_shows_the_hours_of_the_place(as_bao: Client, event: Event) -> None:
    page = text(as_bao, f"{PAGE}edit/")
    assert 'value="09:00"' in page
    assert 'value="17:00"' in page


def test_who_may_not_write_gets_no_form(client: Client, event: Event, cem: Person, dia: Person) -> None:
    pages = [NEW, f"{PAGE}edit/", f"{PAGE}agenda/", f"{PAGE}cancel/", f"{PAGE}delete/", f"{PAGE}outcomes/"]
    assert all(client.get(page).status_code == 302 for page in pages)
    client.force_login(cem)
    assert all(client.get(page).status_code == 403 for page in [*pages, f"{PAGE}participants/"])
    client.force_login(dia)
    assert all(client.get(page).status_code == 403 for page in pages[1:])
    assert client.post(f"{PAGE}publish/").status_code == 403


def test_an_officer_says_that_their_city_takes_part(client: Client, event: Event, dia: Person, eastbay: City) -> None:
    client.force_login(dia)
    assert "Say that your city takes part" in text(client, PAGE)
    page = text(client, f"{PAGE}participants/")
    assert "Northport</option>" not in page
    assert "Name of the party" not in page
    client.post(f"{PAGE}participants/", {"city": eastbay.pk, "role": "guest"})
    one = event.participations.get()
    assert one.city == eastbay
    for _twice in range(2):
        assert client.post(f"{PAGE}participants/{one.pk}/remove/").status_code == 302
    assert not event.participations.exists()


def test_events_are_chosen_by_links(client: Client, event: Event, ana: Person, eastbay: City) -> None:
    eastbay.country = "TH"
    eastbay.save()
    other = actions.add_event(ana, kind="visit", title=("en", "A visit"), starts_on=date(2015, 3, 28), city=eastbay)
    actions.publish_event(ana, other)
    actions.add_participation(ana, other, city=event.city)
    page = text(client, "/events/")
    assert page.index("To come") < page.index("Mayors meet") < page.index("Past") < page.index("A visit")
    for choice, first, second in (
        ("kind=visit", False, True), ("city=northport", True, True), ("city=eastbay", False, True),
        ("country=TH", False, True), ("country=KH", True, False), ("year=2015", False, True),
        ("kind=visit&amp;year=2015", False, True), ("theme=nothing", False, False),
    ):  # fmt: skip
        page = text(client, f"/events/?{choice.replace('&amp;', '&')}")
        assert (event.slug in page, f"/events/{other.slug}/" in page) == (first, second), choice
    assert "No event is of this kind" in text(client, "/events/?kind=visit&year=1990")
    assert 'href="?kind=visit"' in text(client, "/events/")


def test_an_officer_elsewhere_reads_the_hours_of_their_city(client: Client, event: Event, eastbay: City) -> None:
    City.objects.filter(pk=eastbay.pk).update(timezone="America/Los_Angeles")
    client.force_login(cast.person("Eve", Role.OFFICER, city=eastbay))
    assert "In Eastbay that is" in text(client, PAGE)
    City.objects.filter(pk=eastbay.pk).update(timezone="Asia/Singapore")
    assert "In Eastbay that is" not in text(client, PAGE)


def test_an_event_is_read_by_programs_too(client: Client, event: Event, bao: Person) -> None:
    actions.add_participation(bao, event, city=event.city)
    assert '<link rel="alternate" type="application/ld+json"' in text(client, PAGE)
    answer = client.get(f"{PAGE}event.jsonld")
    document = json.loads(answer.content)
    assert answer["Content-Type"] == "application/ld+json"
    assert (document["@context"], document["@type"]) == ("https://schema.org", "BusinessEvent")
    assert document["startDate"].endswith("T09:00:00+08:00")
    assert document["location"]["name"] == "Northport, Cambodia"
    assert document["contributor"] == [{"@type": "Organization", "name": "Northport"}]
    actions.cancel_event(bao, event, ("en", "Flood"))
    assert json.loads(client.get(f"{PAGE}event.jsonld").content)["eventStatus"].endswith("EventCancelled")


def test_a_session_is_changed_and_taken_off(as_bao: Client, event: Event, bao: Person) -> None:
    one = actions.add_session(bao, event, title=("en", "Opening"), starts_at=at(soon(), 9), ends_at=at(soon(), 10))
    page = f"{PAGE}agenda/{one.pk}/"
    assert 'value="09:00"' in text(as_bao, page)
    sent = {"day": soon().isoformat(), "starts_at": "11:00", "ends_at": "10:00", "title": "Opening", "language": "en"}
    assert as_bao.post(page, sent).status_code == 422
    assert as_bao.post(page, {**sent, "ends_at": "12:00", "room": "Hall B"}).status_code == 302
    assert "Hall B" in text(as_bao, f"{PAGE}agenda/")
    for _twice in range(2):
        assert as_bao.post(f"{page}remove/").status_code == 302
    assert not event.sessions.exists()


def test_an_event_is_found_by_its_words(event: Event, draft: Event) -> None:
    from intercity.events.duties import index_events
    from intercity.languages.models import Passage

    assert index_events() == 1
    assert index_events() == 0
    assert Passage.objects.filter(body__contains="Mayors meet").exists()
