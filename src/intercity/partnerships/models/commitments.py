"""What was promised, by whom, until when, is it kept, and who says so besides the one who promised."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intercity.cities.models import City
from intercity.dialogues.models import Answer
from intercity.events.models import Event
from intercity.languages.models import Text
from intercity.partnerships.models.agreements import Agreement
from intercity.partnerships.models.introductions import Introduction
from intercity.practices.models import Adoption


class CommitmentState(models.TextChoices):
    """What was said of it; whether it is late follows from the day."""

    OPEN = "open", _("open")
    REPORTED = "reported", _("reported as done, waits for confirmation")
    KEPT = "kept", pgettext_lazy("promise", "kept")
    DROPPED = "dropped", pgettext_lazy("promise", "dropped")


class Standing(models.TextChoices):
    """How a commitment is shown: what was said of it, and what the day makes of it."""

    OPEN = "open", _("open")
    CHANGED = "changed", _("changed, open")
    LATE = "late", _("late")
    REPORTED = "reported", _("said to be done, not yet confirmed")
    KEPT = "kept", _("kept on time")
    KEPT_LATE = "kept_late", _("kept, later than promised")
    DROPPED = "dropped", pgettext_lazy("promise", "dropped")


class ConfirmerKind(models.TextChoices):
    """Who confirms that it was done, besides the one who promised."""

    CITY = "city", _("a partner city")
    SECRETARIAT = "secretariat", _("the secretariat")
    RESIDENTS = "residents", _("a named group of residents")


def stands(standing: str, today: date | None = None) -> Q:
    """What is true of commitments that stand so today; `Commitment.standing` says the same of one."""
    late = Q(due_on__lt=today or timezone.localdate())
    in_time = Q(done_on__lte=F("first_due_on"))
    match standing:
        case Standing.LATE:
            return Q(state=CommitmentState.OPEN) & late
        case Standing.OPEN | Standing.CHANGED:
            return Q(state=CommitmentState.OPEN, is_changed=standing == Standing.CHANGED) & ~late
        case Standing.KEPT:
            return Q(state=CommitmentState.KEPT) & in_time
        case Standing.KEPT_LATE:
            return Q(state=CommitmentState.KEPT) & ~in_time
    return Q(state=standing)


class Commitments(models.QuerySet["Commitment"]):
    """Questions about commitments."""

    def stand(self, standing: str, today: date | None = None) -> Commitments:
        """Those that stand so today."""
        return self.filter(stands(standing, today))

    def open(self) -> Commitments:
        """Neither done nor dropped, nor said to be."""
        return self.filter(state=CommitmentState.OPEN)

    def late(self, today: date | None = None) -> Commitments:
        """Open after the day on which they are due."""
        return self.stand(Standing.LATE, today)

    def unsettled(self) -> Commitments:
        """Neither kept nor dropped."""
        return self.filter(state__in=[CommitmentState.OPEN, CommitmentState.REPORTED])

    def kept(self) -> Commitments:
        """Confirmed by a second party."""
        return self.filter(state=CommitmentState.KEPT)

    def with_words(self) -> Commitments:
        """With city, texts, translations and where they come from."""
        from_where = ("agreement__title", "event__title", "adoption", "introduction", "answer__statement")
        return self.select_related("city", "text", "known_by", "confirmer_city", *from_where).prefetch_related(
            "city__names", "text__translations", "known_by__translations", "confirmer_city__names"
        )


class Commitment(models.Model):
    """One sentence that somebody promised. `city` is empty where the network itself promised it.

    `number` is how people name it. `owner` is a role, not a person. `first_due_on` never changes; `due_on` does, with
    a reason in the history. "On time" means by `first_due_on`. `done_on` is the day on which it was done, as reported.
    It comes from at most one of: an answer, an agreement, an adoption, an introduction; and may come from an event.
    """

    number = models.PositiveIntegerField(unique=True)
    text = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("what is promised"))
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="commitments")
    owner = models.CharField(_("who does it (a role)"), max_length=200)
    mailbox = models.EmailField(_("mailbox of that role"), blank=True)
    promised_on = models.DateField(_("promised on"), default=timezone.localdate)
    first_due_on = models.DateField(_("first promised for"))
    due_on = models.DateField(_("due on"))
    known_by = models.ForeignKey(
        Text, models.PROTECT, null=True, related_name="+", verbose_name=_("how one will know")
    )
    confirmer = models.CharField(_("who confirms"), max_length=12, choices=ConfirmerKind.choices)
    confirmer_city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="+")
    confirmer_group = models.CharField(_("name of the group"), max_length=200, blank=True)
    confirmer_mailbox = models.EmailField(_("mailbox of the group"), blank=True)
    answer = models.OneToOneField(Answer, models.PROTECT, null=True, blank=True, related_name="commitment")
    agreement = models.ForeignKey(Agreement, models.PROTECT, null=True, blank=True, related_name="commitments")
    adoption = models.ForeignKey(Adoption, models.PROTECT, null=True, blank=True, related_name="commitments")
    introduction = models.ForeignKey(Introduction, models.PROTECT, null=True, blank=True, related_name="commitments")
    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="commitments")
    state = models.CharField(_("state"), max_length=10, choices=CommitmentState.choices, default=CommitmentState.OPEN)
    is_changed = models.BooleanField(_("changed since it was promised"), default=False)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    settled_on = models.DateField(_("confirmed or dropped on"), null=True, blank=True)
    reminded_on = models.DateField(null=True, editable=False)
    escalated_on = models.DateField(null=True, editable=False)
    source = models.CharField(_("source"), max_length=500, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = Commitments.as_manager()

    class Meta:
        verbose_name = _("commitment")
        ordering: ClassVar = ["due_on", "number"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=["kept", "reported"]) | Q(done_on__isnull=False), name="what_is_done_has_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["kept", "dropped"]) | Q(settled_on__isnull=False), name="settled_on_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(confirmer="city") | Q(confirmer_city__isnull=False), name="a_confirming_city_is_named"
            ),
            models.CheckConstraint(
                condition=Q(confirmer_city__isnull=True) | ~Q(confirmer_city=F("city")), name="a_second_party_confirms"
            ),
            models.CheckConstraint(
                condition=~Q(confirmer="residents") | ~Q(confirmer_group=""), name="a_confirming_group_is_named"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="commitments_by_due_date")]

    def __str__(self) -> str:
        return f"#{self.number}"

    @property
    def standing(self) -> Standing:
        """How it stands today."""
        match self.state:
            case CommitmentState.OPEN if self.due_on < timezone.localdate():
                return Standing.LATE
            case CommitmentState.OPEN:
                return Standing.CHANGED if self.is_changed else Standing.OPEN
            case CommitmentState.KEPT if self.done_on is not None and self.done_on > self.first_due_on:
                return Standing.KEPT_LATE
        return Standing(self.state)


class ProgressReport(models.Model):
    """How far somebody says it is; `says_done` says that it is done. Evidence is an address or words."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="reports")
    text = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("how it goes"))
    evidence = models.URLField(_("where it can be seen"), max_length=500, blank=True)
    says_done = models.BooleanField(_("it is done"), default=False)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_as = models.CharField(_("office"), max_length=200)
    made_at = models.DateTimeField(default=timezone.now)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("progress report")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(says_done=False) | Q(done_on__isnull=False), name="done_on_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.commitment} {self.made_at:%Y-%m-%d}"


class Confirmation(models.Model):
    """What a second party says of a report that it is done: that it is so, or that it is not yet, and why."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="confirmations")
    report = models.ForeignKey(ProgressReport, models.PROTECT, related_name="confirmations")
    is_so = models.BooleanField()
    reason = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12, choices=ConfirmerKind.choices)
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="confirmations")
    group = models.CharField(max_length=200, blank=True)
    by_link = models.BooleanField(default=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    is_simulated = models.BooleanField(_("simulated"), default=False)

    class Meta:
        verbose_name = _("confirmation")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.commitment} {self.is_so}"


class CommitmentStep(models.Model):
    """What happened to a commitment, in order; `document` is how it stood after it. Nothing is deleted."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="steps")
    what = models.CharField(max_length=20)
    document = models.JSONField(default=dict)
    reason = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_as = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("step of a commitment")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.commitment} {self.what}"
