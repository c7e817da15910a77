"""Letters that were sent by themselves, or are to be: each once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City


class Letters(models.QuerySet["Letter"]):
    """Questions about letters."""

    def sent(self) -> Letters:
        """Those that were handed to the mail server."""
        return self.filter(sent_at__isnull=False)

    def free(self) -> Letters:
        """Those that are still to be sent, and that no worker has in hand."""
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lt=timezone.now()), sent_at=None, silenced_at=None)

    def in_hand(self) -> Letters:
        """Those that a worker has in hand, or that wait for another try."""
        return self.filter(claimed_until__gt=timezone.now(), sent_at=None, silenced_at=None)

    def settled(self) -> Letters:
        """Those about which nothing is left to do: sent, or not wanted."""
        return self.filter(Q(sent_at__isnull=False) | Q(silenced_at__isnull=False))

    def bounced(self) -> Letters:
        """Those that came back."""
        return self.filter(pk__in=self.model.objects.filter(bounces__isnull=False).values("pk"))


class Letter(models.Model):
    """A letter. `key` says which one, so that it exists once, and is its Message-ID. Neither addresses nor words stay.

    `kind` is a name of `letters.kinds.KINDS`; `about` names the rows it tells of ("commitment:12"), as the record
    does; `to` says whose mailbox was written to ("city", "secretariat", "owner" …), and `city` of which city that is.
    `claimed_until` is when a worker that has it in hand counts as dead, or when it is tried again after a failure.
    `marks` are the mailboxes that took it: a second try leaves them out. `silenced_at` is when it was left unsent
    because its recipient wants no letters about its topic.
    """

    key = models.CharField(max_length=100, unique=True)
    kind = models.CharField(max_length=40)
    about = models.JSONField(default=list)
    city = models.ForeignKey(City, models.SET_NULL, null=True, related_name="letters")
    to = models.CharField(max_length=20, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=60, blank=True)
    claimed_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    marks = models.JSONField(default=list)
    silenced_at = models.DateTimeField(null=True)

    objects = Letters.as_manager()

    class Meta:
        verbose_name = _("letter")
        ordering: ClassVar = ["pk"]
        indexes: ClassVar = [models.Index("kind", condition=Q(sent_at=None), name="letters_to_be_sent")]

    def __str__(self) -> str:
        return self.key
