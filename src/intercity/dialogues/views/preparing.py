"""Preparing a dialogue, opening it, closing it and asking again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from intercity.accounts.models import Role
from intercity.accounts.rights import require
from intercity.dialogues import actions
from intercity.dialogues.forms.preparing import EditForm, PrepareForm, ReopenForm, StatementsForm
from intercity.dialogues.models import Dialogue, State
from intercity.dialogues.views.keeping import dialogue_for, put_beside, responders_of, sent, show, zone_of
from intercity.refusals import RefusedError


@login_required
def prepare(request: HttpRequest) -> HttpResponse:
    """Begin a dialogue with its question."""
    require(request.user, Role.SECRETARIAT)
    form = PrepareForm(sent(request), language=get_language() or "")
    if request.method == "POST" and form.is_valid():
        try:
            dialogue = actions.prepare_dialogue(request.user, **form.cleaned_data)
        except RefusedError as error:
            put_beside(form, error)
        else:
            messages.success(request, _("The draft is saved. Now say who answers and until when."))
            return redirect("manage", dialogue.slug)
    return show(request, "dialogues/prepare.html", {"form": form}, form)


@login_required
def manage(request: HttpRequest, slug: str) -> HttpResponse:
    """How a dialogue is run, and what is still missing before it can open."""
    dialogue = _kept(request, slug)
    zone, named = zone_of(dialogue)
    with timezone.override(zone):
        form = EditForm(dialogue, sent(request), zone=named)
        if request.method == "POST" and form.is_valid():
            try:
                actions.edit_dialogue(request.user, dialogue, **form.cleaned_data)
            except RefusedError as error:
                put_beside(form, error)
                dialogue = _kept(request, slug)
            else:
                messages.success(request, _("Saved."))
                return redirect("manage", dialogue.slug)
        context = {
            "dialogue": dialogue,
            "form": form,
            "missing": actions.missing_before_opening(dialogue) if dialogue.state == State.DRAFT else [],
            "numbers": len(actions.numbers_to_tell(request.user, dialogue)),
            "number": dialogue.statements.shown().count(),
            "zone": named,
            "nobody_answers": dialogue.responder_city is not None and not responders_of(dialogue).exists(),
            "takes_statements": dialogue.state in {State.DRAFT, State.OPEN},
        }
        return show(request, "dialogues/manage.html", context, form)


@login_required
def give_statements(request: HttpRequest, slug: str) -> HttpResponse:
    """Give statements to begin with, several at a time."""
    dialogue = _kept(request, slug)
    form = StatementsForm(dialogue, sent(request))
    if request.method == "POST" and form.is_valid():
        lines, language = form.cleaned_data["body"], form.cleaned_data["language"]
        try:
            added = actions.add_statements(request.user, dialogue, bodies=lines, language=language)
        except RefusedError as error:
            put_beside(form, error)
        else:
            text = ngettext("%(number)d statement was added.", "%(number)d statements were added.", len(added))
            messages.success(request, text % {"number": len(added)})
            return redirect("manage", dialogue.slug)
    context = {
        "dialogue": dialogue,
        "form": form,
        "statements": dialogue.statements.shown().with_words().filter(is_seed=True),
        "takes_statements": dialogue.state in {State.DRAFT, State.OPEN},
    }
    return show(request, "dialogues/statements.html", context, form)


@login_required
def open_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Look at it once more, then open."""
    return _confirm(request, slug, "dialogues/open.html", actions.open_dialogue, _("The dialogue is open."))


@login_required
def close_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what closing means, then close."""
    said = _("The dialogue is closed. Now the responder is asked.")
    return _confirm(request, slug, "dialogues/close.html", actions.close_dialogue, said)


def _confirm(request: HttpRequest, slug: str, template: str, act: Any, said: str) -> HttpResponse:
    dialogue = _kept(request, slug)
    zone, named = zone_of(dialogue)
    refused = ""
    if request.method == "POST":
        try:
            act(request.user, dialogue)
        except RefusedError as error:
            refused = str(error)
        else:
            messages.success(request, said)
            return redirect("manage", dialogue.slug)
    context = {
        "dialogue": dialogue,
        "zone": named,
        "missing": actions.missing_before_opening(dialogue),
        "number": dialogue.statements.shown().count(),
    }
    with timezone.override(zone):
        return show(request, template, context, refused=refused)


@login_required
def reopen_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask again, in a new round."""
    dialogue = _kept(request, slug)
    zone, named = zone_of(dialogue)
    with timezone.override(zone):
        form = ReopenForm(sent(request), zone=named)
        if request.method == "POST" and form.is_valid():
            try:
                found = actions.reopen_dialogue(request.user, dialogue, **form.cleaned_data)
            except RefusedError as error:
                put_beside(form, error)
            else:
                messages.success(request, _("Round %(number)d is open.") % {"number": found.number})
                return redirect("manage", dialogue.slug)
        return show(request, "dialogues/reopen.html", {"dialogue": dialogue, "form": form}, form)


def _kept(request: HttpRequest, slug: str) -> Dialogue:
    """The dialogue, for the secretariat only."""
    require(request.user, Role.SECRETARIAT)
    return dialogue_for(request, slug)
