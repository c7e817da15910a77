"""One practice."""

from __future__ import annotations

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intercity.accounts.models import Person
from intercity.languages.network import network_languages
from intercity.practices.actions.rights import may_write
from intercity.practices.models import Practice, PracticeState
from intercity.practices.views.saving import saved_slugs
from intercity.practices.views.shown import Shown, visible, whole


@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """A practice as a practitioner needs it: what it cost and needs first; what was difficult, who copied it."""
    found = visible(request, slug, whole(Practice.objects.all()))
    as_written = request.GET.get("original") == "1"
    context = {
        "practice": found,
        "shown": Shown(found, network_languages(), as_written),
        "as_written": as_written,
        "is_saved": slug in saved_slugs(request),
        "newest": found.versions.aggregate(newest=Max("number"))["newest"],
        "is_public": found.state == PracticeState.PUBLISHED,
        "may_write": may_write(request.user if isinstance(request.user, Person) else None, found.city),
    }
    return render(request, "practices/practice.html", context)
