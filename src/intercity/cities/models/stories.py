"""Stories that residents tell of their city, and threads that two cities share."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.cities.models.places import City
from intercity.languages.models import Text


class StoryState(models.TextChoices):
    """Whether everybody can read it."""

    WAITING = "waiting", _("waits for the city")
    SHOWN = "shown", _("shown")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Stories(models.QuerySet["Story"]):
    """Questions about stories."""

    def shown(self) -> Stories:
        """What everybody can read."""
        return self.filter(state=StoryState.SHOWN)

    def with_words(self) -> Stories:
        """With city, texts and translations."""
        return self.select_related("city", "title", "text").prefetch_related(
            "city__names", "title__translations", "text__translations"
        )


class Story(models.Model):
    """A story. The community it belongs to is named; a teller only where they wish it.

    `consent` says how it was given ("in person, 3 May 2026, paper with the office"); without it nothing is shown.
    Of what somebody sent in themselves it is the sentence to which they said yes, in their language.
    `audio` is an address; its licence and size stand beside it. `code_hash` is that of the code by which whoever told
    it takes it back; what is taken back leaves no words behind.
    """

    city = models.ForeignKey(City, models.PROTECT, related_name="stories")
    title = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("title"))
    text = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("the story"))
    community = models.CharField(_("whose story it is (a community)"), max_length=200)
    teller = models.CharField(_("who tells it, if they wish to be named"), max_length=200, blank=True)
    consent = models.CharField(_("how consent was given"), max_length=1000)
    consent_language = models.CharField(_("language of the consent"), max_length=20, blank=True)
    code_hash = models.CharField(max_length=64, blank=True)
    audio = models.URLField(_("address of a recording"), max_length=500, blank=True)
    audio_language = models.CharField(_("language of the recording"), max_length=20, blank=True)
    audio_kilobytes = models.PositiveIntegerField(_("size of the recording in KB"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=40, default="CC-BY-4.0")
    state = models.CharField(_("state"), max_length=10, choices=StoryState.choices, default=StoryState.WAITING)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = Stories.as_manager()

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering: ClassVar = ["-written_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state=StoryState.SHOWN) | (~Q(consent="") & ~Q(community="")),
                name="no_story_is_shown_without_consent",
            ),
            models.UniqueConstraint(fields=["code_hash"], condition=~Q(code_hash=""), name="a_code_is_of_one_story"),
        ]

    def __str__(self) -> str:
        return f"{self.city} {self.pk}"


class ThreadKind(models.TextChoices):
    """What two cities share."""

    CRAFT = "craft", _("a craft")
    INSTRUMENT = "instrument", _("an instrument")
    DISH = "dish", _("a dish")
    EPIC = "epic", _("a tale")
    FESTIVAL = "festival", _("a festival")
    OTHER = "other", _("something else")


class Threads(models.QuerySet["Thread"]):
    """Questions about what cities share."""

    def of(self, city: City) -> Threads:
        """Those of a city, in either direction."""
        return self.filter(Q(one=city) | Q(other=city))

    def with_words(self) -> Threads:
        """With both cities, text and translations."""
        return self.select_related("one", "other", "text").prefetch_related(
            "one__names", "other__names", "text__translations"
        )


class Thread(models.Model):
    """Something that two cities share, with who says so and from which source."""

    one = models.ForeignKey(City, models.PROTECT, related_name="threads_as_one")
    other = models.ForeignKey(City, models.PROTECT, related_name="threads_as_other")
    kind = models.CharField(_("kind"), max_length=12, choices=ThreadKind.choices)
    name = models.CharField(_("name"), max_length=200)
    text = models.ForeignKey(Text, models.PROTECT, related_name="+", verbose_name=_("what is shared"))
    claimed_by = models.CharField(_("who says so"), max_length=200)
    source = models.CharField(_("source"), max_length=500)
    is_simulated = models.BooleanField(_("simulated"), default=False)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = Threads.as_manager()

    class Meta:
        verbose_name = _("shared thread")
        ordering: ClassVar = ["kind", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(one=F("other")), name="a_thread_is_between_two"),
            models.UniqueConstraint(fields=["one", "other", "kind", "name"], name="a_thread_once"),
        ]

    def __str__(self) -> str:
        return f"{self.one} – {self.other} {self.name}"
