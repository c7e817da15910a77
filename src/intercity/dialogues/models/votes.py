"""Votes, and what was shown to whom with which chance."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.dialogues.models.dialogue import Round
from intercity.dialogues.models.participation import Participant
from intercity.dialogues.models.statements import Statement

AGREE, PASS, DISAGREE = 1, 0, -1


class Vote(models.Model):
    """What a participant thinks of a statement in a round; the last word counts.

    `value` is None where a vote was taken back. `version` is the round's `votes_version` after this vote: votes that
    are newer than a result are found by it, without reading all.
    """

    round = models.ForeignKey(Round, models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="votes")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="votes")
    value = models.SmallIntegerField(null=True)
    is_important = models.BooleanField(_("important to me"), default=False)
    version = models.PositiveBigIntegerField()
    cast_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("vote")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "statement", "round"], name="one_vote_of_a_participant_on_a_statement"
            ),
            models.CheckConstraint(condition=models.Q(value__in=[-1, 0, 1]) | models.Q(value=None), name="vote_value"),
        ]
        indexes: ClassVar = [models.Index(fields=["round", "version"])]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.statement_id}"


class Exposure(models.Model):
    """A statement was shown to a participant, drawn with this chance: results can be corrected for who saw what."""

    round = models.ForeignKey(Round, models.CASCADE, related_name="exposures")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="exposures")
    statement = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    probability = models.FloatField(validators=[MinValueValidator(0.0), MaxValueValidator(1.0)])

    class Meta:
        verbose_name = _("exposure")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["participant", "statement", "round"], name="one_exposure_of_a_participant_to_a_statement"
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.statement_id}"


class SentKey(models.Model):
    """A vote sent with a key, by a device that was offline or by a program: sent again, it changes nothing."""

    participant = models.ForeignKey(Participant, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("key of a vote")
        constraints: ClassVar = [models.UniqueConstraint(fields=["participant", "key"], name="a_key_counts_once")]

    def __str__(self) -> str:
        return self.key
