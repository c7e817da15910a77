"""The address under which one's own calendar is read without signing in."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

SIGNER = signing.Signer(sep=".", salt="intercity.events.calendar")


class CalendarAddress(models.Model):
    """How often somebody made the address of their own calendar anew; who never did has no row, and number 0.

    The address is signed and stored nowhere. It holds the number: after a renewal, the old one leads nowhere.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="calendar_address")
    number = models.PositiveIntegerField(default=0)
    renewed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("address of a calendar")

    def __str__(self) -> str:
        return f"{self.person} {self.number}"

    @classmethod
    def token(cls, person: int) -> str:
        """What stands in the address of the calendar of the person with this key."""
        number = cls.objects.filter(person=person).values_list("number", flat=True).first() or 0
        return SIGNER.sign_object([person, number], compress=False)

    @classmethod
    def person_of(cls, token: str) -> int | None:
        """The key of the person whose calendar this is; None for what nobody signed, or was renewed since."""
        try:
            person, number = SIGNER.unsign_object(token)
        except (signing.BadSignature, ValueError, TypeError):
            return None
        return int(person) if cls.token(int(person)) == token and int(number) >= 0 else None
