"""What is on, when and where; days are days of the place, and hours carry its timezone."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
from intercity.languages.models import Text


class EventKind(models.TextChoices):
    """What kind of event it is."""

    SUMMIT = "summit", _("Summit")
    MEETING = "meeting", _("Meeting")
    VISIT = "visit", _("Visit")
    FESTIVAL = "festival", _("Festival")
    TRADE = "trade", _("Trade tables")
    DEADLINE = "deadline", _("Deadline")


class EventState(models.TextChoices):
    """Whether everybody can read it, and whether it takes place."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    CANCELLED = "cancelled", _("Cancelled")


class Events(models.QuerySet["Event"]):
    """Questions about events."""

    def public(self) -> Events:
        """What everybody can read; what was cancelled says so."""
        return self.exclude(state=EventState.DRAFT)

    def coming(self, today: date | None = None) -> Events:
        """Public, on now or later, the next first."""
        return self.public().filter(ends_on__gte=today or localdate()).order_by("starts_on", "starts_at", "pk")

    def past(self, today: date | None = None) -> Events:
        """Public and over, the latest first."""
        return self.public().filter(ends_on__lt=today or localdate()).order_by("-starts_on", "-pk")

    def with_words(self) -> Events:
        """With their place, texts, translations and who takes part."""
        return self.select_related("city", "title", "about").prefetch_related(
            "city__names", "title__translations", "about__translations", "participations__city__names"
        )


class Event(models.Model):
    """An event. `starts_on` and `ends_on` are days at its place, both included; hours are given where they are known.

    `timezone` is that of the place ("Asia/Shanghai"). `city` is the member that hosts it; `place` names house and
    street, or the place where no member hosts it. `sequence` counts changes, for calendars that took it over.
    `concepts` are identifiers of the vocabulary of urban challenges: the themes by which it is found.
    """

    slug = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=EventKind.choices)
    state = models.CharField(_("state"), max_length=10, choices=EventState.choices, default=EventState.DRAFT)
    title = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("title"))
    about = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+", verbose_name=_("what it is about"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    starts_at = models.DateTimeField(_("begins at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    timezone = models.CharField(_("timezone"), max_length=60, default="UTC")
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="events")
    place = models.CharField(_("place"), max_length=300, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    concepts = models.JSONField(_("themes"), default=list, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)
    contact_role = models.CharField(_("whom to ask (a role)"), max_length=200, blank=True)
    contact_mailbox = models.EmailField(_("mailbox of that role"), blank=True)
    cancelled_why = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+")
    is_simulated = models.BooleanField(_("simulated"), default=False)
    sequence = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)

    objects = Events.as_manager()

    class Meta:
        verbose_name = _("event")
        ordering: ClassVar = ["-starts_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="an_event_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")), name="hours_of_an_event_in_order"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "ends_on"], name="events_by_end")]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_over(self) -> bool:
        """Whether it has ended."""
        if self.ends_at is not None:
            return self.ends_at < now()
        return self.ends_on < localdate()
