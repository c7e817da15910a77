"""Needs, offers, introductions that were made, and events."""

from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router, Schema
from ninja.pagination import paginate

from intercity.events.models import Event, EventKind
from intercity.paging import Pages
from intercity.partnerships.api.shapes import MOST, EventShown, IntroductionShown, PostingShown
from intercity.partnerships.models import Direction, Introduction, Posting, PostingKind
from intercity.practices.api.reading import SLUG

router = Router(tags=["Needs, offers and events"])


class PostingFilter(Schema):
    """Which needs and offers are wanted."""

    direction: Direction | None = None
    kind: PostingKind | None = None
    city: str = Field("", pattern=SLUG, max_length=100, description="Slug of the city.")
    topic: str = Field("", max_length=60, description="Code of a chapter or a concept: `09`, `floods`.")
    closed: bool = Field(False, description="Those that are closed or ran out, too.")


class EventFilter(Schema):
    """Which events are wanted."""

    kind: EventKind | None = None
    city: str = Field("", pattern=SLUG, max_length=100, description="Slug of the city that hosts it or takes part.")
    past: bool = Field(False, description="Those that are over, too.")


@router.get("/needs-and-offers", response=list[PostingShown], summary="Needs and offers")
@paginate(Pages, key="pk", newest_first=True)
def postings(request: HttpRequest, wanted: Query[PostingFilter]) -> QuerySet[Posting]:
    """What cities seek and give, the newest first."""
    found = Posting.objects.with_words() if wanted.closed else Posting.objects.open().with_words()
    if wanted.direction:
        found = found.filter(direction=wanted.direction)
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.topic:
        found = found.filter(topics__code=wanted.topic)
    return found.filter(city__slug=wanted.city) if wanted.city else found


@router.get("/needs-and-offers/{key}", response=PostingShown, summary="One need or offer")
def posting(request: HttpRequest, key: Annotated[int, Path(ge=1, le=MOST)]) -> Posting:
    """A need or an offer."""
    return get_object_or_404(Posting.objects.with_words(), pk=key)


@router.get("/introductions", response=list[IntroductionShown], summary="Introductions")
@paginate(Pages, key="pk", newest_first=True)
def introductions(request: HttpRequest) -> QuerySet[Introduction]:
    """Cities that were made known to each other, the newest first; proposals are theirs alone."""
    return Introduction.objects.made().with_words().prefetch_related("outcomes__city")


@router.get("/events", response=list[EventShown], summary="Events")
@paginate(Pages, key="pk", newest_first=True)
def events(request: HttpRequest, wanted: Query[EventFilter]) -> QuerySet[Event]:
    """What is on, those that were written last first."""
    found = Event.objects.public() if wanted.past else Event.objects.coming()
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.city:
        takes_part = Event.objects.filter(participations__city__slug=wanted.city).values("pk")
        found = found.filter(city__slug=wanted.city) | found.filter(pk__in=takes_part)
    return found.with_words()


@router.get("/events/{slug:slug}", response=EventShown, summary="One event")
def event(request: HttpRequest, slug: str) -> Event:
    """An event."""
    return get_object_or_404(Event.objects.public().with_words(), slug=slug)
