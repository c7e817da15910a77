"""What people can do with events."""

from intercity.events.actions.addresses import renew_address
from intercity.events.actions.agenda import add_session, edit_session, remove_session
from intercity.events.actions.checking import ConflictError, Meanwhile
from intercity.events.actions.taking_part import add_participation, remove_participation
from intercity.events.actions.writing import add_event, cancel_event, discard_event, edit_event, publish_event
from intercity.refusals import FaultsError

__all__ = [
    "ConflictError",
    "FaultsError",
    "Meanwhile",
    "add_event",
    "add_participation",
    "add_session",
    "cancel_event",
    "discard_event",
    "edit_event",
    "edit_session",
    "publish_event",
    "remove_participation",
    "remove_session",
    "renew_address",
]
