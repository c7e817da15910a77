"""Costs and results of a practice: each with who says so; what conflicts stands side by side."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from intercity.practices import actions
from intercity.practices.forms.claims import CostForm, ResultForm, not_optional
from intercity.practices.forms.steps import CostNoteForm
from intercity.practices.models import Practice
from intercity.practices.views.writing import save, save_step
from intercity.practices.views.written import CLAIMS, address_of, practice_for, sent
from intercity.refusals import RefusedError


@login_required
def practice_claims(request: HttpRequest, slug: str) -> HttpResponse:
    """What is claimed until now, one more cost and one more result, and cost in words."""
    practice = practice_for(request, slug)
    removed = request.POST.get("remove", "")
    if removed:
        return _remove(request, practice, removed)
    data = sent(request)
    options: dict[str, Any] = {"empty_permitted": True, "use_required_attribute": False}
    country = practice.city.country if practice.city else practice.country
    cost = CostForm(country, data, prefix="cost", **options)
    result = ResultForm(data, prefix="result", **options)
    note = CostNoteForm(practice, data)
    note.numbers = {"costs": cost, "results": result}
    for form, name in ((cost, "costs"), (result, "results")):
        not_optional(form)
        if getattr(practice, name).all():
            del note.fields[f"unknown_{name}"]

    def keep() -> Practice:
        with transaction.atomic():
            if cost.has_changed():
                actions.add_cost(request.user, practice, **cost.cleaned_data)
            if result.has_changed():
                actions.add_result(request.user, practice, **result.cleaned_data)
            # After the numbers: of what is public, a cost that was not known may go only when there is one.
            return save(request.user, practice, note)

    shown: list[forms.Form] = [note, cost, result]
    context = {
        "practice": practice,
        "step": CLAIMS,
        "part": "practices/_step_claims.html",
        "form": note,
        "cost": cost,
        "result": result,
    }
    return save_step(request, context, shown, keep)


def _remove(request: HttpRequest, practice: Practice, removed: str) -> HttpResponse:
    """Take a claim back that was a mistake; its number comes as "cost-12" or "result-12"."""
    kind, _hyphen, number = removed.partition("-")
    if kind not in {"cost", "result"} or not number.isascii() or not number.isdecimal():
        raise Http404
    key = int(number[:18])
    claim = (practice.costs.filter(pk=key) if kind == "cost" else practice.results.filter(pk=key)).first()
    try:
        if claim is not None:
            actions.remove_claim(request.user, claim)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back."))
    return redirect(address_of(practice, CLAIMS))
