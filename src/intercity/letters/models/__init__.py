"""Letters that were sent or are to be, who wants none, and the words that a network wrote itself."""

from intercity.letters.models.letters import Letter, Letters
from intercity.letters.models.silence import Silence
from intercity.letters.models.wording import Wording

__all__ = ["Letter", "Letters", "Silence", "Wording"]
