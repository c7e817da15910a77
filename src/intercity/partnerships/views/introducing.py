"""Introductions: proposed, answered by both sides, and what came of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import NotAllowedError, has_role, not_allowed
from intercity.cities.models import City
from intercity.cities.rights import speaks_for, writable_cities
from intercity.partnerships.actions import introductions as actions
from intercity.partnerships.forms.seeking import AnswerForm, OutcomeForm, ProposeForm
from intercity.partnerships.models import (
    Direction,
    Introduction,
    IntroductionState,
    OutcomeAnswer,
    Posting,
)
from intercity.partnerships.views.shown import attempt, sent, show
from intercity.refusals import RefusedError

ON_A_PAGE = 20


@require_safe
def introduction_list(request: HttpRequest) -> HttpResponse:
    """All that the reader may see, those that wait first."""
    found = Introduction.objects.visible_to(request.user).with_words()
    context = {
        "waiting": found.filter(state=IntroductionState.PROPOSED),
        "page": Paginator(found.exclude(state=IntroductionState.PROPOSED), ON_A_PAGE).get_page(
            request.GET.get("page")
        ),
        "may_propose": isinstance(request.user, Person) and writable_cities(request.user).exists(),
    }
    return show(request, "partnerships/introductions.html", context)


@require_safe
def introduction(request: HttpRequest, key: int) -> HttpResponse:
    """Who, why, what each gives; contacts for the two once both said yes; what came of it."""
    found = get_object_or_404(
        Introduction.objects.visible_to(request.user)
        .with_words()
        .prefetch_related("outcomes__city__names", "outcomes__note"),
        pk=key,
    )
    side = _side(request, found)
    answered = {city.pk: at for city, at in ((found.one, found.one_yes_at), (found.other, found.other_yes_at))}
    context = {
        "introduction": found,
        "side": side,
        "may_answer": found.state == IntroductionState.PROPOSED and side is not None and not answered[side.pk],
        "may_withdraw": found.state == IntroductionState.PROPOSED and _may_withdraw(request, found),
        "contacts": _contacts(found) if found.state == IntroductionState.MADE and _is_inside(request, found) else [],
        "months": actions.MONTHS,
    }
    return show(request, "partnerships/introduction.html", context)


def _side(request: HttpRequest, found: Introduction) -> City | None:
    try:
        return actions.city_of(request.user, found)
    except NotAllowedError:
        return None


def _may_withdraw(request: HttpRequest, found: Introduction) -> bool:
    return speaks_for(request.user, found.one) or has_role(request.user, Role.SECRETARIAT)


def _is_inside(request: HttpRequest, found: Introduction) -> bool:
    return _side(request, found) is not None or has_role(request.user, Role.SECRETARIAT)


def _contacts(found: Introduction) -> list[dict[str, Any]]:
    """Whom to write to on each side: the role of the posting, else the office of the city."""
    told = []
    for city in (found.one, found.other):
        posting = next((one for one in (found.need, found.offer) if one is not None and one.city_id == city.pk), None)
        mailbox = posting.contact_mailbox if posting and posting.contact_mailbox else city.mailbox
        told.append({"city": city, "role": posting.contact_role if posting else "", "mailbox": mailbox})
    return told


@login_required
def propose_introduction(request: HttpRequest) -> HttpResponse:
    """Propose it; what it begins with stands in the address: a need, an offer, or another city."""
    cities = writable_cities(request.user)
    if not cities.exists():
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    need, offer = _begun(request, Direction.NEED), _begun(request, Direction.OFFER)
    form = ProposeForm(cities, sent(request), initial=_asked(request, cities, need, offer))
    made: list[Introduction] = []
    if request.method == "POST" and form.is_valid():

        def propose() -> None:
            made.append(actions.propose(request.user, need=need, offer=offer, **form.told()))

        if attempt(propose, form):
            messages.success(request, _("It is proposed. The other side is asked by letter."))
            return redirect("introduction", made[0].pk)
    context = {"form": form, "need": need, "offer": offer}
    return show(request, "partnerships/propose_introduction.html", context, form)


def _begun(request: HttpRequest, direction: Direction) -> Posting | None:
    key = request.GET.get(direction.value, "")
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        return None
    return Posting.objects.with_words().filter(pk=int(key), direction=direction).first()


def _asked(request: HttpRequest, cities: Any, need: Posting | None, offer: Posting | None) -> dict[str, Any]:
    """The two cities that the address names, the reader's own first."""
    own = {one.pk for one in cities}
    named = [one.city for one in (need, offer) if one is not None]
    with_city = City.objects.filter(slug=request.GET.get("with", "")).first()
    if with_city is not None:
        named.append(with_city)
    mine = next((one.pk for one in named if one.pk in own), next(iter(own)) if len(own) == 1 else None)
    other = next((one.pk for one in named if one.pk != mine), None)
    return {"one": mine, "other": other}


@login_required
def answer_introduction(request: HttpRequest, key: int) -> HttpResponse:
    """Yes or no for one's city, or taking a proposal back."""
    found = get_object_or_404(Introduction.objects.visible_to(request.user).with_words(), pk=key)
    side = _side(request, found)
    if side is None and not _may_withdraw(request, found):
        raise not_allowed(Role.OFFICER)
    form = AnswerForm(sent(request))
    acts = {
        "yes": lambda: actions.accept(request.user, found, form.said_words()),
        "no": lambda: actions.decline(request.user, found, form.said_words()),
        "withdraw": lambda: actions.withdraw(request.user, found, form.said_words()),
    }
    if request.method == "POST" and form.is_valid():
        act = acts.get(request.POST.get("what", ""))
        if act is None:
            raise Http404
        if attempt(act, form):
            messages.success(request, _("Saved. The other side reads it here and hears of it by letter."))
            return redirect("introduction", found.pk)
    context = {"introduction": found, "side": side, "form": form, "may_withdraw": _may_withdraw(request, found)}
    return show(request, "partnerships/answer_introduction.html", context, form)


@login_required
def tell_outcome(request: HttpRequest, key: int, months: int) -> HttpResponse:
    """What came of it, by an officer of one of the two."""
    found = get_object_or_404(Introduction.objects.visible_to(request.user).with_words(), pk=key)
    side = actions.city_of(request.user, found)
    form = OutcomeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def tell() -> None:
            actions.tell_outcome(request.user, found, months, given["answer"], form.said_note())

        if attempt(tell, form):
            messages.success(request, _("Thank you. It stands on the page of the introduction."))
            return redirect("introduction", found.pk)
    context = {"introduction": found, "side": side, "months": months, "form": form}
    return show(request, "partnerships/tell_outcome.html", context, form)


def outcome_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """One click of a letter: the answer it stands for is chosen already; a second click keeps it."""
    try:
        found, side, months = actions.read_link(token)
    except RefusedError as error:
        return render(request, "partnerships/link_over.html", {"why": str(error)}, status=410)
    chosen = request.GET.get("answer", "")
    form = OutcomeForm(sent(request), initial={"answer": chosen if chosen in OutcomeAnswer.values else None})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(lambda: actions.tell_outcome_by_link(token, given["answer"], form.said_note()), form):
            messages.success(request, _("Thank you. It stands on the page of the introduction."))
            return redirect("introduction", found.pk)
    context = {"introduction": found, "side": side, "months": months, "form": form, "by_link": True}
    return show(request, "partnerships/tell_outcome.html", context, form)
