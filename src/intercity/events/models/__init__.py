"""Events, their sessions, and who takes part."""

from intercity.events.models.events import Event, EventKind, Events, EventState
from intercity.events.models.sessions import Participation, Session

__all__ = ["Event", "EventKind", "EventState", "Events", "Participation", "Session"]
