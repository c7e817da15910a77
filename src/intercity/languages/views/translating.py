"""The translators' desk: how far each language has come, the queue of one, and one text side by side."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intercity.languages import actions
from intercity.languages.forms import ReviewForm
from intercity.languages.glossary import not_said, terms_in
from intercity.languages.models import Text, Translation
from intercity.languages.network import network_languages
from intercity.languages.rights import may_decide, require_reviewer
from intercity.languages.views.shown import network_language, put_beside, sent, show
from intercity.languages.waiting import (
    Standing,
    following,
    is_public,
    place_of,
    progress,
    standing_at,
    standings,
    to_do,
)
from intercity.refusals import RefusedError

A_PAGE = 20


@require_safe
@login_required
def translations(request: HttpRequest) -> HttpResponse:
    """Every language of the network, with what waits in it."""
    require_reviewer(request.user)
    own = getattr(request.user, "language", "")
    found = sorted(progress(network_languages()), key=lambda one: one.language != own)
    return render(
        request, "languages/translations.html", {"languages": found, "secretariat": may_decide(request.user)}
    )


@require_safe
@login_required
def review_queue(request: HttpRequest, code: str) -> HttpResponse:
    """What waits in one language, the most urgent first."""
    require_reviewer(request.user)
    language = network_language(code)
    (counted,) = progress([language])
    chosen = _chosen(request)
    found = standing_at(standings(language), chosen) if chosen == Standing.DONE else to_do(language, only=chosen)
    page = Paginator(found.prefetch_related("translations"), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "code": language,
        "progress": counted,
        "filters": [(one.value, one.label, getattr(counted, one.value)) for one in Standing],
        "chosen": chosen,
        "page": page,
        "first": page.object_list[0] if page.object_list else None,
        "decided": _decided(request, language),
    }
    return render(request, "languages/review_queue.html", context)


@login_required
def review(request: HttpRequest, code: str, text: int) -> HttpResponse:
    """One text and its translation side by side: right as it is, corrected, or translated for the first time."""
    require_reviewer(request.user)
    language = network_language(code)
    original = _public(text)
    found = original.translations.filter(language=language).select_related("made_by", "reviewed_by").first()
    there = found.body if found else ""
    initial = {"body": there, "seen": there, "version": original.version}
    form = ReviewForm(language, sent(request), initial=initial)
    chosen = _chosen(request)
    after = following(language, original, only=chosen, writer=request.user.pk)
    if request.method == "POST":
        if form.is_valid() and _decide(request, form, original, found, language):
            return redirect(_address(language, after, chosen, done=original.pk) + "#work")
        form.look_again(there, original.version)
    context = _beside(original, found, language) | {
        "form": form,
        "is_own": found is not None and not found.engine and found.made_by_id == request.user.pk,
        "after": _address(language, after, chosen) if after else "",
        "queue": _address(language, None, chosen),
        "decided": _decided(request, language),
    }
    return show(request, "languages/review.html", context, form)


@login_required
@require_POST
def undo_review(request: HttpRequest, code: str, text: int) -> HttpResponse:
    """Take one's own last decision back, and look at the text again."""
    language = network_language(code)
    translation = get_object_or_404(Translation, text=text, language=language)
    try:
        actions.undo(request.user, translation)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is as it was before."))
    return redirect("review", language, text)


def _decide(request: HttpRequest, form: ReviewForm, original: Text, found: Translation | None, language: str) -> bool:
    """Do what was pressed; False, with the reason beside the words, where it was refused."""
    given = form.cleaned_data
    body, seen, version = given["body"], given["seen"], given["version"]
    try:
        if found is None or found.is_outdated:
            actions.translate(request.user, original, language, body, version)
        elif given["what"] == "right":
            actions.check(request.user, found, version, seen=seen)
        else:
            actions.correct(request.user, found, body, version, seen=seen)
    except RefusedError as error:
        put_beside(form, error)
        return False
    return True


def _public(key: int) -> Text:
    text = get_object_or_404(Text, pk=key)
    if not is_public(text):
        raise Http404
    return text


def _beside(original: Text, translation: Translation | None, language: str) -> dict[str, Any]:
    """What a translator needs to see beside the words."""
    others = original.translations.filter(text_version=original.version).exclude(language=language)
    terms = terms_in(original.body, original.language, language)
    missed = set(not_said(terms, translation.body)) if translation else set()
    return {
        "code": language,
        "text": original,
        "translation": translation,
        "terms": [(one, one in missed) for one in terms],
        "complaints": translation.complaints.filter(resolved_at=None).order_by("-pk")[:20] if translation else [],
        "former": translation.former.order_by("-pk").select_related("replaced_by").first() if translation else None,
        "others": others.order_by("language"),
        "place": place_of(original),
    }


def _chosen(request: HttpRequest) -> str:
    chosen = request.GET.get("show", "")
    return chosen if chosen in Standing.values else ""


def _address(language: str, text: int | None, chosen: str, **more: object) -> str:
    address = reverse("review", args=[language, text]) if text else reverse("review_queue", args=[language])
    query = urlencode({**({"show": chosen} if chosen else {}), **more})
    return f"{address}?{query}" if query else address


def _decided(request: HttpRequest, language: str) -> Translation | None:
    """What was decided on the page before this one, so that it can be undone."""
    key = request.GET.get("done", "")
    if not key.isdecimal():
        return None
    return Translation.objects.filter(text=int(key[:18]), language=language).select_related("text").first()
