"""What can happen to a commitment and to an agreement, as their histories call it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CommitmentStepKind(models.TextChoices):
    """What happened to a commitment."""

    PROMISED = "promised", _("promised")
    CHANGED = "changed", pgettext_lazy("promise", "changed")
    PROGRESS = "progress", _("told how it goes")
    REPORTED = "reported", _("reported as done")
    CONFIRMED = "confirmed", _("confirmed as done")
    NOT_CONFIRMED = "not_confirmed", _("not confirmed: it is not done yet")
    DROPPED = "dropped", pgettext_lazy("promise", "dropped")
    TAKEN_UP = "taken_up", _("taken up again")
    TAKEN_BACK = "taken_back", _("took back that it is done")


class AgreementStepKind(models.TextChoices):
    """What happened to an agreement."""

    REGISTERED = "registered", _("registered")
    EDITED = "edited", _("corrected or completed")
    REVIEWED = "reviewed", _("looked at again: it stands as before")
    ACTIVE = "active", _("active again")
    DORMANT = "dormant", _("dormant")
    ENDED = "ended", pgettext_lazy("agreement", "ended")
