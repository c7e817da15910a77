"""What participants say, and what moderation decides."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.dialogues.models.dialogue import Dialogue
from intercity.dialogues.models.participation import Participant
from intercity.languages.models import Text


class StatementState(models.TextChoices):
    """Whether a statement is shown."""

    WAITING = "waiting", _("Waiting for moderation")
    PUBLISHED = "published", _("Published")
    REMOVED = "removed", _("Removed")
    MERGED = "merged", _("Merged with another")


class Reason(models.TextChoices):
    """The published policy: the only reasons for which a statement is removed."""

    OFF_TOPIC = "off_topic", _("It is not about the question")
    SEVERAL_IDEAS = "several_ideas", _("It holds several ideas, so that nobody could vote on one of them")
    UNCLEAR = "unclear", _("It cannot be understood")
    INSULT = "insult", _("It insults or threatens people")
    PRIVATE = "private", _("It tells private things about somebody")
    ADVERTISEMENT = "advertisement", _("It advertises")
    UNLAWFUL = "unlawful", _("It is against the law that binds this network")


class Statements(models.QuerySet["Statement"]):
    """Questions about statements."""

    def shown(self) -> Statements:
        """Those that can be voted on."""
        return self.filter(state=StatementState.PUBLISHED)

    def waiting(self) -> Statements:
        """Those that moderation has not yet decided on, oldest first."""
        return self.filter(state=StatementState.WAITING).order_by("number")

    def with_words(self) -> Statements:
        """With their texts and translations."""
        return self.select_related("text").prefetch_related("text__translations")


class Statement(models.Model):
    """One idea that people can agree or disagree with. Its number is public and stays."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="statements")
    number = models.PositiveIntegerField()
    text = models.OneToOneField(Text, models.PROTECT, related_name="+")
    author = models.ForeignKey(Participant, models.SET_NULL, null=True, related_name="statements")
    is_seed = models.BooleanField(_("given at the start"), default=False)
    is_meta = models.BooleanField(_("about participants themselves"), default=False)
    state = models.CharField(max_length=10, choices=StatementState.choices, default=StatementState.WAITING)
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices, blank=True)
    merged_into = models.ForeignKey("self", models.SET_NULL, null=True, related_name="merged")
    is_accepted = models.BooleanField(_("looked at by a moderator"), default=False)
    written_at = models.DateTimeField(default=timezone.now)

    objects = Statements.as_manager()

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("statement")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dialogue", "number"], name="statements_are_numbered"),
            models.CheckConstraint(
                condition=~models.Q(state="removed") | ~models.Q(reason=""), name="removal_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="merged") | models.Q(merged_into__isnull=False), name="merged_into_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.dialogue} #{self.number}"


class Decision(models.Model):
    """What a moderator decided on a statement or a participant; kept so that it can be undone and read by all."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="decisions")
    statement = models.ForeignKey(Statement, models.CASCADE, null=True, related_name="decisions")
    participant = models.ForeignKey(Participant, models.CASCADE, null=True, related_name="decisions")
    what = models.CharField(max_length=20)
    before = models.JSONField(default=dict)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        verbose_name = _("decision")

    def __str__(self) -> str:
        return f"{self.what} {self.statement or self.participant}"
