"""Dialogues among the secretariat's records, without anything that leads from words or votes to a resident."""

from __future__ import annotations

from django.contrib import admin

from intercity.accounts.records import Page, ReadOnly, site
from intercity.dialogues.models import (
    Answer,
    Comparison,
    Decision,
    Dialogue,
    Exposure,
    Invitation,
    Likeness,
    Participant,
    Release,
    Round,
    SentKey,
    Statement,
    StoredResult,
    Subscription,
    Vote,
)

OF_THE_DIALOGUE = Page("dialogue", "dialogue.slug")
OF_THE_STATEMENT = Page("statement", "statement.dialogue.slug", "statement.number")

# Residents were promised that nobody sees how they voted, the secretariat least of all. A list of participants with
# their city, age band and day beside a list of votes is enough to find somebody in a small place; so is what they were
# shown and in which order. Since these tables are not among the records, no column that leads to them is shown either:
# not the author of a statement, not the participant in a decision.
site.leave_out(Vote, because="How one person voted is nobody's to look up; what votes say together is in the results.")
site.leave_out(Participant, because="A city, an age band and a day can be enough to find somebody in a small place.")
site.leave_out(Exposure, because="What somebody was shown, and in which order, leads to what they voted on.")
site.leave_out(SentKey, because="Keys of votes that a device sent: they belong to a participant, and are secrets.")
site.leave_out(Subscription, because="Addresses that residents left to be told of an answer, and for nothing else.")


@admin.register(Dialogue, site=site)
class Dialogues(ReadOnly):
    """What is asked, who answers, until when."""

    list_display = ("slug", "question", "state", "responder_city", "answer_due", "is_simulated", "created_at")
    list_filter = ("state", "admission", "is_simulated", "is_imported", "responder_city")
    search_fields = ("slug", "question__body", "background__body", "responder_role", "responder_city__name")
    public = Page("dialogue", "slug")


@admin.register(Round, site=site)
class Rounds(ReadOnly):
    """Each time of asking."""

    list_display = ("dialogue", "number", "opened_at", "closed_at", "votes_version")
    search_fields = ("dialogue__slug",)
    public = OF_THE_DIALOGUE


@admin.register(Statement, site=site)
class Statements(ReadOnly):
    """What people say; never who."""

    list_display = ("dialogue", "number", "text", "state", "is_seed", "written_at")
    list_display_links = ("number", "text")
    list_filter = ("state", "reason", "is_seed", "is_meta", "is_accepted")
    list_select_related = ("dialogue",)
    search_fields = ("dialogue__slug", "text__body")
    public = Page("statement", "dialogue.slug", "number")


@admin.register(Decision, site=site)
class Decisions(ReadOnly):
    """What moderators decided. What stood before may hold more than is public, and is there to undo, not to read."""

    list_display = ("what", "dialogue", "statement", "reason", "note", "made_by", "made_at", "undone_at")
    list_filter = ("what", "reason")
    list_select_related = ("statement__dialogue",)
    search_fields = ("dialogue__slug", "note", "made_by__name")
    kept_back = ("before",)
    public = OF_THE_DIALOGUE


@admin.register(Answer, site=site)
class Answers(ReadOnly):
    """What offices answered."""

    list_display = ("statement", "kind", "text", "owner", "due", "answered_as", "answered_at")
    list_filter = ("kind",)
    list_select_related = ("statement__dialogue",)
    search_fields = ("statement__dialogue__slug", "text__body", "owner", "answered_as")
    public = OF_THE_STATEMENT


@admin.register(StoredResult, site=site)
class StoredResults(ReadOnly):
    """Whether results are up to date. The result itself is on its page, which shows no fewer people than it may."""

    list_display = ("round", "version", "votes", "participants", "computed_at", "seconds", "error")
    list_select_related = ("round__dialogue",)
    search_fields = ("round__dialogue__slug", "error")
    kept_back = ("document",)
    public = Page("results", "round.dialogue.slug")


@admin.register(Release, site=site)
class Releases(ReadOnly):
    """What was published. The document is large, and its page shows it."""

    list_display = ("round", "number", "is_final", "licence", "published_by", "published_at")
    list_select_related = ("round__dialogue",)
    search_fields = ("round__dialogue__slug", "sha256")
    kept_back = ("document", "participation")
    public = Page("report", "round.dialogue.slug", "round.number", "number")


@admin.register(Invitation, site=site)
class Invitations(ReadOnly):
    """Sheets of invitations, without their codes and without who came in by them."""

    list_display = ("dialogue", "sheet", "city", "most_uses", "uses", "made_at", "revoked_at")
    list_display_links = ("dialogue", "sheet")
    search_fields = ("dialogue__slug", "sheet", "city__name")
    public = OF_THE_DIALOGUE


@admin.register(Likeness, Comparison, site=site)
class Likenesses(ReadOnly):
    """Which statements were compared, and which may say the same."""

    list_select_related = ("statement__dialogue",)
    search_fields = ("statement__text__body",)
    public = OF_THE_STATEMENT
