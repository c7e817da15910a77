"""What the pages of those who keep a dialogue share: finding it, the time of its city, showing a form again."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from intercity.accounts.models import Membership, Memberships, Role
from intercity.accounts.rights import Visitor, has_role
from intercity.cities.models import City
from intercity.dialogues.models import Dialogue
from intercity.refusals import RefusedError

UNREADABLE = 422


def dialogue_for(request: HttpRequest, slug: str) -> Dialogue:
    """The dialogue at an address, if this visitor may see it; else there is no page."""
    return get_object_or_404(Dialogue.objects.visible_to(request.user).with_words(), slug=slug)


def zone_of(dialogue: Dialogue) -> tuple[ZoneInfo, str]:
    """The time in which a dialogue's times are typed and shown, and its name in words."""
    city = dialogue.responder_city
    if city is None or not city.timezone:
        return ZoneInfo("UTC"), _("UTC, the world's common time")
    return ZoneInfo(city.timezone), _("%(city)s (%(zone)s)") % {"city": city.name, "zone": city.timezone}


def may_invite(person: Visitor, dialogue: Dialogue) -> bool:
    """Whether a person may invite anybody at all to a dialogue."""
    return has_role(person, Role.SECRETARIAT) or bool(cities_of(person, dialogue))


def cities_of(person: Visitor, dialogue: Dialogue) -> list[City]:
    """The cities of a dialogue whose people a person may invite."""
    everybody = has_role(person, Role.SECRETARIAT)
    cities = dialogue.cities.order_by("name")
    return [city for city in cities if everybody or has_role(person, Role.OFFICER, city=city)]


def responders_of(dialogue: Dialogue) -> Memberships:
    """The roles by which somebody can answer now."""
    held = Membership.objects.current()
    if dialogue.responder_id is not None:
        return held.filter(person_id=dialogue.responder_id)
    return held.filter(Q(city=None) | Q(city_id=dialogue.responder_city_id or 0), role=Role.RESPONDER)


def doors(request: HttpRequest, dialogue: Dialogue) -> list[tuple[str, str]]:
    """The pages of a dialogue that this person may open, as address and words."""
    person = request.user
    found = [
        (has_role(person, Role.SECRETARIAT), "manage", _("Manage")),
        (may_invite(person, dialogue), "invitations", _("Invitations")),
        (dialogue.may_be_moderated_by(person), "moderate", _("Moderation")),
        (dialogue.may_be_answered_by(person), "answer_dialogue", _("Answer")),
        (True, "policy", _("Rules of moderation")),
    ]
    return [(reverse(name, args=[dialogue.slug]), words) for may, name, words in found if may]


def show(
    request: HttpRequest, template: str, context: dict[str, Any], *forms_shown: forms.Form, refused: str = ""
) -> HttpResponse:
    """A page of a dialogue; with status 422 where it is shown again because of what was typed or tried."""
    again = bool(refused) or any(form.errors for form in forms_shown)
    dialogue = context.get("dialogue")
    if dialogue is not None:
        context["doors"] = doors(request, dialogue)
    return render(request, template, {**context, "refused": refused}, status=UNREADABLE if again else None)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, be it empty; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def put_beside(form: forms.Form, error: RefusedError) -> None:
    """Show why an action was refused beside the input that it is about, else above the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error))
