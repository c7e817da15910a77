"""The tables of a dialogue: what is asked, who takes part, what they say and vote, what comes of it."""

from intercity.dialogues.models.answers import Answer, AnswerKind, Subscription
from intercity.dialogues.models.dialogue import Admission, Dialogue, ModerationTime, Round, State
from intercity.dialogues.models.participation import AgeBand, Channel, Gender, Invitation, Participant
from intercity.dialogues.models.results import Release, StoredResult
from intercity.dialogues.models.statements import Decision, Reason, Statement, StatementState
from intercity.dialogues.models.votes import Exposure, SentKey, Vote

__all__ = [
    "Admission",
    "AgeBand",
    "Answer",
    "AnswerKind",
    "Channel",
    "Decision",
    "Dialogue",
    "Exposure",
    "Gender",
    "Invitation",
    "ModerationTime",
    "Participant",
    "Reason",
    "Release",
    "Round",
    "SentKey",
    "State",
    "Statement",
    "StatementState",
    "StoredResult",
    "Subscription",
    "Vote",
]
