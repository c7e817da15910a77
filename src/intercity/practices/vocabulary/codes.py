"""Other people's short lists by which practices are found, and our own of whom a thing is for and who pays."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Cofog(models.TextChoices):
    """Functions of government: the ten divisions of the United Nations' COFOG, by their numbers."""

    GENERAL = "01", _("General public services")
    DEFENCE = "02", _("Defence")
    ORDER = "03", _("Public order and safety")
    ECONOMY = "04", _("Economic affairs")
    ENVIRONMENT = "05", _("Environmental protection")
    HOUSING = "06", _("Housing and community amenities")
    HEALTH = "07", _("Health")
    CULTURE = "08", _("Recreation, culture and religion")
    EDUCATION = "09", _("Education")
    PROTECTION = "10", _("Social protection")


class FocusArea(models.TextChoices):
    """The six focus areas of the ASEAN Smart Cities Network, which its members know."""

    CIVIC_SOCIAL = "civic-social", _("Civic and social")
    HEALTH = "health", _("Health and well-being")
    SAFETY = "safety", _("Safety and security")
    ENVIRONMENT = "environment", _("Quality environment")
    INFRASTRUCTURE = "infrastructure", _("Built infrastructure")
    INDUSTRY = "industry", _("Industry and innovation")


class Group(models.TextChoices):
    """Whom something is for."""

    EVERYBODY = "everybody", _("everybody")
    CHILDREN = "children", _("children")
    YOUNG_PEOPLE = "young-people", _("young people")
    OLDER_PEOPLE = "older-people", _("older people")
    WOMEN = "women", _("women and girls")
    DISABILITIES = "people-with-disabilities", _("people with disabilities")
    LOW_INCOME = "low-income", _("people with little money")
    MINORITIES = "minorities", _("minorities and indigenous peoples")
    NEWCOMERS = "newcomers", _("people who moved there")
    INFORMAL_WORKERS = "informal-workers", _("informal workers and vendors")
    SMALL_BUSINESSES = "small-businesses", _("small businesses")
    FARMERS = "farmers", _("farmers")
    VISITORS = "visitors", _("visitors")
    CITY_STAFF = "city-staff", _("people who work for the city")


class Funding(models.TextChoices):
    """Who pays."""

    # Translators: the city pays from its own budget.
    OWN = "own", _("the city's own money")
    # Translators: the national, state or provincial government pays.
    NATIONAL = "national", _("national or regional government")
    DONOR = "donor", _("a donor or foundation")
    LOAN = "loan", _("a loan")
    PRIVATE = "private", _("companies")
    # Translators: people who live there pay, or give their work.
    COMMUNITY = "community", _("residents and communities")
