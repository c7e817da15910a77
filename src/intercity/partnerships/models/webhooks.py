"""Programs of others that are told when something happens; each delivery is signed, retried and logged."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WebhookEvent(models.TextChoices):
    """What a program can be told of."""

    COMMITMENT_MADE = "commitment.made", _("a new commitment")
    COMMITMENT_CHANGED = "commitment.changed", _("another state of a commitment")
    AGREEMENT_CHANGED = "agreement.changed", _("a new agreement, or another state of one")
    POSTING_OPENED = "posting.opened", _("a new need or offer")
    MATCH_FOUND = "match.found", _("a need and an offer that suit each other")
    INTRODUCTION_MADE = "introduction.made", _("an introduction that was made")


class Webhook(models.Model):
    """An address that is told. `secret` signs what is sent; it is shown once, when it is made."""

    address = models.URLField(_("address"), max_length=500)
    events = models.JSONField(_("what it is told"), default=list)
    secret = models.CharField(max_length=100)
    note = models.CharField(_("what for"), max_length=200, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("webhook")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class Delivery(models.Model):
    """One thing that one webhook is told: written in the transaction of the action, delivered by a duty, kept."""

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    key = models.CharField(max_length=100)
    event = models.CharField(max_length=30, choices=WebhookEvent.choices)
    body = models.JSONField()
    tries = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True)
    error = models.CharField(max_length=100, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    claimed_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delivery to a webhook")
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["webhook", "key"], name="told_once")]
        indexes: ClassVar = [
            models.Index("due_at", condition=Q(delivered_at=None, given_up_at=None), name="deliveries_to_be_made")
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.key}"
