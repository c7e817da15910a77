"""Two cities are made known to each other, when both want it; and are asked later what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import Visitor, has_role
from intercity.cities.models import City
from intercity.cities.rights import writable_cities
from intercity.events.models import Event
from intercity.languages.models import Text
from intercity.partnerships.models.postings import Posting


class IntroductionState(models.TextChoices):
    """How far it is."""

    PROPOSED = "proposed", _("waits for both to say yes")
    MADE = "made", _("made: both said yes")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Introductions(models.QuerySet["Introduction"]):
    """Questions about introductions."""

    def made(self) -> Introductions:
        """Those to which both said yes."""
        return self.filter(state=IntroductionState.MADE)

    def visible_to(self, person: Visitor) -> Introductions:
        """Those that were made; proposals and what became of them for their two sides and the secretariat only."""
        if has_role(person, Role.SECRETARIAT):
            return self.all()
        own = writable_cities(person).values("pk") if isinstance(person, Person) else []
        return self.filter(Q(state=IntroductionState.MADE) | Q(one__in=own) | Q(other__in=own))

    def of(self, city: City) -> Introductions:
        """Those of a city, on either side."""
        return self.filter(Q(one=city) | Q(other=city))

    def with_words(self) -> Introductions:
        """With both cities, both postings, texts and translations."""
        return self.select_related(
            "one", "other", "need__title", "offer__title", "why", "one_gives", "other_gives"
        ).prefetch_related(
            "one__names", "other__names", "why__translations", "one_gives__translations",
            "other_gives__translations", "need__title__translations", "offer__title__translations",
            "outcomes__city__names",
        )  # fmt: skip


class Introduction(models.Model):
    """Two cities are introduced. Whoever proposes for `one` has said yes for it; only the other says yes for itself.

    `one_gives` and `other_gives` say what each side brings, so that learning does not flow one way only. Contacts are
    shown to both when both said yes, not before. `need` and `offer` are what it began with, where it did.
    """

    one = models.ForeignKey(City, models.PROTECT, related_name="introductions_as_one")
    other = models.ForeignKey(City, models.PROTECT, related_name="introductions_as_other")
    need = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="introductions_as_need")
    offer = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="introductions_as_offer")
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="introductions")
    why = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("why"))
    one_gives = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+")
    other_gives = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=IntroductionState.choices, default=IntroductionState.PROPOSED
    )
    one_yes_at = models.DateTimeField(null=True)
    one_yes_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    other_yes_at = models.DateTimeField(null=True)
    other_yes_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(_("made"), null=True)
    ended_why = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    objects = Introductions.as_manager()

    class Meta:
        verbose_name = _("introduction")
        ordering: ClassVar = ["-proposed_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="nobody_is_introduced_to_themselves"),
            models.CheckConstraint(
                condition=~Q(state="made")
                | Q(one_yes_at__isnull=False, other_yes_at__isnull=False, made_at__isnull=False),
                name="an_introduction_needs_both",
            ),
            models.UniqueConstraint(
                fields=["one", "other", "need", "offer"],
                condition=Q(state="proposed", need__isnull=False, offer__isnull=False),
                name="proposed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other}"


class OutcomeAnswer(models.TextChoices):
    """What came of it, so far."""

    AGREED = "agreed", _("we agreed on something")
    TALKING = "talking", _("we are talking")
    NOTHING = "nothing", _("nothing yet")
    NO_CONTACT = "no_contact", _("we did not reach each other")
    OVER = "over", _("it is over")


class Outcome(models.Model):
    """What one side said after 3, 6 or 12 months; `by_link` where a signed link of a letter answered."""

    introduction = models.ForeignKey(Introduction, models.CASCADE, related_name="outcomes")
    city = models.ForeignKey(City, models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    answer = models.CharField(_("what came of it"), max_length=12, choices=OutcomeAnswer.choices)
    note = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+")
    by_link = models.BooleanField(default=False)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("outcome of an introduction")
        ordering: ClassVar = ["months", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["introduction", "city", "months"], name="one_outcome_of_each_side"),
            models.CheckConstraint(condition=Q(months__in=[3, 6, 12]), name="asked_after_3_6_12_months"),
        ]

    def __str__(self) -> str:
        return f"{self.introduction} {self.months} {self.answer}"
