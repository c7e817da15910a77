"""Numbers as people read them, and sentences that several parts of a report share."""

from __future__ import annotations

from math import floor

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intercity.core.language.formats import format_number, format_share
from intercity.dialogues.results import Document


def number(value: float, places: int = 0) -> str:
    """A number in the reader's format."""
    return format_number(value, get_language() or "en", places)


def percent(share: float | None) -> str:
    """A share as a percentage; "not known" where it is not."""
    if share is None:
        return _("not known")
    return format_share(share, get_language() or "en")


def at_least(share: float | None) -> str:
    """A lower bound as a percentage: never rounded up."""
    return percent(None if share is None else floor(100 * share) / 100)


def share_of(votes: Document, side: str = "agree") -> float | None:
    """Share of those who saw a statement and are on a side."""
    seen = votes["agree"] + votes["disagree"] + votes["pass"]
    return votes[side] / seen if seen else None


def place(x: float, y: float) -> str:
    """A place on the map in words."""
    # Translators: a side of the map of opinions
    across = _("right") if x > 0 else _("left")
    along = _("top") if y > 0 else _("bottom")
    if abs(x) > 2 * abs(y):
        return across
    if abs(y) > 2 * abs(x):
        return along
    return _("%(along)s %(across)s") % {"along": along, "across": across}
