"""Dialogues, their statements, what moderation did, and the answers."""

from enum import StrEnum

from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from intercity.dialogues.api.shapes import AnswerShown, DialogueShown, StatementShown
from intercity.dialogues.models import Answer, Dialogue, Reason, Round, Statement, StatementState
from intercity.paging import Pages

router = Router(tags=["Dialogues"])
HERE = "/dialogues/{slug:slug}"
PUBLIC = (StatementState.PUBLISHED, StatementState.REMOVED, StatementState.MERGED)


class Wanted(StrEnum):
    """States by which dialogues are found."""

    OPEN = "open"
    CLOSED = "closed"
    ANSWERED = "answered"
    OVERDUE = "overdue"


class DialogueFilter(Schema):
    """Which dialogues are wanted."""

    state: Wanted | None = Field(
        None, description="`overdue` are closed ones whose answer was promised for a day that has passed."
    )


class RoundChosen(Schema):
    """Which round is meant."""

    round: int | None = Field(None, ge=1, le=32767, description="Number of the round; the last one by default.")


class Removed(Schema):
    """How many statements were removed for one reason of the published rules."""

    reason: Reason
    words: str = Field(description="The reason in words, in the language that was asked for.")
    number: int = Field(ge=0)


class Moderation(Schema):
    """How many statements are in which state."""

    published: int = Field(ge=0)
    waiting: int = Field(ge=0)
    merged: int = Field(ge=0)
    removed: list[Removed]


def public_dialogue(slug: str) -> Dialogue:
    """A dialogue that everybody may see; drafts are not there."""
    return get_object_or_404(Dialogue.objects.public().with_words().prefetch_related("cities"), slug=slug)


def round_of(dialogue: Dialogue, number: int | None) -> Round:
    """A round by its number, or the last."""
    if number is None:
        return dialogue.round
    for one in dialogue.rounds.all():
        if one.number == number:
            return one
    raise Http404


@router.get("/dialogues", response=list[DialogueShown], summary="Dialogues")
@paginate(Pages, key="pk", newest_first=True)
def dialogues(request: HttpRequest, wanted: Query[DialogueFilter]) -> QuerySet[Dialogue]:
    """All but drafts, the newest first."""
    found = Dialogue.objects.public()
    if wanted.state == Wanted.OVERDUE:
        found = found.overdue()
    elif wanted.state is not None:
        found = found.filter(state=wanted.state.value)
    return found.with_words().prefetch_related("cities")


@router.get(HERE, response=DialogueShown, summary="One dialogue")
def dialogue(request: HttpRequest, slug: str) -> Dialogue:
    """What is asked, who answers until when, and how it is run."""
    return public_dialogue(slug)


@router.get(f"{HERE}/statements", response=list[StatementShown], summary="Statements")
@paginate(Pages, key="number")
def statements(request: HttpRequest, slug: str) -> QuerySet[Statement]:
    """Published statements by number, and of removed and merged ones the number and what became of them."""
    found = public_dialogue(slug).statements.filter(state__in=PUBLIC)
    return found.with_words().select_related("text", "merged_into")


@router.get(f"{HERE}/moderation", response=Moderation, summary="What moderation did")
def moderation(request: HttpRequest, slug: str) -> Moderation:
    """How many statements were removed, for each reason of the published rules."""
    every = public_dialogue(slug).statements.order_by()
    states = dict(every.values_list("state").annotate(Count("pk")))
    removed = every.filter(state=StatementState.REMOVED)
    reasons = dict(removed.values_list("reason").annotate(Count("pk")))
    return Moderation(
        published=states.get(StatementState.PUBLISHED, 0),
        waiting=states.get(StatementState.WAITING, 0),
        merged=states.get(StatementState.MERGED, 0),
        removed=[Removed(reason=one, words=str(one.label), number=reasons.get(one, 0)) for one in Reason],
    )


@router.get(f"{HERE}/answers", response=list[AnswerShown], summary="Answers")
@paginate(Pages, key="statement__number")
def answers(request: HttpRequest, slug: str, chosen: Query[RoundChosen]) -> QuerySet[Answer]:
    """What the responder answered in a round, statement by statement."""
    found = round_of(public_dialogue(slug), chosen.round).answers.all()
    return found.select_related("text", "statement").prefetch_related("text__translations")
