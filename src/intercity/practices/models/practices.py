"""What a city did, so that another can judge whether it would work there."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
from intercity.languages.models import Text

FRESH = timedelta(days=548)
"""A status older than 18 months is shown as stale: libraries that show the year of the launch for ever mislead."""


class PracticeState(models.TextChoices):
    """Whether everybody can read it."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class PracticeStatus(models.TextChoices):
    """How it stands with the thing itself; that it is not known is a status, too."""

    PLANNED = "planned", _("planned")
    PILOT = "pilot", _("being tried")
    RUNNING = "running", _("running")
    SCALED = "scaled", _("running and extended")
    STOPPED = "stopped", _("stopped")
    REVERSED = "reversed", _("undone")
    UNKNOWN = "unknown", _("not known")


class Scale(models.TextChoices):
    """How large a place it was done for."""

    DISTRICT = "district", _("a district or village")
    CITY = "city", _("a city")
    REGION = "region", _("a region")
    NATION = "nation", _("a whole country")


class Verification(models.TextChoices):
    """Who has looked at what is said; separate from how strong the evidence is."""

    SELF = "self", _("said by those who did it")
    SOURCES = "sources", _("written by the secretariat from published sources")
    PEER = "peer", _("confirmed by another city")
    SECRETARIAT = "secretariat", _("checked by the secretariat")
    INDEPENDENT = "independent", _("checked by somebody independent")


class Provenance(models.TextChoices):
    """How the record came to be."""

    CITY = "city", _("written by the city")
    CALL = "call", _("written by the secretariat after a call with the city")
    SOURCES = "sources", _("written by the secretariat from published sources")
    IMPORT = "import", _("imported")


class PracticeField(models.TextChoices):
    """What is told in words; each in whatever language it was written in."""

    TITLE = "title", _("Title")
    SUMMARY = "summary", _("In short")
    PROBLEM = "problem", _("The problem, and how it was before")
    SOLUTION = "solution", _("What was done, and how it works")
    COMPONENTS = "components", _("What it consists of")
    PARTICIPATION = "participation", _("How people took part")
    EQUITY = "equity", _("Whom it reaches, and whom it does not")
    COST_NOTE = "cost_note", _("Cost, in words")
    STAFF = "staff", _("People and skills it needs")
    LEGAL = "legal", _("Law and permissions it needs")
    DIFFICULTIES = "difficulties", _("What was difficult")
    DIFFERENTLY = "differently", _("What one would do differently")
    ENABLING = "enabling", _("What helped")
    SUSTAINING = "sustaining", _("What keeps it going")
    TRANSFER = "transfer", _("Where it would work, and where not")
    MUST_KEEP = "must_keep", _("What must be kept")
    MAY_CHANGE = "may_change", _("What may be changed")


LENGTHS = {PracticeField.TITLE: 120, PracticeField.SUMMARY: 2_000}
LENGTH = 20_000
"""Characters that a heading may take, those of title and summary apart."""

NEEDED = (
    PracticeField.TITLE, PracticeField.SUMMARY, PracticeField.PROBLEM, PracticeField.SOLUTION,
    PracticeField.DIFFICULTIES,
)  # fmt: skip
"""What must be told before everybody can read a practice."""

UNKNOWABLE = (
    "costs", "results", "started", "ended", "staff", "implementer", "decided_by", "funding", "partners", "groups",
    *(one.value for one in PracticeField if one not in NEEDED and one != PracticeField.STAFF),
)  # fmt: skip
"""The names that may stand in `Practice.unknown`; "staff" means both the number of posts and the words."""


class PartnerRole(models.TextChoices):
    """What a partner did."""

    LEAD = "lead", _("led it")
    FUNDER = "funder", _("paid for it")
    TECHNICAL = "technical", _("gave technical help")
    POLITICAL = "political", _("gave political support")
    ADMINISTRATIVE = "administrative", _("administered it")
    COMMUNITY = "community", _("carried it in the community")


class Practices(models.QuerySet["Practice"]):
    """Questions about practices."""

    def published(self) -> Practices:
        """What everybody can read."""
        return self.filter(state=PracticeState.PUBLISHED)

    def with_words(self) -> Practices:
        """With their places, texts, translations and claims."""
        return self.select_related("city").prefetch_related(
            "city__names", "words__text__translations", "costs", "results", "partners", "further_places"
        )

    def failed(self) -> Practices:
        """What was stopped or undone: from which the most can be learnt."""
        return self.filter(status__in=[PracticeStatus.STOPPED, PracticeStatus.REVERSED])

    def stale(self, today: date | None = None) -> Practices:
        """Published, and nobody has confirmed for 18 months how it stands."""
        before = (today or timezone.localdate()) - FRESH
        return self.published().filter(Q(status_confirmed_on=None) | Q(status_confirmed_on__lt=before))


class Practice(models.Model):
    """Something a city did about a problem. Where a thing is not known, its name is in `unknown`, and pages say so.

    `place`, `country`, `geonames_id` name the place where no member of the network is meant. Lists hold identifiers:
    `concepts` of the vocabulary of urban challenges, `targets` of the SDGs ("11.6"), `groups` of people, `funding`.
    Dates are years, months or days of the Extended Date/Time Format. `evidence` is computed from the results.
    `version` counts what was saved, `changed_in` says in which of them each field changed last: so two people who
    change different things do not stop each other. What was checked is the published version `verified_number`.
    `begun_with` is the mark of the form that began it, so that a form sent twice begins one draft.
    """

    slug = models.SlugField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=PracticeState.choices, default=PracticeState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    changed_in = models.JSONField(default=dict, editable=False)
    city = models.ForeignKey(City, models.PROTECT, null=True, blank=True, related_name="practices")
    place = models.CharField(_("place"), max_length=160, blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True)
    geonames_id = models.PositiveBigIntegerField(_("GeoNames id"), null=True, blank=True)
    scale = models.CharField(_("done for"), max_length=10, choices=Scale.choices, default=Scale.CITY)
    implementer = models.CharField(_("who did it"), max_length=200, blank=True)
    started = models.CharField(_("began"), max_length=10, blank=True)
    ended = models.CharField(_("ended"), max_length=10, blank=True)
    status = models.CharField(
        _("how it stands"), max_length=10, choices=PracticeStatus.choices, default=PracticeStatus.UNKNOWN
    )
    status_confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    status_confirmed_by = models.CharField(_("confirmed by"), max_length=200, blank=True)
    status_asked_on = models.DateField(null=True, editable=False)
    staff = models.DecimalField(_("full-time posts"), max_digits=7, decimal_places=1, null=True, blank=True)
    decided_by = models.CharField(_("whose decision it is"), max_length=200, blank=True)
    funding = models.JSONField(_("paid from"), default=list, blank=True)
    concepts = models.JSONField(_("challenges"), default=list, blank=True)
    targets = models.JSONField(_("SDG targets"), default=list, blank=True)
    cofog = models.CharField(_("function of government"), max_length=5, blank=True)
    focus_area = models.CharField(_("focus area"), max_length=20, blank=True)
    groups = models.JSONField(_("whom it is for"), default=list, blank=True)
    unknown = models.JSONField(_("not known"), default=list, blank=True)
    verification = models.CharField(
        _("checked by"), max_length=15, choices=Verification.choices, default=Verification.SELF
    )
    verified_by = models.CharField(max_length=200, blank=True, editable=False)
    verified_on = models.DateField(null=True, editable=False)
    verified_number = models.PositiveIntegerField(null=True, editable=False)
    evidence = models.PositiveSmallIntegerField(_("evidence level"), default=0)
    provenance = models.CharField(_("where from"), max_length=10, choices=Provenance.choices, default=Provenance.CITY)
    source = models.CharField(_("source"), max_length=500, blank=True)
    retrieved_on = models.DateField(_("read on"), null=True, blank=True)
    licence = models.CharField(_("licence"), max_length=40, default="CC-BY-4.0")
    contact_role = models.CharField(_("whom to ask (a role)"), max_length=200, blank=True)
    contact_mailbox = models.EmailField(_("mailbox of that role"), blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    published_at = models.DateTimeField(null=True)
    begun_with = models.UUIDField(null=True, editable=False)

    objects = Practices.as_manager()

    class Meta:
        verbose_name = _("practice")
        ordering: ClassVar = ["-published_at", "-pk"]
        indexes: ClassVar = [  # for the search; what stands in lists is found by search/listing.py
            models.Index(fields=["state", "-evidence", "-status_confirmed_on", "-id"], name="practices_by_evidence"),
            models.Index(fields=["state", "-published_at", "-id"], name="practices_by_date"),
            models.Index(fields=["state", "status"], name="practices_by_status"),
            models.Index(fields=["state", "city", "evidence"], name="practices_by_city"),
            models.Index(fields=["state", "country"], condition=Q(city=None), name="practices_by_country"),
            models.Index(fields=["state", "geonames_id"], condition=Q(city=None), name="practices_by_place"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(evidence__lte=5), name="evidence_level_is_0_to_5"),
            models.CheckConstraint(condition=Q(city__isnull=False) | ~Q(place=""), name="practice_is_of_a_place"),
            models.UniqueConstraint(fields=["written_by", "begun_with"], name="a_form_begins_one_practice"),
        ]

    def __str__(self) -> str:
        return self.slug

    def text(self, field: str) -> Text | None:
        """What is told under a heading; None where nothing is. Uses prefetched words where there are any."""
        return next((one.text for one in self.words.all() if one.field == field), None)

    def is_stale(self, today: date | None = None) -> bool:
        """Whether nobody has confirmed for 18 months how it stands."""
        since = self.status_confirmed_on
        return since is None or since < (today or timezone.localdate()) - FRESH


class PracticeWords(models.Model):
    """What a practice tells under one heading."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="words")
    field = models.CharField(max_length=15, choices=PracticeField.choices)
    text = models.OneToOneField(Text, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("words of a practice")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "field"], name="one_text_under_each_heading")
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.field}"


class PracticeVersion(models.Model):
    """A practice as it was published, whole and for good, so that versions can be compared and cited."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    document = models.JSONField()
    note = models.CharField(_("what changed"), max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("version of a practice")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "number"], name="versions_of_a_practice_are_numbered")
        ]

    def __str__(self) -> str:
        return f"{self.practice} {self.number}"


class FurtherPlace(models.Model):
    """Where a practice lies besides its first place: across a border, one thing is done in two countries."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="further_places")
    place = models.CharField(_("place"), max_length=160, blank=True)
    country = models.CharField(_("country"), max_length=2, db_index=True)

    class Meta:
        verbose_name = _("further place")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "country", "place"], name="a_further_place_once")
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.country}".strip()


class Partner(models.Model):
    """Who did it together with the implementer, and in which part."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="partners")
    name = models.CharField(_("name"), max_length=200)
    role = models.CharField(_("part"), max_length=15, choices=PartnerRole.choices)

    class Meta:
        verbose_name = _("partner")

    def __str__(self) -> str:
        return self.name


class Medium(models.Model):
    """A picture, film or document elsewhere: what it shows, its licence, how large it is."""

    practice = models.ForeignKey(Practice, models.CASCADE, related_name="media")
    address = models.URLField(_("address"), max_length=500, validators=[RegexValidator("^https?://")])
    shows = models.CharField(_("what it shows, for those who cannot see it"), max_length=300)
    licence = models.CharField(_("licence"), max_length=60)
    kilobytes = models.PositiveIntegerField(_("size in KB"), null=True, blank=True)

    class Meta:
        verbose_name = _("picture or document")

    def __str__(self) -> str:
        return self.shows
