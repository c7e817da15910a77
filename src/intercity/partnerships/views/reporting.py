"""What came of it: for one city, for two, for a year; on paper, too, with the same numbers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from intercity.accounts.models import Role
from intercity.accounts.rights import require
from intercity.cities.models import City
from intercity.events.models import Event
from intercity.languages.network import network_languages
from intercity.partnerships import gathering
from intercity.partnerships.gathering import Scope
from intercity.partnerships.models import Agreement, AgreementState, Commitment, Introduction, Posting, Standing
from intercity.practices.views.of_a_city import titled_adoptions
from intercity.practices.views.shown import Shown

A_FEW = 6


@require_safe
def cooperation(request: HttpRequest) -> HttpResponse:
    """The way into everything that is agreed, sought and promised."""
    context = {
        "numbers": gathering.numbers(),
        "late": Commitment.objects.late().with_words()[:A_FEW],
        "next": Commitment.objects.open().exclude(pk__in=Commitment.objects.late()).with_words()[:A_FEW],
        "postings": Posting.objects.open().with_words()[:A_FEW],
        "years": gathering.years(),
    }
    return render(request, "partnerships/cooperation.html", context)


def listed(scope: Scope) -> dict[str, Any]:
    """What the numbers of a scope count, row by row, for a page or for paper."""
    languages = network_languages()
    pks = gathering.adoptions_of(scope).values("pk")
    adoptions = titled_adoptions().filter(pk__in=pks)
    promised = list(gathering.commitments_of(scope).with_words())
    return {
        "numbers": gathering.numbers(scope),
        "adoptions": [(one, Shown(one.practice, languages)) for one in adoptions],
        "kept": [one for one in promised if one.standing in {Standing.KEPT, Standing.KEPT_LATE}],
        "open": [one for one in promised if one.standing in gathering.UNSETTLED],
        "dropped": [one for one in promised if one.standing == Standing.DROPPED],
        "agreements": gathering.agreements_of(scope).with_words(),
        "introductions": gathering.introductions_of(scope).with_words(),
        "outcomes": gathering.outcomes_of(scope).select_related("city", "introduction"),
        "visits": gathering.visits_of(scope).with_words(),
        "dialogues": gathering.dialogues_of(scope).with_words(),
        "printed_on": timezone.localdate(),
    }


def _city(slug: str) -> City:
    return get_object_or_404(City.objects.prefetch_related("names"), slug=slug)


@require_safe
def city_results(request: HttpRequest, slug: str) -> HttpResponse:
    """What a city got from it, and what others got from the city."""
    city = _city(slug)
    scope = Scope(city=city)
    context = {
        **listed(scope),
        "city": city,
        "promised_to": gathering.promised_to(scope).with_words(),
        "partners": _partners(city),
    }
    return render(request, "partnerships/city_results.html", context)


def _partners(city: City) -> list[City]:
    """Other members with which something was agreed, introduced, promised or taken over, by name."""
    scope = Scope(city=city)
    keys: set[Any] = set()
    for one in gathering.adoptions_of(scope).values_list("to_city", "from_city"):
        keys.update(one)
    for one in gathering.introductions_of(scope).values_list("one", "other"):
        keys.update(one)
    keys.update(gathering.agreements_of(scope).values_list("parties__city", flat=True))
    keys.update(gathering.commitments_of(scope).values_list("confirmer_city", flat=True))
    keys.update(gathering.promised_to(scope).values_list("city", flat=True))
    return list(City.objects.filter(pk__in=keys - {None, city.pk}).order_by("name").prefetch_related("names"))


@require_safe
def pair_results(request: HttpRequest, slug: str, other: str) -> HttpResponse:
    """What two cities signed, promised, took over and still have open: to be read before a visit."""
    one, another = _city(slug), _city(other)
    if one.pk == another.pk:
        return redirect("city_results", slug)
    scope = Scope(city=one, other=another)
    today = timezone.localdate()
    coming = gathering.visits_of(scope).filter(ends_on__gte=today).order_by("starts_on")
    context = {**listed(scope), "city": one, "other": another, "coming": coming.with_words()}
    return render(request, "partnerships/pair_results.html", context)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    """The years of which there is a report."""
    return render(request, "partnerships/reports.html", {"years": gathering.years()})


@require_safe
def yearly_report(request: HttpRequest, year: int) -> HttpResponse:
    """A year of the network, from its data: the same numbers as everywhere."""
    if year not in gathering.years():
        raise Http404
    scope = Scope(year=year)
    events = Event.objects.public().filter(starts_on__year=year).with_words().order_by("starts_on", "pk")
    context = {
        **listed(scope),
        "year": year,
        "events": events,
        "is_running": year >= timezone.localdate().year,
        "members": gathering.by_member(year),
    }
    return render(request, "partnerships/yearly_report.html", context)


@login_required
@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """For the secretariat: what is late, what waits for a second party, what has to be looked at again."""
    require(request.user, Role.SECRETARIAT)
    waiting = Commitment.objects.stand(Standing.REPORTED).with_words()
    context = {
        "late": Commitment.objects.late().with_words(),
        "waiting": waiting,
        "to_review": Agreement.objects.to_review().with_words(),
        "quiet": Agreement.objects.filter(state=AgreementState.ACTIVE, commitments=None).with_words(),
        "introductions": Introduction.objects.filter(state="proposed").with_words(),
    }
    return render(request, "partnerships/overdue.html", context)
