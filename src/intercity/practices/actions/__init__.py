"""What people do with challenges, practices and adoptions: the only writers of what is said of them."""

from intercity.practices.actions.addressing import BegunBeforeError
from intercity.practices.actions.adopting import Part, confirm, move, set_parts, want_to_try, withdraw_confirmation
from intercity.practices.actions.asking import MOST_WAITING, AskedEnoughError, answer, ask, decline, who_else
from intercity.practices.actions.challenges import add_challenge, close_challenge, edit_challenge
from intercity.practices.actions.checking import ConflictError
from intercity.practices.actions.claims import add_cost, add_result, currencies, remove_claim
from intercity.practices.actions.keeping import confirm_status, verify
from intercity.practices.actions.rights import may_write, speaks_for
from intercity.practices.actions.writing import (
    begin,
    discard,
    missing_before_publishing,
    publish,
    restore,
    save,
    withdraw,
)
from intercity.refusals import FaultsError

__all__ = [
    "MOST_WAITING",
    "AskedEnoughError",
    "BegunBeforeError",
    "ConflictError",
    "FaultsError",
    "Part",
    "add_challenge",
    "add_cost",
    "add_result",
    "answer",
    "ask",
    "begin",
    "close_challenge",
    "confirm",
    "confirm_status",
    "currencies",
    "decline",
    "discard",
    "edit_challenge",
    "may_write",
    "missing_before_publishing",
    "move",
    "publish",
    "remove_claim",
    "restore",
    "save",
    "set_parts",
    "speaks_for",
    "verify",
    "want_to_try",
    "who_else",
    "withdraw",
    "withdraw_confirmation",
]
