"""The network, its members, what ties them together, and the stories that are told."""

from intercity.cities.models.places import Cities, City, CityName, Level, Network
from intercity.cities.models.stories import Stories, Story, StoryState, Thread, ThreadKind
from intercity.cities.models.ties import Tie, TieConfirmation, TieKind, Ties

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
    "Tie",
    "TieConfirmation",
    "TieKind",
    "Ties",
]
