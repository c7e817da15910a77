"""Events, their agenda and who takes part, among the secretariat's records."""

from __future__ import annotations

from django.contrib import admin

from intercity.accounts.records import Page, ReadOnly, site
from intercity.events.models import CalendarAddress, Event, Participation, Session


@admin.register(Event, site=site)
class Events(ReadOnly):
    """What is on, when and where."""

    list_display = ("slug", "title", "kind", "state", "starts_on", "ends_on", "city", "is_simulated")
    search_fields = ("slug", "title__body", "about__body", "place", "city__name")
    public = Page("event", "slug")


site.register([Session, Participation], public=Page("event", "event.slug"))
site.leave_out(CalendarAddress, because="it leads to the calendar of one person, who alone may know it.")
