"""Trade tables at an event: a city sits at a table, others come for twenty minutes each."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
from intercity.events.models import Event
from intercity.partnerships.models.postings import Posting

SLOT = timedelta(minutes=20)
"""How long a conversation at a table takes."""


class TradeTable(models.Model):
    """The table of a city at an event, open from `starts_at` to `ends_at`, with the need or offer it is about."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="tables")
    city = models.ForeignKey(City, models.PROTECT, related_name="tables")
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="tables")
    name = models.CharField(_("where it stands"), max_length=100, blank=True)
    starts_at = models.DateTimeField(_("open from"))
    ends_at = models.DateTimeField(_("open until"))

    class Meta:
        verbose_name = _("trade table")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["event", "city"], name="one_table_of_a_city")]

    def __str__(self) -> str:
        return f"{self.event} {self.city}"


class Slot(models.Model):
    """Twenty minutes at a table. A place is taken once, and nobody sits at two tables at once."""

    table = models.ForeignKey(TradeTable, models.CASCADE, related_name="slots")
    event = models.ForeignKey(Event, models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    city = models.ForeignKey(City, models.PROTECT, related_name="slots", verbose_name=_("who comes"))
    booked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    booked_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("twenty minutes at a table")
        ordering: ClassVar = ["starts_at", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["table", "starts_at"], name="a_slot_is_taken_once"),
            models.UniqueConstraint(fields=["event", "city", "starts_at"], name="nobody_sits_at_two_tables"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.starts_at:%H:%M}"
