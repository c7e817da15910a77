"""Moderation: look at statements, decide, undo, and show everybody by which rules."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from intercity.accounts.models import Role
from intercity.accounts.rights import not_allowed
from intercity.core.language.folding import fold
from intercity.dialogues import actions
from intercity.dialogues.forms.moderating import BanForm, DecideForm
from intercity.dialogues.likeness import Hint, hints_for
from intercity.dialogues.models import Decision, Dialogue, Reason, Statement, StatementState
from intercity.dialogues.models.statements import Statements
from intercity.dialogues.views.keeping import dialogue_for, put_beside, sent, show
from intercity.refusals import RefusedError

A_PAGE = 50
FILTERS = {
    "waiting": gettext_lazy("Waiting"),
    "unread": gettext_lazy("Shown, not yet looked at"),
    "published": gettext_lazy("Shown"),
    "removed": gettext_lazy("Removed"),
    "merged": gettext_lazy("Merged"),
}
DONE = {"accept": gettext_lazy("shown"), "remove": gettext_lazy("removed"), "merge": gettext_lazy("merged")}
DECIDED = {
    "accepted": gettext_lazy("Shown"),
    "removed": gettext_lazy("Removed"),
    "merged": gettext_lazy("Merged"),
    "banned": gettext_lazy("Participant excluded"),
}
RISKY = ("=", "+", "-", "@", "\t", "\r")


@login_required
def moderate(request: HttpRequest, slug: str) -> HttpResponse:
    """Statements by state, with search; decide on those that are ticked."""
    dialogue = _moderated(request, slug)
    form = DecideForm(dialogue, sent(request), initial=_proposed(request))
    if request.method == "POST" and form.is_valid():
        try:
            number = _decide(request, dialogue, form)
        except RefusedError as error:
            put_beside(form, error)
        else:
            text = ngettext("%(number)d statement was %(done)s.", "%(number)d statements were %(done)s.", number)
            messages.success(request, text % {"number": number, "done": DONE[form.cleaned_data["what"]]})
            return redirect(request.get_full_path())
    return show(request, "dialogues/moderation.html", _listed(request, dialogue, form), form)


def _moderated(request: HttpRequest, slug: str) -> Dialogue:
    dialogue = dialogue_for(request, slug)
    if not dialogue.may_be_moderated_by(request.user):
        raise not_allowed(Role.MODERATOR, Role.SECRETARIAT)
    return dialogue


def _proposed(request: HttpRequest) -> dict[str, str]:
    """What a link beside a hint fills in: which statement stays. A person still has to press the button."""
    into = request.GET.get("into", "")
    return {"into": into} if _is_number(into) else {}


def _is_number(typed: str) -> bool:
    return typed.isascii() and typed.isdecimal() and len(typed) < 10


def _decide(request: HttpRequest, dialogue: Dialogue, form: DecideForm) -> int:
    given = form.cleaned_data
    if given["what"] == "accept":
        return actions.accept(request.user, dialogue, given["statements"])
    if given["what"] == "merge":
        return actions.merge(request.user, dialogue, given["statements"], into=given["into"])
    return actions.remove(request.user, dialogue, given["statements"], reason=given["reason"], note=given["note"])


def _listed(request: HttpRequest, dialogue: Dialogue, form: DecideForm) -> dict[str, Any]:
    counts = {name: _in_state(dialogue, name).count() for name in FILTERS}
    chosen = request.GET.get("state", "")
    if chosen not in FILTERS:
        chosen = next((name for name in ("waiting", "unread") if counts[name]), "published")
    query = request.GET.get("q", "").strip()[:200]
    found = _in_state(dialogue, chosen).with_words().select_related("merged_into", "author").order_by("number")
    page = Paginator(_matching(found, query), A_PAGE).get_page(request.GET.get("page"))
    return {
        "dialogue": dialogue,
        "form": form,
        "filters": [(name, label, counts[name]) for name, label in FILTERS.items()],
        "chosen": chosen,
        "query": query,
        "page": page,
        "hints": _hints(page.object_list),
        "ticked": [one.number for one in form.found] or _ticked(request),
        "decisions": [(one, DECIDED.get(one.what, one.what)) for one in _decisions(dialogue)[:20]],
    }


def _ticked(request: HttpRequest) -> list[int]:
    return [int(number) for number in request.GET.getlist("tick")[:A_PAGE] if _is_number(number)]


def _hints(page: Iterable[Statement]) -> list[tuple[Statement, list[Hint]]]:
    """Each statement of a page, with others that may say the same, in two questions to the database."""
    statements = list(page)
    found = hints_for(statements)
    return [(one, found.get(one.pk, [])) for one in statements]


def _in_state(dialogue: Dialogue, name: str) -> Statements:
    found = Statement.objects.filter(dialogue=dialogue)
    if name == "unread":
        return found.filter(state=StatementState.PUBLISHED, is_accepted=False)
    return found.filter(state=name)


def _matching(found: Statements, query: str) -> Statements:
    """By number or by words, whatever the case and the accents; the same on every database."""
    if not query:
        return found
    number = query.removeprefix("#")
    if number.isdecimal():
        return found.filter(number=int(number[:9]))
    wanted = fold(query)
    return found.filter(pk__in=[pk for pk, body in found.values_list("pk", "text__body") if wanted in fold(body)])


def _decisions(dialogue: Dialogue) -> Any:
    return dialogue.decisions.select_related("statement__text", "made_by")


@login_required
@require_POST
def undo(request: HttpRequest, slug: str) -> HttpResponse:
    """Take a decision back."""
    dialogue = _moderated(request, slug)
    typed = request.POST.get("decision", "")
    decision = get_object_or_404(Decision, dialogue=dialogue, pk=int(typed) if typed.isdecimal() else 0)
    try:
        actions.undo(request.user, decision)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The decision is undone; it stays in the log."))
    return redirect("moderate", dialogue.slug)


@login_required
def ban(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Exclude the participant who wrote a statement."""
    dialogue = _moderated(request, slug)
    statement = get_object_or_404(
        dialogue.statements.with_words().select_related("author"), number=number, author__isnull=False
    )
    author = statement.author
    form = BanForm(sent(request))
    if request.method == "POST" and author is not None and form.is_valid():
        actions.ban(request.user, author, reason=form.cleaned_data["reason"], note=form.cleaned_data["note"])
        messages.success(request, _("The participant is excluded. The next result no longer counts their votes."))
        return redirect("moderate", dialogue.slug)
    others = dialogue.statements.filter(author=author).exclude(pk=statement.pk).with_words()
    context = {"dialogue": dialogue, "statement": statement, "others": others, "form": form}
    return show(request, "dialogues/ban.html", context, form)


@login_required
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """Every decision, as a table for a spreadsheet."""
    dialogue = _moderated(request, slug)
    answer = HttpResponse(content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{dialogue.slug}-moderation.csv"'
    answer.write("\ufeff")  # by which spreadsheets know that it is UTF-8
    rows = csv.writer(answer)
    rows.writerow(["decision", "time", "what", "statement", "words", "reason", "note", "moderator", "undone"])
    for one in _decisions(dialogue).order_by("pk").iterator():
        rows.writerow([_harmless(cell) for cell in _log_row(one)])
    return answer


def _log_row(one: Decision) -> list[str]:
    statement = one.statement
    return [
        str(one.pk),
        one.made_at.isoformat(timespec="seconds"),
        one.what,
        "" if statement is None else str(statement.number),
        "" if statement is None else statement.text.body,
        one.reason,
        one.note,
        str(one.made_by),
        "" if one.undone_at is None else one.undone_at.isoformat(timespec="seconds"),
    ]


def _harmless(cell: str) -> str:
    """What a spreadsheet would take for a formula is marked as words: residents wrote it."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def policy(request: HttpRequest, slug: str) -> HttpResponse:
    """For everybody: the only reasons for which statements are removed, and how often each was used."""
    dialogue = dialogue_for(request, slug)
    removed = list(dialogue.statements.filter(state=StatementState.REMOVED).values_list("reason", flat=True))
    context = {
        "dialogue": dialogue,
        "reasons": [(reason.label, removed.count(reason.value)) for reason in Reason],
        "removed": len(removed),
        "merged": dialogue.statements.filter(state=StatementState.MERGED).count(),
        "waiting": dialogue.statements.waiting().count(),
        "shown": dialogue.statements.shown().count(),
        "banned": dialogue.participants.exclude(banned_at=None).count(),
    }
    return show(request, "dialogues/policy.html", context)
