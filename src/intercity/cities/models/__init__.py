"""The network, its members, what ties them together, and the stories that are told."""

from intercity.cities.models.places import Cities, City, CityName, Level, Network
from intercity.cities.models.stories import Stories, Story, StoryState, Thread, ThreadKind, Threads
from intercity.cities.models.ties import Tie, TieConfirmation, TieKind, Ties, TieStanding

__all__ = [
    "Cities",
    "City",
    "CityName",
    "Level",
    "Network",
    "Stories",
    "Story",
    "StoryState",
    "Thread",
    "ThreadKind",
    "Threads",
    "Tie",
    "TieConfirmation",
    "TieKind",
    "TieStanding",
    "Ties",
]
