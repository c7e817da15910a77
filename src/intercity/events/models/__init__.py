"""Events, their sessions, and who takes part."""

from intercity.events.models.addresses import CalendarAddress
from intercity.events.models.events import Event, EventKind, Events, EventState
from intercity.events.models.sessions import Participation, Session

__all__ = ["CalendarAddress", "Event", "EventKind", "EventState", "Events", "Participation", "Session"]
