"""Calendars to subscribe to: the page that explains how, the feeds themselves, and one's own secret address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from intercity.accounts.models import Membership, Person, Role
from intercity.cities.models import City, Network
from intercity.events import actions, feeds
from intercity.events.models import CalendarAddress, Event, Events
from intercity.events.themes import Theme, themes
from intercity.languages.network import network_languages
from intercity.partnerships import deadlines

KEPT = timedelta(days=400)
"""So long after its end an event stays in calendars; whoever wants more reads the pages."""
NETWORK, CITY, THEME, EVENT, PERSON = "network", "city", "theme", "event", "person"


@dataclass(frozen=True)
class Feed:
    """A calendar: by what it is known, what it is called, its entries, and whether only one person may read it."""

    key: str
    name: str
    entries: list[feeds.Entry]
    is_secret: bool = False


@dataclass(frozen=True)
class Offered:
    """A calendar on the page that offers them; `language` is that of its name where it is not the reader's."""

    name: str
    path: str
    language: str = ""

    @property
    def address(self) -> str:
        """The address that is typed into a program."""
        return settings.ADDRESS + self.path

    @property
    def subscription(self) -> str:
        """The address by which a phone or computer offers to subscribe at once."""
        return "webcal" + self.address[self.address.index("://") :]


@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """How to subscribe, and every calendar that there is."""
    network = Network.current()
    language = get_language() or "en"
    used = {id_ for ids in Event.objects.public().values_list("concepts", flat=True) for id_ in ids}
    members = City.objects.members().prefetch_related("names")
    context: dict[str, Any] = {
        "whole": _offered(NETWORK, network.name if network else "Intercity"),
        "cities": [_offered(f"{CITY}-{one.slug}", one.named(language)) for one in members],
        "themes": [_offered(f"{THEME}-{one.id}", one.label, one.language) for one in _by_name(themes(used))],
    }
    if isinstance(request.user, Person):
        token = CalendarAddress.token(request.user.pk)
        context["own"] = _offered(f"{PERSON}-{token}", _("Your own calendar"))
    return render(request, "partnerships/calendar.html", context)


@require_POST
@login_required
def renew_calendar(request: HttpRequest) -> HttpResponse:
    """Make one's own calendar known under another address; the old one leads nowhere from now on."""
    actions.renew_address(request.user)
    messages.success(request, _("Your calendar has another address now. Subscribe again on your own devices."))
    return redirect("calendar")


@require_safe
def calendar_feed(request: HttpRequest, what: str) -> HttpResponse:
    """A calendar. Whoever has it already is told by a few bytes that it is still the same."""
    kind, _dash, which = what.partition("-")
    find = {NETWORK: _of_network, CITY: _of_city, THEME: _of_theme, EVENT: _of_event, PERSON: _of_person}.get(kind)
    if find is None or (kind == NETWORK and which):
        raise Http404
    feed = find(which, _asked(request))
    path = request.path + (f"?language={request.GET['language']}" if _asked(request) else "")
    body = feeds.write(feed.key, feed.name, feed.entries, address="" if feed.is_secret else settings.ADDRESS + path)
    return _send(request, feed, body)


def _send(request: HttpRequest, feed: Feed, body: bytes) -> HttpResponse:
    etag = quote_etag(hashlib.sha256(body).hexdigest()[:32])
    same: Any = get_conditional_response(request, etag=etag)
    answer = HttpResponse(body, content_type=feeds.MIME) if same is None else same
    answer["ETag"] = etag
    if feed.is_secret:
        answer["Cache-Control"] = "private, no-cache"
        answer["X-Robots-Tag"] = "noindex"
        answer["Referrer-Policy"] = "no-referrer"
    else:
        answer["Cache-Control"] = "public, max-age=900"
        answer["Access-Control-Allow-Origin"] = "*"
    if same is None:
        name = "calendar" if feed.is_secret else feed.key
        answer["Content-Disposition"] = f'inline; filename="{name}.ics"'
    return answer


def _asked(request: HttpRequest) -> str:
    """The language in which a calendar is asked for: a program that reads it has none of its own."""
    asked = request.GET.get("language", "").lower()
    return asked if asked in {code for code, _name in settings.LANGUAGES} else ""


def _language(asked: str) -> str:
    return asked or next(iter(network_languages()), "en")


def _recent(events: Events) -> Events:
    """Public events to come, and those that ended not long ago."""
    return events.public().filter(ends_on__gte=timezone.localdate() - KEPT).with_words().select_related(
        "cancelled_why"
    )  # fmt: skip


def _entries(events: Events, language: str) -> list[feeds.Entry]:
    return feeds.entries_of(_recent(events), language, network_languages())


def _of_network(_which: str, asked: str) -> Feed:
    network = Network.current()
    name = network.name if network else "Intercity"
    return Feed(NETWORK, name, _entries(Event.objects.all(), _language(asked)))


def _of_city(which: str, asked: str) -> Feed:
    """What a city hosts or takes part in, and what it promised."""
    city = get_object_or_404(City.objects.prefetch_related("names"), slug=which)
    language = _language(asked)
    entries = _entries(_taking_part([city.pk]), language)
    return Feed(
        f"{CITY}-{which}",
        city.named(language),
        entries + deadlines.of_city(city, language, network_languages()),
    )


def _of_theme(which: str, asked: str) -> Feed:
    """Events of one theme; SQLite cannot look into a list, so that it is looked into here."""
    theme = next(iter(themes([which], _language(asked))), None)
    if theme is None:
        raise Http404
    keys = [pk for pk, ids in Event.objects.public().values_list("pk", "concepts") if which in ids]
    return Feed(f"{THEME}-{which}", theme.label, _entries(Event.objects.filter(pk__in=keys), _language(asked)))


def _of_event(which: str, asked: str) -> Feed:
    """One event, however long ago, with its agenda."""
    found = Event.objects.public().with_words().select_related("cancelled_why").filter(slug=which)
    event, language, others = get_object_or_404(found), _language(asked), network_languages()
    entries = feeds.entries_of([event], language, others) + feeds.sessions_of(event, language, others)
    return Feed(f"{EVENT}-{which}", entries[0].title, entries)


def _of_person(which: str, asked: str) -> Feed:
    """What a person takes part in and what is due from their offices; whoever has the address reads it."""
    person = Person.objects.filter(pk=CalendarAddress.person_of(which) or 0, is_active=True).first()
    if person is None:
        raise Http404
    language = asked or person.language
    held = Membership.objects.current().filter(person=person)
    events = _taking_part([pk for pk in held.values_list("city", flat=True) if pk])
    if held.filter(role=Role.SECRETARIAT).exists():
        events |= Event.objects.filter(city=None)
    network = Network.current()
    with translation.override(language):
        # Translators: the name of a person's own calendar
        name = _("%(network)s: mine") % {"network": network.name if network else "Intercity"}
    due = deadlines.of_person(person, language, network_languages())
    return Feed(f"{PERSON}-{person.pk}", name, _entries(events, language) + due, is_secret=True)


def _taking_part(cities: Iterable[int]) -> Events:
    """Events that one of these cities hosts or takes part in."""
    keys = list(cities)
    return Event.objects.filter(
        pk__in=Event.objects.filter(Q(city__in=keys) | Q(participations__city__in=keys)).values("pk")
    )


def _by_name(found: Iterable[Theme]) -> list[Theme]:
    return sorted(found, key=lambda one: one.label)


def _offered(what: str, name: str, language: str = "") -> Offered:
    """A calendar in the reader's language."""
    return Offered(name, f"{reverse('calendar_feed', args=[what])}?language={get_language() or 'en'}", language)
