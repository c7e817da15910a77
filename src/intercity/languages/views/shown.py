"""What the pages of languages share: who may open them, what a form sent, showing it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from intercity.languages.network import network_languages
from intercity.refusals import RefusedError

UNREADABLE = 422


def network_language(code: str) -> str:
    """The code as the network writes it; where the network has no such language, there is no page."""
    for known in network_languages():
        if known.lower() == code.lower():
            return known
    raise Http404


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, be it empty; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def put_beside(form: forms.Form, error: RefusedError) -> None:
    """Show why an action was refused beside the input that it is about, else above the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error))


def show(request: HttpRequest, template: str, context: dict[str, Any], *forms_shown: forms.Form) -> HttpResponse:
    """A page; with status 422 where it is shown again because of what was typed."""
    again = any(form.errors for form in forms_shown)
    return render(request, template, context, status=UNREADABLE if again else None)
