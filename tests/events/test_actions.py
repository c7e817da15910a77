"""Writing, changing, publishing and cancelling events; their agenda; who takes part."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tests.events.conftest import ZONE, at, soon

from intercity.accounts.models import Person
from intercity.accounts.rights import NotAllowedError
from intercity.audit.models import Entry
from intercity.cities.models import City, Network
from intercity.events import actions
from intercity.events.actions import ConflictError, FaultsError
from intercity.events.models import CalendarAddress, Event, EventState, Participation
from intercity.languages.models import Findable, Text
from intercity.refusals import RefusedError


def test_hours_are_those_of_the_place(draft: Event) -> None:
    assert draft.starts_at == datetime.combine(soon(), datetime.min.time(), UTC) + timedelta(hours=1)
    assert (draft.timezone, draft.sequence, draft.state) == (ZONE, 0, EventState.DRAFT)
    assert draft.slug == "mayors-meet-for-water"


def test_without_a_timezone_that_of_the_city_counts(ana: Person, northport: City) -> None:
    northport.timezone = "Asia/Phnom_Penh"
    event = actions.add_event(ana, kind="visit", title=("en", "A visit"), starts_on=soon(), city=northport)
    assert (event.timezone, event.ends_on, event.starts_at) == ("Asia/Phnom_Penh", soon(), None)


def test_two_with_one_title_get_two_addresses_and_signs_get_one(ana: Person, northport: City) -> None:
    given: dict[str, Any] = {"kind": "visit", "starts_on": date(2026, 5, 4), "city": northport}
    slugs = [actions.add_event(ana, title=("en", "A visit"), **given).slug for _number in range(2)]
    assert slugs == ["a-visit", "a-visit-2"]
    assert actions.add_event(ana, title=("km", "២០២៦"), **given).slug == "visit-northport-2026"


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "no title": ({"title": ("en", " ")}, "title"),
    "long title": ({"title": ("en", "x" * 201)}, "title"),
    "no language": ({"title": ("??", "Words")}, "language"),
    "strange kind": ({"kind": "party"}, "kind"),
    "days in disorder": ({"ends_on": soon() - timedelta(days=1)}, "ends_on"),
    "too long": ({"ends_on": soon() + timedelta(days=400)}, "ends_on"),
    "long ago": ({"starts_on": date(1800, 1, 1), "ends_on": date(1800, 1, 1)}, "starts_on"),
    "an end without a beginning": ({"starts_at": None, "ends_at": at(soon(), 9)}, "starts_at"),
    "hours in disorder": ({"starts_at": at(soon(), 9), "ends_at": at(soon(), 8)}, "ends_at"),
    "another day": ({"starts_at": at(soon() + timedelta(days=1), 9)}, "starts_at"),
    "no timezone": ({"timezone": "Mars/Olympus"}, "timezone"),
    "a timezone of no place": ({"timezone": "Etc/GMT+3"}, "timezone"),
    "clocks go ahead": (
        {
            "timezone": "Europe/Berlin", "starts_on": date(2027, 3, 28), "ends_on": date(2027, 3, 28),
            "starts_at": datetime(2027, 3, 28, 2, 30),
        },
        "starts_at",
    ),
    "strange theme": ({"concepts": ["no-such-theme"]}, "concepts"),
    "no address": ({"link": "not an address"}, "link"),
    "no mailbox": ({"contact_mailbox": "nobody"}, "contact_mailbox"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_is_refused_beside_its_input(name: str, ana: Person, northport: City) -> None:
    changed, field = BAD[name]
    given: dict[str, Any] = {"kind": "visit", "title": ("en", "A visit"), "starts_on": soon(), "city": northport}
    with pytest.raises(FaultsError) as refused:
        actions.add_event(ana, **{**given, **changed})
    assert [name for name, _sentence in refused.value.faults] == [field]
    assert not Event.objects.exists()
    assert not Text.objects.exists()


def test_a_city_that_left_hosts_nothing(ana: Person, northport: City) -> None:
    northport.left_on = date(2020, 1, 1)
    with pytest.raises(RefusedError, match="not a member any more"):
        actions.add_event(ana, kind="visit", title=("en", "A visit"), starts_on=soon(), city=northport)


def test_only_a_demonstration_makes_events_up(ana: Person, network: Network) -> None:
    given: dict[str, Any] = {"kind": "visit", "title": ("en", "A visit"), "starts_on": soon(), "is_simulated": True}
    with pytest.raises(RefusedError, match="demonstration"):
        actions.add_event(ana, **given)
    Network.objects.update(is_demonstration=True)
    assert actions.add_event(ana, **given).is_simulated


def test_a_change_counts_and_keeps_the_rest(event: Event, bao: Person) -> None:
    before = event.changed_at
    actions.edit_event(bao, event, place="Town hall", about=("", ""))
    assert (event.place, event.sequence, event.about, event.title.body) == (
        "Town hall",
        2,
        None,
        "Mayors meet for water",
    )
    assert event.changed_at > before
    entry = Entry.objects.order_by("-number").first()
    assert entry is not None
    assert (entry.action, entry.details["fields"]) == ("event.edited", ["about", "place"])


def test_the_same_again_changes_nothing(event: Event, bao: Person) -> None:
    count = Entry.objects.count()
    actions.edit_event(bao, event, kind="summit", title=("en", "Mayors meet for water"), sequence=0)
    assert (event.sequence, Entry.objects.count()) == (1, count)


def test_other_words_are_another_version(event: Event, bao: Person) -> None:
    actions.edit_event(bao, event, title=("km", "ទឹក"))
    assert (event.title.body, event.title.language, event.title.version) == ("ទឹក", "km", 2)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(event: Event, bao: Person, ana: Person) -> None:
    actions.edit_event(ana, event, sequence=event.sequence, place="Town hall")
    with pytest.raises(ConflictError) as refused:
        actions.edit_event(bao, event, sequence=1, place="Theatre")
    [difference] = refused.value.differences
    assert (difference.field, difference.now, refused.value.sequence) == ("place", "Town hall", 2)
    actions.edit_event(bao, event, sequence=2, place="Theatre")
    assert event.place == "Theatre"


def test_who_gives_it_to_another_city_must_write_for_both(event: Event, bao: Person, eastbay: City) -> None:
    with pytest.raises(NotAllowedError):
        actions.edit_event(bao, event, city=eastbay)
    with pytest.raises(NotAllowedError):
        actions.edit_event(bao, event, city=None)


def test_it_is_published_cancelled_with_a_reason_and_takes_place_after_all(draft: Event, bao: Person) -> None:
    with pytest.raises(RefusedError, match="Only an event that is published"):
        actions.cancel_event(bao, draft, ("en", "Flood"))
    assert not Findable.objects.filter(kind="event").exists()
    actions.publish_event(bao, draft)
    assert Findable.objects.get(kind="event").key == str(draft.pk)
    with pytest.raises(RefusedError):
        actions.publish_event(bao, draft)
    with pytest.raises(RefusedError, match="Say why"):
        actions.cancel_event(bao, draft, ("en", ""))
    actions.cancel_event(bao, draft, ("en", "The river flooded."))
    assert draft.cancelled_why is not None
    assert (draft.state, draft.cancelled_why.body) == (EventState.CANCELLED, "The river flooded.")
    assert Event.objects.public().filter(pk=draft.pk).exists()
    actions.publish_event(bao, draft)
    again = Event.objects.get()
    assert (again.state, again.cancelled_why_id, again.sequence) == (EventState.PUBLISHED, None, 3)


def test_only_a_draft_is_thrown_away_with_its_words(draft: Event, bao: Person) -> None:
    actions.add_session(bao, draft, title=("en", "Opening"), starts_at=at(soon(), 9), ends_at=at(soon(), 10))
    actions.discard_event(bao, draft)
    assert not Event.objects.exists()
    assert not Text.objects.exists()


def test_what_was_public_stays(event: Event, bao: Person) -> None:
    with pytest.raises(RefusedError, match="can be cancelled"):
        actions.discard_event(bao, event)


def test_the_agenda_is_on_the_days_of_the_event(event: Event, bao: Person) -> None:
    session = actions.add_session(bao, event, title=("en", "Opening"), starts_at=at(soon(), 9), ends_at=at(soon(), 10))
    assert event.sequence == 2
    for starts, ends, field in (
        (at(soon() - timedelta(days=1), 9), at(soon() - timedelta(days=1), 10), "starts_at"),
        (at(soon(), 10), at(soon(), 9), "ends_at"),
    ):
        with pytest.raises(FaultsError) as refused:
            actions.add_session(bao, event, title=("en", "Tea"), starts_at=starts, ends_at=ends)
        assert refused.value.field == field
    actions.edit_session(bao, session, title=("en", "Tea"), starts_at=at(soon(), 10), ends_at=at(soon(), 11), room="A")
    assert (session.title.body, session.room) == ("Tea", "A")
    actions.remove_session(bao, session)
    event.refresh_from_db()
    assert (event.sessions.count(), event.sequence) == (0, 4)
    assert not Text.objects.filter(body="Tea").exists()


def test_a_city_takes_part_once(event: Event, dia: Person, eastbay: City) -> None:
    one = actions.add_participation(dia, event, city=eastbay, role="guest")
    with pytest.raises(RefusedError, match="already"):
        actions.add_participation(dia, event, city=eastbay)
    actions.remove_participation(dia, one)
    assert not Participation.objects.exists()


def test_somebody_is_named_only_with_a_source(event: Event, bao: Person, eastbay: City) -> None:
    with pytest.raises(FaultsError) as refused:
        actions.add_participation(bao, event, city=eastbay, represented_by="Somebody")
    assert refused.value.field == "source"
    with pytest.raises(FaultsError) as refused:
        actions.add_participation(bao, event)
    assert refused.value.field == "name"
    found = actions.add_participation(
        bao, event, name="A bank", represented_by="Somebody", source="https://example.org"
    )
    assert found.city is None


def test_the_address_of_a_calendar_is_renewed_by_its_owner(bao: Person, ana: Person) -> None:
    first, others = CalendarAddress.token(bao.pk), CalendarAddress.token(ana.pk)
    assert CalendarAddress.person_of(first) == bao.pk
    actions.renew_address(bao)
    second = CalendarAddress.token(bao.pk)
    assert CalendarAddress.person_of(first) is None
    assert CalendarAddress.person_of(second) == bao.pk
    assert CalendarAddress.person_of(others) == ana.pk
    actions.renew_address(bao)
    assert CalendarAddress.person_of(second) is None


@pytest.mark.parametrize("token", ["", "nonsense", "WzEsMF0.forged", "WzEsMF0", "."])
def test_what_nobody_signed_is_nobodys_calendar(token: str, bao: Person) -> None:
    assert CalendarAddress.person_of(token) is None
