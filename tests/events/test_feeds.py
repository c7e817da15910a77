"""Calendars as two parsers read them that are not ours: what goes in comes out, in any script and timezone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.events.conftest import at, soon

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.events import actions, feeds
from intercity.events.feeds import Entry
from intercity.events.models import Event

LAO = "ກອງປະຊຸມເຈົ້າຄອງນະຄອນຫຼວງວຽງຈັນ ວ່າດ້ວຍນ້ຳ ແລະ ແມ່ນ້ຳຂອງທີ່ໄຫຼຜ່ານຊາຍແດນ"
KHMER = "កិច្ចប្រជុំអភិបាលក្រុង\u200bស្តីពី\u200bទឹក និង\u200bទន្លេ\u200bដែល\u200bហូរ\u200bកាត់\u200bព្រំដែន"
STAMP = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
ZONES = (
    "UTC", "Asia/Shanghai", "Asia/Bangkok", "Asia/Yangon", "Asia/Kathmandu", "Europe/Berlin", "America/New_York",
    "Australia/Lord_Howe", "Africa/Casablanca", "America/Sao_Paulo",
)  # fmt: skip


def entry(**changed: Any) -> Entry:
    """An entry of one day."""
    same = {"uid": "event-1@example.org", "title": "Mayors meet", "language": "en", "starts": date(2026, 5, 4)}
    return Entry(**{**same, "ends": None, "changed_at": STAMP, **changed})


def read(body: bytes) -> list[Any]:
    """The entries as the library `icalendar` reads them."""
    calendar: Any = icalendar.Calendar.from_ical(body)
    return list(calendar.walk("VEVENT"))


def read_again(body: bytes) -> list[Any]:
    """The entries as the library `vobject` reads them; it would keep timezones of other calendars."""
    kept = vars(vobject.icalendar)["__tzidMap"]
    for name in [name for name in kept if name not in {"UTC", "Z"}]:
        del kept[name]
    calendar: Any = vobject.readOne(body.decode())
    return list(getattr(calendar, "vevent_list", []))


def test_days_end_on_the_day_after_the_last_one() -> None:
    body = feeds.write("network", "Network", [entry(ends=date(2026, 5, 6))])
    assert b"DTSTART;VALUE=DATE:20260504\r\n" in body
    assert b"DTEND;VALUE=DATE:20260507\r\n" in body
    for one in (read(body)[0].decoded("dtend"), read_again(body)[0].dtend.value):
        assert one == date(2026, 5, 7)


def test_hours_have_the_timezone_of_the_place_with_its_rules() -> None:
    zone = ZoneInfo("Europe/Berlin")
    starts = datetime(2026, 3, 29, 9, tzinfo=zone)
    body = feeds.write("network", "Network", [entry(starts=starts, ends=starts + timedelta(hours=2))])
    assert b"DTSTART;TZID=Europe/Berlin:20260329T090000\r\n" in body
    assert body.index(b"BEGIN:VTIMEZONE") < body.index(b"BEGIN:VEVENT")
    assert body.count(b"BEGIN:VTIMEZONE") == 1
    # The clocks go ahead that night, at two by the clocks before, as section 3.6.5 wants it told.
    assert b"RDATE:20260329T020000\r\n" in body
    assert b"RDATE:20261025T030000\r\n" in body
    assert read_again(body)[0].dtstart.value.utcoffset() == timedelta(hours=2)


def test_what_programs_need_to_follow_a_change() -> None:
    body = feeds.write(
        "network",
        "ຊື່",
        [entry(sequence=7, is_cancelled=True, address="https://example.org/e", within="event-0@example.org")],
        address="https://example.org/calendar/network.ics",
    )
    lines = body.decode().split("\r\n")
    for line in (
        "VERSION:2.0", "NAME:ຊື່", "X-WR-CALNAME:ຊື່", "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "SOURCE;VALUE=URI:https://example.org/calendar/network.ics", "SEQUENCE:7", "STATUS:CANCELLED",
        "DTSTAMP:20260102T030405Z", "LAST-MODIFIED:20260102T030405Z", "UID:event-1@example.org",
        "URL:https://example.org/e", "RELATED-TO:event-0@example.org", "TRANSP:TRANSPARENT",
    ):  # fmt: skip
        assert lines.count(line) == 1, line
    assert not any(line.startswith("METHOD") for line in lines)  # that would want an organiser


def test_the_same_is_the_same_bytes_in_any_order() -> None:
    zones = [ZoneInfo(name) for name in ZONES]
    entries = [
        entry(uid=f"event-{number}@example.org", starts=datetime(2026, 5, 4, 9, tzinfo=zone), ends=None)
        for number, zone in enumerate(zones)
    ]
    assert feeds.write("x", "X", entries) == feeds.write("x", "X", [*reversed(entries), entries[0]])


@pytest.mark.parametrize("words", [LAO, KHMER, "မြို့တော်ဝန်များ", "市长对话" * 30, "👩‍👩‍👧‍👦" * 20, 'a,b;c\\d\n\ne:f"g'])
def test_lines_are_folded_between_whole_characters(words: str) -> None:
    body = feeds.write("x", words, [entry(title=words, about=words * 5, place=words)])
    for line in body.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # no character is cut in two
    assert b"\n" not in body.replace(b"\r\n", b"")
    written = "NAME:" + icalendar.vText(words).to_ical().decode()  # which the library reads as it is written
    assert body.replace(b"\r\n ", b"").decode().count("\r\n" + written + "\r\n") == 1
    [one] = read(body)
    assert (str(one["summary"]), str(one["description"]), str(one["location"])) == (words, words * 5, words)
    [again] = read_again(body)
    assert (again.summary.value, again.description.value, again.location.value) == (words, words * 5, words)


# What the standard does not let stand in a text: controls. Actions keep none of them either.
WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\x85\ufeff")
    | st.sampled_from('\n,;:\\"'),
    min_size=1,
    max_size=120,
).filter(lambda words: words.strip() == words)
WHEN = st.datetimes(datetime(2000, 1, 1), datetime(2036, 1, 1)).map(lambda one: one.replace(microsecond=0))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=WORDS, about=WORDS, zone=st.sampled_from(ZONES), starts=WHEN, minutes=st.integers(1, 60 * 24 * 9))
def test_hours_and_words_come_out_as_they_went_in(
    title: str, about: str, zone: str, starts: datetime, minutes: int
) -> None:
    begins = starts.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    ends = (begins.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone))
    body = feeds.write("x", title, [entry(title=title, about=about, starts=begins, ends=ends)])
    [one] = read(body)
    assert (str(one["summary"]), str(one["description"])) == (title, about)
    if not begins.fold:  # the hour that comes twice has one name in this standard: the first is meant
        assert one.decoded("dtstart").astimezone(UTC) == begins.astimezone(UTC)
    [again] = read_again(body)
    assert (again.summary.value, again.description.value) == (title, about)
    assert again.dtstart.value.replace(tzinfo=None) == begins.replace(tzinfo=None)
    assert again.dtend.value.replace(tzinfo=None) == ends.replace(tzinfo=None)
    if _is_once(begins, ZoneInfo(zone)):
        assert again.dtstart.value.utcoffset() == begins.utcoffset()


@pytest.mark.parametrize("zone", ZONES[1:])
def test_what_a_calendar_tells_of_a_timezone_is_so(zone: str) -> None:
    """Every hour around every change of the clocks for twelve years, computed from the calendar alone."""
    place = ZoneInfo(zone)
    body = feeds.write("x", "X", [entry(starts=datetime(2026, 5, 4, 9, tzinfo=place))])
    told = read_again(body)[0].dtstart.value.tzinfo
    hours = (datetime(2019, 1, 1, tzinfo=UTC) + timedelta(minutes=30 * number) for number in range(12 * 365 * 48))
    offset: timedelta | None = None
    wrong = []
    for moment in hours:
        before, offset = offset, moment.astimezone(place).utcoffset()
        if before == offset:
            continue
        for near in (-90, -31, 61, 121):
            local = (moment + timedelta(minutes=near)).astimezone(place)
            if local.fold or not _is_once(local, place):
                continue
            if local.replace(tzinfo=told).utcoffset() != local.utcoffset():
                wrong.append(local)
    assert not wrong


def _is_once(local: datetime, place: ZoneInfo) -> bool:
    """Whether the clocks show this hour once that night, not twice."""
    naive = local.replace(tzinfo=None)
    return naive.replace(tzinfo=place, fold=0).utcoffset() == naive.replace(tzinfo=place, fold=1).utcoffset()


@settings(max_examples=40, deadline=None)
@given(first=st.dates(date(1950, 1, 1), date(2100, 1, 1)), days=st.integers(0, 366))
def test_days_come_out_as_they_went_in(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    body = feeds.write("x", "X", [entry(starts=first, ends=last)])
    for starts, ends in (
        (read(body)[0].decoded("dtstart"), read(body)[0].decoded("dtend")),
        (read_again(body)[0].dtstart.value, read_again(body)[0].dtend.value),
    ):
        assert (starts, ends - timedelta(days=1)) == (first, last)


def test_an_empty_calendar_can_be_read() -> None:
    assert read(feeds.write("x", "X", [])) == []


def test_an_event_is_told_whole(event: Event, bao: Person, northport: City) -> None:
    City.objects.filter(pk=northport.pk).update(latitude=11.5, longitude=104.9)
    actions.edit_event(bao, event, place="Town hall", contact_role="Protocol office", link="https://example.org/meet")
    actions.add_session(bao, event, title=("lo", LAO), starts_at=at(soon(), 10), ends_at=at(soon(), 11), room="Hall B")
    event = Event.objects.with_words().get(pk=event.pk)
    entries = feeds.entries_of([event], "en", ["en"]) + feeds.sessions_of(event, "en", ["en"])
    meeting, session = read(feeds.write("x", "X", entries))
    assert str(meeting["location"]) == "Town hall, Northport, Cambodia"
    assert "Protocol office" in meeting["description"]
    assert meeting["geo"].to_ical() == "11.5;104.9"
    assert meeting["dtstart"].dt.tzinfo.key == "Asia/Shanghai"
    assert meeting["sequence"] == event.sequence
    assert (str(session["summary"]), session["summary"].params["LANGUAGE"]) == (LAO, "lo")
    assert str(session["related-to"]) == str(meeting["uid"])
    assert str(session["location"]).startswith("Hall B")


def test_several_days_with_one_hour_are_days(event: Event, bao: Person) -> None:
    actions.edit_event(bao, event, ends_at=None)
    assert feeds.times_of(event) == (event.starts_on, event.ends_on)


def test_a_deadline_takes_no_time_and_a_draft_is_nowhere(draft: Event, bao: Person) -> None:
    assert feeds.entries_of([draft], "en", ["en"]) == []
    actions.edit_event(bao, draft, kind="deadline", starts_at=None, ends_at=None)
    actions.publish_event(bao, draft)
    [one] = feeds.entries_of([draft], "en", ["en"])
    assert not one.takes_time


def test_a_cancelled_event_says_so_in_words_too(event: Event, bao: Person) -> None:
    actions.cancel_event(bao, event, ("en", "The river flooded."))
    [one] = feeds.entries_of([event], "en", ["en"])
    assert (one.is_cancelled, one.title) == (True, "Cancelled: Mayors meet for water")
    assert one.about.startswith("It does not take place: The river flooded.")
