"""All events: those to come, those that were, and by what they can be chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import has_role
from intercity.cities.countries import country_name
from intercity.cities.models import City
from intercity.cities.rights import writable_cities
from intercity.core.language.folding import fold
from intercity.events.models import Event, EventKind, Events, EventState, Participation
from intercity.events.themes import themes

ON_A_PAGE, MOST_COMING = 20, 200
FILTERS = ("kind", "city", "country", "theme", "year")


@dataclass(frozen=True)
class Row:
    """By what an event can be chosen."""

    pk: int
    kind: str
    cities: frozenset[str]
    country: str
    themes: frozenset[str]
    years: frozenset[str]

    def has(self, name: str, value: str) -> bool:
        """Whether it is among those that a filter leaves."""
        values: dict[str, Iterable[str]] = {
            "kind": (self.kind,), "city": self.cities, "country": (self.country,), "theme": self.themes,
            "year": self.years,
        }  # fmt: skip
        return value in values[name]


@dataclass(frozen=True)
class Choice:
    """A value of a filter by its name; `language` is that of the name where it is not the reader's."""

    value: str
    label: str
    language: str = ""


def rows(events: Events) -> list[Row]:
    """What is said of events, for choosing among them; three questions to the database, however many they are."""
    taking = Participation.objects.filter(event__in=events, city__isnull=False)
    cities: dict[int, set[str]] = {}
    for event, city in taking.values_list("event", "city__slug"):
        cities.setdefault(event, set()).add(city)
    values = events.order_by().values_list(
        "pk", "kind", "city__slug", "country", "city__country", "concepts", "starts_on", "ends_on"
    )
    return [
        Row(
            pk,
            kind,
            frozenset({city, *cities.get(pk, ())} - {None}),
            country or of_city or "",
            frozenset(concepts),
            frozenset(str(year) for year in range(first.year, last.year + 1)),
        )
        for pk, kind, city, country, of_city, concepts, first, last in values
    ]


@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """Events to come first, then those that were; chosen by kind, city, country, theme and year."""
    found = rows(Event.objects.public())
    chosen = {name: request.GET[name][:100] for name in FILTERS if request.GET.get(name)}
    keys = [row.pk for row in found if all(row.has(name, value) for name, value in chosen.items())]
    shown = Event.objects.filter(pk__in=keys)
    today = timezone.localdate()
    context = {
        "coming": shown.coming(today).with_words()[:MOST_COMING],
        "page": Paginator(shown.past(today).with_words(), ON_A_PAGE).get_page(request.GET.get("page")),
        "any": bool(found),
        "chosen": _named(chosen),
        "filters": [(name, choices) for name, choices in _choices(found).items() if len(choices) > 1],
        **_of_writer(request),
    }
    return render(request, "events/events.html", context)


def _of_writer(request: HttpRequest) -> dict[str, Any]:
    """What only those see who write events: that they may, and their drafts."""
    if not isinstance(request.user, Person):
        return {}
    cities = writable_cities(request.user)
    drafts = Event.objects.filter(state=EventState.DRAFT).with_words()
    if not has_role(request.user, Role.SECRETARIAT):
        drafts = drafts.filter(city__in=cities)
    may_write = has_role(request.user, Role.SECRETARIAT) or cities.exists()
    return {"may_write": may_write, "drafts": drafts if may_write else ()}


def _choices(found: list[Row]) -> dict[str, list[Choice]]:
    """The values that occur, each by its name."""
    language = get_language() or "en"
    kinds = {row.kind for row in found}
    names = City.objects.filter(slug__in={slug for row in found for slug in row.cities}).prefetch_related("names")
    by_name: Callable[[Choice], str] = lambda one: fold(one.label)  # noqa: E731
    return {
        "kind": [Choice(value, str(label)) for value, label in EventKind.choices if value in kinds],
        "country": sorted(
            (Choice(code, country_name(code, language)) for code in {row.country for row in found} - {""}), key=by_name
        ),
        "city": sorted((Choice(one.slug, one.named(language)) for one in names), key=by_name),
        "theme": sorted(
            (Choice(one.id, one.label, one.language) for one in themes({id_ for row in found for id_ in row.themes})),
            key=by_name,
        ),
        "year": [Choice(year, year) for year in sorted({year for row in found for year in row.years}, reverse=True)],
    }


def _named(chosen: dict[str, str]) -> list[tuple[str, Choice]]:
    """What was chosen, by its name; a value that nobody knows is shown as it came."""
    language = get_language() or "en"
    city = City.objects.filter(slug=chosen.get("city", "")).prefetch_related("names").first()
    theme = next(iter(themes([chosen.get("theme", "")])), None)
    labels = {
        "kind": dict(EventKind.choices).get(chosen.get("kind", "")),
        "country": country_name(chosen.get("country", ""), language),
        "city": city.named(language) if city else None,
        "theme": theme.label if theme else None,
    }
    return [
        (name, Choice(value, str(labels.get(name) or value), theme.language if theme and name == "theme" else ""))
        for name, value in chosen.items()
    ]
