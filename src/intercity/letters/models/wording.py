"""Words of letters that a network wrote itself, in the place of ours."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Wordings(models.QuerySet["Wording"]):
    """Questions about words of letters."""

    def own(self) -> Wordings:
        """Those that stand in the place of ours."""
        return self.exclude(body="")


class Wording(models.Model):
    """The words of one kind of letter in one language; `{names}` in braces are filled in.

    Where a network went back to our words, the row stays, and is empty: its version goes on, so that nobody who had
    the page open before overwrites what came later.
    """

    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=20)
    subject = models.CharField(_("subject"), max_length=200)
    body = models.TextField(_("words"))
    version = models.PositiveIntegerField(default=1)
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    edited_at = models.DateTimeField(default=timezone.now)

    objects = Wordings.as_manager()

    class Meta:
        verbose_name = _("wording of a letter")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "language"], name="one_wording_in_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.language}"
