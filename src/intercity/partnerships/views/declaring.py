"""Promises that are found in a declaration: a program finds the sentences by rules, a person decides about each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from intercity.accounts.models import Role
from intercity.accounts.rights import not_allowed
from intercity.cities.models import City
from intercity.cities.rights import writable_cities
from intercity.core.language.promising import Candidate, read
from intercity.partnerships.actions.declaring import promise_all
from intercity.partnerships.forms.agreeing import CandidateForms, DeclarationForm, SharedTermsForm
from intercity.partnerships.models import Agreement
from intercity.partnerships.models.agreements import Agreements
from intercity.partnerships.views.shown import sent, show
from intercity.practices.dates import last_day
from intercity.refusals import RefusedError

WHY: Mapping[str, Any] = {
    "promise": gettext_lazy("it says itself that it promises"),
    "duty": gettext_lazy("a party will or shall do something"),
    "future": gettext_lazy("something will or shall be done"),
    "wish": gettext_lazy("it wishes or calls for something"),
    "action": gettext_lazy("it begins with what is to be done"),
    "item": gettext_lazy("an item of a list that begins with what is to be done"),
    "listed": gettext_lazy("what introduces its list promises"),
    "numbered": gettext_lazy("it stands in a numbered list"),
    "after_preamble": gettext_lazy("a promise behind an introduction"),
}
LEFT_OUT: Mapping[str, Any] = {
    "preamble": gettext_lazy("it recalls or recognises something"),
    "formal": gettext_lazy("it says how the paper itself works"),
    "introduces": gettext_lazy("it only introduces a list"),
    "heading": gettext_lazy("a heading"),
    "question": gettext_lazy("a question"),
    "no_promise": gettext_lazy("nothing in it promises"),
    "no_words": gettext_lazy("no words"),
}


@login_required
def declaration(request: HttpRequest) -> HttpResponse:
    """A declaration pasted as text: promises are looked for in it; a person keeps, changes or leaves each."""
    if not writable_cities(request.user).exists():
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    form = DeclarationForm(_own_agreements(request), sent(request), initial=_asked(request))
    if request.method != "POST" or not form.is_valid():
        return show(request, "partnerships/declaration.html", {"form": form}, form)
    given = form.cleaned_data
    reading = read(
        given["declaration"],
        given["language"],
        parties=_parties(given["language"]),
        signed_on=last_day(given["agreement"].signed_on) if given["agreement"] else None,
    )
    found = reading.candidates
    keeps = "keep" in request.POST
    shared = SharedTermsForm(request.user, sent(request) if keeps else None, prefix="all")
    rows = CandidateForms(
        request.POST if keeps else None, prefix="rows", initial=[_row(one) for one in found] if not keeps else None
    )
    if keeps and shared.is_valid() and rows.is_valid():
        kept = _kept(request, form, shared, rows)
        if kept:
            messages.success(
                request,
                ngettext("%(number)d commitment was written down.", "%(number)d commitments were written down.", kept)
                % {"number": kept},
            )
            return redirect(_after(given["agreement"]))
    context = {"form": form, "shared": shared, "rows": rows, "found": _shown(rows, found)}
    context["left_out"] = [(one, LEFT_OUT[one.why]) for one in reading.left_out]
    return show(request, "partnerships/declaration.html", context, shared, *rows.forms)


def _shown(rows: Any, found: tuple[Candidate, ...]) -> list[tuple[Any, Candidate, Any]]:
    """Each row of the form with the sentence it is about, and why that may be a promise."""
    return [(row, one, WHY[one.why]) for row, one in zip(rows.forms, found, strict=False)]


def _parties(language: str) -> list[str]:
    """Names of members, in the language of the text, who may promise in it."""
    members = City.objects.members().prefetch_related("names")
    return sorted({name for one in members for name in (one.name, one.named(language))})


def _own_agreements(request: HttpRequest) -> Agreements:
    return Agreement.objects.filter(parties__city__in=writable_cities(request.user)).distinct().with_words()


def _asked(request: HttpRequest) -> dict[str, Any]:
    found = Agreement.objects.filter(slug=request.GET.get("agreement", "")).first()
    return {"agreement": found.pk} if found else {}


def _row(one: Candidate) -> dict[str, Any]:
    return {"taken": one.is_sure, "text": one.body, "due_on": one.due_on}


def _kept(request: HttpRequest, form: DeclarationForm, shared: SharedTermsForm, rows: Any) -> int:
    """How many were kept: all that were taken, or none, with the reason beside the one that was refused."""
    given = form.cleaned_data
    same = {**shared.terms(), "city": shared.cleaned_data["city"], "agreement": given["agreement"]}
    taken = [row for row in rows.forms if row.cleaned_data.get("taken")]
    if not taken:
        shared.add_error(None, _("Nothing is chosen. Choose the sentences that are to become commitments."))
        return 0
    try:
        return len(promise_all(request.user, [{**same, **_terms(row, given["language"])} for row in taken]))
    except RefusedError as error:
        number, _dot, field = error.field.partition(".")
        row = taken[int(number)]
        place = row if field in row.fields else shared
        place.add_error(field if field in place.fields else None, str(error))
        return 0


def _terms(row: Any, language: str) -> dict[str, Any]:
    """What one chosen sentence promises for itself."""
    said = row.cleaned_data
    words = {name: (language, said[name]) for name in ("text", "known_by")}
    return {**words, "owner": said["owner"], "due_on": said["due_on"]}


def _after(found: Agreement | None) -> str:
    return reverse("agreement", args=[found.slug]) if found else reverse("commitments")
