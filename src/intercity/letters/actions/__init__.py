"""What people can do about letters: wish for none, write their words, note what came back."""

from intercity.letters.actions.silencing import is_silent, silence, speak_again

__all__ = ["is_silent", "silence", "speak_again"]
