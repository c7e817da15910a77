"""What people wrote, each in its own language, and translations that stand beside it and never replace it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Words:
    """A text as it is shown to somebody: the words, their language, and where they come from.

    `translated_from` is the original's language where these words are a translation; `engine` names the machine that
    made it, and is empty where a person did; `original` are the original's words then.
    """

    body: str
    language: str
    translated_from: str = ""
    engine: str = ""
    awaits_review: bool = False
    original: str = ""


class Text(models.Model):
    """Something that a person wrote. A change is a new version; translations say which version they are of."""

    language = models.CharField(_("language"), max_length=20)
    body = models.TextField(_("words"))
    version = models.PositiveIntegerField(_("version"), default=1)
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("text")

    def __str__(self) -> str:
        return self.body[:80]

    def words(self, language: str) -> Words:
        """These words for a reader of a language: a translation where there is one that is not out of date.

        Uses prefetched translations where there are any, so that a page of texts asks the database once.
        """
        if language == self.language:
            return Words(self.body, self.language)
        for one in self.translations.all():
            if one.language == language and one.text_version == self.version:
                return Words(one.body, language, self.language, one.engine, one.reviewed_at is None, self.body)
        return Words(self.body, self.language)


class Translation(models.Model):
    """A text in another language, made by a person or a machine, and reviewed by a person or not yet."""

    text = models.ForeignKey(Text, models.CASCADE, related_name="translations")
    text_version = models.PositiveIntegerField()
    language = models.CharField(_("language"), max_length=20)
    body = models.TextField(_("words"))
    engine = models.CharField(_("engine"), max_length=60, blank=True, help_text=_("Empty where a person translated."))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("translation")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "language"], name="one_translation_into_each_language")
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.body[:60]}"
