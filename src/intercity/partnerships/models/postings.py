"""Needs and offers of cities, of five kinds, each with the facts that its people use."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
from intercity.languages.models import Text


class Direction(models.TextChoices):
    """Whether something is sought or given."""

    NEED = "need", _("Need")
    OFFER = "offer", _("Offer")


class PostingKind(models.TextChoices):
    """What it is about."""

    TRADE = "trade", _("Trade")
    TOURISM = "tourism", _("Tourism")
    TECHNOLOGY = "technology", _("Technology")
    CULTURE = "culture", _("Culture")
    KNOW_HOW = "know_how", _("Know-how")


class PostingState(models.TextChoices):
    """Whether it is still sought or given; what ran out can be taken up again."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    EXPIRED = "expired", _("ran out")


class Scheme(models.TextChoices):
    """By which list a topic is named."""

    HS = "hs", _("chapter of the Harmonized System")
    CONCEPT = "concept", _("concept of the vocabulary")


class Postings(models.QuerySet["Posting"]):
    """Questions about needs and offers."""

    def open(self) -> Postings:
        """Those that are sought or given today."""
        return self.filter(state=PostingState.OPEN, expires_on__gte=timezone.localdate(), city__left_on=None)

    def with_words(self) -> Postings:
        """With city, texts, translations, topics and legs."""
        return self.select_related("city", "title", "body").prefetch_related(
            "city__names", "title__translations", "body__translations", "topics", "legs__start__names",
            "legs__end__names",
        )  # fmt: skip


class Posting(models.Model):
    """A need or an offer. `facts` holds what `partnerships.facts.FIELDS` lists for its kind, checked by the action.

    It runs out on `expires_on`; its city is asked before. `asked_to_renew_on` is when it was.
    """

    direction = models.CharField(_("need or offer"), max_length=6, choices=Direction.choices)
    kind = models.CharField(_("kind"), max_length=10, choices=PostingKind.choices)
    city = models.ForeignKey(City, models.PROTECT, related_name="postings")
    title = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("in one line"))
    body = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+", verbose_name=_("in own words"))
    facts = models.JSONField(default=dict, blank=True)
    languages = models.JSONField(_("languages spoken"), default=list, blank=True)
    contact_role = models.CharField(_("whom to call (a role)"), max_length=200, blank=True)
    contact_mailbox = models.EmailField(_("mailbox of that role"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PostingState.choices, default=PostingState.OPEN)
    expires_on = models.DateField(_("until"))
    asked_to_renew_on = models.DateField(null=True, editable=False)
    closed_why = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+")
    source = models.CharField(_("source"), max_length=500, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = Postings.as_manager()

    class Meta:
        verbose_name = _("need or offer")
        ordering: ClassVar = ["-written_at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["state", "kind", "direction"], name="postings_by_kind")]

    def __str__(self) -> str:
        return f"{self.direction} {self.pk}"


class PostingTopic(models.Model):
    """A topic of a posting: a chapter of the Harmonized System, or a concept of the vocabulary of challenges."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="topics")
    scheme = models.CharField(max_length=10, choices=Scheme.choices)
    code = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("topic of a need or offer")
        ordering: ClassVar = ["scheme", "code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["posting", "scheme", "code"], name="a_topic_once")]
        indexes: ClassVar = [models.Index(fields=["scheme", "code"], name="postings_by_topic")]

    def __str__(self) -> str:
        return f"{self.scheme}:{self.code}"


class Leg(models.Model):
    """A leg of a joint itinerary, from one member city to the next or within one."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="legs")
    number = models.PositiveSmallIntegerField()
    start = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("from"))
    end = models.ForeignKey(City, models.PROTECT, related_name="+", verbose_name=_("to"))
    means = models.CharField(_("by what means"), max_length=100, blank=True)
    days = models.PositiveSmallIntegerField(_("days"), default=1)
    season = models.CharField(_("season"), max_length=100, blank=True)
    border = models.CharField(_("at the border"), max_length=300, blank=True)
    accessibility = models.CharField(_("accessibility"), max_length=300, blank=True)
    capacity = models.CharField(_("how many visitors it bears"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("leg of an itinerary")
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["posting", "number"], name="legs_in_order")]

    def __str__(self) -> str:
        return f"{self.number}: {self.start} → {self.end}"


class PostingReply(models.Model):
    """Somebody answers a need or an offer. A vendor is labelled so; nothing is public before its city lets it be."""

    posting = models.ForeignKey(Posting, models.CASCADE, related_name="replies")
    text = models.ForeignKey(Text, models.PROTECT, related_name="+")
    organisation = models.CharField(_("organisation"), max_length=200)
    is_vendor = models.BooleanField(_("sells something"), default=False)
    mailbox = models.EmailField(_("e-mail address"), blank=True)
    from_city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="+")
    is_shown = models.BooleanField(default=False)
    hidden_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("reply to a need or offer")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(hidden_at=None) | Q(is_shown=False), name="shown_or_hidden")
        ]

    def __str__(self) -> str:
        return f"{self.posting} {self.organisation}"
