"""The pages about people: list, one person, cards, handing over, oneself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from intercity.accounts import actions, limits
from intercity.accounts.codes import shown
from intercity.accounts.forms import CardForm, HandOverForm, PersonForm, ProfileForm, RoleForm
from intercity.accounts.models import Membership, Person, Role
from intercity.accounts.people import matching, seen_by
from intercity.accounts.qr import picture
from intercity.accounts.rights import has_any_role, has_role, require

Done = TypeVar("Done")


@require_safe
@login_required
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with a role, to search and to add to."""
    words = request.GET.get("q", "")
    found = matching(seen_by(request.user), words)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return render(request, "accounts/people.html", {"page": page, "words": words})


@login_required
def add_person(request: HttpRequest) -> HttpResponse:
    """Add somebody."""
    seen_by(request.user)  # refuses who may add nobody
    form = PersonForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = attempt(form, lambda: actions.add_person(request.user, **form.cleaned_data))
        if added:
            messages.success(request, _("%(name)s was added.") % {"name": added.name})
            return redirect("person", added.pk)
    return shown_form(request, "accounts/add_person.html", form)


@login_required
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles, and a role more."""
    seen = get_object_or_404(seen_by(request.user), pk=pk)
    form = RoleForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = attempt(form, lambda: actions.give_role(request.user, seen, **form.cleaned_data))
        if given:
            messages.success(request, _("The role was given."))
            return redirect("person", seen.pk)
    roles = seen.memberships.select_related("city").order_by("ended_at", "began_at")
    shown = {
        "person": seen,
        "current": [
            (role, actions.may_give(request.user, role.role, role.city)) for role in roles if not role.ended_at
        ],
        "past": [role for role in roles if role.ended_at],
        "may_issue": has_role(request.user, Role.SECRETARIAT),
        "cards": list(seen.cards.order_by("-issued_at")[:10]),
    }
    return shown_form(request, "accounts/person.html", form, **shown)


@require_POST
@login_required
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """End a role."""
    membership = get_object_or_404(Membership.objects.select_related("person", "city"), pk=pk)
    try:
        actions.end_role(request.user, membership)
        messages.success(request, _("The role has ended."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("person", membership.person_id)


@never_cache
@login_required
def card(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a card and show it once, to be printed: its code is kept nowhere, so there is no page to come back to."""
    require(request.user, Role.SECRETARIAT)
    holder = get_object_or_404(Person, pk=pk)
    if request.method != "POST":
        return render(request, "accounts/card_ask.html", {"person": holder})
    try:
        issued, code = actions.issue_card(request.user, holder)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("person", holder.pk)
    address = request.build_absolute_uri(reverse("card_sign_in"))
    found = {"card": issued, "person": holder, "letters": shown(code), "address": address}
    return render(request, "accounts/card.html", {**found, "picture": picture(f"{address}?code={code}")})


@require_POST
@login_required
def revoke_cards(request: HttpRequest, pk: int) -> HttpResponse:
    """Make somebody's cards worthless."""
    holder = get_object_or_404(Person, pk=pk)
    actions.revoke_cards(request.user, holder)
    messages.success(request, _("No card of %(name)s signs in any more.") % {"name": holder.name})
    return redirect("person", holder.pk)


@login_required
def hand_over(request: HttpRequest) -> HttpResponse:
    """Name a successor and leave."""
    leaver = require_signed_in(request)
    form = HandOverForm(leaver, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        city = form.places[given.pop("place")]
        successor = attempt(form, lambda: actions.hand_over(leaver, city=city, **given))
        if successor:
            told = _("Your roles are with %(name)s now. Thank you for what you did.") % {"name": successor.name}
            messages.success(request, told)
            return redirect("profile")
    return shown_form(request, "accounts/hand_over.html", form)


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """Oneself: name, language, roles, and the ways to sign in."""
    own = require_signed_in(request)
    form = ProfileForm(request.POST or None, initial={"name": own.name, "language": own.language})
    if request.method == "POST" and form.is_valid():
        attempt(form, lambda: actions.edit_own_profile(own, **form.cleaned_data))
        if not form.errors:
            messages.success(request, _("Saved."))
            return redirect("profile")
    roles = Membership.objects.current().filter(person=own).select_related("city")
    known = {
        "roles": roles,
        "has_password": own.has_usable_password(),
        "sees_people": has_any_role(own, Role.SECRETARIAT, Role.OFFICER),
    }
    return shown_form(request, "accounts/profile.html", form, **known)


@never_cache
@sensitive_post_parameters("code")
def card_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a printed card. A card is a first factor: who has set up a second one is asked for it."""
    form = CardForm(request.POST or None, initial={"code": request.GET.get("code", "")[:40]})
    who = limits.address(request)
    if request.method == "POST" and limits.is_used_up("card", who):
        return limits.refuse(request, "card")
    if request.method == "POST" and form.is_valid():
        holder = attempt(form, lambda: actions.use_card(form.cleaned_data["code"]))
        if holder:
            record_authentication(request, holder, method="card")
            response: HttpResponse = perform_login(request, holder, email_verification="none")
            return response
        limits.allow("card", who)  # only what fails is counted: a hall full of people may sign in together
    return shown_form(request, "accounts/card_sign_in.html", form)


def require_signed_in(request: HttpRequest) -> Person:
    """Who is signed in; views that use it are for nobody else."""
    assert isinstance(request.user, Person)  # noqa: S101 - told to the type checker; login_required saw to it
    return request.user


def attempt(form: forms.Form, act: Callable[[], Done]) -> Done | None:
    """What an action gives back, or None with its refusal beside the fields of the form."""
    try:
        return act()
    except ValidationError as error:
        form.add_error(None, error)
        return None


def shown_form(request: HttpRequest, template: str, form: forms.Form, **more: object) -> HttpResponse:
    """A page with a form; filled in, and with status 422, where something was wrong."""
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)
