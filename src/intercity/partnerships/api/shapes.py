"""How commitments, agreements, needs, offers, introductions and events look in the API; no mailbox is among it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Schema

from intercity.events.models import Event, EventKind, EventState
from intercity.languages.api import CODE, TextShown
from intercity.partnerships.models import (
    Agreement,
    AgreementKind,
    AgreementParty,
    AgreementState,
    Commitment,
    CommitmentStep,
    Confirmation,
    ConfirmerKind,
    Direction,
    Introduction,
    IntroductionState,
    Outcome,
    OutcomeAnswer,
    Posting,
    PostingKind,
    PostingState,
    Standing,
)

WHEN = "A year, a month or a day: `2024`, `2024-05`, `2024-05-31`; empty where it is not known."
SIMULATED = "True where a demonstration made it up: nobody said this."
SLUG = "Its address, which stays."
MOST = 2_147_483_647
Count = Annotated[int, Field(ge=0)]


def _slug(found: Any) -> str | None:
    return found.slug if found is not None else None


class PartyShown(Schema):
    """A party of an agreement."""

    city: str | None = Field(description="Slug of the member; null where it is none.")
    name: str = Field(description="Its name where it is no member.")
    signed_as: str = Field(description="The role in which somebody signed.")

    @staticmethod
    def resolve_city(found: AgreementParty) -> str | None:
        """The slug, or None."""
        return _slug(found.city)


class DocumentShown(Schema):
    """Where a paper can be read."""

    title: str
    address: str
    language: str = Field(description=CODE)
    kilobytes: int | None = Field(ge=0, le=MOST)


class AgreementShown(Schema):
    """An agreement between parties."""

    slug: str = Field(description=SLUG)
    kind: AgreementKind
    title: TextShown
    why: TextShown | None
    parties: list[PartyShown]
    documents: list[DocumentShown]
    signed_on: str = Field(description=WHEN)
    review_on: date | None
    state: AgreementState
    ended_on: date | None
    event: str | None = Field(description="Slug of the event at which it was signed.")
    commitments: int = Field(ge=0, description="How many commitments belong to it; without one it is a declaration.")
    source: str
    is_simulated: bool = Field(description=SIMULATED)

    @staticmethod
    def resolve_event(found: Agreement) -> str | None:
        """The slug, or None."""
        return _slug(found.event)

    @staticmethod
    def resolve_commitments(found: Any) -> int:
        """As `with_words` counts them."""
        return int(found.commitments_count)


class CommitmentCard(Schema):
    """What somebody promised, and how it stands today."""

    number: int = Field(ge=1, le=MOST, description="By which people name it.")
    text: TextShown
    city: str | None = Field(description="Slug of the city; null where the network itself promised it.")
    owner: str = Field(description="The office that does it.")
    promised_on: date
    first_due_on: date = Field(description="The day that was promised first; “on time” is counted by it.")
    due_on: date = Field(description="The day that holds now.")
    known_by: TextShown | None = Field(description="How one will know that it is done.")
    standing: Standing
    done_on: date | None
    settled_on: date | None = Field(description="When it was confirmed or dropped.")
    confirmer: ConfirmerKind
    confirmer_city: str | None = Field(description="Slug of the city that confirms it.")
    confirmer_group: str
    agreement: str | None = Field(description="Slug of the agreement it belongs to.")
    event: str | None = Field(description="Slug of the event it comes from.")
    dialogue: str | None = Field(description="Slug of the dialogue in which it was answered.")
    source: str
    is_simulated: bool = Field(description=SIMULATED)

    @staticmethod
    def resolve_city(found: Commitment) -> str | None:
        """The slug, or None."""
        return _slug(found.city)

    @staticmethod
    def resolve_confirmer_city(found: Commitment) -> str | None:
        """The slug, or None."""
        return _slug(found.confirmer_city)

    @staticmethod
    def resolve_agreement(found: Commitment) -> str | None:
        """The slug, or None."""
        return _slug(found.agreement)

    @staticmethod
    def resolve_event(found: Commitment) -> str | None:
        """The slug, or None."""
        return _slug(found.event)

    @staticmethod
    def resolve_dialogue(found: Commitment) -> str | None:
        """The slug, or None."""
        return found.answer.round.dialogue.slug if found.answer else None


class ReportShown(Schema):
    """How its owner says it goes."""

    text: TextShown
    evidence: str = Field(description="Where it can be seen.")
    says_done: bool
    done_on: date | None
    made_as: str = Field(description="The office.")
    made_at: datetime
    is_simulated: bool = Field(description=SIMULATED)


class ConfirmationShown(Schema):
    """What a second party says of a report that it is done."""

    is_so: bool
    reason: TextShown | None
    kind: ConfirmerKind
    city: str | None
    group: str
    by_link: bool = Field(description="Whether a group of residents answered by its own link.")
    made_at: datetime
    is_simulated: bool = Field(description=SIMULATED)

    @staticmethod
    def resolve_city(found: Confirmation) -> str | None:
        """The slug, or None."""
        return _slug(found.city)


class StepShown(Schema):
    """What happened to it; nothing is deleted."""

    what: str
    made_at: datetime
    made_as: str
    reason: TextShown | None
    document: dict[str, Any] = Field(description="How it stood after this.")

    @staticmethod
    def resolve_document(found: CommitmentStep) -> dict[str, Any]:
        """As it is kept."""
        return dict(found.document)


class CommitmentShown(CommitmentCard):
    """A commitment whole, with what was reported, confirmed and changed."""

    reports: list[ReportShown]
    confirmations: list[ConfirmationShown]
    steps: list[StepShown]


class TopicShown(Schema):
    """What it is about: a chapter of the Harmonized System, or a concept of the vocabulary."""

    scheme: str
    code: str


class PostingShown(Schema):
    """What a city seeks or gives."""

    id: int = Field(ge=1)
    direction: Direction
    kind: PostingKind
    city: str = Field(description="Slug of the city.")
    title: TextShown
    body: TextShown | None
    facts: dict[str, Any] = Field(description="What its kind asks for.")
    topics: list[TopicShown]
    languages: list[str] = Field(description=CODE)
    contact_role: str = Field(description="Whom to call: a role.")
    state: PostingState
    expires_on: date
    source: str
    is_simulated: bool = Field(description=SIMULATED)

    @staticmethod
    def resolve_city(found: Posting) -> str:
        """The slug."""
        return found.city.slug


class OutcomeShown(Schema):
    """What one side said after so many months."""

    city: str
    months: int = Field(ge=3, le=12)
    answer: OutcomeAnswer
    answered_at: datetime

    @staticmethod
    def resolve_city(found: Outcome) -> str:
        """The slug."""
        return found.city.slug


class IntroductionShown(Schema):
    """Two cities that both said yes."""

    id: int = Field(ge=1)
    one: str
    other: str
    why: TextShown
    one_gives: TextShown | None
    other_gives: TextShown | None
    state: IntroductionState
    made_at: datetime | None
    need: int | None = Field(ge=1, description="Id of the need it began with.")
    offer: int | None = Field(ge=1, description="Id of the offer it began with.")
    outcomes: list[OutcomeShown]
    is_simulated: bool = Field(description=SIMULATED)

    @staticmethod
    def resolve_one(found: Introduction) -> str:
        """The slug."""
        return found.one.slug

    @staticmethod
    def resolve_other(found: Introduction) -> str:
        """The slug."""
        return found.other.slug

    @staticmethod
    def resolve_need(found: Introduction) -> int | None:
        """Its id."""
        return found.need_id

    @staticmethod
    def resolve_offer(found: Introduction) -> int | None:
        """Its id."""
        return found.offer_id


class EventShown(Schema):
    """An event; days are days at its place, both included."""

    slug: str = Field(description=SLUG)
    kind: EventKind
    state: EventState
    title: TextShown
    about: TextShown | None
    starts_on: date
    ends_on: date
    starts_at: datetime | None
    ends_at: datetime | None
    timezone: str = Field(description="Name in the IANA database.")
    city: str | None = Field(description="Slug of the member that hosts it.")
    place: str
    country: str = Field(description="ISO 3166-1, two letters; empty where it is not known.")
    link: str
    concepts: list[str] = Field(description="Ids of the vocabulary of urban challenges; see `/vocabulary`.")
    source: str
    is_simulated: bool = Field(description=SIMULATED)

    @staticmethod
    def resolve_city(found: Event) -> str | None:
        """The slug, or None."""
        return _slug(found.city)


class NumbersShown(Schema):
    """What came of it: the same numbers as on every page."""

    adoptions_confirmed: int = Field(ge=0)
    adoptions: int = Field(ge=0)
    commitments: dict[str, Count] = Field(description="How many stand how, today; every standing is there.")
    kept_on_time: int = Field(ge=0)
    agreements: dict[str, Count]
    declarations: int = Field(ge=0, description="Agreements without a commitment.")
    introductions: int = Field(ge=0)
    outcomes: dict[str, Count] = Field(description="What the sides said last.")
    visits: int = Field(ge=0)
    dialogues: int = Field(ge=0)
    dialogues_answered: int = Field(ge=0)
    has_simulated: bool = Field(description="Whether a demonstration made up some of what is counted.")
