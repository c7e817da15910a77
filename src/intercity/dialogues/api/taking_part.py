"""Taking part through another program: join, see what is next, vote, take back, write."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Field, Header, Path, Router, Schema, Status
from ninja.errors import HttpError, Throttled
from ninja.pagination import paginate

from intercity.accounts import limits
from intercity.accounts.codes import shown
from intercity.cities.models import City
from intercity.dialogues import actions
from intercity.dialogues.api.reading import HERE, public_dialogue
from intercity.dialogues.api.reading import router as reading
from intercity.dialogues.api.shapes import MOST_NUMBER, NUMBER, StatementShown
from intercity.dialogues.api.tokens import Bearer, participant_in, token_of
from intercity.dialogues.models import AgeBand, Channel, Dialogue, Gender, Participant, Statement, Vote
from intercity.dialogues.routing import progress
from intercity.languages.api import CODE
from intercity.paging import Pages
from intercity.refusals import RefusedError

router = Router(tags=["Taking part"])
bearer = Bearer()
LANGUAGE = "^([A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$"
FIELDS = {"invitation": "invitation_code", "code": "return_code", "body": "text"}
"""Inputs that actions name otherwise than the API does."""
WORDS = "^[^\\u0000]*$"
Number = Annotated[int, Path(ge=1, le=MOST_NUMBER, description=NUMBER)]
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        max_length=64,
        pattern="^[!-~]*$",
        description="1 to 64 visible ASCII signs. Sent again with the same key, a vote changes nothing.",
    ),
]


class Sent(Schema, extra="forbid"):
    """Something that is sent: a name that is not known is refused, so that no mistake goes unnoticed."""


class Joining(Sent):
    """What somebody says of themselves when joining. All of it is voluntary."""

    city: str = Field("", max_length=80, pattern=WORDS, description="Address of a city of the dialogue.")
    age_band: AgeBand | Literal[""] = Field("", description="Kept only where the dialogue asks for it.")
    gender: Gender | Literal[""] = Field("", description="Kept only where the dialogue asks for it.")
    language: str = Field("", max_length=20, pattern=LANGUAGE, description=CODE)
    invitation_code: str = Field("", max_length=40, pattern=WORDS, description="Where the dialogue needs one.")


class Returning(Sent):
    """The code that was shown when joining."""

    return_code: str = Field(min_length=1, max_length=40, pattern=WORDS)


class Token(Schema):
    """What to send as `Authorization: Bearer …`."""

    token: str


class Joined(Token):
    """The token, and the code by which a person comes back, here or on the web. The code is shown once."""

    return_code: str


class Next(Schema):
    """What to vote on next."""

    statement: StatementShown | None = Field(description="Null where nothing is left.")
    probability: float | None = Field(ge=0, le=1, description="The chance with which it was drawn.")
    remaining: int = Field(ge=0, description="Statements that still wait for a vote, this one among them.")
    voted: int = Field(ge=0)


class VoteSent(Sent):
    """A vote."""

    value: Literal[-1, 0, 1] = Field(description="1 agree, -1 disagree, 0 pass.")
    is_important: bool = Field(False, description="Important to me.")


class VoteShown(Schema):
    """One's own vote as it stands."""

    statement: int = Field(ge=1, le=MOST_NUMBER, description=NUMBER)
    value: Literal[-1, 0, 1] | None = Field(description="1 agree, -1 disagree, 0 pass; null where it was taken back.")
    is_important: bool

    @staticmethod
    def resolve_statement(found: Vote) -> int:
        """The statement's number."""
        return found.statement.number


class StatementSent(Sent):
    """A statement in one's own words."""

    text: str = Field(pattern=WORDS, max_length=5000, description="One idea; 5 characters to the dialogue's limit.")
    language: str = Field(
        "",
        max_length=20,
        description="A language of the network or of the dialogue, as its author says; empty where the author did "
        "not: it is recognised then, and where that is not sure, yours or that of the question is taken.",
    )


def _in_our_names(refused: RefusedError) -> RefusedError:
    return RefusedError(str(refused), FIELDS.get(refused.field, refused.field))


@contextmanager
def _refused_while_closed(dialogue: Dialogue) -> Iterator[None]:
    """Tell a closed dialogue, which no other try will open, from what can be mended."""
    try:
        yield
    except RefusedError as refused:
        now = Dialogue.objects.filter(pk=dialogue.pk).first()
        if now is None or not now.is_open:
            raise HttpError(409, str(refused)) from refused
        raise _in_our_names(refused) from refused


def _allow(purpose: str, who: str) -> None:
    if not limits.allow(purpose, who):
        raise Throttled(limits.LIMITS[purpose].seconds)


@contextmanager
def _guessing_is_limited(request: HttpRequest, field: str, typed: str) -> Iterator[None]:
    """Codes that are not known are counted, good ones are not: a village that comes in by them is not stopped."""
    who = limits.address(request)
    if typed and limits.is_used_up("code", who):
        raise Throttled(limits.LIMITS["code"].seconds)
    try:
        yield
    except RefusedError as refused:
        if typed and refused.field == field:
            limits.allow("code", who)
        raise _in_our_names(refused) from refused


@router.post(f"{HERE}/participants", response={201: Joined}, summary="Join")
def join(request: HttpRequest, slug: str, sent: Joining) -> Status[Joined]:
    """Become a participant: a pseudonym in this dialogue. No name, no address, no device is kept."""
    dialogue = public_dialogue(slug)
    city = _city(dialogue, sent.city)
    with _refused_while_closed(dialogue), _guessing_is_limited(request, "invitation", sent.invitation_code):
        _allow("join", limits.address(request))
        participant, code = actions.join(
            dialogue,
            invitation_code=sent.invitation_code,
            channel=Channel.API,
            city=city,
            age_band=str(sent.age_band),
            gender=str(sent.gender),
            language=sent.language,
        )
    return Status(201, Joined(token=token_of(participant), return_code=shown(code)))


def _city(dialogue: Dialogue, slug: str) -> City | None:
    if not slug:
        return None
    found = dialogue.cities.filter(slug=slug).first()
    if found is None:
        raise RefusedError(_("This city is not part of the dialogue. Choose one from the list, or none."), "city")
    return found


@router.post(f"{HERE}/tokens", response={201: Token}, summary="Come back")
def come_back(request: HttpRequest, slug: str, sent: Returning) -> Status[Token]:
    """A new token for the code that joining gave, here or on the web."""
    dialogue = public_dialogue(slug)
    with _guessing_is_limited(request, "code", sent.return_code):
        participant = actions.return_by(dialogue, sent.return_code)
    return Status(201, Token(token=token_of(participant)))


@router.get(f"{HERE}/participants/me/next", response=Next, auth=bearer, summary="The next statement")
def next_statement(request: HttpRequest, slug: str) -> dict[str, Any]:
    """What to vote on next. It stays the same until it has a vote; showing it is recorded with its chance."""
    participant = participant_in(request, slug)
    if not participant.dialogue.is_open:
        raise HttpError(409, _("This dialogue is closed: it takes no more votes. You can read what came of it."))
    found = progress(participant)
    drawn = actions.show_next(participant, found)
    return {
        "statement": None if drawn is None else drawn.statement,
        "probability": None if drawn is None else drawn.probability,
        "remaining": found.remaining,
        "voted": found.voted,
    }


def _votes(participant: Participant) -> QuerySet[Vote]:
    found = participant.votes.filter(round=participant.dialogue.round, value__isnull=False)
    return found.select_related("statement")


@router.get(f"{HERE}/participants/me/votes", response=list[VoteShown], auth=bearer, summary="My votes")
@paginate(Pages, key="statement__number")
def own_votes(request: HttpRequest, slug: str) -> QuerySet[Vote]:
    """All votes of this participant in the last round, by the number of the statement."""
    return _votes(participant_in(request, slug))


def _statement(participant: Participant, number: int) -> Statement:
    return get_object_or_404(participant.dialogue.statements, number=number)


@router.put(f"{HERE}/statements/{{number}}/vote", response=VoteShown, auth=bearer, summary="Vote")
def vote(request: HttpRequest, slug: str, number: Number, sent: VoteSent, key: Key = "") -> Vote:
    """Agree, disagree or pass; the last vote counts. Answers with the vote as it stands."""
    participant = participant_in(request, slug)
    statement = _statement(participant, number)
    with _refused_while_closed(participant.dialogue):
        actions.cast_vote(participant, statement, sent.value, is_important=sent.is_important, key=key)
    stands = participant.votes.filter(round=participant.dialogue.round, statement=statement)
    found = stands.select_related("statement").first()
    if found is None:
        raise RefusedError(_("This key came with another vote before. Send this vote with a new key."))
    return found


@router.delete(f"{HERE}/statements/{{number}}/vote", response={204: None}, auth=bearer, summary="Take a vote back")
def take_back(request: HttpRequest, slug: str, number: Number, response: HttpResponse) -> Status[None]:
    """As if there had been no vote. Done again, it changes nothing."""
    participant = participant_in(request, slug)
    statement = _statement(participant, number)
    with _refused_while_closed(participant.dialogue):
        if _votes(participant).filter(statement=statement).exists():
            actions.take_back_vote(participant, statement)
    return Status(204, None)


@reading.post(
    f"{HERE}/statements",
    response={201: StatementShown},
    auth=bearer,
    tags=router.tags,
    summary="Write a statement",
)
def write(request: HttpRequest, slug: str, sent: StatementSent) -> Status[Statement]:
    """Say something new; it is shown at once or after moderation, as the dialogue has it. You agree with it."""
    participant = participant_in(request, slug)
    with _refused_while_closed(participant.dialogue):
        statement = actions.write_statement(participant, body=sent.text, language=sent.language)
    return Status(201, statement)
