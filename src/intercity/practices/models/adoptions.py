"""Who took a practice from whom, what they kept and changed, and whether the adopting city says that it is so."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
from intercity.practices.models.practices import Practice


class AdoptionStage(models.TextChoices):
    """How far a city has come with what it took from another."""

    INTERESTED = "interested", _("interested")
    ASSESSING = "assessing", _("finding out whether it fits")
    ADAPTING = "adapting", _("planning what to keep and change")
    PILOTING = "piloting", _("trying it")
    RUNNING = "running", _("running")
    STOPPED = "stopped", _("stopped")


DONE = (AdoptionStage.PILOTING, AdoptionStage.RUNNING, AdoptionStage.STOPPED)
"""Stages in which something was done, so that there is something to confirm."""


class PartKind(models.TextChoices):
    """What became of a part of the practice."""

    KEPT = "kept", _("kept")
    CHANGED = "changed", _("changed")
    DROPPED = "dropped", _("dropped")


class StepKind(models.TextChoices):
    """What happened to an adoption."""

    WANTED = "wanted", _("wants to try it")
    MOVED = "moved", _("came to another stage")
    NOTED = "noted", _("wrote a note")
    PARTS = "parts", _("said what is kept, changed and dropped")
    CLAIMED = "claimed", _("told a cost or a result")
    UNCLAIMED = "unclaimed", _("took a cost or a result back")
    # Translators: the adopting city says that what is written about the adoption is so.
    CONFIRMED = "confirmed", _("confirmed")
    TAKEN_BACK = "taken_back", _("took the confirmation back")
    LAPSED = "lapsed", _("has to be confirmed anew, since somebody else changed it")


class Adoptions(models.QuerySet["Adoption"]):
    """Questions about adoptions."""

    def confirmed(self) -> Adoptions:
        """Those of which the adopting city itself says that they run or are tried."""
        return self.filter(confirmed_at__isnull=False, stage__in=DONE)

    def with_places(self) -> Adoptions:
        """With the practice and both cities."""
        return self.select_related("practice", "to_city", "from_city").prefetch_related("to_city__names", "parts")


class Adoption(models.Model):
    """A city takes a practice over. `from_city` is empty where it is of no member. Only `to_city` confirms.

    `is_simulated` is true where the demonstration made it up: no city said this.
    """

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="adoptions")
    from_city = models.ForeignKey(City, models.PROTECT, null=True, related_name="given")
    to_city = models.ForeignKey(City, models.PROTECT, related_name="taken")
    stage = models.CharField(
        _("stage"), max_length=12, choices=AdoptionStage.choices, default=AdoptionStage.INTERESTED
    )
    began_on = models.DateField(_("since"), default=timezone.localdate)
    why = models.CharField(_("why"), max_length=1000, blank=True)
    why_language = models.CharField(max_length=20, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed by the adopting city"), null=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = Adoptions.as_manager()

    class Meta:
        verbose_name = _("adoption")
        ordering: ClassVar = ["-began_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "to_city"], name="a_city_adopts_a_practice_once"),
            models.CheckConstraint(
                condition=Q(from_city__isnull=True) | ~Q(from_city=F("to_city")), name="nobody_adopts_from_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.practice} → {self.to_city}"

    @property
    def is_confirmed(self) -> bool:
        """Whether the adopting city itself says that it runs or is tried."""
        return self.confirmed_at is not None and self.stage in DONE


class AdoptionPart(models.Model):
    """A part of the practice that the adopting city kept, changed or dropped, and why."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10, choices=PartKind.choices)
    part = models.CharField(_("part"), max_length=300)
    why = models.CharField(_("why"), max_length=500, blank=True)
    language = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("part of an adoption")
        ordering: ClassVar = ["kind", "pk"]

    def __str__(self) -> str:
        return f"{self.kind}: {self.part[:60]}"


class AdoptionStep(models.Model):
    """What happened to an adoption, in order; nothing is deleted: `document` is how the adoption stood after it."""

    adoption = models.ForeignKey(Adoption, models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=12, choices=AdoptionStage.choices)
    what = models.CharField(max_length=20, choices=StepKind.choices)
    document = models.JSONField(default=dict)
    note = models.CharField(_("note"), max_length=500, blank=True)
    language = models.CharField(max_length=20, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of an adoption")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.adoption} {self.what}"
