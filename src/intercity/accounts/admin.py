"""People and roles among the secretariat's records, and the record of what was done, which knows of no accounts."""

from __future__ import annotations

from django.contrib import admin

from intercity.accounts.models import Attempt, Membership, Person, SignInCard
from intercity.accounts.records import Page, ReadOnly, site
from intercity.audit.models import Entry, Head


@admin.register(Person, site=site)
class People(ReadOnly):
    """Who can sign in; never with what."""

    list_display = ("name", "email", "language", "is_active", "joined_at")
    list_filter = ("is_active", "language")
    search_fields = ("name", "email")
    public = Page("person", "pk")


@admin.register(Membership, site=site)
class Memberships(ReadOnly):
    """Roles, also those that have ended."""

    list_display = ("person", "role", "city", "mailbox", "began_at", "ended_at")
    list_display_links = ("person", "role")
    list_filter = ("role", "city")
    search_fields = ("person__name", "person__email", "mailbox", "city__name")
    public = Page("person", "person_id")


@admin.register(SignInCard, site=site)
class SignInCards(ReadOnly):
    """When cards were printed, used and revoked; what stands on them nobody knows."""

    list_display = ("person", "issued_by", "issued_at", "expires_at", "used_at", "revoked_at")
    search_fields = ("person__name", "person__email")
    public = Page("person", "person_id")


site.leave_out(Attempt, because="It counts tries from one address of the net, and is deleted within a day.")


# Here and not in a file of its own, since audit stands below accounts and cannot ask who may look.
@admin.register(Entry, site=site)
class Entries(ReadOnly):
    """Who did what when. The hashes are no secrets: they are published, so that the record can be checked."""

    list_display = ("number", "at", "actor", "action", "subject", "details")
    list_filter = ("at", "action")
    search_fields = ("action", "subject", "actor__name")
    ordering = ("-number",)
    also_shown = ("hash",)


@admin.register(Head, site=site)
class Heads(ReadOnly):
    """The last entry of the chain."""

    also_shown = ("hash",)
