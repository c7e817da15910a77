"""Addresses of events; the page of one event, its tables and the calendars are of a subject above this one."""

from __future__ import annotations

from django.urls import URLPattern, path

from intercity.events.views import agenda, listing, writing

urlpatterns: list[URLPattern] = [
    path("events/", listing.events, name="events"),
    path("desk/events/new/", writing.write_event, name="write_event"),
    path("events/<slug:slug>/edit/", writing.edit_event, name="edit_event"),
    path("events/<slug:slug>/publish/", writing.publish_event, name="publish_event"),
    path("events/<slug:slug>/cancel/", writing.cancel_event, name="cancel_event"),
    path("events/<slug:slug>/delete/", writing.discard_event, name="discard_event"),
    path("events/<slug:slug>/agenda/", agenda.event_agenda, name="event_agenda"),
    path("events/<slug:slug>/agenda/<int:key>/", agenda.edit_session, name="edit_session"),
    path("events/<slug:slug>/agenda/<int:key>/remove/", agenda.remove_session, name="remove_session"),
    path("events/<slug:slug>/participants/", agenda.event_participants, name="event_participants"),
    path(
        "events/<slug:slug>/participants/<int:key>/remove/", agenda.remove_participation, name="remove_participation"
    ),
]
