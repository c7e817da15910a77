"""Sending what webhooks are told: signed, retried, and given up after a while.

Signed as Standard Webhooks says (github.com/standard-webhooks/standard-webhooks): `webhook-id`, `webhook-timestamp`
and `webhook-signature`, which is HMAC-SHA256 of "id.timestamp.body". A delivery is claimed by a conditional UPDATE.
What was sent by a worker that died before it could say so is sent again, with the same id, by which whoever receives
it knows it again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import httpx
from django.db.models import F, Q
from django.utils import timezone

from intercity import __version__
from intercity.partnerships.addresses import reachable
from intercity.partnerships.models import Delivery

log = logging.getLogger("intercity.partnerships")
CLAIM = timedelta(minutes=2)
SECONDS = 10.0
"""How long one delivery may take."""
AFTER = (5, 300, 1_800, 7_200, 18_000, 36_000, 36_000)
"""Seconds until the next try after each failure; after the last one it is given up, and the log says so."""
A_TURN = 50


def deliver() -> int:
    """Send what is due; returns how much arrived."""
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    due = Delivery.objects.filter(free, delivered_at=None, given_up_at=None, due_at__lte=now, webhook__is_active=True)
    return sum(_deliver(key) for key in due.order_by("due_at", "pk").values_list("pk", flat=True)[:A_TURN])


def _deliver(key: int) -> bool:
    now = timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    mine = Delivery.objects.filter(free, pk=key, delivered_at=None, given_up_at=None)
    if not mine.update(claimed_until=now + CLAIM, tries=F("tries") + 1):
        return False
    delivery = Delivery.objects.select_related("webhook").get(pk=key)
    status, error = _post(delivery)
    if status is not None and 200 <= status < 300:
        Delivery.objects.filter(pk=key).update(
            delivered_at=timezone.now(), status=status, error="", claimed_until=None
        )
        return True
    _failed(delivery, status, error or f"HTTP {status}")
    return False


def _failed(delivery: Delivery, status: int | None, error: str) -> None:
    now = timezone.now()
    over = delivery.tries > len(AFTER)
    wait = AFTER[min(delivery.tries, len(AFTER)) - 1]
    Delivery.objects.filter(pk=delivery.pk).update(
        status=status,
        error=error[:100],
        claimed_until=None,
        due_at=now + timedelta(seconds=wait),
        given_up_at=now if over else None,
    )
    log.warning("webhook %d was not told (%s), try %d", delivery.webhook_id, error[:100], delivery.tries)


def _post(delivery: Delivery) -> tuple[int | None, str]:
    """Status of the answer, or what kept it from coming; no words of the other side are kept."""
    body = json.dumps(delivery.body, ensure_ascii=False, separators=(",", ":")).encode()
    address, headers, extensions = delivery.webhook.address, signed_headers(delivery, body), {}
    try:
        parts = urlsplit(address)
        number = reachable(address)
        host = f"[{number}]" if ":" in number else number
        target = urlunsplit(
            (parts.scheme, f"{host}:{parts.port}" if parts.port else host, parts.path, parts.query, "")
        )
        headers["Host"] = parts.netloc
        if parts.scheme == "https":
            extensions["sni_hostname"] = parts.hostname
        # No environment: a proxy of the operator would be asked for whatever address somebody typed.
        with httpx.Client(timeout=SECONDS, follow_redirects=False, trust_env=False) as client:
            request = client.build_request("POST", target, content=body, headers=headers, extensions=extensions)
            answer = client.send(request, stream=True)
            answer.close()
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        return None, type(error).__name__
    return answer.status_code, ""


def signed_headers(delivery: Delivery, body: bytes) -> dict[str, Any]:
    """The headers by which a receiver knows who sent this, when, and that it came whole."""
    number, at = f"msg_{delivery.pk}", int(timezone.now().timestamp())
    secret = base64.b64decode(delivery.webhook.secret.removeprefix("whsec_"))
    mark = hmac.new(secret, f"{number}.{at}.".encode() + body, hashlib.sha256).digest()
    return {
        "Content-Type": "application/json",
        "User-Agent": f"Intercity/{__version__}",
        "webhook-id": number,
        "webhook-timestamp": str(at),
        "webhook-signature": f"v1,{base64.b64encode(mark).decode()}",
    }
