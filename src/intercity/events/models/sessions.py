"""The agenda of an event, and who takes part in which role."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
from intercity.events.models.events import Event
from intercity.languages.models import Text


class Session(models.Model):
    """A part of the agenda, in a room, at an hour."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="sessions")
    title = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("title"))
    starts_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    room = models.CharField(_("room"), max_length=200, blank=True)
    speakers = models.CharField(_("who speaks (roles)"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("session")
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="a_session_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.starts_at:%Y-%m-%d %H:%M}"


class Participation(models.Model):
    """A city or another party takes part. `role` says as what; a person is named only where a source names them."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="participations")
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="participations")
    name = models.CharField(_("name of the party"), max_length=200, blank=True)
    role = models.CharField(_("as what"), max_length=200, blank=True)
    represented_by = models.CharField(_("represented by"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("participation")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["event", "city"], condition=Q(city__isnull=False), name="a_city_takes_part_once"
            ),
            models.CheckConstraint(condition=Q(city__isnull=False) | ~Q(name=""), name="who_takes_part_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.city or self.name}"
