"""Letters that were sent or are to be, who wants none, and the words that a network wrote itself."""

from intercity.letters.models.bounces import Bounce, Bounces
from intercity.letters.models.letters import Letter, Letters
from intercity.letters.models.silence import Silence
from intercity.letters.models.wording import Wording, Wordings

__all__ = ["Bounce", "Bounces", "Letter", "Letters", "Silence", "Wording", "Wordings"]
