"""One statement at a time: vote, undo, change, pause."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from intercity.accounts.codes import shown
from intercity.dialogues import actions
from intercity.dialogues.forms.taking_part import VoteForm
from intercity.dialogues.models import Participant, Statement
from intercity.dialogues.routing import Progress, known, progress
from intercity.dialogues.views.remembering import code_of, for_participants, is_fetch, mark
from intercity.refusals import RefusedError

PAUSE_AFTER = 10
PLACES = ("my_votes", "take_part")


@require_http_methods(["GET", "HEAD", "POST"])
@for_participants
def take_part(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Show a statement; take a vote and show the next."""
    if request.method == "POST":
        return _vote(request, participant)
    found = progress(participant)
    return _page(request, participant, found, asked_for(found, request.GET.get("statement", "")))


def _vote(request: HttpRequest, participant: Participant) -> HttpResponse:
    """A vote that cannot be taken leaves the page as it is, with the reason."""
    form = VoteForm(request.POST)
    statement = find_statement(participant, request.POST.get("statement", ""))
    error = ""
    if not form.is_valid():
        error = " ".join(str(one) for errors in form.errors.values() for one in errors)
    elif statement is None:
        error = _("This statement can no longer be voted on. Here is the next one.")
    else:
        given = form.cleaned_data
        try:
            actions.cast_vote(
                participant, statement, given["value"], is_important=given["important"], key=given["key"]
            )
        except RefusedError as refused:
            error = str(refused)
    if not error and not is_fetch(request):
        return _after_vote(request, participant)
    found = progress(participant)
    if not error and _is_time_to_pause(found):
        return redirect("pause", slug=participant.dialogue.slug)
    return _page(request, participant, found, statement if error else None, error)


def _after_vote(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Back to the list of one's votes, or on; after every ten votes a pause."""
    slug = participant.dialogue.slug
    if request.POST.get("then") == "my_votes":
        messages.success(request, _("Your vote was changed."))
        return redirect("my_votes", slug=slug)
    return redirect("pause" if _is_time_to_pause(progress(participant)) else "take_part", slug=slug)


def _is_time_to_pause(found: Progress) -> bool:
    return found.voted > 0 and found.voted % PAUSE_AFTER == 0 and found.remaining > 0


def find_statement(participant: Participant, number: str) -> Statement | None:
    """A statement of the dialogue by its number; whether it can be voted on is for the action to say."""
    if not number.isdecimal() or len(number) > 9:
        return None
    # What routing knows is some seconds old: a vote on what was removed meanwhile is stored, and counts for nothing.
    kept = (one for one in known(participant.dialogue.round).statements if one.number == int(number))
    return next(kept, None) or participant.dialogue.statements.filter(number=int(number)).first()


def asked_for(found: Progress, number: str) -> Statement | None:
    """A statement that can be voted on, by the number in the address."""
    return next((one for one in found.known.statements if str(one.number) == number), None)


def _page(
    request: HttpRequest, participant: Participant, found: Progress, wanted: Statement | None, error: str = ""
) -> HttpResponse:
    """The page, or for a script only the statement."""
    if wanted is not None and wanted.pk not in found.known.column:
        wanted = None
    next_one = None if wanted is not None else actions.show_next(participant, found)
    statement = wanted if wanted is not None else next_one and next_one.statement
    dialogue = participant.dialogue
    context: dict[str, Any] = {
        "dialogue": dialogue,
        "reading_languages": dialogue.languages,
        "statement": statement,
        "given": found.votes.get(statement.pk) if statement else None,
        "remaining": found.remaining,
        "voted": found.voted,
        "last": found.last,
        "mark": mark(participant),
        "error": error,
    }
    status = 422 if error else 200
    if is_fetch(request):
        return render(request, "dialogues/_statement.html", context, status=status)
    return render(
        request, "dialogues/vote.html", {**context, "own_code": shown(code_of(request, dialogue))}, status=status
    )


@require_POST
@for_participants
def undo_vote(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Take back the last vote, or the one on a statement that is named, and show that statement again."""
    found = progress(participant)
    named = request.POST.get("statement", "")
    statement = find_statement(participant, named) if named else found.last
    slug = participant.dialogue.slug
    if statement is None or statement.pk not in found.votes:
        messages.info(request, _("There is no vote to take back."))
        return redirect("take_part", slug=slug)
    try:
        actions.take_back_vote(participant, statement)
    except RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("take_part", slug=slug)
    if request.POST.get("then") == "my_votes":
        messages.success(request, _("Your vote was taken back."))
        return redirect("my_votes", slug=slug)
    response = redirect("take_part", slug=slug)
    response["Location"] += f"?statement={statement.number}"
    return response


@require_http_methods(["GET", "HEAD"])
@for_participants
def pause(request: HttpRequest, participant: Participant) -> HttpResponse:
    """After every ten votes: go on, write, see results, or stop."""
    found = progress(participant)
    context = {"dialogue": participant.dialogue, "voted": found.voted, "remaining": found.remaining}
    return render(request, "dialogues/pause.html", context)


@require_http_methods(["GET", "HEAD"])
@for_participants
def my_votes(request: HttpRequest, participant: Participant) -> HttpResponse:
    """All of one's votes, the last first, each to be changed or taken back; and what one has written."""
    dialogue = participant.dialogue
    votes = (
        participant.votes.filter(round=dialogue.round, value__isnull=False)
        .select_related("statement__text")
        .prefetch_related("statement__text__translations")
        .order_by("-version")
    )
    own = dialogue.statements.filter(author=participant).with_words().order_by("-number")
    context = {
        "dialogue": dialogue,
        "votes": [one for one in votes if one.statement.author_id != participant.pk],
        "own": own,
    }
    return render(request, "dialogues/my_votes.html", context)
