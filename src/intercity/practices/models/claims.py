"""Numbers that somebody reports: who says so, from which source, when. Claims that conflict stand side by side."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Confidence(models.TextChoices):
    """How firm an amount is."""

    AUDITED = "audited", _("audited")
    BUDGET = "budget", _("from a budget")
    REPORTED = "reported", _("as reported, not checked")
    ESTIMATE = "estimate", _("an estimate")


class CostKind(models.TextChoices):
    """Once, or every year."""

    CAPITAL = "capital", _("once, to set it up")
    RUNNING = "running", _("every year, to run it")


class Claim(models.Model):
    """What every number carries: who claims it, the source, the date. No number is kept without them."""

    claimed_by = models.CharField(_("who says so"), max_length=200)
    source = models.CharField(
        _("source"), max_length=500, help_text=_("An address, or a document that can be asked for.")
    )
    claimed_on = models.CharField(
        _("when it was said"), max_length=10, help_text=_("A year, a month or a day: 2024, 2024-05.")
    )

    class Meta:
        abstract = True


def _of_one(name: str) -> models.CheckConstraint:
    """Of a practice or of an adoption, not of both and not of none."""
    return models.CheckConstraint(
        condition=Q(practice__isnull=False, adoption__isnull=True) | Q(practice__isnull=True, adoption__isnull=False),
        name=name,
    )


class Cost(Claim):
    """An amount of money that a practice or an adoption cost, in the currency and of the year of the source."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, null=True, related_name="costs")
    adoption = models.ForeignKey("practices.Adoption", models.CASCADE, null=True, related_name="costs")
    kind = models.CharField(_("kind of cost"), max_length=10, choices=CostKind.choices)
    amount = models.DecimalField(_("amount"), max_digits=20, decimal_places=2)
    currency = models.CharField(_("currency"), max_length=3)
    year = models.PositiveSmallIntegerField(_("prices of the year"), null=True, blank=True)
    basis = models.CharField(_("what is counted"), max_length=300, blank=True)
    confidence = models.CharField(
        _("how firm"), max_length=10, choices=Confidence.choices, default=Confidence.REPORTED
    )

    class Meta:
        verbose_name = _("cost")
        ordering: ClassVar = ["kind", "pk"]
        constraints: ClassVar = [
            _of_one("cost_is_of_a_practice_or_an_adoption"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="cost_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"


class Method(models.TextChoices):
    """How a result was found, from which the evidence level follows."""

    TOLD = "told", _("told, not measured")
    AFTER = "after", _("counted afterwards")
    BEFORE_AFTER = "before_after", _("compared with before")
    COMPARISON = "comparison", _("compared with a group or place without it")
    INDEPENDENT = "independent", _("evaluated by somebody independent")


class Result(Claim):
    """A result as somebody claims it: what was measured, before and after, how."""

    practice = models.ForeignKey("practices.Practice", models.CASCADE, null=True, related_name="results")
    adoption = models.ForeignKey("practices.Adoption", models.CASCADE, null=True, related_name="results")
    indicator = models.CharField(_("what was measured"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60, blank=True)
    baseline = models.CharField(_("before"), max_length=60, blank=True)
    value = models.CharField(_("value"), max_length=60)
    measured_on = models.CharField(_("when it was measured"), max_length=10, blank=True)
    method = models.CharField(_("how it was found"), max_length=15, choices=Method.choices, default=Method.TOLD)

    class Meta:
        verbose_name = _("result")
        ordering: ClassVar = ["indicator", "pk"]
        constraints: ClassVar = [_of_one("result_is_of_a_practice_or_an_adoption")]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
