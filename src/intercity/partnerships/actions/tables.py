"""Trade tables at an event: a city opens one, others take twenty minutes each; nobody sits in two places at once."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.cities.rights import may_write, require_writer
from intercity.events.actions.checking import Faults, cleaned, moment, refuse, zone_of
from intercity.events.models import Event, EventKind, EventState
from intercity.partnerships.models import Posting, PostingState, Slot, TradeTable
from intercity.partnerships.models.tables import SLOT
from intercity.refusals import RefusedError

LONGEST = timedelta(hours=12)
"""A table stands for a day, not for a fair."""


def open_table(
    person: Visitor,
    event: Event,
    city: City,
    *,
    starts_at: datetime,
    ends_at: datetime,
    name: str = "",
    posting: Posting | None = None,
) -> TradeTable:
    """Open a city's table at an event; hours without a timezone are told by the clocks of the place.

    Whoever writes for the city may, and whoever writes the event.
    """
    author = _require(person, city, event.city)
    with transaction.atomic():
        found = _running(event)
        zone = zone_of(found.timezone)
        begins, ends = moment(starts_at, zone, "starts_at"), moment(ends_at, zone, "ends_at")
        kept, faults = cleaned(TradeTable, {"name": name})
        faults += _faults(found, begins, ends) + _of_city(city, posting)
        refuse(faults)
        try:
            with transaction.atomic():
                table = TradeTable.objects.create(
                    event=found, city=city, starts_at=begins, ends_at=ends, posting=posting, **kept
                )
        except IntegrityError as error:
            raise RefusedError(_("This city has a table at this event already."), "city") from error
        record(author, "table.opened", table, event=found.slug, city=city.slug)
    return table


def close_table(person: Visitor, table: TradeTable) -> None:
    """Take a table away at which nobody has taken time."""
    author = _require(person, table.city, table.event.city)
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=table.event_id)
        if table.slots.exists():
            raise RefusedError(_("Others have taken time at this table. Cancel that with them first."))
        record(author, "table.closed", table, event=table.event.slug, city=table.city.slug)
        table.delete()


def book(person: Visitor, table: TradeTable, starts_at: datetime, city: City) -> Slot:
    """Take twenty minutes at a table for a city. Of two who want the same at the same moment, one gets it.

    All bookings of an event wait for each other by the lock on its row, since who sits where concerns every table.
    """
    author = require_writer(person, city)
    with transaction.atomic():
        event = _running(table.event)
        found = TradeTable.objects.filter(pk=table.pk, event=event).select_related("city").first()
        if found is None:
            raise RefusedError(_("This table was taken away."))
        _check_time(found, starts_at)
        _check_city(found, starts_at, city)
        try:
            with transaction.atomic():
                slot = Slot.objects.create(table=found, event=event, starts_at=starts_at, city=city, booked_by=author)
        except IntegrityError as error:  # what the lock lets nobody do, the database lets nobody do either
            raise _taken() from error
        record(author, "slot.booked", slot, event=event.slug, table=found.city.slug, city=city.slug)
    return slot


def cancel_booking(person: Visitor, slot: Slot) -> None:
    """Give twenty minutes back: the city that took them, that of the table, or the secretariat."""
    author = _require(person, slot.city, slot.table.city)
    with transaction.atomic():
        record(author, "slot.cancelled", slot, event=slot.event.slug, table=slot.table.city.slug, city=slot.city.slug)
        slot.delete()


def slots_of(table: TradeTable) -> list[datetime]:
    """When twenty minutes at a table begin, one after the other, as long as whole ones fit."""
    number = (table.ends_at - table.starts_at) // SLOT
    return [table.starts_at + SLOT * place for place in range(number)]


def _require(person: Visitor, *cities: City | None) -> Person:
    """Whoever writes for one of these."""
    for city in cities[1:]:
        if may_write(person, city):
            return require_writer(person, city)
    return require_writer(person, cities[0])


def _running(event: Event) -> Event:
    """The event, locked, where there can be tables: public, not cancelled, not over."""
    found = Event.objects.select_for_update().get(pk=event.pk)
    if found.state != EventState.PUBLISHED or found.kind == EventKind.DEADLINE:
        raise RefusedError(_("There can be tables only at an event that is published and takes place."))
    if found.is_over:
        raise RefusedError(_("This event is over."))
    return found


def _faults(event: Event, begins: datetime, ends: datetime) -> Faults:
    """What is wrong with the hours of a table."""
    zone = zone_of(event.timezone)
    if ends - begins < SLOT:
        return [("ends_at", _("A table is open for twenty minutes at least."))]
    if ends - begins > LONGEST:
        return [("ends_at", _("A table is open for twelve hours at most."))]
    if not event.starts_on <= begins.astimezone(zone).date() <= event.ends_on:
        return [("starts_at", _("This is not on a day of the event, by the clocks of the place."))]
    return []


def _of_city(city: City, posting: Posting | None) -> Faults:
    """What is wrong with whose table it is, and with what it is about."""
    if city.left_on is not None:
        return [("city", _("%(city)s is not a member any more.") % {"city": city.name})]
    if posting is not None and (posting.city_id != city.pk or posting.state != PostingState.OPEN):
        return [("posting", _("Choose an open need or offer of the same city."))]
    return []


def _check_time(table: TradeTable, starts_at: datetime) -> None:
    """One of the table's own times, still to come and free."""
    if starts_at not in slots_of(table):
        raise RefusedError(_("This is none of the table's times. Choose one from the list."), "starts_at")
    if starts_at <= timezone.now():
        raise RefusedError(_("This time is past. Choose a later one."), "starts_at")
    if table.slots.filter(starts_at=starts_at).exists():
        raise _taken()


def _check_city(table: TradeTable, starts_at: datetime, city: City) -> None:
    """A member that sits nowhere else at that time, be it at its own table or at another's."""
    if city.left_on is not None:
        raise RefusedError(_("%(city)s is not a member any more.") % {"city": city.name}, "city")
    if city.pk == table.city_id:
        raise RefusedError(_("This is your own table."), "city")
    at_once = Slot.objects.filter(event=table.event_id, starts_at__gt=starts_at - SLOT, starts_at__lt=starts_at + SLOT)
    if at_once.filter(Q(city=city) | Q(table__city=city)).exists():
        raise RefusedError(
            _("%(city)s has another conversation at that time. Choose another time.") % {"city": city.name}, "city"
        )
    if at_once.filter(Q(city=table.city) | Q(table=table)).exists():
        raise RefusedError(
            _("%(city)s sits at another table at that time. Choose another time.") % {"city": table.city.name},
            "starts_at",
        )


def _taken() -> RefusedError:
    return RefusedError(_("Somebody else has just taken this time. Choose another one."), "starts_at")
