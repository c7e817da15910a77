"""Days and hours of events in words: by the clocks of the place, in the reader's language, with what those are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intercity.accounts.models import Membership, Person
from intercity.accounts.rights import Visitor
from intercity.cities.models import City
from intercity.core.language.formats import format_clock, format_day
from intercity.events.models import Event


@dataclass(frozen=True)
class ReaderPlace:
    """Where a reader reads: the city whose office they are of, and its timezone."""

    city: str
    timezone: str


def reader_place(visitor: Visitor) -> ReaderPlace | None:
    """The city of a reader's office, where its timezone is known; of others nothing is known."""
    if not isinstance(visitor, Person):
        return None
    held = Membership.objects.current().filter(person=visitor, city__isnull=False).exclude(city__timezone="")
    city = City.objects.filter(pk__in=held.values("city")).prefetch_related("names").order_by("pk").first()
    return ReaderPlace(city.named(get_language() or "en"), city.timezone) if city else None


def days_in_words(first: date, last: date) -> str:
    """A day, or two with what is between them."""
    language = get_language() or "en"
    if first == last:
        return format_day(first, language)
    # Translators: two dates
    return _("%(first)s to %(last)s") % {"first": format_day(first, language), "last": format_day(last, language)}


def clock(moment: datetime, zone: str) -> str:
    """The hour of a moment by the clocks of a place."""
    return format_clock(moment.astimezone(ZoneInfo(zone)).time(), get_language() or "en")


def hours_in_words(begins: datetime, ends: datetime | None, zone: str) -> str:
    """From when to when, by the clocks of a place; of several days the hour of the first and that of the last."""
    if ends is None:
        # Translators: an event begins at this hour; its end is not known
        return _("from %(hour)s") % {"hour": clock(begins, zone)}
    return f"{clock(begins, zone)} – {clock(ends, zone)}"


def offset(moment: datetime, zone: str) -> str:
    """How far the clocks of a place are from UTC at a moment: "UTC+8", "UTC+5:45"."""
    seconds = moment.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = int(seconds.total_seconds() // 60) if seconds else 0
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}" + (f":{rest:02}" if rest else "")


def for_reader(begins: datetime, ends: datetime | None, zone: str, reader: ReaderPlace | None) -> str:
    """The same hours by the clocks of the reader's city, with the day where it is another one; empty if they agree."""
    if reader is None:
        return ""
    there, here = begins.astimezone(ZoneInfo(zone)), begins.astimezone(ZoneInfo(reader.timezone))
    if there.utcoffset() == here.utcoffset():
        return ""
    told = {"city": reader.city, "hours": hours_in_words(begins, ends, reader.timezone)}
    if there.date() == here.date():
        return _("In %(city)s that is %(hours)s.") % told
    day = format_day(here.date(), get_language() or "en")
    return _("In %(city)s that is %(hours)s, beginning on %(day)s.") % {**told, "day": day}


def event_for_reader(event: Event, reader: ReaderPlace | None) -> str:
    """The hours of an event by the clocks of the reader's city; empty where they are the same or not known."""
    return for_reader(event.starts_at, event.ends_at, event.timezone, reader) if event.starts_at else ""
