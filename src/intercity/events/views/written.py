"""What the pages of those who write events share: for whom they are, and forms that are shown again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, has_role, require
from intercity.cities.rights import require_writer, writable_cities
from intercity.events.actions import FaultsError
from intercity.events.models import Event
from intercity.events.views.shown import visible_event
from intercity.refusals import RefusedError

UNREADABLE = 422


def require_any_writer(person: Visitor) -> None:
    """Nobody begins to write who is neither an officer of a city nor of the secretariat."""
    if not has_role(person, Role.SECRETARIAT) and not writable_cities(person).exists():
        require(person, Role.OFFICER, Role.SECRETARIAT)


def written_event(request: HttpRequest, slug: str) -> Event:
    """The event, for those who may write it; of a draft of others nobody learns that it is there."""
    event = visible_event(request, slug)
    require_writer(request.user, event.city)
    return event


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, be it empty; None where nothing came."""
    return request.POST if request.method == "POST" else None


def put_beside(form: forms.Form, error: RefusedError) -> None:
    """Show why an action was refused beside the inputs that it is about, else above the form."""
    faults = error.faults if isinstance(error, FaultsError) else ((error.field, str(error)),)
    for name, sentence in faults:
        form.add_error(name if name in form.fields and name != "sequence" else None, sentence)


def show(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """A page with a form; with status 422 where it is shown again because of what was typed."""
    return render(request, template, {"form": form, **context}, status=UNREADABLE if form.errors else None)
