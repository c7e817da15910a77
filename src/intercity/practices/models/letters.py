"""Letters that were sent by themselves, or are to be: each once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.practices.models.adoptions import Adoption
from intercity.practices.models.practices import Practice
from intercity.practices.models.questions import Question


class LetterKind(models.TextChoices):
    """What a letter is about."""

    ASKED = "asked", _("somebody asks")
    REMINDER = "reminder", _("the question still waits")
    PASSED_ON = "passed_on", _("the question is passed on to the secretariat")
    ANSWERED = "answered", _("the question was answered")
    DECLINED = "declined", _("the question will not be answered")
    STATUS = "status", _("how does it stand today?")
    TAKEN_BACK = "taken_back", _("a city took its confirmation back")


class Letters(models.QuerySet["Letter"]):
    """Questions about letters."""

    def sent(self) -> Letters:
        """Those that were handed to the mail server."""
        return self.filter(sent_at__isnull=False)

    def free(self) -> Letters:
        """Those that are not sent, and that no worker has in hand."""
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lt=timezone.now()), sent_at=None)


class Letter(models.Model):
    """A letter about a question, an adoption or a practice.

    `key` says which one, so that it exists once, and is its Message-ID.
    `claimed_until` is when a worker that has it in hand counts as dead, or when it is tried again after a failure;
    `to` says whose mailbox was written to. Neither addresses nor words are kept here.
    """

    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=10, choices=LetterKind.choices)
    practice = models.ForeignKey(Practice, models.CASCADE, related_name="letters")
    question = models.ForeignKey(Question, models.CASCADE, null=True, related_name="letters")
    adoption = models.ForeignKey(Adoption, models.CASCADE, null=True, related_name="letters")
    to = models.CharField(max_length=12, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=60, blank=True)
    claimed_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    objects = Letters.as_manager()

    class Meta:
        verbose_name = _("letter")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.key
