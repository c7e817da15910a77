"""The headings under which a practice is told: what is asked under each, and how much room there is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intercity.practices.forms.choices import line_input, words_input
from intercity.practices.models import LENGTHS, PracticeField


@dataclass(frozen=True)
class Heading:
    """What helps somebody to write under a heading; one row is a line, more a field of that height."""

    hint: Any
    rows: int


HEADINGS: dict[str, Heading] = {
    PracticeField.TITLE: Heading(
        _("What was done, in one line. For example: “Market waste becomes compost for the city's trees”."), 1
    ),
    PracticeField.SUMMARY: Heading(_("Three or four sentences: what was done, for whom, and what came of it."), 4),
    PracticeField.PROBLEM: Heading(
        _("What was wrong, for whom, since when. A colleague elsewhere should recognise their own city in it."), 5
    ),
    PracticeField.SOLUTION: Heading(_("Step by step, so that a colleague elsewhere could begin."), 6),
    PracticeField.DIFFICULTIES: Heading(
        _(
            "What took longer, cost more, was opposed or did not work, and what you did then. "
            "Every practice had difficulties; this is what others learn most from."
        ),
        5,
    ),
    PracticeField.DIFFERENTLY: Heading(_("If you began again today."), 3),
    PracticeField.COMPONENTS: Heading(
        _("Its parts: a rule, a building, a team, a fee, a machine. One in each line."), 4
    ),
    PracticeField.PARTICIPATION: Heading(_("Who was asked, when, and what changed because of it."), 3),
    PracticeField.EQUITY: Heading(
        _("Who gains, who gains less, and who is left out: women, older people, people with little money, newcomers."),
        4,
    ),
    PracticeField.COST_NOTE: Heading(_("What the numbers leave out: land, gifts, work that nobody was paid for."), 3),
    PracticeField.STAFF: Heading(_("Who does the work, what they must be able to do, who trained them."), 3),
    PracticeField.LEGAL: Heading(
        _("Which law, decree or permission it stands on, and whose permission was needed."), 3
    ),
    PracticeField.ENABLING: Heading(_("A person, a law, a crisis, money at the right time."), 3),
    PracticeField.SUSTAINING: Heading(_("Who pays, repairs and decides after the first years."), 3),
    PracticeField.TRANSFER: Heading(
        _("Think of climate, size of the city, density, income, who may decide, and the least staff it needs."), 4
    ),
    PracticeField.MUST_KEEP: Heading(_("Without which it would not work."), 3),
    PracticeField.MAY_CHANGE: Heading(_("What another city can do its own way."), 3),
}


def words_field(field: str) -> forms.CharField:
    """The input under a heading; never required, since a draft may be saved at any time."""
    heading = HEADINGS[field]
    widget = line_input() if heading.rows == 1 else words_input(heading.rows)
    return forms.CharField(
        label=PracticeField(field).label,
        help_text=heading.hint,
        max_length=LENGTHS.get(PracticeField(field)),
        required=False,
        widget=widget,
    )
