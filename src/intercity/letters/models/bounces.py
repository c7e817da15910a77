"""Letters that came back."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
from intercity.letters.models.letters import Letter


class Bounces(models.QuerySet["Bounce"]):
    """Questions about letters that came back."""

    def unsettled(self) -> Bounces:
        """Those after which nobody has said that the mailbox works again."""
        return self.filter(settled_at=None)


class Bounce(models.Model):
    """A mailbox did not take a letter. `mark` is made of its address with our secret; the address itself is not kept.

    `status` is what the mail server said (RFC 3463: "5.1.1" is no such mailbox). `settled_at` is when somebody of the
    secretariat said that the mailbox can be written to again.
    """

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="bounces")
    city = models.ForeignKey(City, models.SET_NULL, null=True, related_name="bounces")
    to = models.CharField(max_length=20, blank=True)
    mark = models.CharField(max_length=64)
    status = models.CharField(max_length=20)
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True)

    objects = Bounces.as_manager()

    class Meta:
        verbose_name = _("letter that came back")
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["letter", "mark"], name="a_letter_comes_back_once")]
        indexes: ClassVar = [models.Index("mark", condition=Q(settled_at=None), name="mailboxes_that_refuse")]

    def __str__(self) -> str:
        return f"{self.letter} {self.status}"
