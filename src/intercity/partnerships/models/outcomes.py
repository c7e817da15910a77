"""What came of an event, besides the agreements, commitments and introductions that name it themselves."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.dialogues.models import Dialogue
from intercity.events.models import Event
from intercity.languages.models import Text


class EventOutcome(models.Model):
    """A dialogue that was opened, or a sentence about what came of it with its source: a claim like every number."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="outcomes")
    dialogue = models.ForeignKey(Dialogue, models.PROTECT, null=True, blank=True, related_name="+")
    text = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+")
    claimed_by = models.CharField(_("who says so"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("outcome of an event")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(dialogue__isnull=False) | (Q(text__isnull=False) & ~Q(claimed_by="") & ~Q(source="")),
                name="an_outcome_has_a_source",
            ),
            models.UniqueConstraint(
                fields=["event", "dialogue"], condition=Q(dialogue__isnull=False), name="a_dialogue_came_of_it_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.pk}"
