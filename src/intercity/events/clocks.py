"""When the clocks of a place are put forward and back, as calendars tell it (RFC 5545, section 3.6.5).

The library `icalendar` can write this too, but tells when clocks are put forward by the clocks afterwards instead of
those before, looks over some changes (Casablanca in 2019), and writes all days into one line, of which vobject reads
only the first: see docs/decisions/0006-cooperation.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import icalendar

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@dataclass(frozen=True)
class Change:
    """From one moment on, the clocks show another time: how far from UTC before and after, and what it is called."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_summer: bool


@lru_cache(maxsize=256)
def timezone_of(zone: str, first: int, last: int) -> icalendar.Timezone:
    """What a calendar tells of a timezone, from the beginning of the first year to the end of the last one."""
    place = ZoneInfo(zone)
    beginning = datetime(first, 1, 1, tzinfo=UTC)
    start = _change(place, beginning, _offset(place, beginning))
    groups: dict[tuple[timedelta, timedelta, str, bool], list[Change]] = {}
    for one in (start, *_changes(place, beginning, datetime(last + 1, 1, 1, tzinfo=UTC))):
        groups.setdefault((one.before, one.after, one.name, one.is_summer), []).append(one)
    found = icalendar.Timezone()
    found.add("TZID", zone)
    for changes in groups.values():
        found.add_component(_part(changes))
    return found


def _part(changes: list[Change]) -> icalendar.TimezoneStandard | icalendar.TimezoneDaylight:
    """Changes of one kind: each by the clocks before it, and in a line of its own."""
    first = changes[0]
    part = icalendar.TimezoneDaylight() if first.is_summer else icalendar.TimezoneStandard()
    onsets = [(one.at + one.before).replace(tzinfo=None) for one in changes]
    part.add("DTSTART", onsets[0])
    part.add("TZOFFSETFROM", first.before)
    part.add("TZOFFSETTO", first.after)
    part.add("TZNAME", first.name)
    for onset in onsets[1:]:
        part.add("RDATE", [onset])
    return part


def _changes(place: ZoneInfo, first: datetime, last: datetime) -> Iterator[Change]:
    """Every change between two moments: looked for from day to day, then found to the second by halving."""
    before, moment = _offset(place, first), first
    while moment < last:
        after = _offset(place, moment + DAY)
        if after != before:
            yield _change(place, _between(place, moment, moment + DAY), before)
            before = after
        moment += DAY


def _between(place: ZoneInfo, low: datetime, high: datetime) -> datetime:
    """The first second at which the clocks show what they show at `high`."""
    after = _offset(place, high)
    while high - low > SECOND:
        middle = low + timedelta(seconds=(high - low) // SECOND // 2)
        low, high = (low, middle) if _offset(place, middle) == after else (middle, high)
    return high


def _change(place: ZoneInfo, at: datetime, before: timedelta) -> Change:
    local = at.astimezone(place)
    summer = local.dst() or timedelta(0)
    return Change(at, before, _offset(place, at), local.tzname() or "", summer > timedelta(0))


def _offset(place: ZoneInfo, moment: datetime) -> timedelta:
    return moment.astimezone(place).utcoffset() or timedelta(0)
