"""The words of all letters: to look at, to write anew in any language, to go back to ours."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intercity.accounts.models import Role
from intercity.accounts.rights import require
from intercity.cities.models import Network
from intercity.letters import actions
from intercity.letters.forms import WordingForm
from intercity.letters.kinds import KINDS, TOPICS, LetterKind, one_line, paragraphs
from intercity.letters.models import Wording
from intercity.letters.writing import our_words, previewed
from intercity.refusals import RefusedError

UNREADABLE = 422


@require_safe
@login_required
def wordings(request: HttpRequest) -> HttpResponse:
    """All kinds of letters, by topic, with the languages in which the network wrote its own words."""
    require(request.user, Role.SECRETARIAT)
    own: dict[str, list[str]] = {}
    for kind, language in Wording.objects.own().order_by("language").values_list("kind", "language"):
        own.setdefault(kind, []).append(language)
    topics = [
        {"title": title, "kinds": [(kind, own.get(kind.name, [])) for kind in KINDS.values() if kind.topic == topic]}
        for topic, title in [*TOPICS.items(), ("", _("other letters"))]
    ]
    return render(request, "letters/wordings.html", {"topics": topics, "first": _languages()[0]})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def wording(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """Write the words of a kind in a language; looked at before they are kept."""
    require(request.user, Role.SECRETARIAT)
    known = _known(kind, language)
    own = Wording.objects.filter(kind=kind, language=language).first()
    ours = our_words(known, language)
    subject, body = (own.subject, own.body) if own and own.body else ours
    initial = {"subject": subject, "body": body, "version": own.version if own else 0}
    form = WordingForm(language, request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid() and _keep(request, form, known, language):
        messages.success(request, _("Letters of this kind have these words from now on."))
        return redirect("wording", kind, language)
    shown = {
        "kind": known,
        "language": language,
        "languages": _languages(),
        "names": [(f"{{{name}}}", meaning, name in known.needed) for name, meaning in known.all_names.items()],
        "form": form,
        "own": own if own and own.body else None,
        "ours": ours,
        "version": own.version if own else 0,
        **_preview(form, known, language, (subject, body)),
    }
    return render(request, "letters/wording.html", shown, status=UNREADABLE if form.errors else 200)


def _preview(form: WordingForm, kind: LetterKind, language: str, stands: tuple[str, str]) -> dict[str, Any]:
    """What a letter looks like: with the words that were typed, else with those that stand."""
    typed = form.is_bound and not form.errors
    subject, body = (form.cleaned_data["subject"], form.cleaned_data["body"]) if typed else stands
    return {"preview": previewed(kind, language, subject, body), "is_kept": not typed}


def _keep(request: HttpRequest, form: WordingForm, kind: LetterKind, language: str) -> bool:
    """Keep what was typed, or only look whether it can be."""
    given = form.cleaned_data
    try:
        if "look" in request.POST:
            actions.check_words(kind, one_line(given["subject"]), paragraphs(given["body"]))
            return False
        actions.set_wording(request.user, kind.name, language, **given)
    except actions.ChangedMeanwhileError as changed:
        form.look_again(changed.version)
        form.add_error(None, str(changed))
    except RefusedError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
    else:
        return True
    return False


@login_required
@require_POST
def reset_wording(request: HttpRequest, kind: str, language: str) -> HttpResponse:
    """Go back to our words."""
    _known(kind, language)
    version = request.POST.get("version", "")
    try:
        actions.reset_wording(request.user, kind, language, int(version) if version.isdecimal() else -1)
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Letters of this kind have our words again."))
    return redirect("wording", kind, language)


def _known(kind: str, language: str) -> LetterKind:
    if kind not in KINDS or language not in dict(settings.LANGUAGES):
        raise Http404
    return KINDS[kind]


def _languages() -> list[str]:
    """Those of the network first, then all others that our words are in."""
    network = Network.current()
    first = [code.lower() for code in network.languages] if network else []
    codes = [code for code, _name in settings.LANGUAGES]
    return sorted(codes, key=lambda code: first.index(code) if code in first else len(first))
