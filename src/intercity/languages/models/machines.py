"""What machines are asked to translate, what they said, and which of them the network lets read its words."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.languages.models.texts import Text


class Consent(models.Model):
    """The network lets an engine that leaves this platform read public texts; withdrawn, the row stays as history."""

    engine = models.CharField(_("engine"), max_length=60)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("consent to an engine")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["engine"], condition=models.Q(withdrawn_at=None), name="one_consent_to_an_engine"
            )
        ]

    def __str__(self) -> str:
        return self.engine


class TranslationTask(models.Model):
    """A text that a machine is to translate, or could not yet; done, the row is deleted."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="+")
    text_version = models.PositiveIntegerField()
    language = models.CharField(max_length=20)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    claimed_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("translation to be made")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "language"], name="one_task_for_a_text_and_language")
        ]

    def __str__(self) -> str:
        return f"{self.text} → {self.language}"


class MachineAnswer(models.Model):
    """What a machine made of some words, so that it is asked for the same only once.

    `key` is the SHA-256 of the words, both languages, the engine, its model and the terms it was given.
    """

    key = models.CharField(max_length=64, unique=True)
    body = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer of a machine")

    def __str__(self) -> str:
        return self.body[:60]
