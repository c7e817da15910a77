"""What is done about the network, its cities, what ties them together, and what their residents tell."""

from intercity.cities.actions.places import (
    BY_OFFICERS,
    BY_SECRETARIAT,
    add_city,
    edit_city,
    editable,
    faults,
    found_network,
    free_slug,
    leave,
    name_city,
)
from intercity.cities.actions.stories import (
    TooOftenError,
    hide_story,
    renew_story_code,
    send_story,
    show_story,
    withdraw_story,
    withdraw_story_by_code,
    write_story,
)
from intercity.cities.actions.threads import add_thread, edit_thread
from intercity.cities.actions.ties import claim_tie, confirm_tie, end_tie, renew_tie

__all__ = [
    "BY_OFFICERS",
    "BY_SECRETARIAT",
    "TooOftenError",
    "add_city",
    "add_thread",
    "claim_tie",
    "confirm_tie",
    "edit_city",
    "edit_thread",
    "editable",
    "end_tie",
    "faults",
    "found_network",
    "free_slug",
    "hide_story",
    "leave",
    "name_city",
    "renew_story_code",
    "renew_tie",
    "send_story",
    "show_story",
    "withdraw_story",
    "withdraw_story_by_code",
    "write_story",
]
