"""The pages about cities: map and list, one city, and adding and editing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intercity.accounts.models import Role
from intercity.accounts.rights import has_role, require
from intercity.cities import actions, gazetteer
from intercity.cities.countries import country_choices, country_name
from intercity.cities.drawing import drawing
from intercity.cities.forms.places import CityForm, LeaveForm, NamesForm
from intercity.cities.models import City, Story, StoryState
from intercity.cities.views.ties import threads_of
from intercity.core.language.folding import fold


@require_safe
def cities(request: HttpRequest) -> HttpResponse:
    """All members, to search in any script, with or without accents."""
    language = get_language() or "en"
    everyone = sorted(City.objects.members().prefetch_related("names"), key=lambda each: fold(each.named(language)))
    words, country = request.GET.get("q", ""), request.GET.get("country", "")
    found = [each for each in everyone if country in {"", each.country} and fold(words) in _searched(each, language)]
    shown = {
        "page": Paginator(found, 60).get_page(request.GET.get("page")),
        "drawing": drawing(found, language),
        "countries": sorted(
            {(each.country, country_name(each.country, language)) for each in everyone}, key=lambda pair: fold(pair[1])
        ),
        "words": words,
        "country": country,
        "any": bool(everyone),
        "former": City.objects.exclude(left_on=None).order_by("name").prefetch_related("names"),
        "may_add": has_role(request.user, Role.SECRETARIAT),
    }
    return render(request, "cities/cities.html", shown)


def _searched(city: City, language: str) -> str:
    """Everything by which a city is found, folded."""
    names = [city.name, *(one.name for one in city.names.all()), country_name(city.country, language)]
    return fold(" · ".join(names))


@require_safe
def city(request: HttpRequest, slug: str) -> HttpResponse:
    """What is known of a city, and what is not."""
    shown = get_object_or_404(City.objects.prefetch_related("names"), slug=slug)
    rights = {
        "may_edit": has_role(request.user, Role.SECRETARIAT, Role.OFFICER, city=shown),
        "may_end": has_role(request.user, Role.SECRETARIAT),
    }
    waiting = Story.objects.filter(city=shown, state=StoryState.WAITING).count() if rights["may_edit"] else 0
    context = {"city": shown, "threads": threads_of(shown), "waiting": waiting, **rights}
    return render(request, "cities/city.html", context)


@login_required
def add_city(request: HttpRequest) -> HttpResponse:
    """Add a member: pick it from the gazetteer, or type everything."""
    require(request.user, Role.SECRETARIAT)
    chosen = request.GET.get("place", "")
    if request.method != "POST" and not chosen:
        return _gazetteer_page(request)
    place = gazetteer.place(int(chosen)) if chosen.isascii() and chosen.isdecimal() else None
    form = CityForm(request.POST or None, initial=_known_of(place))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        added: list[City] = []
        if attempt(form, lambda: added.append(actions.add_city(request.user, **given))):
            messages.success(request, _("%(name)s is a member now.") % {"name": added[0].name})
            return redirect("city", added[0].slug)
    return _shown_form(request, "cities/add_city.html", form, place=place)


def _gazetteer_page(request: HttpRequest) -> HttpResponse:
    words, country = request.GET.get("q", ""), request.GET.get("country", "")
    found = gazetteer.find(words, country or None, limit=20)
    known = dict(
        City.objects.filter(geonames_id__in=[place.geonames_id for place in found]).values_list("geonames_id", "slug")
    )
    shown = {
        "words": words,
        "country": country,
        "countries": country_choices(get_language() or "en"),
        "places": [(place, known.get(place.geonames_id, "")) for place in found],
        "attribution": gazetteer.ATTRIBUTION,
    }
    return render(request, "cities/find_city.html", shown)


def _known_of(place: gazetteer.Place | None) -> dict[str, Any]:
    """What the gazetteer knows, save for the population: its figure has no year."""
    if place is None:
        return {}
    return {
        name: getattr(place, name) for name in ("name", "country", "geonames_id", "latitude", "longitude", "timezone")
    }


@login_required
def edit_city(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what is said of a city."""
    edited = get_object_or_404(City, slug=slug)
    allowed = actions.editable(request.user, edited)
    form = CityForm(request.POST or None, instance=edited, allowed=allowed)
    if request.method == "POST" and form.is_valid():
        changed = {name: form.cleaned_data[name] for name in form.changed_data}
        if attempt(form, lambda: actions.edit_city(request.user, edited, **changed)):
            messages.success(request, _("Saved."))
            return redirect("city", edited.slug)
    return _shown_form(request, "cities/edit_city.html", form, city=City.objects.get(pk=edited.pk))


@login_required
def name_city(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what a city is called in each language."""
    named = get_object_or_404(City.objects.prefetch_related("names"), slug=slug)
    require(request.user, Role.SECRETARIAT, Role.OFFICER, city=named)
    form = NamesForm(named, request.POST or None)
    if request.method == "POST" and form.is_valid() and attempt(form, lambda: _name(request, named, form.changes())):
        messages.success(request, _("Saved."))
        return redirect("city", named.slug)
    return _shown_form(request, "cities/name_city.html", form, city=named)


def _name(request: HttpRequest, city: City, names: dict[str, str]) -> None:
    with transaction.atomic():
        for language, name in names.items():
            actions.name_city(request.user, city, language, name)


@login_required
def leave_city(request: HttpRequest, slug: str) -> HttpResponse:
    """Note that a city is a member no longer."""
    require(request.user, Role.SECRETARIAT)
    leaving = get_object_or_404(City, slug=slug)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["left_on"]
        if attempt(form, lambda: actions.leave(request.user, leaving, day)):
            messages.success(request, _("%(name)s is a member no longer.") % {"name": leaving.name})
            return redirect("city", leaving.slug)
    return _shown_form(request, "cities/leave_city.html", form, city=leaving)


def attempt(form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether an action was done; its refusal stands beside the fields of the form."""
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    return True


def _shown_form(request: HttpRequest, template: str, form: BaseForm, **more: object) -> HttpResponse:
    return render(request, template, {"form": form, **more}, status=422 if form.errors else 200)
