"""An event as its page shows it: when and where, by whose clocks, the agenda by day, who takes part, closed days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.cities.rights import may_write, writable_cities
from intercity.events.closed_days import ClosedDays, closed_days
from intercity.events.models import Event, EventState, Participation, Session
from intercity.events.themes import themes
from intercity.events.times import ReaderPlace, event_for_reader, for_reader, reader_place


@dataclass(frozen=True)
class Part:
    """A part of the agenda; `for_reader` tells its hours by the reader's clocks, where they are others."""

    session: Session
    for_reader: str


@dataclass(frozen=True)
class AgendaDay:
    """What happens on one day, by the clocks of the place."""

    day: date
    parts: tuple[Part, ...]


def visible_event(request: HttpRequest, slug: str) -> Event:
    """The event at an address; of a draft nobody learns that it is there but those who may write it."""
    found = Event.objects.with_words().select_related("cancelled_why").prefetch_related("cancelled_why__translations")
    event = get_object_or_404(found, slug=slug)
    if event.state == EventState.DRAFT and not may_write(request.user, event.city):
        raise Http404
    return event


def event_context(request: HttpRequest, event: Event) -> dict[str, Any]:
    """What the page of an event shows of the event itself."""
    writes = may_write(request.user, event.city)
    parties = sorted(event.participations.all(), key=_order)
    reader = reader_place(request.user)
    return {
        "event": event,
        "themes": themes(event.concepts),
        "for_reader": event_for_reader(event, reader),
        "agenda": agenda(event, reader),
        "parties": parties,
        "may_write": writes,
        "may_take_part": writes or _may_name_own(request.user, event),
        "closed": _closed(event, parties) if writes and not event.is_over else None,
    }


def agenda(event: Event, reader: ReaderPlace | None = None) -> list[AgendaDay]:
    """The agenda by day; a part belongs to the day on which it begins at the place."""
    zone = ZoneInfo(event.timezone)
    by_day: dict[date, list[Part]] = {}
    for one in event.sessions.select_related("title").prefetch_related("title__translations"):
        told = for_reader(one.starts_at, one.ends_at, event.timezone, reader)
        by_day.setdefault(one.starts_at.astimezone(zone).date(), []).append(Part(one, told))
    return [AgendaDay(day, tuple(parts)) for day, parts in sorted(by_day.items())]


def hints(event: Event) -> ClosedDays:
    """The closed days of those who take part, on the days of the event."""
    return _closed(event, event.participations.select_related("city"))


def _closed(event: Event, parties: Iterable[Participation]) -> ClosedDays:
    host = [event.country, event.city.country if event.city else ""]
    countries = {*host, *(one.city.country for one in parties if one.city)}
    return closed_days(event.starts_on, event.ends_on, countries)


def _may_name_own(person: Visitor, event: Event) -> bool:
    """Whether somebody may say that their city takes part."""
    if event.state != EventState.PUBLISHED or not isinstance(person, Person):
        return False
    return writable_cities(person).exists()


def _order(one: Participation) -> tuple[bool, str]:
    """Cities by name first, then others in the order in which they were written."""
    return (one.city is None, one.city.named(get_language() or "en") if one.city else "")
