"""The record of what was done: each entry holds the hash of the one before it, so that none can be changed unseen."""

from __future__ import annotations

import hashlib
import json
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

FIRST = "0" * 64
"""The hash before the first entry."""


class UnchangeableError(TypeError):
    """Somebody tried to change or delete an entry."""


class Entry(models.Model):
    """One thing that was done, by whom, to what.

    Residents are never named: what participants do is recorded without an actor, and single votes not at all.
    """

    number = models.PositiveBigIntegerField(_("number"), unique=True)
    at = models.DateTimeField(_("time"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("person")
    )
    action = models.CharField(_("action"), max_length=60)
    subject = models.CharField(_("subject"), max_length=80, db_index=True)
    details = models.JSONField(_("details"), default=dict)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["number"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")

    def __str__(self) -> str:
        return f"{self.number} {self.action} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Entries are appended, never changed."""
        if self.pk is not None:
            raise UnchangeableError("An entry of the record cannot be changed. Record what happened as a new entry.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> tuple[int, dict[str, int]]:
        """Entries are never deleted."""
        raise UnchangeableError("An entry of the record cannot be deleted.")

    def computed_hash(self) -> str:
        """The hash that this entry must have: SHA-256 of the previous hash and everything in the entry."""
        content = [
            self.number,
            self.at.isoformat(timespec="microseconds"),
            self.actor_id,
            self.action,
            self.subject,
            self.details,
        ]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(f"{self.previous}\n{text}".encode()).hexdigest()


class Head(models.Model):
    """The last entry of the chain: one row, locked while an entry is appended; tells when the newest are missing."""

    number = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=FIRST)

    class Meta:
        verbose_name = _("head of the record")

    def __str__(self) -> str:
        return f"{self.number} {self.hash[:12]}"
