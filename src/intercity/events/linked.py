"""An event as linked data in the words of schema.org, for search engines and for other networks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from intercity.events.feeds import place_of, times_of
from intercity.events.models import Event, EventKind, EventState, Participation
from intercity.events.themes import themes

Document = dict[str, Any]
KINDS = {EventKind.FESTIVAL: "Festival", EventKind.TRADE: "BusinessEvent", EventKind.SUMMIT: "BusinessEvent"}


def document(event: Event, network: str) -> Document:
    """A public event as JSON-LD; what is not known is left out, and what is simulated says so."""
    starts, ends = times_of(event)
    address = settings.ADDRESS + reverse("event", args=[event.slug])
    cancelled = event.state == EventState.CANCELLED
    found: Document = {
        "@context": "https://schema.org",
        "@type": KINDS.get(EventKind(event.kind), "Event"),
        "@id": address,
        "url": address,
        "name": {"@value": event.title.body, "@language": event.title.language},
        "startDate": _written(starts),
        "endDate": _written(ends),
        "eventStatus": f"https://schema.org/Event{'Cancelled' if cancelled else 'Scheduled'}",
        "description": _words(event),
        "location": _place(event),
        "organizer": {"@type": "Organization", "name": event.city.name if event.city else network},
        "about": [one.label for one in themes(event.concepts, "en")],
        "contributor": [_party(one) for one in event.participations.all()],
        "sameAs": event.link,
        "citation": event.source,
        "dateModified": event.changed_at.isoformat(),
    }
    if event.is_simulated:
        found["disambiguatingDescription"] = "Simulated: a program made this event up for a demonstration."
    return {name: value for name, value in found.items() if value}


def _written(value: date | datetime | None) -> str:
    return value.isoformat() if value else ""


def _words(event: Event) -> Document | None:
    return {"@value": event.about.body, "@language": event.about.language} if event.about else None


def _place(event: Event) -> Document | None:
    named = place_of(event, "en")
    if not named:
        return None
    place: Document = {"@type": "Place", "name": named}
    city = event.city
    if city is not None and city.latitude is not None and city.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude}
    return place


def _party(one: Participation) -> Document:
    return {"@type": "Organization", "name": one.city.name if one.city else one.name}
