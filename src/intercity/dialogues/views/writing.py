"""Own statements: first those that look alike, then, if it is different, one more."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intercity.core.language.alikeness import alike
from intercity.dialogues import actions
from intercity.dialogues.forms.taking_part import VALUES, WriteForm
from intercity.dialogues.models import ModerationTime, Participant, Statement, StatementState, Vote
from intercity.dialogues.routing import known
from intercity.dialogues.views.remembering import for_participants
from intercity.dialogues.views.voting import find_statement
from intercity.refusals import RefusedError

MOST = 3


@dataclass(frozen=True)
class Similar:
    """A statement that looks like what somebody wants to add, how many voted on it, and how this participant did."""

    statement: Statement
    people: int
    given: int | None


@require_http_methods(["GET", "HEAD", "POST"])
@for_participants
def write(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Write; see what looks alike and vote on it, or say that one's own is different. Nothing typed is lost."""
    dialogue = participant.dialogue
    form = WriteForm(dialogue, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, participant, form)
    if request.POST.get("vote"):
        error = _vote(participant, request.POST["vote"])
        return _page(request, participant, form, error, status=422 if error else 200)
    if not form.is_valid():
        return _page(request, participant, form, status=422)
    if request.POST.get("different") != "yes" and similar(participant, form.cleaned_data["body"]):
        return _page(request, participant, form)
    try:
        statement = actions.write_statement(participant, **form.cleaned_data)
    except RefusedError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _page(request, participant, form, status=422)
    messages.success(request, _written(dialogue.moderation, statement.number))
    return redirect("take_part", slug=dialogue.slug)


def _written(moderation: str, number: int) -> str:
    if moderation == ModerationTime.BEFORE:
        return _("Thank you. A moderator reads your statement before it is shown to others.")
    return _("Thank you. Your statement is number %(number)d, and others vote on it from now on.") % {"number": number}


def _vote(participant: Participant, sent: str) -> str:
    """A vote on one of those that look alike, sent as number and word; returns what is wrong with it, or nothing."""
    number, _colon, word = sent.partition(":")
    statement = find_statement(participant, number)
    if statement is None or word not in VALUES:
        return _("This vote could not be read. Choose one of agree, disagree and pass.")
    try:
        actions.cast_vote(participant, statement, VALUES[word])
    except RefusedError as refused:
        return str(refused)
    return ""


def similar(participant: Participant, body: str) -> list[Similar]:
    """Statements that can be voted on and look like these words, with the number of people who voted on each."""
    statements = known(participant.dialogue.round).statements
    texts = [words for one in statements for words in [one.text.body]]
    found = [statements[place] for place in alike(body, texts, most=MOST).index] if texts else []
    shown = set(
        participant.dialogue.statements.filter(
            pk__in=[one.pk for one in found], state=StatementState.PUBLISHED
        ).values_list("pk", flat=True)
    )
    votes = Vote.objects.filter(round=participant.dialogue.round, value__isnull=False)
    mine = dict(votes.filter(participant=participant, statement__in=shown).values_list("statement_id", "value"))
    return [Similar(one, votes.filter(statement=one).count(), mine.get(one.pk)) for one in found if one.pk in shown]


def _page(
    request: HttpRequest, participant: Participant, form: WriteForm, error: str = "", status: int = 200
) -> HttpResponse:
    body = request.POST.get("body", "").strip()
    context = {
        "dialogue": participant.dialogue,
        "form": form,
        "error": error,
        "similar": similar(participant, body[: participant.dialogue.statement_length * 2]) if body else [],
    }
    return render(request, "dialogues/write.html", context, status=status)
