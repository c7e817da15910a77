"""The tables of a dialogue: what is asked, who takes part, what they say and vote, what comes of it."""

from intercity.dialogues.models.answers import Answer, AnswerKind, Subscription
from intercity.dialogues.models.dialogue import Admission, Dialogue, Dialogues, ModerationTime, Round, Rounds, State
from intercity.dialogues.models.likeness import Comparison, How, Likeness
from intercity.dialogues.models.participation import (
    AgeBand,
    Channel,
    Gender,
    Invitation,
    Invitations,
    Participant,
    Participants,
)
from intercity.dialogues.models.results import Release, StoredResult
from intercity.dialogues.models.statements import Decision, Reason, Statement, Statements, StatementState
from intercity.dialogues.models.votes import Exposure, SentKey, Vote

__all__ = [
    "Admission",
    "AgeBand",
    "Answer",
    "AnswerKind",
    "Channel",
    "Comparison",
    "Decision",
    "Dialogue",
    "Dialogues",
    "Exposure",
    "Gender",
    "How",
    "Invitation",
    "Invitations",
    "Likeness",
    "ModerationTime",
    "Participant",
    "Participants",
    "Reason",
    "Release",
    "Round",
    "Rounds",
    "SentKey",
    "State",
    "Statement",
    "StatementState",
    "Statements",
    "StoredResult",
    "Subscription",
    "Vote",
]
