"""Cooperation among the secretariat's records: needs, offers, introductions, agreements, commitments, webhooks."""

from __future__ import annotations

from django.contrib import admin

from intercity.accounts.records import Page, ReadOnly, site
from intercity.partnerships.models.agreements import Agreement, AgreementDocument, AgreementParty, AgreementStep
from intercity.partnerships.models.commitments import Commitment, CommitmentStep, Confirmation, ProgressReport
from intercity.partnerships.models.introductions import Introduction, Outcome
from intercity.partnerships.models.outcomes import EventOutcome
from intercity.partnerships.models.postings import Leg, Posting, PostingReply, PostingTopic
from intercity.partnerships.models.tables import Slot, TradeTable
from intercity.partnerships.models.webhooks import Delivery, Webhook

site.register([AgreementDocument, AgreementParty, AgreementStep], public=Page("agreement", "agreement.slug"))
site.register([CommitmentStep, ProgressReport, Confirmation], public=Page("commitment", "commitment.number"))
site.register(Leg, public=Page("posting", "posting_id"))
site.register([EventOutcome, TradeTable], public=Page("event", "event.slug"))
site.register(
    Outcome,
    public=Page("introduction", "introduction_id"),
    list_select_related=("introduction__one", "introduction__other"),
)
site.register(Slot, public=Page("event_tables", "event.slug"), list_select_related=("table__event", "table__city"))


@admin.register(Posting, site=site)
class Postings(ReadOnly):
    """Needs and offers."""

    list_display = ("__str__", "title", "city", "kind", "direction", "state", "expires_on", "is_simulated")
    search_fields = ("title__body", "body__body", "city__name", "source")
    public = Page("posting", "pk")


@admin.register(PostingTopic, site=site)
class PostingTopics(ReadOnly):
    """What needs and offers are about; a code is one of a published list."""

    also_shown = ("code",)
    public = Page("posting", "posting_id")


@admin.register(PostingReply, site=site)
class PostingReplies(ReadOnly):
    """Who replied to a need or an offer."""

    list_display = ("organisation", "posting", "text", "from_city", "is_vendor", "is_shown", "made_at")
    search_fields = ("organisation", "text__body", "from_city__name")
    public = Page("posting", "posting_id")


@admin.register(Introduction, site=site)
class Introductions(ReadOnly):
    """Two cities that were brought together, and whether both said yes."""

    list_display = ("one", "other", "state", "proposed_at", "made_at", "is_simulated")
    list_display_links = ("one", "other")
    search_fields = ("one__name", "other__name", "why__body")
    public = Page("introduction", "pk")


@admin.register(Agreement, site=site)
class Agreements(ReadOnly):
    """What cities signed."""

    list_display = ("slug", "title", "kind", "state", "signed_on", "review_on", "is_simulated")
    search_fields = ("slug", "title__body", "parties__name", "parties__city__name", "source")
    public = Page("agreement", "slug")


@admin.register(Commitment, site=site)
class Commitments(ReadOnly):
    """What is promised, by whom, until when."""

    list_display = ("number", "text", "city", "owner", "due_on", "state", "done_on", "is_simulated")
    list_filter = ("state", "is_changed", "confirmer", "is_simulated", "city")
    search_fields = ("text__body", "owner", "city__name", "source")
    public = Page("commitment", "number")


@admin.register(Webhook, site=site)
class Webhooks(ReadOnly):
    """Which programs are told; not their addresses, since whoever knows one can often write there."""

    list_display = ("__str__", "note", "is_active", "made_by", "made_at")
    kept_back = ("address",)


@admin.register(Delivery, site=site)
class Deliveries(ReadOnly):
    """What programs were told, and whether it arrived; a key only names a delivery."""

    list_display = ("__str__", "webhook", "event", "tries", "status", "error", "made_at", "delivered_at")
    also_shown = ("key",)
