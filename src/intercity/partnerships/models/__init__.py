"""Needs and offers, introductions, agreements, commitments, and what came of events."""

from intercity.partnerships.models.agreements import (
    Agreement,
    AgreementDocument,
    AgreementKind,
    AgreementParty,
    Agreements,
    AgreementState,
    AgreementStep,
)
from intercity.partnerships.models.commitments import (
    Commitment,
    Commitments,
    CommitmentState,
    CommitmentStep,
    Confirmation,
    ConfirmerKind,
    ProgressReport,
    Standing,
    stands,
)
from intercity.partnerships.models.introductions import (
    Introduction,
    Introductions,
    IntroductionState,
    Outcome,
    OutcomeAnswer,
)
from intercity.partnerships.models.outcomes import EventOutcome
from intercity.partnerships.models.postings import (
    Direction,
    Leg,
    Posting,
    PostingKind,
    PostingReply,
    Postings,
    PostingState,
    PostingTopic,
    Scheme,
)
from intercity.partnerships.models.steps import AgreementStepKind, CommitmentStepKind
from intercity.partnerships.models.tables import Slot, TradeTable
from intercity.partnerships.models.webhooks import Delivery, Webhook, WebhookEvent

__all__ = [
    "Agreement",
    "AgreementDocument",
    "AgreementKind",
    "AgreementParty",
    "AgreementState",
    "AgreementStep",
    "AgreementStepKind",
    "Agreements",
    "Commitment",
    "CommitmentState",
    "CommitmentStep",
    "CommitmentStepKind",
    "Commitments",
    "Confirmation",
    "ConfirmerKind",
    "Delivery",
    "Direction",
    "EventOutcome",
    "Introduction",
    "IntroductionState",
    "Introductions",
    "Leg",
    "Outcome",
    "OutcomeAnswer",
    "Posting",
    "PostingKind",
    "PostingReply",
    "PostingState",
    "PostingTopic",
    "Postings",
    "ProgressReport",
    "Scheme",
    "Slot",
    "Standing",
    "TradeTable",
    "Webhook",
    "WebhookEvent",
    "stands",
]
