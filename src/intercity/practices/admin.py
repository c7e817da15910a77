"""Challenges, practices, claims, adoptions and questions among the secretariat's records."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Model

from intercity.accounts.records import Page, ReadOnly, site
from intercity.practices.models import (
    Adoption,
    AdoptionPart,
    AdoptionStep,
    Challenge,
    Cost,
    FurtherPlace,
    Medium,
    Partner,
    Practice,
    PracticeVersion,
    PracticeWords,
    Question,
    Result,
)

OF_THE_PRACTICE = Page("practice", "practice.slug")
OF_THE_ADOPTION = Page("adoption", "adoption_id")


@admin.register(Challenge, site=site)
class Challenges(ReadOnly):
    """What cities look for."""

    list_display = ("slug", "city", "title", "state", "is_simulated", "written_at")
    list_filter = ("state", "is_simulated", "city")
    search_fields = ("slug", "title__body", "description__body", "city__name")
    public = Page("challenge", "slug")


@admin.register(Practice, site=site)
class Practices(ReadOnly):
    """What cities did."""

    list_display = ("slug", "city", "place", "state", "status", "evidence", "verification", "changed_at")
    list_filter = ("state", "status", "verification", "evidence", "provenance", "country", "city")
    search_fields = ("slug", "place", "implementer", "source", "city__name", "words__text__body")
    public = Page("practice", "slug")


@admin.register(PracticeWords, site=site)
class Words(ReadOnly):
    """What a practice tells under a heading."""

    list_display = ("practice", "field", "text")
    list_display_links = ("practice", "field")
    list_filter = ("field",)
    search_fields = ("practice__slug", "text__body")
    public = OF_THE_PRACTICE


@admin.register(PracticeVersion, site=site)
class Versions(ReadOnly):
    """Practices as they were published."""

    list_display = ("practice", "number", "note", "made_by", "made_at")
    search_fields = ("practice__slug", "note")
    public = Page("practice_version", "practice.slug", "number")


@admin.register(Partner, site=site)
class Partners(ReadOnly):
    """Who did it together."""

    list_display = ("name", "role", "practice")
    search_fields = ("name", "practice__slug")
    public = OF_THE_PRACTICE


@admin.register(FurtherPlace, site=site)
class FurtherPlaces(ReadOnly):
    """Where practices lie besides their first place."""

    list_display = ("__str__", "country", "practice")
    list_filter = ("country",)
    search_fields = ("place", "practice__slug")
    public = OF_THE_PRACTICE


@admin.register(Medium, site=site)
class Media(ReadOnly):
    """Pictures and documents elsewhere."""

    list_display = ("shows", "address", "licence", "kilobytes", "practice")
    search_fields = ("shows", "address", "practice__slug")
    public = OF_THE_PRACTICE


@admin.register(Cost, Result, site=site)
class Claims(ReadOnly):
    """What somebody claims, of a practice or of an adoption, each with who says so."""

    list_display = ("__str__", "practice", "adoption", "claimed_by", "source", "claimed_on")
    list_select_related = ("adoption__practice", "adoption__to_city")
    search_fields = ("claimed_by", "source", "practice__slug", "adoption__practice__slug")

    def view_on_site(self, obj: Model) -> str | None:
        """The page of the practice, or of the adoption."""
        return OF_THE_PRACTICE.address(obj) or OF_THE_ADOPTION.address(obj)


@admin.register(Adoption, site=site)
class Adoptions(ReadOnly):
    """Who took what from whom."""

    list_display = ("practice", "from_city", "to_city", "stage", "confirmed_at", "is_simulated", "began_on")
    list_display_links = ("practice", "to_city")
    list_filter = ("stage", "is_simulated", "to_city")
    search_fields = ("practice__slug", "to_city__name", "from_city__name", "why")
    public = Page("adoption", "pk")


@admin.register(AdoptionPart, site=site)
class Parts(ReadOnly):
    """What was kept, changed and dropped."""

    list_display = ("part", "kind", "why", "adoption")
    list_filter = ("kind",)
    list_select_related = ("adoption__practice", "adoption__to_city")
    public = OF_THE_ADOPTION


@admin.register(AdoptionStep, site=site)
class Steps(ReadOnly):
    """What happened to adoptions, in order."""

    list_display = ("adoption", "what", "stage", "note", "made_by", "made_at")
    list_filter = ("what", "stage")
    list_select_related = ("adoption__practice", "adoption__to_city")
    public = OF_THE_ADOPTION


@admin.register(Question, site=site)
class Questions(ReadOnly):
    """What cities ask those who did something."""

    list_display = ("__str__", "text", "asked_at", "answered_at", "declined_because", "reminded", "is_simulated")
    list_filter = ("declined_because", "is_simulated", "from_city")
    list_select_related = ("from_city", "practice")
    search_fields = ("practice__slug", "from_city__name", "text__body", "answer__body")
    public = OF_THE_PRACTICE
