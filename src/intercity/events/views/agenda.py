"""The agenda of an event and who takes part, as those write them who may."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intercity.accounts.models import Role
from intercity.accounts.rights import not_allowed
from intercity.cities.models import City
from intercity.cities.rights import may_write, writable_cities
from intercity.events import actions
from intercity.events.forms.writing import ParticipationForm, SessionForm
from intercity.events.models import Event, EventState, Participation
from intercity.events.views.shown import agenda, visible_event
from intercity.events.views.written import put_beside, sent, show, written_event
from intercity.refusals import RefusedError

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@login_required
def event_agenda(request: HttpRequest, slug: str) -> HttpResponse:
    """The agenda, and one more part of it."""
    event = written_event(request, slug)
    form = SessionForm(event, None, sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_session(request.user, event, **form.said())
        except RefusedError as error:
            put_beside(form, error)
        else:
            messages.success(request, _("It is on the agenda."))
            return redirect("event_agenda", slug)
    return show(request, "events/agenda.html", form, event=event, agenda=agenda(event))


@PAGE
@login_required
def edit_session(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Say a part of the agenda otherwise."""
    event = written_event(request, slug)
    session = get_object_or_404(event.sessions.select_related("title", "event__city"), pk=key)
    form = SessionForm(event, session, sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_session(request.user, session, **form.said())
        except RefusedError as error:
            put_beside(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("event_agenda", slug)
    return show(request, "events/edit_session.html", form, event=event, session=session)


@require_POST
@login_required
def remove_session(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take a part off the agenda."""
    event = written_event(request, slug)
    session = event.sessions.select_related("title", "event__city").filter(pk=key).first()
    if session is not None:  # a form that is sent twice
        actions.remove_session(request.user, session)
        messages.success(request, _("It is off the agenda."))
    return redirect("event_agenda", slug)


@PAGE
@login_required
def event_participants(request: HttpRequest, slug: str) -> HttpResponse:
    """Who takes part, and one more; an officer says it of their own city."""
    event = visible_event(request, slug)
    writes = may_write(request.user, event.city)
    cities = City.objects.members().prefetch_related("names") if writes else writable_cities(request.user)
    if not writes and (event.state != EventState.PUBLISHED or not cities.exists()):
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    form = ParticipationForm(cities, sent(request), may_name_others=writes)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_participation(request.user, event, **form.cleaned_data)
        except RefusedError as error:
            put_beside(form, error)
        else:
            messages.success(request, _("It is on the list."))
            return redirect("event_participants", slug)
    listed = [(one, writes or may_write(request.user, one.city)) for one in _parties(event)]
    return show(request, "events/participants.html", form, event=event, listed=listed, writes=writes)


def _parties(event: Event) -> list[Participation]:
    return list(event.participations.select_related("city").prefetch_related("city__names"))


@require_POST
@login_required
def remove_participation(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take a party off the list."""
    event = visible_event(request, slug)
    found = event.participations.select_related("city", "event__city").filter(pk=key).first()
    if found is not None:  # a form that is sent twice
        actions.remove_participation(request.user, found)
        messages.success(request, _("It is off the list."))
    elif not may_write(request.user, event.city) and not writable_cities(request.user).exists():
        raise Http404
    return redirect("event_participants", slug)
