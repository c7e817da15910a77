"""Translations, who made and who checked them, and what readers find wrong with them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.languages.models.texts import Text, Words


class TranslationState(models.TextChoices):
    """How far a translation has come. One of an older version of the words is outdated besides."""

    MACHINE = "machine", _("made by a machine")
    WRITTEN = "written", _("written by a person, not yet checked by another")
    CHECKED = "checked", _("checked by a person")
    CORRECTED = "corrected", _("corrected by a person")


class Translations(models.QuerySet["Translation"]):
    """Questions about translations."""

    def fresh(self) -> Translations:
        """Of the newest version of their words."""
        return self.filter(text_version=F("text__version"))

    def outdated(self) -> Translations:
        """Of an older version of their words."""
        return self.filter(text_version__lt=F("text__version"))

    def to_check(self) -> Translations:
        """What a second person should look at, what readers complained of first."""
        unseen = models.Q(state__in=[TranslationState.MACHINE, TranslationState.WRITTEN])
        wrong = models.Count("complaints", filter=models.Q(complaints__resolved_at=None))
        return self.fresh().annotate(wrong=wrong).filter(unseen | models.Q(wrong__gt=0)).order_by("-wrong", "pk")


class Translation(models.Model):
    """A text in another language, made by a person or a machine, and checked by a second person or not yet.

    `engine` and `model` name the machine; `via` is the language of the translation that it read, if not the original.
    """

    text = models.ForeignKey(Text, models.CASCADE, related_name="translations")
    text_version = models.PositiveIntegerField()
    language = models.CharField(_("language"), max_length=20)
    body = models.TextField(_("words"))
    state = models.CharField(
        _("state"), max_length=10, choices=TranslationState.choices, default=TranslationState.WRITTEN
    )
    engine = models.CharField(_("engine"), max_length=60, blank=True, help_text=_("Empty where a person translated."))
    model = models.CharField(_("model"), max_length=120, blank=True)
    via = models.CharField(_("translated by way of"), max_length=20, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)

    objects = Translations.as_manager()

    class Meta:
        verbose_name = _("translation")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["text", "language"], name="one_translation_into_each_language")
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.body[:60]}"

    @property
    def is_outdated(self) -> bool:
        """Whether the words have changed since."""
        return self.text_version < self.text.version

    def shown(self, text: Text, asked: str = "") -> Words:
        """As a reader sees it."""
        engine = " ".join(part for part in (self.engine, self.model) if part)
        return Words(
            self.body, self.language, text.language, engine, self.via, self.state, self.made_at.date().isoformat(),
            self.pk, text.body, asked,
        )  # fmt: skip


class Complaint(models.Model):
    """A reader pressed “This translation is wrong”. Nobody is asked who they are."""

    translation = models.ForeignKey(Translation, models.CASCADE, related_name="complaints")
    note = models.CharField(_("what is wrong"), max_length=500, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("complaint about a translation")

    def __str__(self) -> str:
        return f"{self.translation}: {self.note[:60]}"
