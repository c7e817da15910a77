"""Problems that cities seek answers to, and who took what over from whom."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from intercity.paging import Pages
from intercity.practices.api.reading import SLUG
from intercity.practices.api.shapes import AdoptionShown, ChallengeShown
from intercity.practices.models import Adoption, Challenge, ChallengeState, PracticeState

router = Router(tags=["Challenges and adoptions"])


class ChallengeFilter(Schema):
    """Which challenges are wanted."""

    city: str = Field("", pattern=SLUG, max_length=100, description="Slug of the city.")
    state: ChallengeState | None = None


class AdoptionFilter(Schema):
    """Which adoptions are wanted."""

    practice: str = Field("", pattern=SLUG, max_length=120, description="Slug of the practice.")
    to_city: str = Field("", pattern=SLUG, max_length=100, description="Slug of the adopting city.")
    confirmed: bool = Field(False, description="Only those that the adopting city itself confirms.")


@router.get("/challenges", response=list[ChallengeShown], summary="Challenges")
@paginate(Pages, key="pk", newest_first=True)
def challenges(request: HttpRequest, wanted: Query[ChallengeFilter]) -> QuerySet[Challenge]:
    """What cities seek answers to, the newest first."""
    found = Challenge.objects.with_words()
    if wanted.city:
        found = found.filter(city__slug=wanted.city)
    return found.filter(state=wanted.state.value) if wanted.state else found


@router.get("/challenges/{slug:slug}", response=ChallengeShown, summary="One challenge")
def challenge(request: HttpRequest, slug: str) -> Challenge:
    """A city's problem in its own words. What fits it: `/practices?challenge=` and its slug."""
    return get_object_or_404(Challenge.objects.with_words(), slug=slug)


@router.get("/adoptions", response=list[AdoptionShown], summary="Adoptions")
@paginate(Pages, key="pk", newest_first=True)
def adoptions(request: HttpRequest, wanted: Query[AdoptionFilter]) -> QuerySet[Adoption]:
    """Who takes over what from whom, the newest first."""
    found = Adoption.objects.with_places().filter(practice__state=PracticeState.PUBLISHED)
    if wanted.practice:
        found = found.filter(practice__slug=wanted.practice)
    if wanted.to_city:
        found = found.filter(to_city__slug=wanted.to_city)
    return (found.confirmed() if wanted.confirmed else found).prefetch_related("costs", "results")
