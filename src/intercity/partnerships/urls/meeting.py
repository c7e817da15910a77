"""Addresses of one event, of what came of it, of its tables, and of calendars."""

from __future__ import annotations

from django.urls import URLPattern, path

from intercity.partnerships.views import meeting, meeting_calendars, meeting_tables

urlpatterns: list[URLPattern] = [
    path("events/<slug:slug>/", meeting.event, name="event"),
    path("events/<slug:slug>/event.jsonld", meeting.event_jsonld, name="event_jsonld"),
    path("events/<slug:slug>/outcomes/", meeting.event_outcomes, name="event_outcomes"),
    path("events/<slug:slug>/outcomes/<int:key>/remove/", meeting.remove_outcome, name="remove_outcome"),
    path("events/<slug:slug>/tables/", meeting_tables.event_tables, name="event_tables"),
    path("events/<slug:slug>/tables/new/", meeting_tables.open_table, name="open_table"),
    path("events/<slug:slug>/tables/<int:key>/", meeting_tables.table, name="table"),
    path("events/<slug:slug>/tables/<int:key>/print/", meeting_tables.table_sheet, name="table_sheet"),
    path("events/<slug:slug>/tables/<int:key>/book/", meeting_tables.book_slot, name="book_slot"),
    path("events/<slug:slug>/tables/<int:key>/close/", meeting_tables.close_table, name="close_table"),
    path(
        "events/<slug:slug>/tables/<int:key>/times/<int:slot>/cancel/",
        meeting_tables.cancel_booking,
        name="cancel_booking",
    ),
    path("calendar/", meeting_calendars.calendar, name="calendar"),
    path("calendar/renew/", meeting_calendars.renew_calendar, name="renew_calendar"),
    path("calendar/<str:what>.ics", meeting_calendars.calendar_feed, name="calendar_feed"),
]
