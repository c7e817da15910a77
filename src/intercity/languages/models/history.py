"""What translations were before they were changed, so that a change can be taken back and nobody's work is lost."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intercity.languages.models.translations import Translation, TranslationState

if TYPE_CHECKING:
    from intercity.accounts.models import Person

KEPT = (
    "text_version", "body", "state", "engine", "model", "via", "made_by", "made_at", "reviewed_by", "reviewed_at",
)  # fmt: skip
"""Everything of a translation that a change may replace."""


class FormerTranslations(models.QuerySet["FormerTranslation"]):
    """Keeping what goes."""

    def keep(self, translation: Translation, by: Person | None, at: datetime) -> FormerTranslation:
        """Keep a translation as it is, before a person or, without one, a machine replaces it."""
        kept = {name: getattr(translation, name) for name in KEPT}
        return self.create(translation=translation, replaced_by=by, replaced_at=at, **kept)


class FormerTranslation(models.Model):
    """A translation as it was until somebody, or a machine where nobody is named, changed it.

    Deleted with its translation, so that words which must go from the platform go from here, too.
    """

    translation = models.ForeignKey(Translation, models.CASCADE, related_name="former")
    text_version = models.PositiveIntegerField()
    body = models.TextField(_("words"))
    state = models.CharField(_("state"), max_length=10, choices=TranslationState.choices)
    engine = models.CharField(_("engine"), max_length=60, blank=True)
    model = models.CharField(_("model"), max_length=120, blank=True)
    via = models.CharField(_("translated by way of"), max_length=20, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    replaced_at = models.DateTimeField()

    objects = FormerTranslations.as_manager()

    class Meta:
        verbose_name = _("translation before a change")
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.body[:60]
