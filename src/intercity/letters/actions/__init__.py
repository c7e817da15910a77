"""What people can do about letters: wish for none, write their words, note what came back."""

from intercity.letters.actions.returning import note_bounce, write_again
from intercity.letters.actions.silencing import is_silent, silence, speak_again
from intercity.letters.actions.wording import ChangedMeanwhileError, check_words, reset_wording, set_wording

__all__ = [
    "ChangedMeanwhileError",
    "check_words",
    "is_silent",
    "note_bounce",
    "reset_wording",
    "set_wording",
    "silence",
    "speak_again",
    "write_again",
]
