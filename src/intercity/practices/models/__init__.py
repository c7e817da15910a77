"""The records of practices: challenges, practices with what is claimed of them, adoptions, questions to the doers."""

from intercity.practices.models.adoptions import Adoption, AdoptionPart, AdoptionStage, AdoptionStep, PartKind
from intercity.practices.models.challenges import Challenge, ChallengeState
from intercity.practices.models.claims import Claim, Confidence, Cost, CostKind, Method, Result
from intercity.practices.models.practices import (
    Medium,
    Partner,
    PartnerRole,
    Practice,
    PracticeField,
    Practices,
    PracticeState,
    PracticeStatus,
    PracticeVersion,
    PracticeWords,
    Provenance,
    Scale,
    Verification,
)
from intercity.practices.models.questions import Question

__all__ = [
    "Adoption",
    "AdoptionPart",
    "AdoptionStage",
    "AdoptionStep",
    "Challenge",
    "ChallengeState",
    "Claim",
    "Confidence",
    "Cost",
    "CostKind",
    "Medium",
    "Method",
    "PartKind",
    "Partner",
    "PartnerRole",
    "Practice",
    "PracticeField",
    "PracticeState",
    "PracticeStatus",
    "PracticeVersion",
    "PracticeWords",
    "Practices",
    "Provenance",
    "Question",
    "Result",
    "Scale",
    "Verification",
]
