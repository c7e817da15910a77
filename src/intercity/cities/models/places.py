"""The network and its members. What is not known about a place is left empty and shown as not known."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Network(models.Model):
    """The network of cities that this installation serves: one row."""

    name = models.CharField(_("name"), max_length=200)
    about = models.ForeignKey("languages.Text", models.PROTECT, null=True, blank=True, related_name="+")
    languages = models.JSONField(_("languages"), default=list, help_text=_("Codes of the network's languages."))
    contact = models.EmailField(_("contact"), blank=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    founded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("network")
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_network")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def current(cls) -> Network | None:
        """The network, or None before it has been founded."""
        return cls.objects.filter(pk=1).first()


class Level(models.TextChoices):
    """What kind of place a member is."""

    CITY = "city", _("City")
    DISTRICT = "district", _("District or town")
    PREFECTURE = "prefecture", _("Prefecture")
    PROVINCE = "province", _("Province or state")
    REGION = "region", _("Region of several cities")


class Cities(models.QuerySet["City"]):
    """Questions about cities."""

    def members(self) -> Cities:
        """Places that are members now, by name."""
        return self.filter(left_on=None).order_by("name")


class City(models.Model):
    """A member of the network. `name` is its name in Latin letters; names in other languages stand beside it."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    country = models.CharField(_("country"), max_length=2, validators=[RegexValidator("^[A-Z]{2}$")])
    level = models.CharField(_("kind of place"), max_length=20, choices=Level.choices, default=Level.CITY)
    geonames_id = models.PositiveBigIntegerField(_("GeoNames id"), null=True, blank=True, unique=True)
    wikidata_id = models.CharField(_("Wikidata id"), max_length=20, blank=True, validators=[RegexValidator(r"^Q\d+$")])
    locode = models.CharField(
        "UN/LOCODE", max_length=5, blank=True, validators=[RegexValidator("^[A-Z]{2}[A-Z2-9]{3}$")]
    )
    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    timezone = models.CharField(_("timezone"), max_length=60, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    population = models.PositiveBigIntegerField(_("population"), null=True, blank=True)
    population_definition = models.CharField(_("who is counted"), max_length=200, blank=True)
    population_year = models.PositiveSmallIntegerField(_("year of the count"), null=True, blank=True)
    population_source = models.CharField(_("source of the count"), max_length=300, blank=True)
    represented_by = models.CharField(_("represented by"), max_length=200, blank=True)
    represented_source = models.CharField(_("source"), max_length=300, blank=True)
    mailbox = models.EmailField(_("mailbox of the office"), blank=True)
    joined_on = models.DateField(_("member since"), null=True, blank=True)
    left_on = models.DateField(_("member until"), null=True, blank=True)

    objects = Cities.as_manager()

    class Meta:
        verbose_name = _("city")
        verbose_name_plural = _("cities")

    def __str__(self) -> str:
        return self.name

    def named(self, language: str) -> str:
        """Its name in a language; the Latin one where none is known. Uses prefetched names where there are any."""
        return next((one.name for one in self.names.all() if one.language == language), self.name)


class CityName(models.Model):
    """A city's name in a language."""

    city = models.ForeignKey(City, models.CASCADE, related_name="names")
    language = models.CharField(_("language"), max_length=20)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        verbose_name = _("name of a city")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["city", "language"], name="one_name_of_a_city_in_each_language")
        ]

    def __str__(self) -> str:
        return self.name
