"""How events are found: what they are called and what they are about, and where they are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.urls import reverse

from intercity.events.models import Event
from intercity.languages.indexing import Described, Piece, pieces_of
from intercity.languages.models import Kind


def describe_events(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """Title, words and place of what is public, cancelled or not; None for drafts and for what is gone."""
    known: dict[str, Described | None] = dict.fromkeys(keys)
    found = Event.objects.public().filter(pk__in=keys).with_words().prefetch_related("sessions__title__translations")
    return known | {str(one.pk): _event(one) for one in found}


DESCRIBERS: Mapping[str, Callable[[Sequence[str]], Mapping[str, Described | None]]] = {Kind.EVENT: describe_events}


def _event(event: Event) -> Described:
    texts = [event.title, event.about, *(one.title for one in event.sessions.all())]
    said = [piece for text in texts if text is not None and text.body.strip() for piece in pieces_of(text)]
    names = [Piece("en", event.place, is_name=True)] if event.place else []
    return Described(reverse("event", args=[event.slug]), [*said, *names])
