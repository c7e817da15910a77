"""How often something may be tried from one address: against guessing, without keeping who tried."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from intercity.accounts.models import Attempt

KEPT = timedelta(hours=24)


@dataclass(frozen=True)
class Limit:
    """So many times within so many seconds; `what` says what is limited, to the person who meets the limit."""

    most: int
    seconds: int
    what: str | Promise


LIMITS = {
    "code": Limit(10, 600, _("Typing codes that are not known")),
    # A village shares one address, and a hall full of people joins within minutes.
    "join": Limit(300, 3600, _("Joining dialogues")),
    "subscribe": Limit(10, 3600, _("Leaving an address or number")),
    "card": Limit(10, 600, _("Signing in by card")),
    "reply": Limit(10, 3600, _("Answering needs and offers")),
    "story": Limit(10, 3600, _("Sending in stories")),
    "complain": Limit(30, 3600, _("Saying that translations are wrong")),
}
"""What is limited; see the page for operators."""


def address(request: HttpRequest) -> str:
    """Where a request comes from. What a client says of itself counts only if a proxy of ours has added to it."""
    direct = str(request.META.get("REMOTE_ADDR", ""))
    if not settings.BEHIND_PROXY:
        return direct
    passed_on = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return passed_on[-1] if passed_on else direct


def allow(purpose: str, who: str) -> bool:
    """Count one attempt, and say whether it is allowed."""
    key, window = _key(who), _window(LIMITS[purpose])
    same = Attempt.objects.filter(purpose=purpose, key=key, window=window)
    with transaction.atomic():
        if not same.update(count=F("count") + 1):
            # Two first attempts together: one makes the row, the other finds it, both are counted.
            Attempt.objects.bulk_create([Attempt(purpose=purpose, key=key, window=window)], ignore_conflicts=True)
            same.update(count=F("count") + 1)
        count = same.values_list("count", flat=True).get()
    return count <= LIMITS[purpose].most


def is_used_up(purpose: str, who: str) -> bool:
    """Whether no attempt is left, without counting one: for what is counted only when it fails."""
    limit = LIMITS[purpose]
    return Attempt.objects.filter(
        purpose=purpose, key=_key(who), window=_window(limit), count__gte=limit.most
    ).exists()


def forget() -> int:
    """Delete what is older than a day; returns how much that was."""
    return Attempt.objects.filter(window__lt=timezone.now() - KEPT).delete()[0]


def refuse(request: HttpRequest, purpose: str) -> HttpResponse:
    """The page for somebody who tried too often: what is allowed, and when to try again."""
    limit = LIMITS[purpose]
    left = _window(limit) + timedelta(seconds=limit.seconds) - timezone.now()
    minutes = max(1, ceil(left.total_seconds() / 60))
    allowed = _("%(what)s: %(most)d times in %(minutes)d minutes are allowed from one connection.") % {
        "what": limit.what,
        "most": limit.most,
        "minutes": limit.seconds // 60,
    }
    again = ngettext("Try again in %(number)d minute.", "Try again in %(number)d minutes.", minutes)
    response = render(request, "429.html", {"allowed": allowed, "again": again % {"number": minutes}}, status=429)
    response.headers["Retry-After"] = str(minutes * 60)
    return response


def _key(who: str) -> str:
    """A name for an address, another every day. Of IPv6 the network counts: a household has it, not a device."""
    try:
        parsed = ip_address(who)
    except ValueError:
        named = who
    else:
        named = str(ip_network(f"{who}/64", strict=False)) if isinstance(parsed, IPv6Address) else who
    today = f"{settings.SECRET_KEY}\x00attempts\x00{timezone.now():%Y-%m-%d}"
    return hmac.new(today.encode(), named.encode(), "sha256").hexdigest()


def _window(limit: Limit) -> datetime:
    """When the current span of time began."""
    now = int(timezone.now().timestamp())
    return datetime.fromtimestamp(now - now % limit.seconds, UTC)
