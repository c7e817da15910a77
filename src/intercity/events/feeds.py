"""Calendars that phones and computers subscribe to, as RFC 5545 and RFC 7986 write them.

An event on days is written with the day after its last one as its end; one with hours with those of its place and
that place's timezone. Everything follows from what is stored, so that the same calendar is the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from icalendar.enums import STATUS, TRANSP

from intercity.cities.countries import country_name
from intercity.events.clocks import timezone_of
from intercity.events.models import Event, EventKind, EventState, Session
from intercity.events.themes import themes
from intercity.languages.models import Text

MIME = "text/calendar; charset=utf-8"
REFRESH = timedelta(hours=6)
"""How often a calendar is to be looked at again; many programs take a day all the same."""
YEARS = (1990, 2040)
"""For these years at least a calendar tells when clocks are put forward and back: some programs keep what the first
calendar told of a timezone, and use it for all others."""


@dataclass(frozen=True)
class Entry:
    """One entry. `starts` and `ends` are days, both included, or moments with a timezone; `ends` may be unknown."""

    uid: str
    title: str
    language: str
    starts: date | datetime
    ends: date | datetime | None
    changed_at: datetime
    sequence: int = 0
    about: str = ""
    place: str = ""
    address: str = ""
    categories: tuple[str, ...] = ()
    position: tuple[float, float] | None = None
    within: str = ""
    is_cancelled: bool = False
    takes_time: bool = True


def uid(what: str, key: object) -> str:
    """By which programs know an entry again: `what` it is and its key, at this installation."""
    return f"{what}-{key}@{urlsplit(settings.ADDRESS).hostname or 'localhost'}"


def here(name: str, *args: object) -> str:
    """The whole address of a page of ours, for readers who are elsewhere."""
    return settings.ADDRESS + reverse(name, args=args)


def write(key: str, name: str, entries: Iterable[Entry], *, address: str = "", about: str = "") -> bytes:
    """A calendar with a name, each entry once; by `key` it is known again, and `address` is where it is read again."""
    calendar = icalendar.Calendar.new(uid=uid("calendar", key), prodid="-//Intercity//Events//EN")
    for called in ("NAME", "X-WR-CALNAME"):  # the library itself would write commas and line ends as they are
        calendar.add(called, icalendar.vText(name))
    if about:
        calendar.add("DESCRIPTION", icalendar.vText(about))
    # RFC 7986 gives these two no type by default, so that it has to be said.
    calendar.add("REFRESH-INTERVAL", icalendar.vDuration(REFRESH), {"VALUE": "DURATION"})
    if address:
        calendar.add("SOURCE", icalendar.vUri(address), {"VALUE": "URI"})
    calendar.add("X-PUBLISHED-TTL", icalendar.vDuration(REFRESH))  # its name before there was an RFC for it
    ordered = sorted({one.uid: one for one in entries}.values(), key=lambda one: (_day(one.starts), one.uid))
    for zone in sorted({zone for one in ordered for zone in _zones(one)}):
        first, last = _day(ordered[0].starts).year, max(_day(one.ends or one.starts) for one in ordered).year
        calendar.add_component(timezone_of(zone, min(first - 1, YEARS[0]), max(last + 2, YEARS[1])))
    for one in ordered:
        calendar.add_component(_component(one))
    return bytes(calendar.to_ical())


def _zones(one: Entry) -> set[str]:
    """The timezones by whose clocks an entry is told; what is told in UTC needs none."""
    moments = [value for value in (one.starts, one.ends) if isinstance(value, datetime)]
    return {str(value.tzinfo) for value in moments} - {"UTC"}


def entries_of(events: Iterable[Event], language: str, others: Sequence[str]) -> list[Entry]:
    """Public events as entries in a reader's language, else in one of `others`; hours by the clocks of the place."""
    with translation.override(language):
        return [_entry(event, language, others) for event in events if event.state != EventState.DRAFT]


def sessions_of(event: Event, language: str, others: Sequence[str]) -> list[Entry]:
    """The agenda of a public event as entries of their own, which belong to that of the event."""
    if event.state == EventState.DRAFT:
        return []
    with translation.override(language):
        return [_session(one, event, language, others) for one in event.sessions.select_related("title")]


def _entry(event: Event, language: str, others: Sequence[str]) -> Entry:
    title, said_in = _said(event.title, language, others)
    starts, ends = times_of(event)
    return Entry(
        uid=uid("event", event.pk),
        title=_titled(event, title),
        language=said_in,
        starts=starts,
        ends=ends,
        changed_at=event.changed_at,
        sequence=event.sequence,
        about=_about(event, language, others),
        place=place_of(event, language),
        address=here("event", event.slug),
        categories=(str(event.get_kind_display()), *(one.label for one in themes(event.concepts, language))),
        position=_position(event),
        is_cancelled=event.state == EventState.CANCELLED,
        takes_time=event.kind != EventKind.DEADLINE,
    )


def _session(session: Session, event: Event, language: str, others: Sequence[str]) -> Entry:
    title, said_in = _said(session.title, language, others)
    zone = ZoneInfo(event.timezone)
    place = ", ".join(part for part in (session.room, place_of(event, language)) if part)
    return Entry(
        uid=uid("session", session.pk),
        title=_titled(event, title),
        language=said_in,
        starts=session.starts_at.astimezone(zone),
        ends=session.ends_at.astimezone(zone),
        changed_at=event.changed_at,
        sequence=event.sequence,
        about=session.speakers,
        place=place,
        address=here("event", event.slug),
        within=uid("event", event.pk),
        is_cancelled=event.state == EventState.CANCELLED,
    )


def times_of(event: Event) -> tuple[date | datetime, date | datetime | None]:
    """When it begins and ends: moments where its hours are known, else days; of several days both hours must be."""
    if event.starts_at is None or (event.ends_at is None and event.ends_on > event.starts_on):
        return event.starts_on, event.ends_on
    zone = ZoneInfo(event.timezone)
    return event.starts_at.astimezone(zone), event.ends_at.astimezone(zone) if event.ends_at else None


def place_of(event: Event, language: str) -> str:
    """House and street, city and country, as far as they are known."""
    city, country = event.city, event.country or (event.city.country if event.city else "")
    parts = [event.place, city.named(language) if city else "", country_name(country, language) if country else ""]
    return ", ".join(part for part in parts if part)


def _titled(event: Event, title: str) -> str:
    """Said in the title too, since many programs show neither that something is cancelled nor what it is about."""
    if event.is_simulated:
        # Translators: the title of an event that a program made up
        title = _("%(title)s (simulated)") % {"title": title}
    if event.state == EventState.CANCELLED:
        # Translators: the title of an event that does not take place
        title = _("Cancelled: %(title)s") % {"title": title}
    return title


def _about(event: Event, language: str, others: Sequence[str]) -> str:
    """Why it is cancelled, what it is about, whom to ask, where more stands."""
    parts = []
    if event.cancelled_why is not None:
        why = _said(event.cancelled_why, language, others)[0]
        parts.append(_("It does not take place: %(why)s") % {"why": why})
    if event.about is not None:
        parts.append(_said(event.about, language, others)[0])
    if event.contact_role:
        asked = ", ".join(part for part in (event.contact_role, event.contact_mailbox) if part)
        parts.append(_("Whom to ask: %(role)s") % {"role": asked})
    if event.link:
        parts.append(event.link)
    if event.source:
        parts.append(_("Source: %(source)s") % {"source": event.source})
    return "\n\n".join(parts)


def _said(text: Text, language: str, others: Sequence[str]) -> tuple[str, str]:
    words = text.words(language, tuple(others))
    return words.body, words.language


def _position(event: Event) -> tuple[float, float] | None:
    city = event.city
    if city is None or city.latitude is None or city.longitude is None:
        return None
    return city.latitude, city.longitude


def _component(one: Entry) -> icalendar.Event:
    """An entry as the library writes it."""
    found = icalendar.Event.new(
        uid=one.uid,
        start=one.starts,
        end=_end(one),
        stamp=one.changed_at.astimezone(UTC),
        last_modified=one.changed_at.astimezone(UTC),
        sequence=one.sequence,
        categories=one.categories,
        status=STATUS.CANCELLED if one.is_cancelled else STATUS.CONFIRMED,
        transparency=TRANSP.OPAQUE if one.takes_time and not one.is_cancelled else TRANSP.TRANSPARENT,
        url=one.address or None,
        related_to=one.within or None,
    )
    found.add("SUMMARY", icalendar.vText(one.title, params={"LANGUAGE": one.language}))
    if one.about:
        found.add("DESCRIPTION", one.about)
    if one.place:
        found.add("LOCATION", one.place)
    if one.position:
        found.add("GEO", one.position)
    return found


def _end(one: Entry) -> date | datetime | None:
    """The end as the standard wants it: of days the first one that is free again."""
    if isinstance(one.starts, datetime):
        return one.ends
    return _day(one.ends or one.starts) + timedelta(days=1)


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
