"""Who wants no letters of a kind."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Silence(models.Model):
    """Somebody wants no letters about a topic. `mark` is made of the address with this installation's secret."""

    mark = models.CharField(max_length=64)
    topic = models.CharField(max_length=20)
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("wish for no letters")
        constraints: ClassVar = [models.UniqueConstraint(fields=["mark", "topic"], name="one_silence_about_a_topic")]

    def __str__(self) -> str:
        return f"{self.topic} {self.mark[:8]}"
