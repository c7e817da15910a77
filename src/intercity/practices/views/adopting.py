"""A city takes a practice over: that it wants to, how far it is, what it keeps and changes, that it confirms it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intercity.accounts.models import Role
from intercity.accounts.rights import not_allowed
from intercity.cities.models import Cities
from intercity.cities.rights import writable_cities
from intercity.languages.network import network_languages
from intercity.practices import actions
from intercity.practices.actions.rights import may_write, require_writer, speaks_for
from intercity.practices.forms.adopting import AdoptForm, MoveForm, PartsForm
from intercity.practices.forms.claims import CostForm, ResultForm
from intercity.practices.models import DONE, Adoption, AdoptionStage, Practice, PracticeState
from intercity.practices.views.shown import Shown, findings, visible, whole
from intercity.practices.views.written import put_beside, sent
from intercity.refusals import RefusedError

CALLED = {"to_city": "city"}
"""Inputs that are called otherwise than what an action names."""


@dataclass(frozen=True)
class Stage:
    """A stage as the steps of an adoption show it."""

    label: str
    is_done: bool
    is_current: bool


def stages(adoption: Adoption) -> list[Stage]:
    """How far it came, by what was said: a stage that nobody reported on the way is left out.

    What was stopped keeps what it had reached, and ends with that it was stopped.
    """
    order: list[AdoptionStage] = [one for one in AdoptionStage if one != AdoptionStage.STOPPED]
    said = {one.stage for one in adoption.steps.all()}
    now = AdoptionStage(adoption.stage)
    if now == AdoptionStage.STOPPED:
        reached = [Stage(str(one.label), is_done=True, is_current=False) for one in order if one in said]
        return [*reached, Stage(str(now.label), is_done=False, is_current=True)]
    place = order.index(now)
    return [
        Stage(str(one.label), is_done=number < place, is_current=number == place)
        for number, one in enumerate(order)
        if number >= place or one in said
    ]


@login_required
def adopt(request: HttpRequest, slug: str) -> HttpResponse:
    """A city wants to try what another did."""
    practice = visible(request, slug, whole(Practice.objects.published()))
    cities = _takers(request, practice)
    form = AdoptForm(request.user, practice, cities, sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made: list[Adoption] = []

        def want() -> None:
            made.append(
                actions.want_to_try(
                    request.user,
                    practice,
                    given["city"],
                    given["why"],
                    language=given["language"],
                    from_city=given.get("from_city"),
                )
            )

        if attempt(form, want):
            messages.success(request, _("It is noted. Write here how far you come; others learn from it."))
            return redirect("adoption", made[0].pk)
    mine = [one for one in practice.adoptions.all() if may_write(request.user, one.to_city)]
    context = {"practice": practice, "shown": Shown(practice, network_languages()), "form": form, "mine": mine}
    context["may_adopt"] = cities.exists()
    return show(request, "practices/adopt.html", context, form)


def _takers(request: HttpRequest, practice: Practice) -> Cities:
    """The cities for which somebody may say that they take it over: not those that did it or said so already."""
    writable = writable_cities(request.user)
    if not writable.exists():
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    taken = practice.adoptions.values("to_city")
    return writable.exclude(pk=practice.city_id or 0).exclude(pk__in=taken)


def adoption_for(request: HttpRequest, key: int) -> Adoption:
    """The adoption, if its practice is public or the reader may write for the adopting city; else there is no page."""
    every = Adoption.objects.with_places().prefetch_related("costs", "results", "steps", "from_city__names")
    found = get_object_or_404(every, pk=key)
    if found.practice.state == PracticeState.PUBLISHED or may_write(request.user, found.to_city):
        return found
    raise Http404


def _written_by(request: HttpRequest, key: int) -> Adoption:
    found = adoption_for(request, key)
    require_writer(request.user, found.to_city)
    return found


@require_safe
def adoption(request: HttpRequest, key: int) -> HttpResponse:
    """Who took it from whom, how far it is, what was kept and changed, what came of it."""
    found = adoption_for(request, key)
    form = MoveForm(initial={"stage": found.stage})
    return _adoption_page(request, found, form)


def _adoption_page(request: HttpRequest, found: Adoption, form: MoveForm) -> HttpResponse:
    practice = whole(Practice.objects.filter(pk=found.practice_id)).get()
    own = speaks_for(request.user, found.to_city)
    context = {
        "adoption": found,
        "practice": practice,
        "shown": Shown(practice, network_languages()),
        "stages": stages(found),
        "findings": findings(found.results.all()),
        "parts": sorted(found.parts.all(), key=lambda one: one.pk),
        "is_done": found.stage in DONE,
        "may_edit": may_write(request.user, found.to_city),
        "may_confirm": own and not any(speaks_for(request.user, one) for one in (found.from_city, practice.city)),
        "is_own": own,
        "form": form,
    }
    return show(request, "practices/adoption.html", context, form)


@login_required
@require_POST
def move_adoption(request: HttpRequest, key: int) -> HttpResponse:
    """Say how far it has come."""
    found = _written_by(request, key)
    form = MoveForm(sent(request))
    if form.is_valid():
        given = form.cleaned_data
        seen = request.POST.get("seen") or None

        def move() -> None:
            actions.move(request.user, found, given["stage"], given["note"], language=given["language"], seen=seen)

        if attempt(form, move):
            messages.success(request, _("Saved."))
            return redirect("adoption", found.pk)
    return _adoption_page(request, adoption_for(request, key), form)


@login_required
def edit_adoption(request: HttpRequest, key: int) -> HttpResponse:
    """What is kept, changed and dropped; without a script, "more rows" brings the page again with further ones."""
    found = _written_by(request, key)
    more = request.method == "POST" and "more" in request.POST
    form = PartsForm(found, sent(request), more=more)
    saves = request.method == "POST" and not more and form.is_valid()
    if saves and attempt(form, lambda: actions.set_parts(request.user, found, form.parts())):
        messages.success(request, _("Saved."))
        return redirect("adoption", found.pk)
    return show(
        request, "practices/edit_adoption.html", {"adoption": found, "form": form, **_titled(found)}, form, *form.rows
    )


@login_required
def adoption_claims(request: HttpRequest, key: int) -> HttpResponse:
    """What it cost there, and what came of it: each with who says so, from which source, when."""
    found = _written_by(request, key)
    start = {"claimed_by": found.to_city.name}
    which = request.POST.get("what", "")
    cost = CostForm(found.to_city.country, sent(request) if which == "cost" else None, prefix="cost", initial=start)
    result = ResultForm(sent(request) if which == "result" else None, prefix="result", initial=start)
    add: dict[str, tuple[forms.Form, Callable[..., object]]] = {
        "cost": (cost, actions.add_cost),
        "result": (result, actions.add_result),
    }
    if request.method == "POST" and which in add:
        form, act = add[which]
        if form.is_valid() and attempt(form, lambda: act(request.user, found, **form.cleaned_data)):
            messages.success(request, _("Saved."))
            return redirect("adoption_claims", found.pk)
    context = {"adoption": found, "cost_form": cost, "result_form": result, **_titled(found)}
    return show(request, "practices/adoption_claims.html", context, cost, result)


@login_required
@require_POST
def remove_adoption_claim(request: HttpRequest, key: int) -> HttpResponse:
    """Take a cost or a result back."""
    found = _written_by(request, key)
    kind, _sign, number = request.POST.get("claim", "").partition("-")
    claims: Any = {"cost": found.costs, "result": found.results}.get(kind)
    if claims is None or not (number.isascii() and number.isdecimal() and len(number) < 19):
        raise Http404
    try:
        actions.remove_claim(request.user, get_object_or_404(claims, pk=int(number)))
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Taken back. The history keeps that it was said."))
    return redirect("adoption_claims", found.pk)


@login_required
def confirm_adoption(request: HttpRequest, key: int) -> HttpResponse:
    """The adopting city says that what is written is so, or takes that back. Nobody else can."""
    found = adoption_for(request, key)
    refused = ""
    if request.method == "POST":
        act = actions.withdraw_confirmation if request.POST.get("what") == "withdraw" else actions.confirm
        try:
            act(request.user, found)
        except RefusedError as error:
            refused = str(error)
        else:
            messages.success(request, _("Saved."))
            return redirect("adoption", found.pk)
    elif not speaks_for(request.user, found.to_city):
        raise not_allowed(Role.OFFICER)
    context = {"adoption": found, "refused": refused, "is_done": found.stage in DONE, **_titled(found)}
    return render(request, "practices/confirm_adoption.html", context, status=422 if refused else None)


def _titled(found: Adoption) -> dict[str, Any]:
    practice = Practice.objects.with_words().get(pk=found.practice_id)
    return {"practice": practice, "shown": Shown(practice, network_languages())}


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether an action was done; why not stands beside the input that it is about, and nothing typed is lost."""
    try:
        act()
    except RefusedError as error:
        error.field = CALLED.get(error.field, error.field)
        put_beside([form], error)
        return False
    return True


def show(request: HttpRequest, template: str, context: dict[str, Any], *forms_shown: forms.Form) -> HttpResponse:
    """A page; with status 422 where it is shown again because of what was typed."""
    again = any(form.errors for form in forms_shown)
    return render(request, template, context, status=422 if again else None)
