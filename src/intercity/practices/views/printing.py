"""A practice on two sheets of paper."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from intercity.core.language.known import known
from intercity.languages.network import network_languages
from intercity.practices.models import Practice, PracticeField
from intercity.practices.views.shown import Shown, Told, visible, whole

ROOM = 3800
"""Letters of Latin script that two pages hold beside facts and figures. In English Chromium fits 6,400 on the fullest
page of the tests; the rest is for longer headings in other languages."""
CLAIMS = 6
"""So many costs, indicators and adoptions are printed; the rest is at the address."""
FIRST = (PracticeField.PROBLEM, PracticeField.SOLUTION, PracticeField.COMPONENTS)
LAST = (
    PracticeField.EQUITY,
    PracticeField.PARTICIPATION,
    PracticeField.ENABLING,
    PracticeField.SUSTAINING,
    PracticeField.TRANSFER,
    PracticeField.MUST_KEEP,
    PracticeField.MAY_CHANGE,
)
DIFFICULT = (PracticeField.DIFFICULTIES, PracticeField.DIFFERENTLY)
IN_FACTS = (PracticeField.COST_NOTE, PracticeField.STAFF, PracticeField.LEGAL)
ENDS = ".!?。！？။។"
WIDE = 3.2
"""How much room a Chinese sign needs against a Latin letter, its higher lines included; measured as ROOM was."""
HIGH, TAMIL = 1.5, 2.0
"""The same of scripts with high lines, and of Tamil, whose letters are wide besides."""


@dataclass(frozen=True)
class Printed:
    """Words under a heading, as many as the paper holds."""

    told: Told
    body: str

    @property
    def label(self) -> str:
        """The heading."""
        return self.told.label

    @property
    def is_shortened(self) -> bool:
        """Whether the rest is at the address."""
        return self.body != self.told.words.body


def room(text: str, language: str) -> float:
    """How much room a text takes, in Latin letters: marks above and below take none, Chinese signs three."""
    found = known(language)
    high = HIGH if found and (found.line_height or 0) >= 1.7 else 1.0
    letter = TAMIL if found and found.script == "Taml" else high
    signs = (sign for sign in text if not unicodedata.combining(sign))
    return sum(WIDE if unicodedata.east_asian_width(sign) in "WF" else letter for sign in signs)


def shorten(text: str, share: float) -> str:
    """The beginning of a text, a `share` of it in [0, 1], cut behind a sentence or a word, with a sign."""
    if share >= 1:
        return text
    cut = text[: int(len(text) * share)]
    sentence = max(cut.rfind(sign) for sign in ENDS) + 1
    if sentence >= len(cut) / 2:
        return f"{cut[:sentence]} […]"
    return f"{cut.rpartition(' ')[0] or cut} […]"


def fair(needs: Sequence[float], total: float) -> float:
    """The most that any text may take for all to stay within the room; short ones leave theirs to the long."""
    left, most = total, 0.0
    for place, need in enumerate(sorted(needs)):
        most = left / (len(needs) - place)
        if need > most:
            return most
        left -= need
    return max(needs, default=0.0)


def fit(told: Sequence[Told], total: float = ROOM) -> dict[str, Printed]:
    """As much of each text as two pages hold."""
    needs = [room(one.words.body, one.words.language) for one in told]
    most = fair(needs, total)
    return {
        one.field: Printed(one, shorten(one.words.body, most / need if need > most else 1.0))
        for one, need in zip(told, needs, strict=True)
    }


@require_safe
def practice_print(request: HttpRequest, slug: str) -> HttpResponse:
    """A practice for a meeting: two pages of A4, with the address where the rest is."""
    found = visible(request, slug, whole(Practice.objects.all()))
    shown = Shown(found, network_languages())
    told = [one for field, one in shown.told.items() if field != PracticeField.TITLE]
    printed = fit(told)
    parts = {
        "first": FIRST, "difficult": DIFFICULT, "last": LAST, "in_facts": IN_FACTS, "summary": (PracticeField.SUMMARY,)
    }  # fmt: skip
    context = {
        "practice": found,
        "shown": shown,
        "address": settings.ADDRESS,
        "today": timezone.localdate(),
        "is_shortened": any(one.is_shortened for one in printed.values())
        or max(len(shown.findings), len(shown.adoptions), len(found.costs.all())) > CLAIMS,
        "most": CLAIMS,
        **{name: [printed[field] for field in fields if field in printed] for name, fields in parts.items()},
    }
    return render(request, "practices/print.html", context)
