"""Ties between cities, what two cities share, and stories, as JSON: what everybody can read on the pages."""

from datetime import date
from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router, Schema
from ninja.pagination import paginate

from intercity.cities.models import (
    City,
    Story,
    Thread,
    ThreadKind,
    Tie,
    TieConfirmation,
    TieKind,
    TieStanding,
)
from intercity.languages.api import CODE, TextShown
from intercity.paging import Pages

router = Router(tags=["Ties and stories"])
MOST = 2_147_483_647
SLUG = "Slug of the city."
SIMULATED = "True where a demonstration made it up: nobody said this."
PATTERN = "^[-a-zA-Z0-9_]*$"


class OfCityFilter(Schema):
    """Of which city it is wanted; of all, if nothing is said."""

    city: str = Field("", pattern=PATTERN, max_length=80, description=SLUG)


class TieFilter(OfCityFilter):
    """Which ties are wanted."""

    kind: TieKind | None = None


class SaidOfTie(Schema):
    """What one of the two cities said last."""

    city: str = Field(description=SLUG)
    is_so: bool = Field(description="Whether it said that the tie is there.")
    confirmed_on: date

    @staticmethod
    def resolve_city(found: TieConfirmation) -> str:
        """The slug."""
        return found.city.slug


class TieShown(Schema):
    """A flight, a train, a border or the like between two members, as somebody claims it."""

    one: str = Field(description=SLUG)
    other: str = Field(description=SLUG)
    kind: TieKind
    note: str
    claimed_by: str
    source: str
    as_of: date = Field(description="The day for which the source says so.")
    standing: TieStanding = Field(
        description="`stale` is what nobody has confirmed for a year; `disputed` where the two cities differ."
    )
    words: list[SaidOfTie] = Field(description="What each of the two cities said last, where it said anything.")
    ended_on: date | None = Field(description="The day on which one of the cities said that it is no longer there.")
    is_simulated: bool = Field(description=SIMULATED)

    @staticmethod
    def resolve_one(found: Tie) -> str:
        """The slug."""
        return found.one.slug

    @staticmethod
    def resolve_other(found: Tie) -> str:
        """The slug."""
        return found.other.slug

    @staticmethod
    def resolve_words(found: Tie) -> list[TieConfirmation]:
        """The last word of each."""
        return list(found.words().values())


class ThreadShown(Schema):
    """A craft, an instrument, a dish, a tale or a festival that two members share, as somebody claims it."""

    one: str = Field(description=SLUG)
    other: str = Field(description=SLUG)
    kind: ThreadKind
    name: str
    text: TextShown
    claimed_by: str
    source: str
    is_simulated: bool = Field(description=SIMULATED)

    @staticmethod
    def resolve_one(found: Thread) -> str:
        """The slug."""
        return found.one.slug

    @staticmethod
    def resolve_other(found: Thread) -> str:
        """The slug."""
        return found.other.slug


class RecordingShown(Schema):
    """Where a story can be heard."""

    address: str
    language: str = Field(description=CODE)
    kilobytes: int | None = Field(ge=0, le=MOST)


class StoryShown(Schema):
    """A story that somebody told, and that everybody may read since they said yes to that."""

    key: int = Field(ge=1, le=MOST)
    city: str = Field(description=SLUG)
    title: TextShown
    text: TextShown
    community: str = Field(description="Whose story it is.")
    teller: str = Field(description="Who tells it; empty unless they wish to be named.")
    recording: RecordingShown | None
    licence: str = Field(description="How others may use it, as SPDX names it.")
    written_on: date
    is_simulated: bool = Field(description=SIMULATED)

    @staticmethod
    def resolve_key(found: Story) -> int:
        """The number in its address."""
        return found.pk

    @staticmethod
    def resolve_city(found: Story) -> str:
        """The slug."""
        return found.city.slug

    @staticmethod
    def resolve_recording(found: Story) -> RecordingShown | None:
        """The recording, or None."""
        if not found.audio:
            return None
        return RecordingShown(address=found.audio, language=found.audio_language, kilobytes=found.audio_kilobytes)

    @staticmethod
    def resolve_written_on(found: Story) -> date:
        """The day."""
        return found.written_at.date()


@router.get("/ties", response=list[TieShown], summary="Ties between cities")
@paginate(Pages, key="pk", newest_first=True)
def ties(request: HttpRequest, wanted: Query[TieFilter]) -> QuerySet[Tie]:
    """What ties members together, the newest first; those that are no longer there say so."""
    found = Tie.objects.with_words()
    if wanted.kind:
        found = found.filter(kind=wanted.kind)
    if wanted.city:
        found = found.of(get_object_or_404(City, slug=wanted.city))
    return found


@router.get("/threads", response=list[ThreadShown], summary="What two cities share")
@paginate(Pages, key="pk", newest_first=True)
def threads(request: HttpRequest, wanted: Query[OfCityFilter]) -> QuerySet[Thread]:
    """What two members share, the newest first."""
    found = Thread.objects.with_words()
    return found.of(get_object_or_404(City, slug=wanted.city)) if wanted.city else found


@router.get("/stories", response=list[StoryShown], summary="Stories")
@paginate(Pages, key="pk", newest_first=True)
def stories(request: HttpRequest, wanted: Query[OfCityFilter]) -> QuerySet[Story]:
    """Stories that everybody can read, the newest first. Whoever copies one should look whether it is still here."""
    found = Story.objects.shown().with_words()
    return found.filter(city__slug=wanted.city) if wanted.city else found


@router.get("/stories/{key}", response=StoryShown, summary="One story")
def story(request: HttpRequest, key: Annotated[int, Path(ge=1, le=MOST)]) -> Story:
    """A story; one that waits or was taken back is not there."""
    return get_object_or_404(Story.objects.shown().with_words(), pk=key)
