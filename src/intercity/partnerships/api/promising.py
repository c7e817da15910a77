"""Commitments and agreements, and what came of it all."""

from typing import Annotated

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Path, Query, Router, Schema
from ninja.pagination import paginate

from intercity.cities.models import City
from intercity.paging import Pages
from intercity.partnerships import gathering
from intercity.partnerships.api.shapes import (
    MOST,
    AgreementShown,
    CommitmentCard,
    CommitmentShown,
    NumbersShown,
)
from intercity.partnerships.models import Agreement, AgreementState, Commitment, Standing
from intercity.practices.api.reading import SLUG

router = Router(tags=["Commitments and agreements"])


class CommitmentFilter(Schema):
    """Which commitments are wanted."""

    standing: Standing | None = None
    city: str = Field("", pattern=SLUG, max_length=100, description="Slug of the city that promised it.")
    year: int | None = Field(None, ge=1, le=9999, description="The year for which it was first promised.")


class AgreementFilter(Schema):
    """Which agreements are wanted."""

    state: AgreementState | None = None
    city: str = Field("", pattern=SLUG, max_length=100, description="Slug of a party.")


class NumbersFilter(Schema):
    """Of what the numbers are wanted; of everything, if nothing is said."""

    city: str = Field("", pattern=SLUG, max_length=100, description="Slug of a city.")
    other: str = Field("", pattern=SLUG, max_length=100, description="Slug of a second city: what two did together.")
    year: int | None = Field(None, ge=1, le=9999)


@router.get("/commitments", response=list[CommitmentCard], summary="Commitments")
@paginate(Pages, key="number", newest_first=True)
def commitments(request: HttpRequest, wanted: Query[CommitmentFilter]) -> QuerySet[Commitment]:
    """What was promised, the newest first."""
    found = Commitment.objects.with_words().select_related("answer__round__dialogue")
    if wanted.standing:
        found = found.stand(wanted.standing)
    if wanted.year:
        found = found.filter(first_due_on__year=wanted.year)
    return found.filter(city__slug=wanted.city) if wanted.city else found


@router.get("/commitments/{number}", response=CommitmentShown, summary="One commitment")
def commitment(request: HttpRequest, number: Annotated[int, Path(ge=1, le=MOST)]) -> Commitment:
    """A commitment with reports, confirmations and history."""
    whole = Commitment.objects.with_words().select_related("answer__round__dialogue")
    return get_object_or_404(
        whole.prefetch_related(
            "reports__text__translations", "confirmations__reason__translations", "steps__reason__translations"
        ),
        number=number,
    )


@router.get("/agreements", response=list[AgreementShown], summary="Agreements")
@paginate(Pages, key="pk", newest_first=True)
def agreements(request: HttpRequest, wanted: Query[AgreementFilter]) -> QuerySet[Agreement]:
    """What was signed with whom, the newest first."""
    found = Agreement.objects.with_words()
    if wanted.state:
        found = found.filter(state=wanted.state)
    return found.filter(parties__city__slug=wanted.city) if wanted.city else found


@router.get("/agreements/{slug:slug}", response=AgreementShown, summary="One agreement")
def agreement(request: HttpRequest, slug: str) -> Agreement:
    """An agreement with its parties and papers."""
    return get_object_or_404(Agreement.objects.with_words(), slug=slug)


@router.get("/numbers", response=NumbersShown, summary="What came of it")
def numbers(request: HttpRequest, wanted: Query[NumbersFilter]) -> gathering.Numbers:
    """The numbers of the network, a city, two cities or a year, as pages and reports show them."""
    city = get_object_or_404(City, slug=wanted.city) if wanted.city else None
    other = get_object_or_404(City, slug=wanted.other) if wanted.other and city else None
    return gathering.numbers(gathering.Scope(year=wanted.year, city=city, other=other))
