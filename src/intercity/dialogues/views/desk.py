"""What waits in dialogues for the person who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest
from django.utils import timezone

from intercity.accounts.models import Membership, Role
from intercity.accounts.rights import has_any_role, has_role
from intercity.cities.models import City
from intercity.dialogues.models import Dialogue, Dialogues, State, StatementState
from intercity.dialogues.views.keeping import may_invite


@dataclass(frozen=True)
class Due:
    """An answer that is waited for: how many days are left, negative once it is overdue."""

    dialogue: Dialogue
    days: int
    mine: bool

    @property
    def late(self) -> int:
        """How many days it is overdue."""
        return -self.days


def waiting_for(request: HttpRequest) -> dict[str, Any]:
    """What the dialogues give to a desk: drafts, statements to look at, answers due, open dialogues; own cities."""
    secretariat = has_role(request.user, Role.SECRETARIAT)
    seen = Dialogue.objects.visible_to(request.user).with_words()
    memberships = Membership.objects.current().filter(person__pk=request.user.pk or 0).select_related("city")
    context = {
        "secretariat": secretariat,
        "writes": has_any_role(request.user, Role.OFFICER, Role.SECRETARIAT),
        "memberships": memberships,
        "drafts": seen.filter(state=State.DRAFT) if secretariat else [],
        "to_moderate": _to_moderate(request, seen),
        "answers": _answers(request, seen, secretariat=secretariat),
        "running": _running(request, seen, secretariat=secretariat),
        "own_cities": City.objects.filter(memberships__in=memberships).distinct().order_by("name"),
    }
    names = ("drafts", "to_moderate", "answers", "running")
    context["nothing"] = not any(context[name] for name in names)
    return context


def _to_moderate(request: HttpRequest, seen: Dialogues) -> list[Any]:
    """Dialogues with statements that nobody has looked at, the most first."""
    waiting = Q(statements__state=StatementState.WAITING)
    unread = Q(statements__state=StatementState.PUBLISHED, statements__is_accepted=False)
    found = (
        seen.filter(is_imported=False)
        .annotate(waiting=Count("statements", filter=waiting), unread=Count("statements", filter=unread))
        .filter(Q(waiting__gt=0) | Q(unread__gt=0))
        .order_by("-waiting", "-unread")
    )
    return [dialogue for dialogue in found if dialogue.may_be_moderated_by(request.user)]


def _answers(request: HttpRequest, seen: Dialogues, *, secretariat: bool) -> list[Due]:
    """Closed dialogues that wait for this person or, for the secretariat, for anybody; the earliest first."""
    today = timezone.localdate()
    found = []
    for dialogue in seen.filter(state=State.CLOSED).order_by("answer_due"):
        mine = dialogue.may_be_answered_by(request.user)
        if (mine or secretariat) and dialogue.answer_due is not None:
            found.append(Due(dialogue, (dialogue.answer_due - today).days, mine))
    return found


def _running(request: HttpRequest, seen: Dialogues, *, secretariat: bool) -> list[Dialogue]:
    """Open dialogues that this person keeps in some way."""
    return [
        dialogue
        for dialogue in seen.filter(state=State.OPEN)
        if secretariat
        or dialogue.may_be_moderated_by(request.user)
        or dialogue.may_be_answered_by(request.user)
        or may_invite(request.user, dialogue)
    ]
