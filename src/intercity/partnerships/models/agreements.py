"""What was signed with whom: why, since when, until when, and honestly whether it lives."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intercity.cities.models import City
from intercity.events.models import Event
from intercity.languages.models import Text


class AgreementKind(models.TextChoices):
    """What kind of paper it is."""

    SISTER = "sister", _("Sister cities")
    MEMORANDUM = "memorandum", _("Memorandum of understanding")
    PROJECT = "project", _("Project paper")
    DECLARATION = "declaration", _("Declaration of several parties")


class AgreementState(models.TextChoices):
    """Whether it lives; a dead one is better said than left standing."""

    ACTIVE = "active", pgettext_lazy("agreement", "active")
    DORMANT = "dormant", _("dormant")
    ENDED = "ended", pgettext_lazy("agreement", "ended")


class Agreements(models.QuerySet["Agreement"]):
    """Questions about agreements."""

    def with_words(self) -> Agreements:
        """With texts, translations, parties, and how many commitments each has (`commitments_count`)."""
        return (
            self.select_related("title", "why", "event")
            .prefetch_related("title__translations", "why__translations", "parties__city__names", "documents")
            .annotate(commitments_count=Count("commitments", distinct=True))
        )

    def of(self, *cities: City) -> Agreements:
        """Those to which all of these cities are parties."""
        found = self
        for city in cities:
            found = found.filter(pk__in=AgreementParty.objects.filter(city=city).values("agreement"))
        return found

    def to_review(self) -> Agreements:
        """Those not ended whose review date has come."""
        return self.exclude(state=AgreementState.ENDED).filter(review_on__lte=timezone.localdate())


class Agreement(models.Model):
    """An agreement between parties. One without any commitment is labelled a declaration, whatever its kind.

    `signed_on` is a day, month or year of the Extended Date/Time Format; empty where it is not known.
    `version` counts changes, so that an old page overwrites nobody. `is_simulated`: the demonstration made it up.
    """

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=AgreementKind.choices)
    title = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("title"))
    why = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+", verbose_name=_("why it was made"))
    signed_on = models.CharField(_("signed on"), max_length=10, blank=True)
    review_on = models.DateField(_("to be looked at again on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=AgreementState.choices, default=AgreementState.ACTIVE)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="agreements")
    source = models.CharField(_("source"), max_length=500, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = Agreements.as_manager()

    class Meta:
        verbose_name = _("agreement")
        ordering: ClassVar = ["-signed_on", "-pk"]

    def __str__(self) -> str:
        return self.slug


class AgreementParty(models.Model):
    """A party: a member of the network, or somebody else by name."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="agreement_parties")
    name = models.CharField(_("name"), max_length=200, blank=True)
    signed_as = models.CharField(_("signed by (a role)"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("party of an agreement")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agreement", "city"], condition=Q(city__isnull=False), name="a_city_is_a_party_once"
            ),
            models.CheckConstraint(condition=Q(city__isnull=False) | ~Q(name=""), name="a_party_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.agreement} {self.city or self.name}"


class AgreementDocument(models.Model):
    """Where a paper can be read; the paper itself stays where it is."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="documents")
    title = models.CharField(_("title"), max_length=200)
    address = models.URLField(_("address"), max_length=500)
    language = models.CharField(_("language"), max_length=20, blank=True)
    kilobytes = models.PositiveIntegerField(_("size in KB"), null=True, blank=True)

    class Meta:
        verbose_name = _("document of an agreement")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.title


class AgreementStep(models.Model):
    """What happened to an agreement, in order; `document` is how it stood after it. Nothing is deleted."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=20)
    document = models.JSONField(default=dict)
    reason = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_as = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of an agreement")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.agreement} {self.what}"
