"""What machines are asked to translate, what they said, and which of them the network lets read its words."""

from __future__ import annotations

from datetime import datetime, timedelta
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


class TranslationTasks(models.QuerySet["TranslationTask"]):
    """Questions about what machines are asked to translate."""

    def due(self) -> TranslationTasks:
        """Whose time has come and whom nobody is at, the longest waiting first."""
        now = timezone.now()
        nobody = models.Q(claimed_until=None) | models.Q(claimed_until__lt=now)
        return self.filter(nobody, due_at__lte=now).select_related("text").order_by("due_at", "pk")

    def failed(self) -> TranslationTasks:
        """Tried without success, and to be tried again; `error` says why."""
        return self.exclude(error="").order_by("due_at", "pk")


class TranslationTask(models.Model):
    """A text that a machine is to translate, or could not yet; done, the row is deleted."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="+")
    text_version = models.PositiveIntegerField()
    language = models.CharField(max_length=20)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField(default=timezone.now, db_index=True)
    claimed_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)

    objects = TranslationTasks.as_manager()

    class Meta:
        verbose_name = _("translation to be made")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "language"], name="one_task_for_a_text_and_language")
        ]

    def __str__(self) -> str:
        return f"{self.text} → {self.language}"

    def _as_claimed(self) -> models.QuerySet[TranslationTask]:
        """This row, unless somebody else took it over or it is of other words by now."""
        return type(self)._default_manager.filter(
            pk=self.pk, text_version=self.text_version, claimed_until=self.claimed_until
        )

    def claim(self, time: timedelta) -> bool:
        """Take it for some time, unless another worker was faster."""
        until = timezone.now() + time
        if not self._as_claimed().update(claimed_until=until):
            return False
        self.claimed_until = until
        return True

    def finish(self) -> None:
        """Nothing is left to do."""
        self._as_claimed().delete()

    def put_off(self, until: datetime, error: str = "") -> None:
        """Give it back until then; with an error, that was an attempt."""
        attempts = min(self.attempts + bool(error), 1000)
        self._as_claimed().update(claimed_until=None, due_at=until, attempts=attempts, error=error[:300] or self.error)


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
