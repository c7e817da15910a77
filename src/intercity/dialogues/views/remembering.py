"""Who takes part, by a signed cookie that only pages of this dialogue receive. No session, no account."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from intercity.dialogues.models import Dialogue, Participant

WHO, CODE = "participant", "code"
DAYS = 180
CODE_SECONDS = 3600
"""How long the code to come back by can be shown again on the device that joined."""

View = Callable[..., HttpResponse]


def recall(request: HttpRequest, slug: str) -> Participant | None:
    """The participant whom this device takes part as, with the dialogue; None where nobody is remembered."""
    keys = [
        key for name in request.COOKIES if name.startswith(f"{WHO}-") and (key := _read(request, name, DAYS * 86_400))
    ]
    if not keys:
        return None
    found = (
        Participant.objects.filter(pk__in=keys, dialogue__slug=slug)
        .select_related("dialogue", "invitation")
        .prefetch_related("dialogue__rounds")
    )
    return next((one for one in found if f"{WHO}-{one.dialogue_id}" in request.COOKIES), None)


def remember(response: HttpResponse, participant: Participant, code: str = "") -> None:
    """Let this device take part as somebody, and show the code to come back by for a while."""
    _write(response, WHO, participant.dialogue, str(participant.pk), DAYS * 86_400)
    if code:
        _write(response, CODE, participant.dialogue, code, CODE_SECONDS)


def forget(response: HttpResponse, dialogue: Dialogue) -> None:
    """Forget on this device who took part."""
    response.delete_cookie(f"{WHO}-{dialogue.pk}", path=_path(dialogue), samesite="Lax")
    forget_code(response, dialogue)


def forget_code(response: HttpResponse, dialogue: Dialogue) -> None:
    """Show the code no more."""
    response.delete_cookie(f"{CODE}-{dialogue.pk}", path=_path(dialogue), samesite="Lax")


def code_of(request: HttpRequest, dialogue: Dialogue) -> str:
    """The code to come back by, as long as it is shown; else nothing."""
    return _read(request, f"{CODE}-{dialogue.pk}", CODE_SECONDS)


def mark(participant: Participant) -> str:
    """Tells participants apart on one device without saying who they are: votes that wait there carry it."""
    return salted_hmac("intercity.mark", str(participant.pk)).hexdigest()[:12]


def for_participants(view: View) -> View:
    """A page for those who take part in an open dialogue; others are led to where they can go on."""

    @never_cache
    @wraps(view)
    def shown(request: HttpRequest, slug: str, **more: Any) -> HttpResponse:
        participant = recall(request, slug)
        if participant is None:
            dialogue = get_object_or_404(Dialogue.objects.public(), slug=slug)
            return closed(request, dialogue) if not dialogue.is_open else redirect("join", slug=slug)
        if not participant.dialogue.is_open:
            return closed(request, participant.dialogue)
        return view(request, participant, **more)

    return shown


def closed(request: HttpRequest, dialogue: Dialogue) -> HttpResponse:
    """To the results, with a word why. A script is told by the status, so that it lets the browser go there."""
    words = _("This dialogue is closed: it takes no more votes. You can read what came of it.")
    if is_fetch(request):
        return HttpResponse(words, status=409, content_type="text/plain; charset=utf-8")
    messages.warning(request, words)
    return redirect("results", slug=dialogue.slug)


def is_fetch(request: HttpRequest) -> bool:
    """Whether our script asks, which wants the statement only."""
    return request.headers.get("X-Requested-With") == "fetch"


def _path(dialogue: Dialogue) -> str:
    return reverse("take_part", kwargs={"slug": dialogue.slug}).removesuffix("vote/")


def _write(response: HttpResponse, what: str, dialogue: Dialogue, value: str, seconds: int) -> None:
    response.set_signed_cookie(
        f"{what}-{dialogue.pk}",
        value,
        max_age=seconds,
        path=_path(dialogue),
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest, name: str, seconds: int) -> str:
    try:
        return str(request.get_signed_cookie(name, max_age=seconds))
    except (KeyError, signing.BadSignature):
        return ""
