"""How dialogues, statements and answers look in the API."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema

from intercity.dialogues.models import (
    Admission,
    Answer,
    AnswerKind,
    Dialogue,
    ModerationTime,
    Reason,
    Round,
    State,
    Statement,
    StatementState,
)
from intercity.languages.api import CODE, TextShown
from intercity.languages.models import Text

NUMBER = "Public number of the statement in its dialogue; it stays."
MOST_NUMBER = 2_147_483_647


class RoundShown(Schema):
    """One time of asking."""

    number: int = Field(ge=1, le=32767)
    opened_at: datetime | None
    closed_at: datetime | None


class DialogueShown(Schema):
    """A question, who answers until when, and how it is run."""

    slug: str = Field(description="Its address, which stays.")
    state: State
    is_open: bool = Field(description="Whether votes are taken now.")
    is_overdue: bool = Field(description="Whether the promised answer is late.")
    shows_results: bool = Field(description="Whether everybody may see results now.")
    question: TextShown
    background: TextShown | None
    themes: list[str]
    languages: list[str] = Field(description=CODE)
    opened_at: datetime | None
    closes_at: datetime | None
    answer_due: date | None = Field(description="The day for which an answer is promised.")
    responder_role: str = Field(description="The office that answers.")
    responder_city: str | None = Field(description="Address of the city whose office answers.")
    cities: list[str] = Field(description="Addresses of the cities that are asked.")
    admission: Admission
    moderation: ModerationTime
    asks_age: bool
    asks_gender: bool
    statement_length: int = Field(ge=1, le=32767, description="Longest statement, in characters.")
    statements_each: int = Field(ge=0, le=32767, description="Most statements by one person.")
    is_simulated: bool = Field(description="True where a program made up the votes: nobody said this.")
    is_imported: bool = Field(description="Brought in from another system.")
    attribution: str
    licence: str
    rounds: list[RoundShown]

    @staticmethod
    def resolve_responder_city(found: Dialogue) -> str | None:
        """The slug."""
        return None if found.responder_city is None else found.responder_city.slug

    @staticmethod
    def resolve_cities(found: Dialogue) -> list[str]:
        """Slugs in order."""
        return sorted(city.slug for city in found.cities.all())

    @staticmethod
    def resolve_rounds(found: Dialogue) -> list[Round]:
        """The first round first."""
        return list(found.rounds.all())


class StatementShown(Schema):
    """A statement. Of one that was removed only the number and the reason are told."""

    number: int = Field(ge=1, le=MOST_NUMBER, description=NUMBER)
    state: StatementState = Field(description="`published`, `removed` or `merged`; your own may be `waiting`.")
    text: TextShown | None = Field(description="Null where it is not published.")
    is_seed: bool = Field(description="Given at the start.")
    is_meta: bool = Field(description="About participants themselves.")
    reason: Reason | None = Field(description="Why it was removed.")
    merged_into: int | None = Field(ge=1, le=MOST_NUMBER, description="Number of the statement that stands for it.")

    @staticmethod
    def resolve_text(found: Statement) -> Text | None:
        """Words are withheld where moderation has not let them stand."""
        return found.text if found.state == StatementState.PUBLISHED else None

    @staticmethod
    def resolve_reason(found: Statement) -> str | None:
        """The reason of a removal; what was noted before the statement came back does not matter."""
        return found.reason or None if found.state == StatementState.REMOVED else None

    @staticmethod
    def resolve_merged_into(found: Statement) -> int | None:
        """The other's number."""
        merged = found.state == StatementState.MERGED and found.merged_into is not None
        return found.merged_into.number if merged and found.merged_into else None


class AnswerShown(Schema):
    """What the responder answers to one statement."""

    statement: int = Field(ge=1, le=MOST_NUMBER, description=NUMBER)
    kind: AnswerKind
    text: TextShown
    owner: str = Field(description="Who does what is promised; else empty.")
    due: date | None = Field(description="Until when it is promised.")
    link: str = Field(description="Where it can be seen; else empty.")
    whose: str = Field(description="Who decides, where it is not theirs to decide; else empty.")
    answered_as: str = Field(description="The office that answered.")
    answered_at: datetime

    @staticmethod
    def resolve_statement(found: Answer) -> int:
        """The statement's number."""
        return found.statement.number
