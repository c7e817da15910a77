"""What the responder answers to each statement of common ground, and who wants to be told."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.dialogues.models.dialogue import Dialogue, Round
from intercity.dialogues.models.statements import Statement
from intercity.languages.models import Text


class AnswerKind(models.TextChoices):
    """The four answers that can be held against somebody."""

    WE_WILL = "we_will", _("We will")
    ALREADY = "already", _("We already do")
    CANNOT = "cannot", _("We cannot")
    NOT_OURS = "not_ours", _("It is not ours to decide")


class Answer(models.Model):
    """The answer to one statement: a promise with owner and date, a link, a reason, or whose decision it is."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="answers")
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="answers")
    kind = models.CharField(_("answer"), max_length=10, choices=AnswerKind.choices)
    text = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("in words"))
    owner = models.CharField(_("who does it"), max_length=150, blank=True)
    due = models.DateField(_("until when"), null=True, blank=True)
    link = models.URLField(_("where it can be seen"), blank=True)
    whose = models.CharField(_("who decides"), max_length=150, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    answered_as = models.CharField(_("office"), max_length=150)
    answered_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["statement__number"]
        verbose_name = _("answer")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "statement"], name="one_answer_to_a_statement"),
            models.CheckConstraint(
                condition=~Q(kind="we_will") | (~Q(owner="") & Q(due__isnull=False)),
                name="a_promise_has_an_owner_and_a_date",
            ),
            models.CheckConstraint(condition=~Q(kind="already") | ~Q(link=""), name="what_is_done_can_be_seen"),
            models.CheckConstraint(condition=~Q(kind="not_ours") | ~Q(whose=""), name="somebody_decides"),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.kind}"


class Subscription(models.Model):
    """Somebody who wants to be told when there is an answer. It leads to no participant; deleted once all is told."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="subscriptions")
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("phone number"), max_length=30, blank=True)
    language = models.CharField(max_length=20, blank=True)
    code_hash = models.CharField(max_length=64, unique=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("subscription")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(email="") | ~Q(phone=""), name="an_address_or_a_number")
        ]

    def __str__(self) -> str:
        return f"{self.dialogue} {self.pk}"
