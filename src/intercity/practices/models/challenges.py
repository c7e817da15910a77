"""A city's problem, in its own words, with the concepts of the vocabulary that it falls under."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
from intercity.languages.models import Text


class ChallengeState(models.TextChoices):
    """Whether a city still looks for an answer."""

    OPEN = "open", _("Looking for an answer")
    ANSWERED = "answered", _("Something is being tried")
    CLOSED = "closed", _("No longer asked")


class Challenges(models.QuerySet["Challenge"]):
    """Questions about challenges."""

    def with_words(self) -> Challenges:
        """With their city, texts and translations."""
        return self.select_related("city", "title", "description").prefetch_related(
            "title__translations", "description__translations", "city__names"
        )


class Challenge(models.Model):
    """A city's problem. `concepts` are identifiers of the vocabulary of urban challenges.

    `is_simulated` is true where the demonstration made it up: no city said this. `version` counts what was saved,
    `changed_in` says in which of them each field changed last, and `begun_with` is the mark of the form that began it:
    all three as of a practice.
    """

    slug = models.SlugField(max_length=100, unique=True)
    city = models.ForeignKey(City, models.PROTECT, related_name="challenges", verbose_name=_("city"))
    title = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("in one line"))
    description = models.ForeignKey(Text, models.PROTECT, null=True, related_name="+", verbose_name=_("in own words"))
    concepts = models.JSONField(_("what it is about"), default=list)
    state = models.CharField(_("state"), max_length=10, choices=ChallengeState.choices, default=ChallengeState.OPEN)
    source = models.CharField(_("source"), max_length=300, blank=True)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1, editable=False)
    changed_in = models.JSONField(default=dict, editable=False)
    begun_with = models.UUIDField(null=True, editable=False)

    objects = Challenges.as_manager()

    class Meta:
        verbose_name = _("challenge")
        ordering: ClassVar = ["-written_at", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["written_by", "begun_with"], name="a_form_begins_one_challenge")
        ]

    def __str__(self) -> str:
        return self.slug
