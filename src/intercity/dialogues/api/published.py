"""Results and releases: what is stored is shown, nothing is computed."""

from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Path, Query, Router, Schema
from ninja.errors import HttpError
from ninja.pagination import paginate

from intercity.dialogues.api.reading import HERE, RoundChosen, public_dialogue, round_of
from intercity.dialogues.models import Release, StoredResult
from intercity.paging import Pages

router = Router(tags=["Results and data"])
ONE = f"{HERE}/releases/{{round_number}}/{{number}}"
FOREVER = "public, max-age=86400"
Number = Annotated[int, Path(ge=1, le=32767)]


class ResultShown(Schema):
    """The newest stored result of a round, and which votes it counts."""

    round: int = Field(ge=1, le=32767)
    votes: int = Field(ge=0, description="Votes that the result counts.")
    participants: int = Field(ge=0, description="People whose votes it counts.")
    computed_at: datetime | None
    stale: int = Field(ge=0, description="Changes since then that it does not count yet: votes and decisions.")
    is_simulated: bool = Field(description="True where a program made up the votes: nobody said this.")
    document: dict[str, Any] = Field(description="As the page on the format of results has it.")


class ReleaseShown(Schema):
    """A result that was published with its data. Neither changes."""

    round: int = Field(ge=1, le=32767)
    number: int = Field(ge=1, le=32767)
    published_at: datetime
    is_final: bool = Field(description="Published after the round was closed.")
    licence: str
    sha256: str = Field(description="Fingerprint of the ZIP, 64 hexadecimal digits.", min_length=64, max_length=64)
    size: int = Field(ge=0, description="Bytes of the ZIP.")
    participation: dict[str, Any] = Field(description="Who took part, as totals; numbers of few people are null.")

    @staticmethod
    def resolve_round(found: Release) -> int:
        """The round's number."""
        return found.round.number


@router.get(f"{HERE}/result", response=ResultShown, summary="The newest result")
def result(request: HttpRequest, slug: str, chosen: Query[RoundChosen]) -> ResultShown:
    """Where people agree, as the newest stored result says; 404 while results are not shown or none is there yet."""
    dialogue = public_dialogue(slug)
    asked = round_of(dialogue, chosen.round)
    if not (dialogue.shows_results or asked.closed_at is not None):
        raise HttpError(404, _("Results of this dialogue are shown once it is closed. Ask again then."))
    stored = StoredResult.objects.filter(round=asked).defer("model").first()
    if stored is None or stored.document is None:
        raise HttpError(404, _("There is no result of this round yet. Ask again after votes have come in."))
    return ResultShown(
        round=asked.number,
        votes=stored.votes,
        participants=stored.participants,
        computed_at=stored.computed_at,
        stale=max(asked.votes_version - stored.version, 0),
        is_simulated=dialogue.is_simulated,
        document=stored.document,
    )


@router.get(f"{HERE}/releases", response=list[ReleaseShown], summary="Releases")
@paginate(Pages, key="pk")
def releases(request: HttpRequest, slug: str) -> QuerySet[Release]:
    """Everything that was published of a dialogue, the oldest first."""
    found = Release.objects.filter(round__dialogue=public_dialogue(slug)).select_related("round")
    return found.defer("data", "document").annotate(size=Length("data"))


@router.get(f"{ONE}/result", response=dict[str, Any], summary="The result of a release")
def release_result(
    request: HttpRequest, slug: str, round_number: Number, number: Number, response: HttpResponse
) -> dict[str, Any]:
    """The document, from which `intercity verify` finds whether it follows from the data."""
    response["Cache-Control"] = FOREVER
    document: dict[str, Any] = _release(slug, round_number, number).document
    return document


ZIP = {
    "responses": {
        200: {
            "description": "The ZIP.",
            "content": {"application/zip": {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}


@router.get(f"{ONE}/data", summary="The data of a release", openapi_extra=ZIP)
def release_data(request: HttpRequest, slug: str, round_number: Number, number: Number) -> HttpResponse:
    """The published votes as a ZIP of the five files of Polis, the result, and how to check it."""
    found = _release(slug, round_number, number)
    name = f"{slug}-{round_number}-{number}.zip"
    headers = {"Cache-Control": FOREVER, "Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(bytes(found.data), content_type="application/zip", headers=headers)


def _release(slug: str, round_number: int, number: int) -> Release:
    found = Release.objects.filter(round__dialogue=public_dialogue(slug), round__number=round_number, number=number)
    if not found.exists():
        raise Http404
    return get_object_or_404(found.defer("data"))
