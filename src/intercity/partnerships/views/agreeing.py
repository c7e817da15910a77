"""Agreements: the register, one of them, whether it lives; and promises that are found in a declaration."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import not_allowed
from intercity.cities.models import City
from intercity.cities.rights import writable_cities
from intercity.partnerships.actions import agreements
from intercity.partnerships.actions.rights import may_agree
from intercity.partnerships.forms.agreeing import (
    AgreementForm,
    AgreementStateForm,
)
from intercity.partnerships.models import Agreement, AgreementKind, AgreementState, Commitment
from intercity.partnerships.views.history import told
from intercity.partnerships.views.shown import attempt, sent, show

ON_A_PAGE = 20


@require_safe
def agreement_list(request: HttpRequest) -> HttpResponse:
    """All agreements, the latest first; by state, kind and party."""
    state, kind, slug = (request.GET.get(name, "") for name in ("state", "kind", "city"))
    found = Agreement.objects.with_words().order_by("-signed_on", "-pk")
    if state in AgreementState.values:
        found = found.filter(state=state)
    if kind in AgreementKind.values:
        found = found.filter(kind=kind)
    city = City.objects.filter(slug=slug).first() if slug else None
    if city is not None:
        found = found.of(city)
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "states": AgreementState.choices,
        "kinds": AgreementKind.choices,
        "state": state,
        "kind": kind,
        "city": city,
        "cities": City.objects.filter(agreement_parties__isnull=False)
        .distinct()
        .order_by("name")
        .prefetch_related("names"),
        "may_write": isinstance(request.user, Person) and writable_cities(request.user).exists(),
    }
    return show(request, "partnerships/agreements.html", context)


def _agreement(slug: str) -> Agreement:
    whole = Agreement.objects.with_words().prefetch_related("steps__reason__translations")
    return get_object_or_404(whole, slug=slug)


@require_safe
def agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """One agreement: who, why, since when, what was promised in it, and its history."""
    found = _agreement(slug)
    context = {
        "agreement": found,
        "commitments": Commitment.objects.filter(agreement=found).with_words(),
        "steps": told(found.steps.all()),
        "may_write": may_agree(request.user, found),
    }
    return show(request, "partnerships/agreement.html", context)


@login_required
def register_agreement(request: HttpRequest) -> HttpResponse:
    """Put an agreement on the register."""
    if not writable_cities(request.user).exists():
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    form = AgreementForm(None, sent(request), initial={"kind": AgreementKind.MEMORANDUM})
    made: list[Agreement] = []
    if request.method == "POST" and form.is_valid():
        terms = form.terms()
        if attempt(lambda: made.append(agreements.register(request.user, **terms)), form):
            messages.success(request, _("It is registered. Without a commitment it is shown as a declaration."))
            return redirect("agreement", made[0].slug)
    return show(request, "partnerships/register_agreement.html", {"form": form}, form)


def _written_by(request: HttpRequest, slug: str) -> Agreement:
    found = _agreement(slug)
    if not may_agree(request.user, found):
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    return found


@login_required
def edit_agreement(request: HttpRequest, slug: str) -> HttpResponse:
    """Correct what the register says."""
    found = _written_by(request, slug)
    form = AgreementForm(found, sent(request))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        if attempt(lambda: agreements.edit(request.user, found, version=version, **form.terms()), form):
            messages.success(request, _("Saved."))
            return redirect("agreement", found.slug)
    return show(request, "partnerships/register_agreement.html", {"form": form, "agreement": found}, form)


@login_required
def set_agreement_state(request: HttpRequest, slug: str) -> HttpResponse:
    """Say honestly whether it lives."""
    found = _written_by(request, slug)
    form = AgreementStateForm(sent(request), initial={"state": found.state, "seen": found.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def say() -> None:
            agreements.set_state(request.user, found, given["state"], form.reason_given(), version=given["seen"] or 0)

        if attempt(say, form):
            messages.success(request, _("Saved."))
            return redirect("agreement", found.slug)
    return show(request, "partnerships/agreement_state.html", {"agreement": found, "form": form}, form)
