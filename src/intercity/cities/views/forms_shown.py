"""Forms that are shown again: what was refused stands beside its field, and nothing that was typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from intercity.cities.actions import TooOftenError
from intercity.refusals import FaultsError, RefusedError

UNREADABLE, TOO_OFTEN = 422, 429
T = TypeVar("T")


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, be it empty; None where nothing came."""
    return request.POST if request.method == "POST" else None


def done(form: forms.Form, act: Callable[[], T]) -> T | None:
    """What an action gave; None where it was refused, which then stands beside the fields of the form."""
    try:
        return act()
    except RefusedError as error:
        faults = error.faults if isinstance(error, FaultsError) else ((error.field, str(error)),)
        for name, sentence in faults:
            form.add_error(name if name in form.fields else None, sentence)
        form.too_often = isinstance(error, TooOftenError)  # type: ignore[attr-defined]
    return None


def show(request: HttpRequest, template: str, form: forms.Form, **context: Any) -> HttpResponse:
    """A page with a form; with a status of its own where it is shown again because of what was typed."""
    wrong = TOO_OFTEN if getattr(form, "too_often", False) else UNREADABLE
    return render(request, template, {"form": form, **context}, status=wrong if form.errors else None)
