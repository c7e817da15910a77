"""The page of an event, with what came of it; what came of it is said and taken back; the event as linked data."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intercity.cities.models import Network
from intercity.events.linked import document
from intercity.events.models import Event, EventKind, EventState
from intercity.events.views.shown import event_context, visible_event
from intercity.events.views.written import put_beside, sent, show, written_event
from intercity.partnerships.actions import outcomes
from intercity.partnerships.forms.meeting import DialogueForm, OutcomeForm
from intercity.partnerships.models import Agreement, Commitment, EventOutcome, Introduction, TradeTable
from intercity.refusals import RefusedError


@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event: when, where, with whom, and what came of it."""
    found = visible_event(request, slug)
    tables = TradeTable.objects.filter(event=found)
    has_tables = tables.exists()
    context = {
        **event_context(request, found),
        **_came_of_it(found),
        "is_public": found.state != EventState.DRAFT,
        "has_tables": has_tables or (found.kind == EventKind.TRADE and found.state == EventState.PUBLISHED),
        "tables_count": tables.count() if has_tables else 0,
    }
    return render(request, "partnerships/event.html", context)


def _came_of_it(event: Event) -> dict[str, Any]:
    """Dialogues, agreements, commitments, introductions that were made, and sentences with their source."""
    said = EventOutcome.objects.filter(event=event).select_related("text", "dialogue__question", "dialogue")
    said = said.prefetch_related("text__translations", "dialogue__question__translations")
    agreements = Agreement.objects.filter(event=event).with_words()
    commitments = Commitment.objects.filter(Q(event=event) | Q(agreement__event=event)).with_words().distinct()
    introductions = Introduction.objects.made().filter(event=event).with_words()
    found = {
        "dialogues": [one for one in said if one.dialogue],
        "sentences": [one for one in said if one.text],
        "agreements": agreements,
        "commitments": commitments,
        "introductions": introductions,
    }
    return {**found, "came_of_it": any(found.values())}


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def event_outcomes(request: HttpRequest, slug: str) -> HttpResponse:
    """What came of an event, and one more: a sentence with its source, or a dialogue."""
    found = written_event(request, slug)
    is_dialogue = request.POST.get("what") == "dialogue"
    form = OutcomeForm(None if is_dialogue else sent(request))
    by_dialogue = DialogueForm(found, sent(request) if is_dialogue else None)
    filled: OutcomeForm | DialogueForm = by_dialogue if is_dialogue else form
    if request.method == "POST" and filled.is_valid():
        try:
            _add(request, found, filled)
        except RefusedError as error:
            put_beside(filled, error)
        else:
            messages.success(request, _("It is on the page of the event."))
            return redirect("event_outcomes", slug)
    said = EventOutcome.objects.filter(event=found).select_related("text", "dialogue__question")
    context = {"event": found, "said": said, "by_dialogue": by_dialogue}
    answer = show(request, "partnerships/event_outcomes.html", form, **context)
    answer.status_code = 422 if filled.errors else answer.status_code
    return answer


def _add(request: HttpRequest, event: Event, form: OutcomeForm | DialogueForm) -> None:
    given = form.cleaned_data
    if isinstance(form, DialogueForm):
        outcomes.add_outcome(request.user, event, dialogue=given["dialogue"])
        return
    text = (given["language"], given["text"])
    outcomes.add_outcome(request.user, event, text=text, claimed_by=given["claimed_by"], source=given["source"])


@require_POST
@login_required
def remove_outcome(request: HttpRequest, slug: str, key: int) -> HttpResponse:
    """Take back that something came of it."""
    found = written_event(request, slug)
    outcome = EventOutcome.objects.filter(event=found, pk=key).select_related("event__city", "text").first()
    if outcome is not None:  # a form that is sent twice
        outcomes.remove_outcome(request.user, outcome)
        messages.success(request, _("It is off the page."))
    return redirect("event_outcomes", slug)


@require_safe
def event_jsonld(request: HttpRequest, slug: str) -> HttpResponse:
    """A public event as linked data."""
    found = visible_event(request, slug)
    if found.state == EventState.DRAFT:
        raise Http404
    network = Network.current()
    answer = JsonResponse(
        document(found, network.name if network else ""),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
        content_type="application/ld+json",
    )
    answer["Access-Control-Allow-Origin"] = "*"
    return answer
