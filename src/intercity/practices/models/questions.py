"""A question from one city to those who did something; answered by a role, so that it outlives people."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
from intercity.languages.models import Text
from intercity.practices.models.practices import Practice


class DeclineReason(models.TextChoices):
    """Why those who did something do not answer a question about it; a short list, so that no is said politely."""

    NO_TIME = "no_time", _("Nobody here has the time for it now.")
    NOT_US = "not_us", _("Another office knows this; we do not.")
    UNKNOWN = "unknown", _("Nobody here knows any more.")
    TOLD = "told", _("The answer stands in the practice already.")
    UNCLEAR = "unclear", _("We did not understand it. Please ask again in other words.")
    NOT_PUBLIC = "not_public", _("We may not speak about this in public.")


class Questions(models.QuerySet["Question"]):
    """Questions about questions."""

    def waiting(self) -> Questions:
        """Those that nobody has answered or declined, oldest first."""
        return self.filter(answered_at=None, declined_at=None).order_by("asked_at")


class Question(models.Model):
    """Asked for a city about a practice. `reminded` counts letters sent to have it answered, at most one a week.

    `is_simulated` is true where the demonstration made it up: no city asked this.
    """

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="questions")
    from_city = models.ForeignKey(City, models.PROTECT, related_name="questions_asked")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    text = models.OneToOneField(Text, models.PROTECT, related_name="+")
    answer = models.OneToOneField(Text, models.PROTECT, null=True, related_name="+")
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    declined_because = models.CharField(_("why not"), max_length=12, choices=DeclineReason.choices, blank=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    next_letter_at = models.DateTimeField(default=timezone.now, db_index=True)

    objects = Questions.as_manager()

    class Meta:
        verbose_name = _("question about a practice")
        ordering: ClassVar = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.from_city} → {self.practice}"
