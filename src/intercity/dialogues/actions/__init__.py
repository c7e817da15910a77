"""What a person can do in a dialogue: the only writers of what people said and agreed."""

from intercity.dialogues.actions.answering import answer, finish_answering, forget_numbers, numbers_to_tell
from intercity.dialogues.actions.importing import import_conversation
from intercity.dialogues.actions.joining import (
    describe_participant,
    invite,
    join,
    return_by,
    revoke_invitations,
    subscribe,
    unsubscribe,
)
from intercity.dialogues.actions.moderating import accept, ban, merge, remove, undo
from intercity.dialogues.actions.preparing import (
    add_statement,
    add_statements,
    close_dialogue,
    close_now,
    edit_dialogue,
    missing_before_opening,
    open_dialogue,
    prepare_dialogue,
    reopen_dialogue,
)
from intercity.dialogues.actions.showing import Shown, show_next
from intercity.dialogues.actions.voting import cast_vote, take_back_vote, write_statement

__all__ = [
    "Shown",
    "accept",
    "add_statement",
    "add_statements",
    "answer",
    "ban",
    "cast_vote",
    "close_dialogue",
    "close_now",
    "describe_participant",
    "edit_dialogue",
    "finish_answering",
    "forget_numbers",
    "import_conversation",
    "invite",
    "join",
    "merge",
    "missing_before_opening",
    "numbers_to_tell",
    "open_dialogue",
    "prepare_dialogue",
    "remove",
    "reopen_dialogue",
    "return_by",
    "revoke_invitations",
    "show_next",
    "subscribe",
    "take_back_vote",
    "undo",
    "unsubscribe",
    "write_statement",
]
