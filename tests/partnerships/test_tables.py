"""Trade tables: twenty minutes each, and nobody sits in two places at once, whoever clicks at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, time, timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import NotAllowedError
from intercity.audit.models import Entry
from intercity.audit.record import faults
from intercity.cities.models import City
from intercity.events import actions as events
from intercity.events.models import Event
from intercity.partnerships.actions import tables
from intercity.partnerships.models import Slot, TradeTable
from intercity.partnerships.models.tables import SLOT
from intercity.refusals import RefusedError

AT_ONCE = 8


def soon() -> date:
    """A day that is to come."""
    return timezone.localdate() + timedelta(days=20)


def at(hour: int, minute: int = 0) -> datetime:
    """An hour of that day, by the clocks of the place."""
    return datetime.combine(soon(), time(hour, minute))


def trade_day(ana: Person, city: City) -> Event:
    """A day of trade tables that everybody can read."""
    event = events.add_event(
        ana, kind="trade", title=("en", "Trade day"), starts_on=soon(), city=city, timezone="Asia/Bangkok"
    )
    return events.publish_event(ana, event)


@pytest.fixture
def officer(eastbay: City) -> Person:
    """The officer of Eastbay."""
    return cast.person("Dia", Role.OFFICER, city=eastbay)


@pytest.fixture
def event(ana: Person, northport: City) -> Event:
    """A day of trade tables at Northport."""
    return trade_day(ana, northport)


@pytest.fixture
def table(event: Event, bao: Person, northport: City) -> TradeTable:
    """Northport's table, open for an hour and ten minutes: three times."""
    return tables.open_table(bao, event, northport, starts_at=at(9), ends_at=at(10, 10), name="Hall B, table 4")


def test_a_table_is_cut_into_whole_times(table: TradeTable) -> None:
    starts = tables.slots_of(table)
    assert [one - starts[0] for one in starts] == [timedelta(0), SLOT, 2 * SLOT]


def test_a_time_is_taken_once_and_given_back(table: TradeTable, officer: Person, eastbay: City, ana: Person) -> None:
    first = tables.slots_of(table)[0]
    slot = tables.book(officer, table, first, eastbay)
    other = cast.member("Westhill")
    with pytest.raises(RefusedError, match="just taken"):
        tables.book(ana, table, first, other)
    with pytest.raises(RefusedError, match="Cancel that"):
        tables.close_table(ana, table)
    tables.cancel_booking(officer, slot)
    tables.book(ana, table, first, other)


def test_only_the_tables_own_times_can_be_taken(table: TradeTable, officer: Person, eastbay: City) -> None:
    first = tables.slots_of(table)[0]
    for wrong in (first + timedelta(minutes=1), first - SLOT, first + 3 * SLOT):
        with pytest.raises(RefusedError, match="none of the table's times"):
            tables.book(officer, table, wrong, eastbay)


def test_nobody_visits_their_own_table(table: TradeTable, bao: Person, northport: City) -> None:
    with pytest.raises(RefusedError, match="your own table"):
        tables.book(bao, table, tables.slots_of(table)[0], northport)


def test_nobody_sits_in_two_places_at_once(
    table: TradeTable, event: Event, officer: Person, eastbay: City, ana: Person, northport: City
) -> None:
    """As a guest of two, as a guest while others come to one's own table, and at times that only overlap."""
    westhill = cast.member("Westhill")
    shifted = tables.open_table(ana, event, westhill, starts_at=at(9, 10), ends_at=at(10, 10))
    tables.book(officer, table, tables.slots_of(table)[0], eastbay)
    with pytest.raises(RefusedError, match="Eastbay has another conversation"):
        tables.book(officer, shifted, tables.slots_of(shifted)[0], eastbay)
    with pytest.raises(RefusedError, match="Northport has another conversation"):
        tables.book(ana, shifted, tables.slots_of(shifted)[0], northport)
    tables.book(ana, shifted, tables.slots_of(shifted)[2], northport)
    with pytest.raises(RefusedError, match="Northport sits at another table"):
        tables.book(officer, table, tables.slots_of(table)[2], eastbay)
    tables.book(officer, shifted, tables.slots_of(shifted)[1], eastbay)


def test_the_database_itself_lets_nobody_sit_twice(table: TradeTable, event: Event, eastbay: City) -> None:
    first = tables.slots_of(table)[0]
    Slot.objects.create(table=table, event=event, starts_at=first, city=eastbay)
    for city in (eastbay, cast.member("Westhill")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Slot.objects.create(table=table, event=event, starts_at=first, city=city)


BAD: dict[str, dict[str, Any]] = {
    "in disorder": {"starts_at": at(10), "ends_at": at(9)},
    "too short": {"starts_at": at(10), "ends_at": at(10, 19)},
    "too long": {"starts_at": at(1), "ends_at": at(14)},
    "another day": {"starts_at": at(9) - timedelta(days=1), "ends_at": at(10) - timedelta(days=1)},
    "a long name": {"name": "x" * 101},
}


@pytest.mark.parametrize("name", BAD)
def test_a_table_that_cannot_be_is_refused(name: str, event: Event, bao: Person, northport: City) -> None:
    with pytest.raises(RefusedError):
        tables.open_table(bao, event, northport, **{"starts_at": at(9), "ends_at": at(10), **BAD[name]})
    assert not TradeTable.objects.exists()


def test_a_city_has_one_table_and_only_where_the_event_takes_place(
    table: TradeTable, event: Event, bao: Person, northport: City, officer: Person, eastbay: City
) -> None:
    with pytest.raises(RefusedError, match="already"):
        tables.open_table(bao, event, northport, starts_at=at(9), ends_at=at(10))
    events.cancel_event(bao, event, ("en", "Flood"))
    with pytest.raises(RefusedError, match="takes place"):
        tables.book(officer, table, tables.slots_of(table)[0], eastbay)


Try = Callable[[Person | None, TradeTable], object]


def _eastbay() -> City:
    return City.objects.get(slug="eastbay")


def _booked(table: TradeTable) -> Slot:
    return tables.book(Person.objects.get(name="Dia"), table, tables.slots_of(table)[0], _eastbay())


TABLE: dict[str, tuple[Try, set[str]]] = {
    "open_table of a guest": (
        lambda who, on: tables.open_table(who, on.event, _eastbay(), starts_at=at(9), ends_at=at(10)),
        {"ana", "bao", "dia"},  # Bao's city hosts the event
    ),
    "close_table": (tables.close_table, {"ana", "bao"}),
    "book": (lambda who, on: tables.book(who, on, tables.slots_of(on)[0], _eastbay()), {"ana", "dia"}),
    "cancel_booking": (lambda who, on: tables.cancel_booking(who, _booked(on)), {"ana", "bao", "dia"}),
}


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("who", ["ana", "bao", "cem", "dia", "gus", "nobody"])
def test_who_may(
    name: str, who: str, table: TradeTable, ana: Person, bao: Person, cem: Person, officer: Person
) -> None:
    people = {"ana": ana, "bao": bao, "cem": cem, "dia": officer, "nobody": None}
    people["gus"] = cast.person("Gus", Role.MODERATOR, Role.RESPONDER)
    attempt, allowed = TABLE[name]
    person = people[who]
    if who not in allowed:
        with pytest.raises(NotAllowedError):
            attempt(person, table)
        return
    attempt(person, table)
    last = Entry.objects.order_by("-number").first()
    assert person is not None
    assert last is not None
    assert last.actor_id == person.pk


def test_the_pages_from_an_empty_hall_to_the_sheet(
    client: Client, event: Event, bao: Person, officer: Person, eastbay: City, northport: City
) -> None:
    northport.timezone = "Asia/Bangkok"
    City.objects.filter(pk=eastbay.pk).update(timezone="Asia/Shanghai")
    assert "No city has opened a table yet" in client.get("/events/trade-day/tables/").content.decode()
    client.force_login(bao)
    sent = {
        "city": northport.pk,
        "day": soon().isoformat(),
        "starts_at": "09:00",
        "ends_at": "09:10",
        "name": "Table 4",
    }
    again = client.post("/events/trade-day/tables/new/", sent)
    assert again.status_code == 422
    assert 'value="Table 4"' in again.content.decode()
    answer = client.post("/events/trade-day/tables/new/", {**sent, "ends_at": "10:00"})
    table = TradeTable.objects.get()
    page = f"/events/trade-day/tables/{table.pk}/"
    assert answer["Location"] == page
    assert "Take this time" not in client.get(page).content.decode()  # one's own table
    client.force_login(officer)
    shown = client.get(page).content.decode()
    assert shown.count("Take this time") == 3
    assert "9:00\u202fAM" in shown
    assert "In Eastbay that is 10:00\u202fAM – 10:20\u202fAM." in shown
    first = tables.slots_of(table)[0].isoformat()
    for _twice in range(2):
        answer = client.post(f"{page}book/", {"city": eastbay.pk, "starts_at": first})
        assert answer["Location"] == f"{page}?city={eastbay.pk}"
    assert Slot.objects.count() == 1
    sheet = client.get(f"{page}print/").content.decode()
    assert "Eastbay" in sheet
    assert "<form" not in sheet.partition("<main")[2].partition("</main>")[0]
    slot = Slot.objects.get()
    for _twice in range(2):
        assert client.post(f"{page}times/{slot.pk}/cancel/").status_code == 302
    assert not Slot.objects.exists()
    for wrong in ("", "nonsense", "2026-01-01T00:00:00", "2026-13-01T00:00:00Z"):
        assert client.post(f"{page}book/", {"city": eastbay.pk, "starts_at": wrong}).status_code == 302
    assert not Slot.objects.exists()
    assert client.post(f"{page}close/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_all_who_click_at_the_same_moment_one_gets_it(transactional_db: None) -> None:
    """Eight cities want one time, and one city wants one time at eight tables."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write after another, and keeps the tests' database in one connection")
    cast.found_network()
    northport = cast.member("Northport")
    ana = cast.person("Ana", Role.SECRETARIAT)
    event = trade_day(ana, northport)
    table = tables.open_table(ana, event, northport, starts_at=at(9), ends_at=at(10))
    guests = [cast.member(f"Town{number}") for number in range(AT_ONCE)]
    first, second = tables.slots_of(table)[:2]
    won = _together(*[lambda city=city: tables.book(ana, table, first, city) for city in guests])
    assert sum(isinstance(one, Slot) for one in won) == Slot.objects.count() == 1
    hosts = [cast.member(f"Host{number}") for number in range(AT_ONCE)]
    others = [tables.open_table(ana, event, city, starts_at=at(9), ends_at=at(10)) for city in hosts]
    won = _together(*[lambda other=other: tables.book(ana, other, second, guests[0]) for other in others])
    assert sum(isinstance(one, Slot) for one in won) == 1
    assert Slot.objects.filter(starts_at=second).count() == 1
    assert list(faults()) == []


def _together(*attempts: Callable[[], object]) -> list[object]:
    """What came of each attempt, or why it was refused; all begin at the same moment."""
    start = Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return attempt()
        except RefusedError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))
