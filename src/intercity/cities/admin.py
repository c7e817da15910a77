"""The network and its cities among the secretariat's records."""

from __future__ import annotations

from django.contrib import admin

from intercity.accounts.records import Page, ReadOnly, site
from intercity.cities.models import City, CityName, Network

site.register(Network)


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
