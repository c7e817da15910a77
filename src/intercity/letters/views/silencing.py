"""Getting no more letters: a page with a button, and the one press of a mail program (RFC 8058)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from intercity.letters import actions
from intercity.letters.kinds import TOPICS
from intercity.refusals import RefusedError


@csrf_exempt  # a mail program presses it, without cookies; the token says that it may
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def silence(request: HttpRequest, token: str) -> HttpResponse:
    """A page with a button, because programs that read letters follow links; pressing it does it."""
    try:
        if request.method == "POST":
            again = "again" in request.POST
            topic, is_silent = (actions.speak_again if again else actions.silence)(token), not again
        else:
            topic, is_silent = actions.is_silent(token)
    except RefusedError as refused:
        return render(request, "letters/silence.html", {"refused": str(refused)}, status=404)
    shown = {"topic": TOPICS[topic], "is_silent": is_silent, "pressed": request.method == "POST"}
    return render(request, "letters/silence.html", shown)
