"""One practice."""

from __future__ import annotations

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intercity.accounts.models import Person
from intercity.accounts.rights import NotAllowedError
from intercity.cities.rights import writable_cities
from intercity.languages.network import network_languages
from intercity.practices.actions.rights import may_write
from intercity.practices.forms.keeping import may_verify_as
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
        **_may(request.user if isinstance(request.user, Person) else None, found),
    }
    return render(request, "practices/practice.html", context)


def _may(person: Person | None, practice: Practice) -> dict[str, bool]:
    """What is offered to somebody; who is not signed in may be an officer, and is asked for it on the next page."""
    return {
        "may_write": may_write(person, practice.city),
        "may_adopt": person is None or writable_cities(person).exclude(pk=practice.city_id or 0).exists(),
        "may_verify": person is not None and _may_verify(person, practice),
    }


def _may_verify(person: Person, practice: Practice) -> bool:
    try:
        return bool(may_verify_as(person, practice))
    except NotAllowedError:
        return False
