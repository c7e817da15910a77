"""Machines that translate, as the secretariat sees them: which may read the network's words, and what did not work."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from intercity.accounts.models import Role
from intercity.accounts.rights import require
from intercity.languages import actions
from intercity.languages.engines import status
from intercity.languages.models import Consent, TranslationTask
from intercity.refusals import RefusedError

A_PAGE = 30


@login_required
def engines(request: HttpRequest) -> HttpResponse:
    """Each engine that the operator set up, consent to those that leave the platform, and what waits or failed."""
    require(request.user, Role.SECRETARIAT)
    if request.method == "POST":
        return _decide(request)
    tasks = TranslationTask.objects.select_related("text").order_by("pk")
    failed = Paginator(tasks.exclude(error=""), A_PAGE).get_page(request.GET.get("page"))
    history = Consent.objects.select_related("given_by").order_by("-given_at")[:20]
    current = {one.engine: one for one in history if one.withdrawn_at is None}
    context = {
        "engines": [(one, current.get(one.name)) for one in status()],
        "waiting": tasks.filter(error="").count(),
        "page": failed,
        "past": [one for one in history if one.withdrawn_at],
    }
    return render(request, "languages/engines.html", context)


def _decide(request: HttpRequest) -> HttpResponse:
    """Consent to an engine, or take consent back."""
    engine = request.POST.get("engine", "")
    try:
        if request.POST.get("what") == "consent":
            actions.consent(request.user, engine)
            said = _("“%(engine)s” may read the public words of this network from now on.")
        else:
            actions.withdraw_consent(request.user, engine)
            said = _("“%(engine)s” is given no more words. What it translated stays, and says who made it.")
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, said % {"engine": engine})
    return redirect("engines")
