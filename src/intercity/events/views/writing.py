"""Writing an event, changing it, showing it to everybody, cancelling it and throwing a draft away."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intercity.events import actions
from intercity.events.actions import ConflictError, Meanwhile
from intercity.events.forms.writing import CancelForm, EventForm
from intercity.events.models import Event
from intercity.events.views.shown import hints
from intercity.events.views.written import put_beside, require_any_writer, sent, show, written_event
from intercity.refusals import RefusedError

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@PAGE
@login_required
def write_event(request: HttpRequest) -> HttpResponse:
    """Begin an event: nobody else sees it before it is published."""
    require_any_writer(request.user)
    form = EventForm(request.user, None, sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            event = actions.add_event(request.user, **form.said())
        except RefusedError as error:
            put_beside(form, error)
        else:
            messages.success(request, _("Saved as a draft. Look at it, add the agenda and who comes, publish it."))
            return redirect("event", event.slug)
    return show(request, "events/write_event.html", form)


@PAGE
@login_required
def edit_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Say an event otherwise; what somebody else changed meanwhile is shown beside what was typed."""
    event = written_event(request, slug)
    form = EventForm(request.user, event, sent(request))
    meanwhile: tuple[Meanwhile, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            _saved(request, event, form)
        except ConflictError as error:
            meanwhile = error.differences
            form.look_again(error.sequence)
            put_beside(form, error)
        except RefusedError as error:
            put_beside(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("event", event.slug)
    return show(request, "events/write_event.html", form, event=event, meanwhile=meanwhile, closed=hints(event))


def _saved(request: HttpRequest, event: Event, form: EventForm) -> None:
    """Keep what the form says; an answer without a number began from the first."""
    sequence = form.cleaned_data["sequence"]
    actions.edit_event(request.user, event, sequence=0 if sequence is None else sequence, **form.said())


@require_POST
@login_required
def publish_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Show it to everybody."""
    event = written_event(request, slug)
    try:
        actions.publish_event(request.user, event)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Everybody can read it now, and it is in the calendars."))
    return redirect("event", slug)


@PAGE
@login_required
def cancel_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that it does not take place, and why."""
    event = written_event(request, slug)
    form = CancelForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.cancel_event(request.user, event, (form.cleaned_data["language"], form.cleaned_data["why"]))
        except RefusedError as error:
            put_beside(form, error)
        else:
            messages.success(request, _("It is cancelled. Calendars that took it over say so, too."))
            return redirect("event", slug)
    return show(request, "events/cancel_event.html", form, event=event)


@PAGE
@login_required
def discard_event(request: HttpRequest, slug: str) -> HttpResponse:
    """Throw a draft away, after one look at what it is."""
    event = written_event(request, slug)
    form = CancelForm()
    if request.method == "POST":
        try:
            actions.discard_event(request.user, event)
        except RefusedError as error:
            messages.error(request, str(error))
            return redirect("event", slug)
        messages.success(request, _("The draft is deleted."))
        return redirect("events")
    return show(request, "events/discard_event.html", form, event=event)
