"""Writing a city's challenge, saying what it is about, and closing it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from intercity.practices import actions
from intercity.practices.actions.rights import require_writer as require_writer_of
from intercity.practices.forms.challenges import ChallengeForm, CloseForm, EditChallengeForm
from intercity.practices.models import Challenge
from intercity.practices.views.written import Meanwhile, put_beside, refused, require_writer, sent, show
from intercity.refusals import RefusedError


@login_required
def write_challenge(request: HttpRequest) -> HttpResponse:
    """Say what the problem is; what it is about is asked next, proposed from the words."""
    require_writer(request.user)
    form = ChallengeForm(request.user, None, sent(request))
    ask, meanwhile = _asked(request, form), Meanwhile()
    if request.method == "POST" and not form.errors and not ask:
        try:
            challenge = _added(request, form)
        except RefusedError as error:
            meanwhile = refused([form], form, error)
        else:
            messages.success(request, _("Saved. Now say what it is about, so that practices are found for it."))
            return redirect("edit_challenge", challenge.slug)
    context = {"form": form, "told": form, "meanwhile": meanwhile, **_ask(form, ask)}
    return show(request, "practices/write_challenge.html", context, form)


def _added(request: HttpRequest, form: ChallengeForm) -> Challenge:
    """The challenge; where the form was sent before, the same one, with what the form says otherwise by now."""
    given = form.cleaned_data
    try:
        return actions.add_challenge(request.user, given["city"], begun_with=given["begun_with"], **form.said())
    except actions.BegunBeforeError as begun:
        challenge = _written(request, begun.row.slug)
        return actions.edit_challenge(request.user, challenge, version=given["version"] or 0, **form.said())


@login_required
def edit_challenge(request: HttpRequest, slug: str) -> HttpResponse:
    """Its words, what it is about, and how it stands."""
    challenge = _written(request, slug)
    form = EditChallengeForm(request.user, challenge, sent(request))
    ask, meanwhile = _asked(request, form), Meanwhile()
    if request.method == "POST" and not form.errors and not ask:
        try:
            version = form.cleaned_data["version"] or 0
            actions.edit_challenge(request.user, challenge, version=version, **form.said())
        except RefusedError as error:
            meanwhile = refused([form], form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("challenge", challenge.slug)
    context = {"challenge": challenge, "form": form, "told": form, "meanwhile": meanwhile, **_ask(form, ask)}
    return show(request, "practices/write_challenge.html", context, form)


@login_required
def close_challenge(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that something is being tried, or that it is no longer asked."""
    challenge = _written(request, slug)
    form = CloseForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_challenge(request.user, challenge, **form.cleaned_data)
        except RefusedError as error:
            put_beside([form], error)
        else:
            messages.success(request, _("It is closed. It stays in the list, and can be opened again."))
            return redirect("challenge", challenge.slug)
    return show(request, "practices/close_challenge.html", {"challenge": challenge, "form": form}, form)


def _written(request: HttpRequest, slug: str) -> Challenge:
    """The challenge, for those who may write it."""
    challenge = get_object_or_404(Challenge.objects.with_words(), slug=slug)
    require_writer_of(request.user, challenge.city)
    return challenge


def _asked(request: HttpRequest, form: ChallengeForm) -> str:
    """The language that is asked about before anything is saved; then the one that was chosen counts as confirmed."""
    if request.method != "POST" or not form.is_valid():
        return ""
    ask = form.looks_like()
    if ask:
        form.look_again(confirmed=form.cleaned_data["language"])
    return ask


def _ask(form: ChallengeForm, ask: str) -> dict[str, str]:
    return {"looks_like": ask, "chosen": form.cleaned_data["language"]} if ask else {}
