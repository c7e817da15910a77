"""Which programs of others are told; only the secretariat says so."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, require
from intercity.audit.record import record
from intercity.partnerships.addresses import checked_address
from intercity.partnerships.models import Delivery, Webhook, WebhookEvent
from intercity.practices.actions.checking import line_of
from intercity.refusals import RefusedError

MOST = 20
"""Webhooks of one installation; each costs a row for everything that happens."""


def add_webhook(person: Visitor, address: str, events: Iterable[str], note: str = "") -> tuple[Webhook, str]:
    """Tell a program from now on; returns it with its secret, which is shown once."""
    author = require(person, Role.SECRETARIAT)
    target, wanted = checked_address(address), sorted(set(events))
    what_for = line_of("note", note, 200)
    if not wanted or not set(wanted) <= set(WebhookEvent.values):
        raise RefusedError(_("Choose at least one thing that it is told of."), "events")
    secret = f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
    with transaction.atomic():
        if Webhook.objects.count() >= MOST:
            raise RefusedError(
                _("There are %(most)d webhooks already, which is the most. Remove one first.") % {"most": MOST}
            )
        made = Webhook.objects.create(address=target, events=wanted, secret=secret, note=what_for, made_by=author)
        record(author, "webhook.added", made, host=urlsplit(target).hostname or "", events=wanted)
    return made, secret


def pause_webhook(person: Visitor, webhook: Webhook, *, is_active: bool) -> Webhook:
    """Tell it nothing for a while, or go on; what happened meanwhile is not told later."""
    author = require(person, Role.SECRETARIAT)
    with transaction.atomic():
        found = Webhook.objects.select_for_update().get(pk=webhook.pk)
        if found.is_active != is_active:
            found.is_active = is_active
            found.save(update_fields=["is_active"])
            record(author, "webhook.resumed" if is_active else "webhook.paused", found)
    webhook.refresh_from_db()
    return webhook


def remove_webhook(person: Visitor, webhook: Webhook) -> None:
    """Tell it nothing any more; its log goes with it, the record keeps that it was there."""
    author = require(person, Role.SECRETARIAT)
    with transaction.atomic():
        record(author, "webhook.removed", webhook, host=urlsplit(webhook.address).hostname or "")
        webhook.delete()


def try_again(person: Visitor, delivery: Delivery) -> Delivery:
    """Send once more what did not arrive, now."""
    author = require(person, Role.SECRETARIAT)
    with transaction.atomic():
        found = Delivery.objects.select_for_update().get(pk=delivery.pk)
        if found.delivered_at is not None:
            raise RefusedError(_("This has arrived already."))
        found.due_at, found.given_up_at, found.tries = timezone.now(), None, 0
        found.save(update_fields=["due_at", "given_up_at", "tries"])
        record(author, "webhook.tried_again", found.webhook, delivery=found.pk)
    delivery.refresh_from_db()
    return delivery
