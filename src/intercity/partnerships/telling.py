"""Programs of others are told what happened. Written in the transaction of the action, so that nothing is told that
did not happen, and nothing that happened is forgotten; `delivering` sends it."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from intercity.partnerships.models import Delivery, Webhook, WebhookEvent


def tell(event: WebhookEvent, key: str, data: dict[str, Any]) -> None:
    """Tell every active webhook that asked for this, once for each `key`; to be called in the action's transaction.

    `data` is plain JSON of what is public, without mailboxes.
    """
    body = {"type": event.value, "timestamp": timezone.now().isoformat(timespec="seconds"), "data": data}
    wanted = [one for one in Webhook.objects.filter(is_active=True) if event in one.events]
    Delivery.objects.bulk_create(
        (Delivery(webhook=one, key=key, event=event, body=body) for one in wanted), ignore_conflicts=True
    )
