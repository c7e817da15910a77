"""Joining, coming back, saying a little about oneself, leaving."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intercity.accounts import limits
from intercity.accounts.codes import shown
from intercity.accounts.rights import has_any_role
from intercity.dialogues import actions
from intercity.dialogues.forms.taking_part import AboutForm, JoinForm, ReturnForm
from intercity.dialogues.models import Admission, Channel, Dialogue, Participant
from intercity.dialogues.views.remembering import (
    closed,
    code_of,
    for_participants,
    forget,
    forget_code,
    recall,
    remember,
)
from intercity.refusals import RefusedError

pages = require_http_methods(["GET", "HEAD", "POST"])


def _dialogue(slug: str) -> Dialogue:
    return get_object_or_404(Dialogue.objects.public().with_words(), slug=slug)


@pages
@never_cache
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Come in: one tap is enough where no code is needed."""
    dialogue = _dialogue(slug)
    if not dialogue.is_open:
        return closed(request, dialogue)
    helper = (request.POST or request.GET).get("helper") in {"1", "on", "True"}
    if not helper and recall(request, slug) is not None:
        return redirect("take_part", slug=slug)
    if request.method == "POST":
        return _join(request, dialogue, helper)
    typed = request.GET.get("code", "")[:40]
    return _join_page(request, dialogue, JoinForm(dialogue, initial={"invitation": typed, "helper": helper}), helper)


def _join(request: HttpRequest, dialogue: Dialogue, helper: bool) -> HttpResponse:
    form, who = JoinForm(dialogue, request.POST), limits.address(request)
    code = request.POST.get("invitation", "")
    if code and limits.is_used_up("code", who):
        return limits.refuse(request, "code")
    if not form.is_valid():
        return _join_page(request, dialogue, form, helper, status=422)
    if not limits.allow("join", who):
        return limits.refuse(request, "join")
    about = {name: form.cleaned_data[name] for name in ("city", "age_band", "gender") if name in form.cleaned_data}
    try:
        participant, own_code = actions.join(
            dialogue,
            visitor=request.user,
            invitation_code=form.cleaned_data.get("invitation", ""),
            channel=Channel.HELPER if helper else Channel.WEB,
            language=get_language() or "",
            **about,
        )
    except RefusedError as refused:
        if refused.field == "invitation" and code:
            limits.allow(
                "code", who
            )  # counted only when it fails: a village that comes in with good codes is not stopped
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return _join_page(request, dialogue, form, helper, status=422)
    response = redirect("take_part", slug=dialogue.slug)
    remember(response, participant, own_code)
    return response


def _join_page(
    request: HttpRequest, dialogue: Dialogue, form: JoinForm, helper: bool, status: int = 200
) -> HttpResponse:
    members_only = dialogue.admission == Admission.MEMBERS
    context = {
        "dialogue": dialogue,
        "form": form,
        "helper": helper,
        "may_join": not members_only or has_any_role(request.user),
        "unfold": form.is_bound and any(field.errors for field in form.about_fields),
    }
    return render(request, "dialogues/join.html", context, status=status)


@pages
@for_participants
def joined(request: HttpRequest, participant: Participant) -> HttpResponse:
    """The code to come back by, to be written down or printed; shown no more once somebody says that they have it."""
    dialogue = participant.dialogue
    code = code_of(request, dialogue)
    if request.method == "POST" or not code:
        response = redirect("take_part", slug=dialogue.slug)
        forget_code(response, dialogue)
        return response
    return render(request, "dialogues/joined.html", {"dialogue": dialogue, "own_code": shown(code)})


@pages
@never_cache
def come_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Go on by the code that was shown when joining."""
    dialogue = _dialogue(slug)
    if not dialogue.is_open:
        return closed(request, dialogue)
    form, who = ReturnForm(request.POST if request.method == "POST" else None), limits.address(request)
    if request.method == "POST" and limits.is_used_up("code", who):
        return limits.refuse(request, "code")
    if form.is_valid():
        try:
            participant = actions.return_by(dialogue, form.cleaned_data["code"])
        except RefusedError as refused:
            limits.allow("code", who)
            form.add_error("code", str(refused))
        else:
            response = redirect("take_part", slug=slug)
            remember(response, participant)
            return response
    status = 422 if form.is_bound else 200
    return render(request, "dialogues/come_back.html", {"dialogue": dialogue, "form": form}, status=status)


@pages
@for_participants
def about_me(request: HttpRequest, participant: Participant) -> HttpResponse:
    """Say something about oneself later, change it, or take it back."""
    dialogue = participant.dialogue
    form = AboutForm(dialogue, request.POST if request.method == "POST" else None, participant=participant)
    if request.method == "POST" and form.is_valid():
        about: dict[str, Any] = {"city": participant.city, "language": participant.language, **form.cleaned_data}
        actions.describe_participant(participant, **about)
        messages.success(request, _("Saved. You can change it at any time."))
        return redirect("take_part", slug=dialogue.slug)
    context = {"dialogue": dialogue, "form": form}
    return render(request, "dialogues/about_me.html", context, status=422 if form.errors else 200)


@pages
@never_cache
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Be forgotten on this device; a helper goes on with the next person."""
    participant = recall(request, slug)
    dialogue = _dialogue(slug) if participant is None else participant.dialogue
    if request.method == "POST":
        response = redirect("leave", slug=slug)
        forget(response, dialogue)
        return response
    code = code_of(request, dialogue) if participant is not None else ""
    context = {"dialogue": dialogue, "participant": participant, "own_code": shown(code)}
    return render(request, "dialogues/leave.html", context)
