"""What ties two cities together: a flight, a bus, a ferry, a border, a port. Each is a claim with a date."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.cities.models.places import City

FRESH = timedelta(days=365)
"""A tie that nobody has confirmed for a year is shown as perhaps no longer there."""


class TieKind(models.TextChoices):
    """By what two cities are tied."""

    FLIGHT = "flight", _("direct flight")
    TRAIN = "train", _("train")
    BUS = "bus", _("bus")
    SHIP = "ship", _("ship or ferry")
    BORDER = "border", _("common border crossing")
    OTHER = "other", _("something else")


class TieStanding(models.TextChoices):
    """Whether a tie is there, as far as anybody knows."""

    # Translators: a flight, a train or a common border is there: somebody said or confirmed it within a year.
    THERE = "there", _("there")
    # Translators: a flight, a train or a common border may be gone: nobody has confirmed it for a year.
    STALE = "stale", _("perhaps no longer there")
    # Translators: one city says that a flight, a train or a common border is there, the other that it is not.
    DISPUTED = "disputed", _("the cities differ")
    ENDED = "ended", _("no longer there")


class Ties(models.QuerySet["Tie"]):
    """Questions about ties."""

    def of(self, city: City) -> Ties:
        """Those of a city, in either direction."""
        return self.filter(Q(one=city) | Q(other=city))

    def with_words(self) -> Ties:
        """With both cities, their names, and what they said."""
        return self.select_related("one", "other").prefetch_related(
            "one__names", "other__names", "confirmations__city__names"
        )


class Tie(models.Model):
    """A tie between two members, as somebody claims it. `as_of` is the day for which the source says so."""

    one = models.ForeignKey(City, models.CASCADE, related_name="ties_as_one")
    other = models.ForeignKey(City, models.CASCADE, related_name="ties_as_other")
    kind = models.CharField(_("kind"), max_length=10, choices=TieKind.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    claimed_by = models.CharField(_("who says so"), max_length=200)
    source = models.CharField(_("source"), max_length=500)
    as_of = models.DateField(_("as of"))
    ended_on = models.DateField(_("no longer, as of"), null=True, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = Ties.as_manager()

    class Meta:
        verbose_name = _("tie between cities")
        ordering: ClassVar = ["kind", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="a_tie_is_between_two"),
            models.UniqueConstraint(fields=["one", "other", "kind", "note"], name="a_tie_once"),
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other} {self.kind}"

    def is_fresh(self, today: date | None = None) -> bool:
        """Whether it was said or confirmed within a year. Uses prefetched confirmations where there are any."""
        days = [self.as_of, *(one.confirmed_on for one in self.confirmations.all() if one.is_so)]
        return max(days) >= (today or timezone.localdate()) - FRESH

    def words(self) -> dict[int, TieConfirmation]:
        """What each of the two cities said last, by its key. Uses prefetched confirmations where there are any."""
        return {one.city_id: one for one in sorted(self.confirmations.all(), key=lambda said: said.pk)}

    @property
    def standing(self) -> TieStanding:
        """Whether it is there today: the last word of each city counts, then how old the newest word is."""
        said = {one.is_so for one in self.words().values()}
        if said == {True, False}:
            return TieStanding.DISPUTED
        if said == {False}:
            return TieStanding.ENDED
        return TieStanding.THERE if self.is_fresh() else TieStanding.STALE


class TieConfirmation(models.Model):
    """What one of the two cities says of a tie: that it is still there, or not."""

    tie = models.ForeignKey(Tie, models.CASCADE, related_name="confirmations")
    city = models.ForeignKey(City, models.CASCADE, related_name="+")
    is_so = models.BooleanField()
    confirmed_on = models.DateField(default=timezone.localdate)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("confirmation of a tie")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.tie} {self.is_so}"
