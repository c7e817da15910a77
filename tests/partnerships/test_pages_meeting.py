"""What came of an event on its page, and calendars: what stands in which, who may read it, and that it is the same."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import icalendar
import pytest
from django.test import Client
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.accounts.rights import NotAllowedError
from intercity.cities.models import City
from intercity.dialogues.models import Dialogue
from intercity.events import actions as events
from intercity.events import themes
from intercity.events.models import CalendarAddress, Event
from intercity.partnerships.actions import commitments, outcomes
from intercity.partnerships.models import Commitment, EventOutcome
from intercity.refusals import RefusedError

PAGE = "/events/a-meeting/"


@pytest.fixture
def event(ana: Person, northport: City) -> Event:
    """A meeting of last week."""
    day = timezone.localdate() - timedelta(days=7)
    concept = next(id_ for id_, one in themes.known().items() if one.broader)
    found = events.add_event(
        ana, kind="meeting", title=("en", "A meeting"), starts_on=day, city=northport, concepts=[concept]
    )
    return events.publish_event(ana, found)


def names(client: Client, what: str) -> list[str]:
    """The titles in a calendar."""
    answer = client.get(f"/calendar/{what}.ics")
    assert answer.status_code == 200, what
    calendar: Any = icalendar.Calendar.from_ical(answer.content)
    return [str(one["summary"]) for one in calendar.walk("VEVENT")]


def test_nothing_is_claimed_where_nothing_is_known(client: Client, event: Event) -> None:
    assert "Nothing is known of it here" in client.get(PAGE).content.decode()


def test_a_sentence_needs_who_says_so_and_a_source(ana: Person, event: Event) -> None:
    for missing in ("text", "claimed_by", "source"):
        said: dict[str, Any] = {"text": ("en", "It was said."), "claimed_by": "The city", "source": "A report"}
        with pytest.raises(RefusedError) as refused:
            outcomes.add_outcome(ana, event, **{**said, missing: ("en", "") if missing == "text" else ""})
        assert refused.value.field == missing
    assert not EventOutcome.objects.exists()


def test_what_came_of_it_is_on_its_page(
    client: Client, ana: Person, bao: Person, event: Event, dialogue: Dialogue, commitment: Commitment
) -> None:
    client.force_login(ana)
    sent = {"text": "14 projects announced, details not published", "language": "en", "claimed_by": "The host"}
    refused = client.post(f"{PAGE}outcomes/", sent)
    assert refused.status_code == 422
    assert "14 projects announced" in refused.content.decode()
    client.post(f"{PAGE}outcomes/", {**sent, "source": "https://example.org/news"})
    client.post(f"{PAGE}outcomes/", {"what": "dialogue", "dialogue": dialogue.pk})
    Commitment.objects.filter(pk=commitment.pk).update(event=event)
    page = client.get(PAGE).content.decode()
    for words in (
        "14 projects announced, details not published", "says The host", "https://example.org/news",
        "How do we keep water clean?", "We open four wells",
    ):  # fmt: skip
        assert words in page, words
    with pytest.raises(RefusedError, match="already"):
        outcomes.add_outcome(ana, event, dialogue=dialogue)
    for one in EventOutcome.objects.all():
        for _twice in range(2):
            assert client.post(f"{PAGE}outcomes/{one.pk}/remove/").status_code == 302
    assert not EventOutcome.objects.exists()


@pytest.mark.parametrize("who", ["cem", "dia", "nobody"])
def test_others_say_nothing_of_it(who: str, event: Event, ana: Person, cem: Person, dia: Person) -> None:
    person = {"cem": cem, "dia": dia, "nobody": None}[who]
    said: dict[str, Any] = {"text": ("en", "It was said."), "claimed_by": "The city", "source": "A report"}
    with pytest.raises(NotAllowedError):
        outcomes.add_outcome(person, event, **said)
    one = outcomes.add_outcome(ana, event, **said)
    with pytest.raises(NotAllowedError):
        outcomes.remove_outcome(person, one)


def test_a_draft_has_no_outcome_and_a_hidden_dialogue_is_none(ana: Person, event: Event, dialogue: Dialogue) -> None:
    Dialogue.objects.update(state="draft")
    with pytest.raises(RefusedError, match="everybody can see"):
        outcomes.add_outcome(ana, event, dialogue=dialogue)
    draft = events.add_event(ana, kind="visit", title=("en", "Later"), starts_on=event.starts_on)
    with pytest.raises(RefusedError, match="Publish"):
        outcomes.add_outcome(ana, draft, text=("en", "So"), claimed_by="A", source="B")


def test_each_calendar_has_what_belongs_in_it(
    client: Client, ana: Person, bao: Person, dia: Person, event: Event, commitment: Commitment, eastbay: City
) -> None:
    other = events.add_event(ana, kind="visit", title=("en", "A visit"), starts_on=event.starts_on, city=eastbay)
    events.publish_event(ana, other)
    hidden = events.add_event(ana, kind="visit", title=("en", "A draft"), starts_on=event.starts_on)
    due = "Due: We open four wells beside the market."
    assert sorted(names(client, "network")) == ["A meeting", "A visit"]
    assert sorted(names(client, "city-northport")) == ["A meeting", due]
    assert names(client, "city-eastbay") == ["A visit"]
    assert names(client, f"theme-{event.concepts[0]}") == ["A meeting"]
    assert names(client, "event-a-meeting") == ["A meeting"]
    assert sorted(names(client, f"person-{CalendarAddress.token(bao.pk)}")) == ["A meeting", due]
    assert names(client, f"person-{CalendarAddress.token(dia.pk)}") == ["A visit"]
    events.add_participation(dia, event, city=eastbay)
    assert sorted(names(client, "city-eastbay")) == ["A meeting", "A visit"]
    assert hidden.slug not in client.get("/calendar/network.ics").content.decode()


def test_a_kept_commitment_is_due_no_more(client: Client, dia: Person, bao: Person, commitment: Commitment) -> None:
    said = commitments.report(bao, commitment, ("en", "All run."), "https://example.org/w", says_done=True)
    assert len(names(client, "city-northport")) == 1
    commitments.confirm(dia, commitment, seen=said.pk, is_so=True)
    assert names(client, "city-northport") == []


@pytest.mark.parametrize(
    "what",
    ["nothing", "network-x", "city-nowhere", "theme-nothing", "event-nothing", "person-forged", "person-", "city"],
)
def test_there_is_no_other_calendar(what: str, client: Client, event: Event) -> None:
    assert client.get(f"/calendar/{what}.ics").status_code == 404


def test_who_has_it_already_gets_a_few_bytes(client: Client, ana: Person, event: Event) -> None:
    first = client.get("/calendar/network.ics")
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first.content == client.get("/calendar/network.ics").content
    for known in (first["ETag"], f"W/{first['ETag']}"):
        again = client.get("/calendar/network.ics", headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    events.edit_event(ana, event, place="Hall")
    changed = client.get("/calendar/network.ics", headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200


def test_a_calendar_is_in_the_language_that_is_asked_for(client: Client, event: Event, bao: Person) -> None:
    bao.language = "pt"
    bao.save()
    for path, words in (
        ("network.ics?language=pt", "Northport, Camboja"),
        ("network.ics?language=xx", "Northport, Cambodia"),
        (f"person-{CalendarAddress.token(bao.pk)}.ics", "Northport, Camboja"),
    ):
        body = client.get(f"/calendar/{path}").content.decode().replace("\r\n ", "")
        assert words.replace(",", "\\,") in body, path


def test_ones_own_calendar_has_a_secret_address_that_can_be_made_anew(
    client: Client, bao: Person, event: Event
) -> None:
    page = client.get("/calendar/").content.decode()
    assert "/calendar/person-" not in page
    client.force_login(bao)
    first = f"/calendar/person-{CalendarAddress.token(bao.pk)}.ics"
    offered = client.get("/calendar/")
    assert first in offered.content.decode()
    assert "no-store" in offered["Cache-Control"]
    feed = client.get(first)
    assert feed["Cache-Control"] == "private, no-cache"
    assert first not in feed.content.decode().replace("\r\n ", "")
    client.post("/calendar/renew/")
    assert client.get(first).status_code == 404
    second = f"/calendar/person-{CalendarAddress.token(bao.pk)}.ics"
    assert client.get(second).status_code == 200
    bao.is_active = False
    bao.save()
    assert client.get(second).status_code == 404


def test_every_calendar_is_offered_where_it_is_explained(client: Client, event: Event, northport: City) -> None:
    page = client.get("/calendar/").content.decode()
    for what in ("network", "city-northport", f"theme-{event.concepts[0]}"):
        assert f"webcal://localhost:8000/calendar/{what}.ics?language=en" in page
        assert f'href="/calendar/{what}.ics?language=en"' in page


def test_old_events_stay_on_their_pages_and_leave_the_calendars(client: Client, ana: Person, northport: City) -> None:
    old = events.add_event(ana, kind="summit", title=("en", "Long ago"), starts_on=date(2015, 3, 28), city=northport)
    events.publish_event(ana, old)
    assert names(client, "network") == []
    assert names(client, "event-long-ago") == ["Long ago"]
