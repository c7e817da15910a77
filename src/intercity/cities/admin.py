"""The network and its cities among the secretariat's records."""

from __future__ import annotations

from django.contrib import admin

from intercity.accounts.records import Page, ReadOnly, site
from intercity.cities.models import City, CityName, Network, Story, Thread, Tie, TieConfirmation

site.register(Network)
site.register(TieConfirmation, list_select_related=("tie__one", "tie__other"))


@admin.register(City, site=site)
class Cities(ReadOnly):
    """Members, and those that were."""

    list_display = ("name", "country", "level", "population", "joined_on", "left_on")
    list_filter = ("country", "level")
    search_fields = ("name", "slug", "names__name", "wikidata_id", "locode")
    public = Page("city", "slug")


@admin.register(CityName, site=site)
class CityNames(ReadOnly):
    """What a city is called in other languages."""

    list_display = ("name", "language", "city")
    list_filter = ("language",)
    search_fields = ("name", "city__name")
    public = Page("city", "city.slug")


@admin.register(Story, site=site)
class Stories(ReadOnly):
    """What residents tell of their city, with how consent was given; who tells it only where they wish it."""

    list_display = ("title", "city", "community", "state", "is_simulated", "written_at")
    search_fields = ("title__body", "text__body", "community", "city__name")
    public = Page("story", "pk")


@admin.register(Tie, site=site)
class Ties(ReadOnly):
    """What ties two cities together, as somebody claims it."""

    list_display = ("kind", "one", "other", "note", "claimed_by", "as_of", "ended_on", "is_simulated")
    search_fields = ("note", "one__name", "other__name", "claimed_by", "source")
    public = Page("ties", "one.slug")


@admin.register(Thread, site=site)
class Threads(ReadOnly):
    """What two cities share, as somebody claims it."""

    list_display = ("name", "kind", "one", "other", "claimed_by", "source", "is_simulated")
    search_fields = ("name", "text__body", "one__name", "other__name", "claimed_by", "source")
    public = Page("ties", "one.slug")
