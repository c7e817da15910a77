"""My desk: what waits for the person who is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intercity.accounts.models import Membership, Role
from intercity.accounts.rights import has_role
from intercity.dialogues.views.desk import waiting_for
from intercity.partnerships.actions.answers import promises_waiting
from intercity.partnerships.actions.rights import may_confirm
from intercity.partnerships.models import Commitment, CommitmentState, Introduction, IntroductionState

A_FEW = 12


@login_required
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """What waits in dialogues; promises to follow, to report on and to confirm; introductions to answer."""
    cities = (
        Membership.objects.current()
        .filter(person__pk=request.user.pk or 0, role=Role.OFFICER, city__isnull=False)
        .values("city")
    )
    context: dict[str, Any] = waiting_for(request)
    context["promises"] = promises_waiting(request.user)[:A_FEW]
    context["to_confirm"] = [
        one
        for one in Commitment.objects.filter(state=CommitmentState.REPORTED).with_words()
        if may_confirm(request.user, one)
    ][:A_FEW]
    context["own_commitments"] = Commitment.objects.open().filter(_own(request, cities)).with_words()[:A_FEW]
    context["to_answer"] = _to_answer(cities)
    found = ("promises", "to_confirm", "own_commitments", "to_answer")
    context["nothing"] = context["nothing"] and not any(context[name] for name in found)
    return render(request, "partnerships/desk.html", context)


def _own(request: HttpRequest, cities: Any) -> Q:
    """Of commitments: of the person's cities, or of the network itself for the secretariat."""
    own = Q(city__in=cities)
    return own | Q(city=None) if has_role(request.user, Role.SECRETARIAT) else own


def _to_answer(cities: Any) -> Any:
    """Introductions to which the person's cities have not said yes or no yet."""
    waits = Q(one__in=cities, one_yes_at=None) | Q(other__in=cities, other_yes_at=None)
    return Introduction.objects.filter(waits, state=IntroductionState.PROPOSED).with_words()[:A_FEW]
