"""What ties a city to others, and what it shares with them."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intercity.accounts.rights import Visitor
from intercity.cities import actions
from intercity.cities.forms.ties import EditThreadForm, RenewTieForm, ThreadForm, TieForm
from intercity.cities.models import Cities, City, Thread, Tie, TieConfirmation
from intercity.cities.rights import may_write, require_writer, require_writer_of_one, speaks_for
from intercity.cities.views.forms_shown import done, sent, show
from intercity.refusals import RefusedError

PAGE = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class TieShown:
    """A tie as a page of one of its cities shows it: the other city, and what each said last."""

    tie: Tie
    other: City
    words: tuple[TieConfirmation, ...]
    may_say: bool
    may_renew: bool


@dataclass(frozen=True)
class ThreadShown:
    """A thread as a page of one of its cities shows it."""

    thread: Thread
    other: City
    may_edit: bool


def ties_of(city: City, visitor: Visitor = None) -> list[TieShown]:
    """What ties a city to others, with what `visitor` may say of it."""
    speaks, writes = speaks_for(visitor, city), may_write(visitor, city)
    return [
        TieShown(
            tie,
            tie.other if tie.one_id == city.pk else tie.one,
            tuple(tie.words().values()),
            speaks,
            writes,
        )
        for tie in Tie.objects.of(city).with_words()
    ]


def threads_of(city: City, visitor: Visitor = None) -> list[ThreadShown]:
    """What a city shares with others."""
    writes = may_write(visitor, city)
    return [
        ThreadShown(one, one.other if one.one_id == city.pk else one.one, writes)
        for one in Thread.objects.of(city).with_words()
    ]


@require_safe
def ties(request: HttpRequest, slug: str) -> HttpResponse:
    """Flights, trains, borders and what else ties a city to others, each with who says so; and what they share."""
    city = _city(slug)
    context = {
        "city": city,
        "ties": ties_of(city, request.user),
        "threads": threads_of(city, request.user),
        "may_write": may_write(request.user, city) and city.left_on is None,
    }
    return render(request, "cities/ties.html", context)


@PAGE
@login_required
def add_tie(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what ties the city to another."""
    city = _city(slug)
    require_writer(request.user, city)
    form = TieForm(_others(city), sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: actions.claim_tie(request.user, one=city, **given)):
            messages.success(request, _("It is on the page. The other city can confirm it."))
            return redirect("ties", slug)
    return show(request, "cities/add_tie.html", form, city=city)


@PAGE
@login_required
def renew_tie(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say what a newer source says of a tie."""
    city = _city(slug)
    tie = get_object_or_404(Tie.objects.of(city).with_words(), pk=pk)
    require_writer_of_one(request.user, tie.one, tie.other)
    form = RenewTieForm(sent(request), initial={"claimed_by": tie.claimed_by, "source": tie.source})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if done(form, lambda: actions.renew_tie(request.user, tie, **given)):
            messages.success(request, _("Saved."))
            return redirect("ties", slug)
    return show(request, "cities/renew_tie.html", form, city=city, tie=tie)


@require_POST
@login_required
def say_of_tie(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Confirm for a city that a tie is there, or say that it is there no longer."""
    city = _city(slug)
    tie = get_object_or_404(Tie.objects.of(city), pk=pk)
    act = {"there": actions.confirm_tie, "ended": actions.end_tie}.get(request.POST.get("what", ""))
    if act is None:
        raise Http404
    try:
        act(request.user, tie, city)
        messages.success(request, _("Saved. It stands there with the name of your city and today's date."))
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect("ties", slug)


@PAGE
@login_required
def add_thread(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what the city shares with another."""
    city = _city(slug)
    require_writer(request.user, city)
    form = ThreadForm(_others(city), sent(request))
    if request.method == "POST" and form.is_valid():
        told = form.told()
        if done(form, lambda: actions.add_thread(request.user, one=city, **told)):
            messages.success(request, _("It is on the pages of both cities."))
            return redirect("ties", slug)
    return show(request, "cities/add_thread.html", form, city=city)


@PAGE
@login_required
def edit_thread(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Say otherwise what two cities share."""
    city = _city(slug)
    thread = get_object_or_404(Thread.objects.of(city).with_words(), pk=pk)
    require_writer_of_one(request.user, thread.one, thread.other)
    form = EditThreadForm(sent(request), initial=EditThreadForm.of(thread))
    if request.method == "POST" and form.is_valid():
        told = form.told()
        if done(form, lambda: actions.edit_thread(request.user, thread, **told)):
            messages.success(request, _("Saved."))
            return redirect("ties", slug)
    return show(request, "cities/add_thread.html", form, city=city, thread=thread)


def _city(slug: str) -> City:
    return get_object_or_404(City.objects.prefetch_related("names"), slug=slug)


def _others(city: City) -> Cities:
    return City.objects.members().exclude(pk=city.pk).prefetch_related("names")
