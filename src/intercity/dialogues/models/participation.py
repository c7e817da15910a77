"""Who takes part: a pseudonym in one dialogue, and the little that somebody chose to say about themselves."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.dialogues.models.dialogue import Dialogue


class AgeBand(models.TextChoices):
    """Ages, in bands wide enough to hide in."""

    UNDER_18 = "0-17", _("under 18")
    TO_29 = "18-29", _("18 to 29")
    TO_44 = "30-44", _("30 to 44")
    TO_59 = "45-59", _("45 to 59")
    FROM_60 = "60-", _("60 and older")


class Gender(models.TextChoices):
    """As somebody says of themselves."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    OTHER = "other", _("other")


class Channel(models.TextChoices):
    """The way by which somebody takes part."""

    WEB = "web", _("by themselves")
    HELPER = "helper", _("with a helper")
    PAPER = "paper", _("on paper")
    API = "api", _("through another program")
    IMPORT = "import", _("brought in")


class Invitations(models.QuerySet["Invitation"]):
    """Questions about invitations."""

    def usable(self) -> Invitations:
        """Those that still let somebody in."""
        return self.filter(revoked_at=None).filter(models.Q(most_uses=None) | models.Q(uses__lt=models.F("most_uses")))


class Invitation(models.Model):
    """A code that lets people take part, for one city or for all; printed as letters and as a QR code. Kept hashed."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="invitations")
    city = models.ForeignKey("cities.City", models.PROTECT, null=True, blank=True, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    sheet = models.CharField(_("sheet"), max_length=60, blank=True)
    most_uses = models.PositiveIntegerField(_("how many people may use it"), null=True, default=1)
    uses = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    revoked_at = models.DateTimeField(null=True)

    objects = Invitations.as_manager()

    class Meta:
        verbose_name = _("invitation")

    def __str__(self) -> str:
        return f"{self.dialogue} {self.sheet}"


class Participants(models.QuerySet["Participant"]):
    """Questions about participants."""

    def counted(self) -> Participants:
        """Those whose votes count."""
        return self.filter(banned_at=None)


class Participant(models.Model):
    """Somebody in one dialogue. No name, no address, no device: a code to come back is all that leads here."""

    dialogue = models.ForeignKey(Dialogue, models.CASCADE, related_name="participants")
    code_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - unique or none
    city = models.ForeignKey("cities.City", models.PROTECT, null=True, blank=True, related_name="+")
    age_band = models.CharField(_("age"), max_length=8, choices=AgeBand.choices, blank=True)
    gender = models.CharField(_("gender"), max_length=8, choices=Gender.choices, blank=True)
    language = models.CharField(_("language"), max_length=20, blank=True)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices, default=Channel.WEB)
    invitation = models.ForeignKey(Invitation, models.SET_NULL, null=True, related_name="participants")
    joined_on = models.DateField(default=timezone.localdate)
    banned_at = models.DateTimeField(null=True)

    objects = Participants.as_manager()

    class Meta:
        verbose_name = _("participant")
        indexes: ClassVar = [models.Index(fields=["dialogue", "banned_at"])]

    def __str__(self) -> str:
        return f"{self.dialogue} {self.pk}"
