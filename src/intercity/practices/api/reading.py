"""Finding and reading practices; the vocabulary they are ordered by."""

from typing import Annotated, Any, Literal

from django.db.models import Prefetch
from django.http import HttpRequest
from django.http.request import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import get_language
from ninja import Field, Path, Query, Router, Schema

from intercity.core.matching import Climate, Income, Size
from intercity.languages.network import network_languages
from intercity.practices.api.shapes import MOST, PracticeCard, PracticeShown, VersionShown
from intercity.practices.models import Adoption, Practice, PracticeStatus, PracticeVersion
from intercity.practices.search import FoundPractice, Page, parse, search
from intercity.practices.search.asked import LONGEST, MOST_PAGES
from intercity.practices.vocabulary import skos

router = Router(tags=["Practices"])
HERE = "/practices/{slug:slug}"
SLUG = "^[-a-zA-Z0-9_]*$"


class PracticesWanted(Schema):
    """What is looked for; the same as in the address of the page."""

    q: str = Field(
        "", max_length=LONGEST, pattern="^[^\\u0000]*$", description="Words or a sentence, in any language."
    )
    theme: str = Field(
        "", pattern=SLUG, max_length=100, description="A concept of the vocabulary, or a group of them."
    )
    target: str = Field("", pattern="^([0-9]{1,2}[.][0-9a-z]{1,2})?$", description="An SDG target: `11.6`.")
    city: str = Field("", pattern=SLUG, max_length=100, description="Slug of the city that did it.")
    country: str = Field("", pattern="^([A-Z]{2})?$", description="Two capital letters of ISO 3166-1.")
    income: Income | None = Field(None, description="Income of the country.")
    size: Size | None = Field(None, description="How many people live in the place.")
    climate: Climate | None = Field(None, description="By latitude only.")
    cost: Literal["known", "unknown"] | None = Field(None, description="Whether an amount is told.")
    evidence: int | None = Field(None, ge=1, le=5, description="The lowest level of evidence.")
    status: PracticeStatus | None = None
    failed: bool = Field(False, description="Only what was stopped or undone.")
    like: str = Field("", pattern=SLUG, max_length=100, description="Slug of a city: what was done in places like it.")
    challenge: str = Field("", pattern=SLUG, max_length=100, description="Slug of a challenge: what fits it.")
    sort: Literal["evidence", "newest"] | None = Field(None, description="Another order than by fit.")
    page: int = Field(1, ge=1, le=MOST_PAGES, description="Which page.")
    limit: int = Field(20, ge=1, le=100, description="How many items a page has at most.")


class ReasonShown(Schema):
    """Why a practice was found."""

    kind: str = Field(description="`words`, `meaning`, `theme`, `city`, `missing`, `evidence` or `momentum`.")
    said: str = Field(description="In the language that was asked for.")


class PracticeFound(Schema):
    """A practice, why it was found, and how like its place is where a city is asked for."""

    practice: PracticeCard
    reasons: list[ReasonShown]
    likeness: float | None = Field(ge=0, le=1, description="Of its place and the city in `like`; null without one.")

    @staticmethod
    def resolve_likeness(found: FoundPractice) -> float | None:
        """The score alone; the reasons say what it is made of."""
        return found.likeness.score if found.likeness else None


class PracticesFound(Schema):
    """A page of what was found, the best first."""

    items: list[PracticeFound]
    next: str | None = Field(description="Address of the next page; null on the last one.")
    total: int = Field(ge=0, description="How many were found.")
    is_at_least: bool = Field(description="Whether there may be more than `total`.")
    ignored: list[str] = Field(description="Filters that were left out, since nobody knows their values.")
    missing: list[str] = Field(description="`like` or `challenge` where there is no such city or challenge.")


@router.get("/practices", response=PracticesFound, summary="Practices")
def practices(request: HttpRequest, wanted: Query[PracticesWanted]) -> dict[str, Any]:
    """What cities did, by words in any language, by filters, for a city, or for a challenge; with reasons."""
    asked = parse({name: _written(value) for name, value in wanted.dict(exclude={"limit"}).items()})
    page = search(asked, get_language() or "en", network_languages(), wanted.limit)
    return {
        "items": list(page.hits),
        "next": _next(request, page, wanted),
        "total": page.total,
        "is_at_least": page.is_at_least,
        "ignored": list(asked.ignored),
        "missing": list(page.missing),
    }


def _written(value: Any) -> str:
    """A value as it stands in the address of the page."""
    if isinstance(value, bool):
        return "yes" if value else ""
    return "" if value is None else str(value)


def _next(request: HttpRequest, page: Page, wanted: PracticesWanted) -> str | None:
    if wanted.page * wanted.limit >= page.total or wanted.page >= MOST_PAGES:
        return None
    query: QueryDict = request.GET.copy()
    query["page"] = str(wanted.page + 1)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")


@router.get(HERE, response=PracticeShown, summary="One practice")
def practice(request: HttpRequest, slug: str) -> Practice:
    """A practice whole: words with translations, costs and results with their sources, adoptions, versions."""
    adoptions = Adoption.objects.with_places().prefetch_related("costs", "results").order_by("pk")
    versions = PracticeVersion.objects.defer("document").order_by("number")
    found = (
        Practice.objects.published()
        .with_words()
        .prefetch_related("media", Prefetch("adoptions", adoptions), Prefetch("versions", versions))
    )
    return get_object_or_404(found, slug=slug)


@router.get(f"{HERE}/versions/{{number}}", response=VersionShown, summary="One version of a practice")
def practice_version(request: HttpRequest, slug: str, number: Annotated[int, Path(ge=1, le=MOST)]) -> PracticeVersion:
    """A version as it was published, so that it can be cited and compared."""
    shown = Practice.objects.published().filter(slug=slug)
    return get_object_or_404(PracticeVersion.objects.filter(practice__in=shown), number=number)


@router.get("/vocabulary", response=dict[str, Any], summary="The vocabulary of urban challenges")
def urban_challenges(request: HttpRequest) -> dict[str, Any]:
    """Every concept with its labels, SDG targets and the state of each translation: SKOS as JSON-LD."""
    return skos.document(request.build_absolute_uri(reverse("vocabulary")))
