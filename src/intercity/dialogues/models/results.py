"""What came of the votes: the newest result of a round, and releases, which never change."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.dialogues.models.dialogue import Round


class StoredResult(models.Model):
    """The newest result of a round: can be thrown away and computed again.

    `version` is the round's `votes_version` that was read before the votes; `model` holds, as npz, what is needed to
    say where one participant stands and what to show next; `claimed_until` keeps two workers from the same work, and
    `error` and `due_at` say what went wrong last and when it is tried again.
    """

    round = models.OneToOneField(Round, models.CASCADE, related_name="result")
    version = models.BigIntegerField(default=-1)
    document = models.JSONField(null=True)
    model = models.BinaryField(null=True)
    votes = models.PositiveBigIntegerField(default=0)
    participants = models.PositiveIntegerField(default=0)
    computed_at = models.DateTimeField(null=True)
    seconds = models.FloatField(default=0.0)
    claimed_until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(default=timezone.now)
    error = models.TextField(blank=True)

    class Meta:
        verbose_name = _("result")

    def __str__(self) -> str:
        return f"{self.round} {self.version}"


class Release(models.Model):
    """A result that was published with its data and stays as it is: its address is permanent.

    `data` is a ZIP of the published votes; participants have new names in every release. `participation` holds totals
    of who took part, each of at least as many people as the network's threshold.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="releases")
    number = models.PositiveSmallIntegerField()
    version = models.PositiveBigIntegerField(default=0)
    document = models.JSONField()
    participation = models.JSONField(default=dict)
    data = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    licence = models.CharField(max_length=60)
    is_final = models.BooleanField(_("after the round was closed"), default=False)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("release")
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "number"], name="releases_are_numbered")]

    def __str__(self) -> str:
        return f"{self.round} {self.number}"
