"""Trade tables: those of an event, one with its times, taking twenty minutes, giving them back, the sheet to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import Visitor, not_allowed
from intercity.cities.models import Cities, City
from intercity.cities.rights import may_write, writable_cities
from intercity.events.models import Event, EventState
from intercity.events.times import ReaderPlace, for_reader, reader_place
from intercity.events.views.shown import visible_event
from intercity.events.views.written import put_beside, sent, show
from intercity.partnerships.actions import tables as actions
from intercity.partnerships.forms.meeting import TableForm
from intercity.partnerships.models import Slot, TradeTable
from intercity.partnerships.models.tables import SLOT
from intercity.refusals import RefusedError


@dataclass(frozen=True)
class Time:
    """Twenty minutes at a table: who has them, and what this reader may do with them."""

    starts_at: datetime
    ends_at: datetime
    slot: Slot | None
    may_book: bool
    may_cancel: bool
    for_reader: str


@dataclass(frozen=True)
class Booking:
    """Who books: the cities that somebody may book for, and the one that is chosen."""

    cities: tuple[City, ...]
    chosen: City | None


def _event(request: HttpRequest, slug: str) -> Event:
    found = visible_event(request, slug)
    if found.state == EventState.DRAFT:
        raise Http404
    return found


def _table(event: Event, key: int) -> TradeTable:
    found = TradeTable.objects.filter(event=event).select_related("city", "event__city", "posting__title")
    return get_object_or_404(found.prefetch_related("city__names", "posting__title__translations"), pk=key)


def _own(person: Visitor, event: Event) -> Cities:
    """The cities whose table somebody may open: theirs, and all for whoever writes the event."""
    if may_write(person, event.city):
        return City.objects.members().prefetch_related("names")
    return writable_cities(person)


@require_safe
def event_tables(request: HttpRequest, slug: str) -> HttpResponse:
    """The tables of an event, by city, with how many times are free."""
    found = _event(request, slug)
    tables = TradeTable.objects.filter(event=found).select_related("city", "posting__title")
    tables = tables.prefetch_related("city__names", "posting__title__translations", "slots")
    is_open = found.state == EventState.PUBLISHED and not found.is_over
    listed = [(one, len(actions.slots_of(one)) - len(one.slots.all())) for one in tables]
    may_open = is_open and isinstance(request.user, Person) and _own(request.user, found).exists()
    context = {"event": found, "listed": listed, "may_open": may_open}
    return render(request, "partnerships/tables.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def open_table(request: HttpRequest, slug: str) -> HttpResponse:
    """Open a table of one's city."""
    found = _event(request, slug)
    cities = _own(request.user, found)
    if not cities.exists():
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    form = TableForm(found, cities, sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            table = actions.open_table(request.user, found, form.cleaned_data["city"], **form.said())
        except RefusedError as error:
            put_beside(form, error)
        else:
            messages.success(request, _("The table is open. Others can take twenty minutes at it."))
            return redirect("table", slug, table.pk)
    return show(request, "partnerships/open_table.html", form, event=found)


@require_safe
def table(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """One table with its times; who may book for several cities chooses one first."""
    found = _event(request, slug)
    shown = _table(found, key)
    booking = _booking(request, shown)
    context = {
        "event": found,
        "table": shown,
        "booking": booking,
        "days": by_day(times(request, shown, booking.chosen), found),
        "may_close": _may_close(request.user, shown),
        "is_over": found.is_over or found.state != EventState.PUBLISHED,
    }
    return render(request, "partnerships/table.html", context)


@require_safe
def table_sheet(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """A table on paper, to lie on it: the times, who comes, and room for notes."""
    found = _event(request, slug)
    shown = _table(found, key)
    return render(
        request,
        "partnerships/table_sheet.html",
        {"event": found, "table": shown, "days": by_day(times(request, shown, None), found)},
    )


@require_POST
@login_required
def book_slot(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take twenty minutes; why not is said on the page of the table, which then shows how things stand."""
    found = _event(request, slug)
    shown = _table(found, key)
    city = get_object_or_404(City.objects.members(), pk=_number(request.POST.get("city")))
    try:
        starts_at = parse_datetime(request.POST.get("starts_at", ""))
        if starts_at is None or starts_at.tzinfo is None:
            raise RefusedError(_("This is none of the table's times. Choose one from the list."))
        actions.book(request.user, shown, starts_at, city)
    except (RefusedError, ValueError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The time is yours. It is in the calendars of both cities' officers."))
    answer = redirect("table", slug, key)
    answer["Location"] += f"?city={city.pk}"
    return answer


@require_POST
@login_required
def cancel_booking(request: HttpRequest, slug: str, key: int, slot: int) -> HttpResponse:
    """Give twenty minutes back."""
    found = _event(request, slug)
    taken = Slot.objects.filter(table=_table(found, key), pk=slot).select_related("city", "table__city", "event")
    one = taken.first()
    if one is not None:  # a form that is sent twice
        actions.cancel_booking(request.user, one)
        messages.success(request, _("The time is free again."))
    return redirect("table", slug, key)


@require_POST
@login_required
def close_table(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take a table away."""
    found = _event(request, slug)
    try:
        actions.close_table(request.user, _table(found, key))
    except RefusedError as error:
        messages.error(request, str(error))
        return redirect("table", slug, key)
    messages.success(request, _("The table is taken away."))
    return redirect("event_tables", slug)


def times(request: HttpRequest, table: TradeTable, city: City | None) -> list[Time]:
    """The times of a table for a reader who books for `city`, or for nobody."""
    taken = {one.starts_at: one for one in table.slots.select_related("city").prefetch_related("city__names")}
    reader: ReaderPlace | None = reader_place(request.user)
    is_running = table.event.state == EventState.PUBLISHED
    own = may_write(request.user, table.city)
    now = timezone.now()
    return [
        Time(
            starts_at,
            starts_at + SLOT,
            slot := taken.get(starts_at),
            may_book=city is not None and slot is None and is_running and starts_at > now,
            may_cancel=slot is not None and (own or may_write(request.user, slot.city)),
            for_reader=for_reader(starts_at, starts_at + SLOT, table.event.timezone, reader),
        )
        for starts_at in actions.slots_of(table)
    ]


def by_day(times: Iterable[Time], event: Event) -> list[tuple[date, list[Time]]]:
    """Times under the day on which they begin, by the clocks of the place."""
    zone = ZoneInfo(event.timezone)
    found: dict[date, list[Time]] = {}
    for one in times:
        found.setdefault(one.starts_at.astimezone(zone).date(), []).append(one)
    return sorted(found.items())


def _booking(request: HttpRequest, table: TradeTable) -> Booking:
    """The cities that a reader may book for at a table, and the one that is chosen: theirs, where it is only one."""
    if not isinstance(request.user, Person):
        return Booking((), None)
    cities = tuple(one for one in writable_cities(request.user) if one.pk != table.city_id)
    wanted = _number(request.GET.get("city"))
    chosen = next((one for one in cities if one.pk == wanted), cities[0] if len(cities) == 1 else None)
    return Booking(cities, chosen)


def _may_close(person: Visitor, table: TradeTable) -> bool:
    return may_write(person, table.city) or may_write(person, table.event.city)


def _number(typed: str | None) -> int:
    return int(typed) if typed and typed.isascii() and typed.isdecimal() and len(typed) < 12 else 0
