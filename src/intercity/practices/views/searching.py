"""The search of practices: a page whose filters are links, and the same as a table and as a feed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from intercity.accounts.models import Membership, Person, Role
from intercity.cities.models import City
from intercity.languages.network import network_languages
from intercity.practices.models import Practice
from intercity.practices.search import Asked, Reason, facets, help_with, parse, search
from intercity.practices.search.filters import NAMES, value_label
from intercity.practices.views.shown import Shown


@dataclass(frozen=True)
class Card:
    """A practice in a list, as this reader sees it, and why it stands there."""

    practice: Practice
    shown: Shown
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True)
class On:
    """A filter that is on: what it says, and the address without it."""

    label: str
    value: str
    address: str


def cards(found: Iterable[tuple[Practice, tuple[Reason, ...]]]) -> list[Card]:
    """Practices with reasons, as `practices/_card.html` shows them."""
    languages = network_languages()
    return [Card(practice, Shown(practice, languages), reasons) for practice, reasons in found]


@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """What was asked for, why each was found, and the filters that are left; where nothing was found, what helps."""
    reader, languages = get_language() or "en", network_languages()
    asked = parse(request.GET)
    page = search(asked, reader, languages)
    context = {
        "page": page,
        "asked": asked,
        "found": cards((one.practice, one.reasons) for one in page.hits),
        "on": _on(asked, page.city, reader),
        "facets": facets(asked, page.among, reader) if page.total else (),
        "help": None if page.total else help_with(page, reader, languages),
        "cities": _cities(reader),
        "mine": _mine(request, asked),
        "ignored": [str(NAMES.get(name, name)) for name in asked.ignored],
        "kept": {name: value for name, value in asked.parameters().items() if name not in {"q", "like", "page"}},
        "sorts": _sorts(asked),
        "address": asked.address(),
        "next": page.next and asked.address(with_={"page": str(page.next)}),
        "previous": page.previous and asked.address(with_={"page": str(page.previous)}),
    }
    return render(request, "practices/search.html", context)


def _on(asked: Asked, city: City | None, reader: str) -> list[On]:
    found = [
        On(str(NAMES[name]), value_label(name, value, reader), asked.address(without=[name]))
        for name, value in asked.filters.items()
    ]
    if city is not None:
        found.append(On("", city.named(reader), asked.address(without=["like"])))
    return found


def _sorts(asked: Asked) -> list[tuple[str, str]]:
    """Each order with the address that asks for it."""
    return [(value, asked.address(with_={"sort": value})) for value in ("", "evidence", "newest")]


def _cities(reader: str) -> Sequence[tuple[str, str]]:
    members = City.objects.members().prefetch_related("names")
    return [(one.slug, one.named(reader)) for one in members]


def _mine(request: HttpRequest, asked: Asked) -> tuple[City, str] | None:
    """The city of an officer, with the address that asks for practices from cities like it."""
    if not isinstance(request.user, Person) or asked.like:
        return None
    own = Membership.objects.current().filter(person=request.user, role=Role.OFFICER, city__isnull=False)
    first = own.select_related("city").order_by("pk").first()
    return (first.city, asked.address(with_={"like": first.city.slug})) if first and first.city else None
