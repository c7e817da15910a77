"""How practices, challenges and adoptions look in the API. What is not known is null or empty."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from intercity.languages.api import CODE, TextShown
from intercity.languages.models import Text
from intercity.practices import evidence
from intercity.practices.models import (
    Adoption,
    AdoptionStage,
    ChallengeState,
    Confidence,
    Cost,
    CostKind,
    Method,
    PartKind,
    PartnerRole,
    Practice,
    PracticeField,
    PracticeStatus,
    Provenance,
    Scale,
    Verification,
)

CONCEPTS = "Ids of the vocabulary of urban challenges; see `/vocabulary`."
WHEN = "A year, a month or a day: `2024`, `2024-05`, `2024-05-31`; empty where it is not known."
MOST = 2_147_483_647


class Claimed(Schema):
    """A number is what somebody says: who, where it is written, and when it was said."""

    claimed_by: str
    source: str
    claimed_on: str = Field(description=WHEN)


class CostClaimed(Claimed):
    """What it cost."""

    kind: CostKind
    amount: str = Field(description="A decimal number as text, so that nothing is rounded.")
    currency: str = Field(description="ISO 4217, three letters.")
    year: int | None = Field(ge=0, le=32767, description="The year of the prices.")
    basis: str = Field(description="What is counted.")
    confidence: Confidence

    @staticmethod
    def resolve_amount(found: Cost) -> str:
        """As it is kept."""
        return str(found.amount)


class ResultClaimed(Claimed):
    """What came of it. Claims may contradict each other; they stand side by side."""

    indicator: str
    unit: str
    baseline: str
    value: str
    measured_on: str = Field(description=WHEN)
    method: Method


class PartnerShown(Schema):
    """Who did it together with the implementer."""

    name: str
    role: PartnerRole


class MediumShown(Schema):
    """A picture, film or document elsewhere."""

    address: str
    shows: str
    licence: str
    kilobytes: int | None = Field(ge=0, le=MOST)


class EvidenceShown(Schema):
    """How strong the evidence is, computed from the results and from adoptions that the adopting city confirms."""

    level: int = Field(ge=0, le=5)
    label: str
    reasons: list[str]


class PartShown(Schema):
    """A part of a practice that the adopting city kept, changed or dropped."""

    kind: PartKind
    part: str
    why: str
    language: str = Field(description=CODE)


class AdoptionShown(Schema):
    """A city takes a practice over."""

    practice: str = Field(description="Its slug.")
    to_city: str = Field(description="Slug of the adopting city.")
    from_city: str | None = Field(description="Slug of the giving city; null where that is no member.")
    stage: AdoptionStage
    began_on: date
    why: str
    why_language: str = Field(description="The language of `why`, as in other lists; empty where nothing is said.")
    parts: list[PartShown]
    costs: list[CostClaimed]
    results: list[ResultClaimed]
    source: str
    is_confirmed: bool = Field(description="Whether the adopting city itself says that it is so.")
    confirmed_on: date | None
    is_simulated: bool = Field(description="True where a demonstration made it up: no city said this.")

    @staticmethod
    def resolve_practice(found: Adoption) -> str:
        """The slug."""
        return found.practice.slug

    @staticmethod
    def resolve_to_city(found: Adoption) -> str:
        """The slug."""
        return found.to_city.slug

    @staticmethod
    def resolve_from_city(found: Adoption) -> str | None:
        """The slug, or None."""
        return found.from_city.slug if found.from_city else None

    @staticmethod
    def resolve_confirmed_on(found: Adoption) -> date | None:
        """The day, while the confirmation holds."""
        return found.confirmed_at.date() if found.is_confirmed and found.confirmed_at else None


class ChallengeShown(Schema):
    """A city's problem, in its own words."""

    slug: str = Field(description="Its address, which stays.")
    city: str = Field(description="Slug of the city.")
    title: TextShown
    description: TextShown | None
    concepts: list[str] = Field(description=CONCEPTS)
    state: ChallengeState
    source: str
    is_simulated: bool = Field(description="True where a demonstration made it up: no city said this.")
    written_at: datetime

    @staticmethod
    def resolve_city(found: Any) -> str:
        """The slug."""
        return str(found.city.slug)


class PracticeCard(Schema):
    """A practice in short: what it is, where, what it cost, how strong the evidence is."""

    slug: str = Field(description="Its address, which stays.")
    city: str | None = Field(description="Slug of the member that did it; null where no member did.")
    place: str = Field(description="Name of the place where no member is meant.")
    country: str = Field(description="ISO 3166-1, two letters.")
    title: TextShown | None
    summary: TextShown | None
    status: PracticeStatus
    status_confirmed_on: date | None
    is_stale: bool = Field(description="Whether nobody has confirmed for 18 months how it stands.")
    started: str = Field(description=WHEN)
    ended: str = Field(description=WHEN)
    posts: str | None = Field(description="Full-time posts, a decimal number as text.")
    costs: list[CostClaimed]
    concepts: list[str] = Field(description=CONCEPTS)
    targets: list[str] = Field(description="Targets of the Sustainable Development Goals: `11.6`.")
    evidence: int = Field(ge=0, le=5, description="Level of evidence.")
    verification: Verification
    unknown: list[str] = Field(description="What is said to be not known.")
    licence: str = Field(description="SPDX identifier, of the words.")
    published_at: datetime | None

    @staticmethod
    def resolve_city(found: Practice) -> str | None:
        """The slug, or None."""
        return found.city.slug if found.city else None

    @staticmethod
    def resolve_country(found: Practice) -> str:
        """The city's, else its own."""
        return found.city.country if found.city else found.country

    @staticmethod
    def resolve_title(found: Practice) -> Text | None:
        """The words."""
        return found.text(PracticeField.TITLE)

    @staticmethod
    def resolve_summary(found: Practice) -> Text | None:
        """The words."""
        return found.text(PracticeField.SUMMARY)

    @staticmethod
    def resolve_is_stale(found: Practice) -> bool:
        """As pages show it."""
        return found.is_stale()

    @staticmethod
    def resolve_posts(found: Practice) -> str | None:
        """As it is kept."""
        return None if found.staff is None else str(found.staff)


class VersionListed(Schema):
    """A version as it was published."""

    number: int = Field(ge=1, le=MOST)
    made_at: datetime
    note: str = Field(description="What changed, in the words of who changed it.")


class VersionShown(VersionListed):
    """A version whole. It never changes."""

    document: dict[str, Any] = Field(description="The practice as it stood: words with language, facts, claims.")


class PracticeShown(PracticeCard):
    """A practice whole."""

    words: dict[str, TextShown] = Field(description="What is told, by heading.")
    geonames_id: int | None = Field(ge=0)
    scale: Scale
    implementer: str
    partners: list[PartnerShown]
    status_confirmed_by: str
    decided_by: str
    funding: list[str]
    cofog: str = Field(description="Division of COFOG.")
    focus_area: str
    groups: list[str] = Field(description="Whom it is for.")
    results: list[ResultClaimed]
    media: list[MediumShown]
    evidence_explained: EvidenceShown
    provenance: Provenance
    source: str
    retrieved_on: date | None
    contact_role: str
    contact_mailbox: str = Field(description="E-mail address of the office, not of a person.")
    adoptions: list[AdoptionShown]
    versions: list[VersionListed]

    @staticmethod
    def resolve_words(found: Practice) -> dict[str, Text]:
        """By heading."""
        return {one.field: one.text for one in found.words.all()}

    @staticmethod
    def resolve_evidence_explained(found: Practice) -> EvidenceShown:
        """The level with its reasons, in the language that was asked for."""
        said = evidence.of(found)
        return EvidenceShown(level=said.level, label=said.label, reasons=list(said.reasons))
