"""What the responder answers to the common ground that was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intercity.accounts.models import Role
from intercity.accounts.rights import not_allowed
from intercity.dialogues import actions
from intercity.dialogues.forms.answering import AnswerForm
from intercity.dialogues.models import Answer, Dialogue, Release, State, Statement, StoredResult
from intercity.dialogues.views.keeping import dialogue_for, put_beside, sent, show
from intercity.refusals import RefusedError


@dataclass(frozen=True)
class Ground:
    """A statement of common ground: whether people agree or disagree together, how surely, and what was answered."""

    statement: Statement
    agreed: bool
    percent: int | None
    answer: Answer | None


@login_required
def answer_dialogue(request: HttpRequest, slug: str) -> HttpResponse:
    """What people agree on, and what is answered so far."""
    dialogue = _answered_by(request, slug)
    given = {one.statement_id: one for one in _answers(dialogue)}
    ground = _ground(dialogue, given)
    shown = {one.statement.pk for one in ground}
    context = {
        "dialogue": dialogue,
        "ground": ground,
        "others": [one for key, one in given.items() if key not in shown],
        "open_points": sum(one.answer is None for one in ground),
        "given": len(given),
        "may_answer": dialogue.state in {State.CLOSED, State.ANSWERED},
        "may_finish": dialogue.state == State.CLOSED and bool(given),
    }
    wanted = request.GET.get("number", "").strip().removeprefix("#")
    if wanted:
        if wanted.isdecimal() and dialogue.statements.shown().filter(number=int(wanted[:9])).exists():
            return redirect("answer_statement", dialogue.slug, int(wanted))
        context["wanted"] = wanted
    return show(request, "dialogues/answering.html", context)


def _answered_by(request: HttpRequest, slug: str) -> Dialogue:
    dialogue = dialogue_for(request, slug)
    if not dialogue.may_be_answered_by(request.user):
        raise not_allowed(Role.RESPONDER)
    return dialogue


def _answers(dialogue: Dialogue) -> Any:
    return dialogue.round.answers.select_related("text", "statement__text").prefetch_related(
        "text__translations", "statement__text__translations"
    )


def _ground(dialogue: Dialogue, given: dict[int, Answer]) -> list[Ground]:
    """In the order of the result: the surest first."""
    found = _found_in(dialogue)
    numbers = [int(one["statement"]) for one in found if str(one["statement"]).isdecimal()]
    known = {str(one.number): one for one in dialogue.statements.shown().with_words().filter(number__in=numbers)}
    return [
        Ground(statement, bool(one["agreed"]), _percent(one.get("floor")), given.get(statement.pk))
        for one in found
        if (statement := known.get(str(one["statement"]))) is not None
    ]


def _found_in(dialogue: Dialogue) -> list[dict[str, Any]]:
    """The common ground of the newest final release, which stays as it is; else of the newest stored result."""
    newest = dialogue.round
    release = Release.objects.filter(round=newest, is_final=True).defer("data").order_by("-number").first()
    if release is not None:
        return list(release.document.get("common_ground") or [])
    stored = StoredResult.objects.filter(round=newest).defer("model").first()
    return list((stored.document or {}).get("common_ground") or []) if stored is not None else []


def _percent(share: float | None) -> int | None:
    return None if share is None else int(100 * share)


@login_required
def answer_statement(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Answer one statement, or change the answer."""
    dialogue = _answered_by(request, slug)
    statement = get_object_or_404(dialogue.statements.shown().with_words(), number=number)
    earlier = _answers(dialogue).filter(statement=statement).first()
    form = AnswerForm(dialogue, earlier, sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(request.user, dialogue, statement, **form.cleaned_data)
        except RefusedError as error:
            put_beside(form, error)
        else:
            messages.success(request, _("Your answer to statement %(number)d is saved.") % {"number": number})
            return redirect("answer_dialogue", dialogue.slug)
    ground = [one for one in _ground(dialogue, {}) if one.statement.pk == statement.pk]
    context = {
        "dialogue": dialogue,
        "statement": statement,
        "ground": ground[0] if ground else None,
        "earlier": earlier,
        "form": form,
    }
    return show(request, "dialogues/answer.html", context, form)


@login_required
@require_POST
def finish(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that the answer is complete."""
    dialogue = _answered_by(request, slug)
    try:
        actions.finish_answering(request.user, dialogue)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you. The answer is complete and stands beside the results."))
    return redirect("answer_dialogue", dialogue.slug)


@login_required
def tell_numbers(request: HttpRequest, slug: str) -> HttpResponse:
    """Phone numbers to be called or texted now that there is an answer; deleted once that is done."""
    dialogue = dialogue_for(request, slug)
    numbers = actions.numbers_to_tell(request.user, dialogue)
    if request.method == "POST":
        try:
            actions.forget_numbers(request.user, dialogue)
        except RefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The numbers are deleted."))
        return redirect("manage", dialogue.slug)
    return show(request, "dialogues/numbers.html", {"dialogue": dialogue, "numbers": numbers})
