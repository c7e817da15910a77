"""The glossary of the network: terms that must be translated so, and not otherwise."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class GlossaryTerm(models.Model):
    """A term in the language in which the network agreed on it, and what is meant."""

    language = models.CharField(_("language"), max_length=20)
    words = models.CharField(_("term"), max_length=120)
    meaning = models.CharField(_("what is meant"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("term of the glossary")
        ordering: ClassVar = ["words", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["language", "words"], name="one_term_in_a_language")]

    def __str__(self) -> str:
        return self.words


class GlossaryWord(models.Model):
    """How a term is said in another language."""

    term = models.ForeignKey(GlossaryTerm, models.CASCADE, related_name="translations")
    language = models.CharField(_("language"), max_length=20)
    words = models.CharField(_("translation"), max_length=120)

    class Meta:
        verbose_name = _("translation of a term")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["term", "language"], name="one_translation_of_a_term_in_each_language")
        ]

    def __str__(self) -> str:
        return self.words
