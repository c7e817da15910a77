"""Which statements look or mean alike: hints for moderators. All of it can be thrown away and computed again."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from intercity.dialogues.models.statements import Statement


class How(models.TextChoices):
    """By what two statements are alike."""

    LETTERS = "letters", _("similar words")
    MEANING = "meaning", _("similar in meaning")


class Likeness(models.Model):
    """A statement that nobody has decided on yet, and another of its dialogue that it may repeat.

    `likeness` is the cosine of letters in [0, 1], or how far the meanings are above what is proposed for these
    languages, from 1 on. Numbers of different kinds cannot be compared.
    """

    statement = models.ForeignKey(Statement, models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Statement, models.CASCADE, related_name="+")
    how = models.CharField(max_length=10, choices=How.choices)
    likeness = models.FloatField()

    class Meta:
        verbose_name = _("likeness of statements")
        ordering: ClassVar = ["statement", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "other"], name="one_likeness_of_two_statements"),
            models.CheckConstraint(condition=~models.Q(statement=models.F("other")), name="alike_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.statement} ~ {self.other}"


class Comparison(models.Model):
    """That a statement was compared with those that were there then, and by which version of comparing."""

    statement = models.OneToOneField(Statement, models.CASCADE, related_name="comparison")
    by = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("comparison of a statement")

    def __str__(self) -> str:
        return f"{self.statement} {self.by}"
