"""Results of a round, and reports on what was published: both show what is stored and compute nothing anew."""

from __future__ import annotations

from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from intercity.dialogues.models import Dialogue, Release, Round, StoredResult
from intercity.dialogues.participation import cities_compared, labelled, participation_in
from intercity.dialogues.report.figures import changes
from intercity.dialogues.views.here import here, participant_of
from intercity.dialogues.views.reading import visible_dialogue
from intercity.dialogues.views.shown import Shown, show

KEPT = 600
"""Seconds for which totals of who took part are kept; they are kept for one version of the votes."""


def results(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest stored result of a round, by default of the last one."""
    dialogue = visible_dialogue(request, slug)
    asked = _round(dialogue, request.GET.get("round", ""))
    context: dict[str, Any] = {"dialogue": dialogue, "round": asked, "rounds": list(dialogue.rounds.all())}
    if not (dialogue.shows_results or asked.closed_at is not None):
        return render(request, "dialogues/results_later.html", context)
    stored = StoredResult.objects.filter(round=asked).first()
    if stored is None or stored.document is None:
        return render(request, "dialogues/results_none.html", context)
    shown = show(dialogue, asked, stored.document, everything="all" in request.GET)
    context |= {
        "stored": stored,
        "shown": shown,
        "newer": max(asked.votes_version - stored.version, 0),
        "participation": _participation(asked, stored.version),
        "changes": _changes(dialogue, asked, shown),
        "release": asked.releases.defer("data", "document", "participation").last(),
        **_place(request, dialogue, stored, shown),
    }
    context |= _people(dialogue, context["participation"])
    return render(request, "dialogues/results.html", context)


def _round(dialogue: Dialogue, wanted: str) -> Round:
    if not wanted:
        return dialogue.round
    for one in dialogue.rounds.all():
        if str(one.number) == wanted:
            return one
    raise Http404


def _participation(asked: Round, version: int) -> dict[str, Any]:
    """Totals of who took part; with many people they take a while, so they are kept for a version of the votes."""
    name = f"participation-{asked.pk}-{version}"
    found: dict[str, Any] | None = cache.get_or_set(name, lambda: participation_in(asked), KEPT)
    return found or {}


def _people(dialogue: Dialogue, totals: dict[str, Any]) -> dict[str, Any]:
    """Who took part, for the tables."""
    if not totals:
        return {"cities": [], "parts": []}
    language = get_language() or "en"
    cities = dialogue.cities.prefetch_related("names").order_by("name")
    compared = cities_compared(totals["city"], cities, language)
    return {
        "cities": compared,
        "not_said": totals["city"].get("", 0),
        "not_heard": [part.name for part in compared if part.people == 0],
        "less_heard": [part.name for part in compared if part.gap is not None and part.people and part.gap < -0.05],
        "languages": totals["language"],
        "channels": labelled(totals["channel"], "channel"),
        "ages": labelled(totals["age"], "age") if "age" in totals else None,
        "genders": labelled(totals["gender"], "gender") if "gender" in totals else None,
    }


def _changes(dialogue: Dialogue, asked: Round, shown: Shown) -> dict[str, Any] | None:
    """What changed in the common ground since the round before that has a result."""
    earlier = (
        StoredResult.objects.filter(round__dialogue=dialogue, round__number__lt=asked.number, document__isnull=False)
        .select_related("round")
        .order_by("-round__number")
        .first()
    )
    if earlier is None or earlier.document is None:
        return None
    return {"since": earlier.round, "found": changes(earlier.document, shown.document)}


def _place(request: HttpRequest, dialogue: Dialogue, stored: StoredResult, shown: Shown) -> dict[str, Any]:
    """The reader's own place, if they take part and voted enough."""
    participant = participant_of(request, dialogue)
    found = None if participant is None else here(participant, stored)
    at = None if found is None else shown.drawing.at(found.x, found.y)
    return {"participant": participant, "here": found, "here_at": at}


def report(request: HttpRequest, slug: str, round_number: int, number: int) -> HttpResponse:
    """The report on a release, to be read and printed; its address and its figures never change."""
    dialogue = visible_dialogue(request, slug)
    published = get_object_or_404(
        Release.objects.defer("data").select_related("round"),
        round__dialogue=dialogue,
        round__number=round_number,
        number=number,
    )
    newest = dialogue.rounds.exclude(releases=None).order_by("-number", "-releases__number")
    shown = show(dialogue, published.round, published.document, everything=True)
    context = {
        "dialogue": dialogue,
        "round": published.round,
        "release": published,
        "shown": shown,
        "participation": published.participation,
        "newest": newest.values_list("number", "releases__number").first(),
        "changes": None,
        **_people(dialogue, published.participation),
    }
    return render(request, "dialogues/report_page.html", context)
