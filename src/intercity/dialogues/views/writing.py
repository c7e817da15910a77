"""Own statements: first those that look alike, then, if it is different, one more."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from intercity.core.language.normalising import normalise
from intercity.dialogues import actions
from intercity.dialogues.forms.taking_part import VALUES, WriteForm
from intercity.dialogues.likeness import MOST, alike_to
from intercity.dialogues.models import ModerationTime, Participant, Statement, StatementState, Vote
from intercity.dialogues.routing import known
from intercity.dialogues.views.remembering import for_participants
from intercity.dialogues.views.voting import find_statement
from intercity.refusals import RefusedError


@dataclass(frozen=True)
class Similar:
    """A statement that may say what somebody wants to add, why it is shown, and who voted on it and how."""

    statement: Statement
    why: str
    people: int
    given: int | None


@require_http_methods(["GET", "HEAD", "POST"])
@for_participants
def write(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Write; say which language it is where that is in doubt; see what is alike and vote on it, or add it.

    Nothing typed is lost.
    """
    dialogue = participant.dialogue
    form = WriteForm(dialogue, _typed(request.POST) if request.method == "POST" else None)
    if request.method != "POST":
        return _page(request, participant, form)
    if request.POST.get("vote"):
        error = _vote(participant, request.POST["vote"])
        return _page(request, participant, form, error, status=422 if error else 200)
    if not form.is_valid():
        return _page(request, participant, form, status=422)
    is_new = request.POST.get("different") == "yes"
    if form.looks_like() or (not is_new and similar(participant, **form.cleaned_data)):
        return _page(request, participant, form)
    try:
        statement = actions.write_statement(participant, **form.cleaned_data)
    except RefusedError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _page(request, participant, form, status=422)
    messages.success(request, _written(dialogue.moderation, statement.number))
    if normalise(form.cleaned_data["body"]).was_zawgyi:
        messages.info(
            request,
            _("Your words came in the Burmese encoding Zawgyi. They are shown in Unicode, so that all can read them."),
        )
    return redirect("take_part", slug=dialogue.slug)


def _typed(sent: QueryDict) -> QueryDict:
    """What was sent; who answers in which language their words are says so in place of what was chosen before."""
    said = sent.get("said")
    if not said:
        return sent
    answered = sent.copy()
    answered["language"] = answered["confirmed"] = said
    return answered


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


def similar(participant: Participant, body: str, language: str) -> list[Similar]:
    """Statements that can be voted on and look like these words or mean something like them, and who voted on each."""
    asked = participant.dialogue.round
    found = alike_to(normalise(body).text, language, known(asked).statements, most=MOST)
    shown = set(
        participant.dialogue.statements.filter(
            pk__in=[one.statement.pk for one in found], state=StatementState.PUBLISHED
        ).values_list("pk", flat=True)
    )
    votes = Vote.objects.filter(round=asked, value__isnull=False)
    mine = dict(votes.filter(participant=participant, statement__in=shown).values_list("statement_id", "value"))
    people = dict(
        votes.filter(statement__in=shown).order_by().values_list("statement_id").annotate(people=Count("pk"))
    )
    return [
        Similar(one.statement, one.why, people.get(one.statement.pk, 0), mine.get(one.statement.pk))
        for one in found
        if one.statement.pk in shown
    ]


def _page(
    request: HttpRequest, participant: Participant, form: WriteForm, error: str = "", status: int = 200
) -> HttpResponse:
    typed = request.POST.get("body", "").strip()[: participant.dialogue.statement_length * 2]
    language = form.cleaned_data.get("language", "") if form.is_bound and not form.errors.get("language") else ""
    looks_like = form.looks_like() if language and not form.errors else ""
    context = {
        "dialogue": participant.dialogue,
        "form": form,
        "error": error,
        "looks_like": looks_like,
        "chosen": language,
        # Whoever sends it again without an answer has answered, too: what was chosen stands.
        "confirmed": language if looks_like else form.data.get("confirmed", ""),
        "similar": similar(participant, typed, language) if typed and language and not looks_like else [],
    }
    return render(request, "dialogues/write.html", context, status=status)
