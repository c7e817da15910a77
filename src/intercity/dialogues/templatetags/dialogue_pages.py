"""Tags of the pages that everybody reads."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext as _

from intercity.dialogues.models import Dialogue
from intercity.dialogues.report.words import number, percent
from intercity.dialogues.views.shown import Shown

register = template.Library()


@register.inclusion_tag("dialogues/_said.html")
def said(shown: Shown, statement: str) -> dict[str, Any]:
    """A statement of a result: the text with its translation, or the published words where there is none."""
    words = next((one["text"] for one in shown.document["statements"] if one["id"] == statement), "")
    return {"text": shown.texts.get(statement), "words": words, "number": statement}


@register.filter
def state_name(dialogue: Dialogue) -> str:
    """The class of the stylesheet for where a dialogue stands."""
    return "overdue" if dialogue.is_overdue else dialogue.state


@register.filter
def percent_of(share: float | None) -> str:
    """A share as a percentage, or the word that it is not known."""
    return percent(share)


@register.filter
def points(gap: float | None) -> str:
    """A difference of shares in points, with its sign."""
    if gap is None:
        return _("not known")
    sign = "+" if gap > 0.005 else "−" if gap < -0.005 else "±"
    return _("%(number)s points") % {"number": sign + number(abs(100 * gap))}


@register.filter
def whole(value: float | None) -> str:
    """A number in the reader's format; a dash where it is not shown."""
    return "–" if value is None else number(value)


@register.filter
def hundred(share: float) -> float:
    """A share in hundredths, for drawings."""
    return round(100 * share, 1)
