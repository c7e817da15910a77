"""What the network is doing now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from intercity.dialogues.views.reading import going_on
from intercity.events.models import Event
from intercity.partnerships.gathering import numbers
from intercity.partnerships.models import Commitment

A_FEW = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Open dialogues and answers, the two numbers that count, what is late, and what comes next."""
    context = {
        **going_on(),
        "numbers": numbers(),
        "late": Commitment.objects.late().with_words()[:A_FEW],
        "events": Event.objects.coming().with_words()[:A_FEW],
    }
    return render(request, "partnerships/home.html", context)
