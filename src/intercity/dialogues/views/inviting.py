"""Invitations: codes on printable sheets, how many are used, and how they are withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from intercity.accounts.codes import shown
from intercity.accounts.models import Role
from intercity.accounts.qr import Picture, picture
from intercity.accounts.rights import has_role, not_allowed
from intercity.cities.models import City
from intercity.dialogues import actions
from intercity.dialogues.forms.inviting import InviteForm
from intercity.dialogues.models import Dialogue
from intercity.dialogues.views.keeping import cities_of, dialogue_for, put_beside, sent, show
from intercity.refusals import RefusedError


@dataclass(frozen=True)
class Card:
    """One invitation as it is printed: the code in groups, and its link as a QR code."""

    code: str
    picture: Picture


@login_required
@never_cache
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """List sheets and make new ones; the codes of a new one are in the answer, and nowhere else."""
    dialogue = dialogue_for(request, slug)
    everybody, own = _own(request, dialogue)
    offered = City.objects.filter(pk__in=[city.pk for city in own]).order_by("name")
    form = InviteForm(dialogue, offered, sent(request), everybody=everybody)
    if request.method == "POST" and form.is_valid():
        try:
            codes = actions.invite(request.user, dialogue, **form.cleaned_data)
        except RefusedError as error:
            put_beside(form, error)
        else:
            return _sheet(request, dialogue, codes, form.cleaned_data)
    context = {"dialogue": dialogue, "form": form, "sheets": _sheets(dialogue, own, everybody=everybody)}
    return show(request, "dialogues/invitations.html", context, form)


def _own(request: HttpRequest, dialogue: Dialogue) -> tuple[bool, list[City]]:
    everybody, own = has_role(request.user, Role.SECRETARIAT), cities_of(request.user, dialogue)
    if not everybody and not own:
        raise not_allowed(Role.SECRETARIAT, Role.OFFICER)
    return everybody, own


def _sheet(request: HttpRequest, dialogue: Dialogue, codes: list[str], made: dict[str, Any]) -> HttpResponse:
    address = request.build_absolute_uri(reverse("join", args=[dialogue.slug]))
    context = {
        "dialogue": dialogue,
        "address": address,
        "made": made,
        "cards": [Card(shown(code), picture(f"{address}?code={code}")) for code in codes],
    }
    return render(request, "dialogues/invitation_sheet.html", context)


def _sheets(dialogue: Dialogue, own: list[City], *, everybody: bool) -> list[dict[str, Any]]:
    """Each sheet, with how many of its codes are used and how many people came in by them; the newest first."""
    found = dialogue.invitations.all() if everybody else dialogue.invitations.filter(city__in=own)
    counted = found.values("sheet", "city__slug", "city__name", "most_uses").annotate(
        codes=Count("pk"),
        used=Count("pk", filter=Q(uses__gt=0)),
        people=Sum("uses"),
        valid=Count("pk", filter=Q(revoked_at=None)),
        made=Max("made_at"),
    )
    return [dict(row) for row in counted.order_by("-made", "sheet")]


@login_required
@require_POST
def revoke(request: HttpRequest, slug: str) -> HttpResponse:
    """Withdraw a sheet."""
    dialogue = dialogue_for(request, slug)
    chosen = request.POST.get("city", "").replace("\0", "")
    city = get_object_or_404(City, slug=chosen) if chosen else None
    sheet = request.POST.get("sheet", "").replace("\0", "")
    number = actions.revoke_invitations(request.user, dialogue, city=city, sheet=sheet)
    text = ngettext(
        "%(number)d code of the sheet “%(sheet)s” lets nobody in any more.",
        "%(number)d codes of the sheet “%(sheet)s” let nobody in any more.",
        number,
    )
    messages.success(request, text % {"number": number, "sheet": sheet or _("no name")})
    return redirect("invitations", dialogue.slug)
