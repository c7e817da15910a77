"""Mailboxes that do not take letters, and how to mend that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from intercity.accounts.models import Role
from intercity.accounts.rights import require
from intercity.cities.models import City
from intercity.letters import actions
from intercity.letters.bouncing import in_words
from intercity.letters.kinds import KINDS, TOPICS
from intercity.letters.marks import mark_of
from intercity.letters.models import Bounce, Letter, Silence
from intercity.letters.recipients import WHO

MOST = 100


@dataclass(frozen=True)
class Returned:
    """A mailbox that did not take letters, the last of them, and how many."""

    last: Bounce
    number: int

    @property
    def whose(self) -> Any:
        """Whose mailbox it is, in words; empty where only the city says it."""
        return WHO.get(self.last.to, "")

    @property
    def why(self) -> str:
        """What the mail server said, in words."""
        return in_words(self.last.status)

    @property
    def kind(self) -> Any:
        """What the letter was."""
        known = KINDS.get(self.last.letter.kind)
        return known.label if known else self.last.letter.kind

    @property
    def is_changed(self) -> bool:
        """Whether the city's office has another mailbox by now."""
        city = self.last.city
        return self.last.to == "city" and city is not None and mark_of(city.mailbox) != self.last.mark


@require_safe
@login_required
def bounces(request: HttpRequest) -> HttpResponse:
    """Which mailboxes did not take letters, which letters wait, and which offices want none."""
    require(request.user, Role.SECRETARIAT)
    waiting = Letter.objects.filter(sent_at=None, silenced_at=None).exclude(error="").select_related("city")
    shown = {
        "returned": _returned(),
        "waiting": [(one, KINDS[one.kind].label if one.kind in KINDS else one.kind) for one in waiting[:MOST]],
        "silent": _silent(),
    }
    return render(request, "letters/bounces.html", shown)


def _returned() -> list[Returned]:
    rows = Bounce.objects.unsettled().order_by().values("mark").annotate(last=Max("pk"), number=Count("pk"))
    numbers = {row["last"]: row["number"] for row in rows.order_by("-last")[:MOST]}
    found = Bounce.objects.filter(pk__in=numbers).select_related("letter", "city").prefetch_related("city__names")
    return [Returned(one, numbers[one.pk]) for one in found]


def _silent() -> list[tuple[City, list[Any]]]:
    """Offices that want no letters about a topic; who else wants none is not known by name."""
    topics: dict[str, list[Any]] = {}
    for one in Silence.objects.order_by("topic"):
        topics.setdefault(one.mark, []).append(TOPICS.get(one.topic, one.topic))
    cities = City.objects.members().exclude(mailbox="").prefetch_related("names") if topics else []
    return [(city, topics[mark_of(city.mailbox)]) for city in cities if mark_of(city.mailbox) in topics]


@login_required
@require_POST
def write_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that a mailbox works again."""
    require(request.user, Role.SECRETARIAT)
    number = actions.write_again(request.user, get_object_or_404(Bounce, pk=pk))
    said = ngettext(
        "The next letter goes to this mailbox again. %(number)d letter had come back.",
        "The next letter goes to this mailbox again. %(number)d letters had come back.",
        number,
    )
    messages.success(request, said % {"number": number} if number else _("This was said already."))
    return redirect("bounces")
