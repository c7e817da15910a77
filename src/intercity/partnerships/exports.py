"""Commitments, agreements, needs and offers, and events as tables; their schema says what each column means.

Words are in the language they were written in, with its code beside them. Mailboxes are left out.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

from django.urls import reverse

from intercity.events.models import Event, EventKind, EventState
from intercity.partnerships.models import (
    Agreement,
    AgreementKind,
    AgreementState,
    Commitment,
    ConfirmerKind,
    Direction,
    Posting,
    PostingKind,
    PostingState,
    Standing,
)
from intercity.practices.exports.cells import cell, harmless
from intercity.practices.exports.schema import DATE, LANGUAGE, SLUG, Column, Table, described

_ADDRESS = Column("address", "Where it is read.")
_SIMULATED = Column("is_simulated", "True where a demonstration made it up.", "boolean")
_SOURCE = Column("source", "Where it is written; empty where nobody said.")
_CITY = Column("city", "Slug of the city.", pattern=SLUG)


def _language(of: str) -> Column:
    return Column(f"{of}_language", f"The language of `{of}`.", pattern=LANGUAGE)


COMMITMENTS: Final = Table(
    "commitments",
    "A row is what one city, or the network itself, promised.",
    (
        Column("number", "The number by which people name it.", "integer", is_needed=True),
        _ADDRESS,
        Column("text", "What is promised."),
        _language("text"),
        Column("city", "Slug of the city that promised it; empty where the network itself did.", pattern=SLUG),
        Column("owner", "The office that does it."),
        Column("promised_on", "When it was promised.", "date"),
        Column("first_due_on", "The day that was promised first.", "date"),
        Column("due_on", "The day that holds now.", "date"),
        Column("standing", "How it stands today.", codes=lambda: Standing.values),
        Column("done_on", "When it was done, as its owner reported.", "date"),
        Column("settled_on", "When a second party confirmed it, or when it was dropped.", "date"),
        Column("confirmer", "What kind of second party confirms it.", codes=lambda: ConfirmerKind.values),
        Column("confirmer_name", "Slug of the city, or name of the group, that confirms it."),
        Column("agreement", "Slug of the agreement it belongs to.", pattern=SLUG),
        Column("event", "Slug of the event it comes from.", pattern=SLUG),
        _SOURCE,
        _SIMULATED,
    ),
    key=("number",),
)
AGREEMENTS: Final = Table(
    "agreements",
    "A row is an agreement between parties.",
    (
        Column("slug", "Its address, which stays.", is_needed=True, pattern=SLUG),
        _ADDRESS,
        Column("kind", "What kind of paper it is.", codes=lambda: AgreementKind.values),
        Column("title", "Its title."),
        _language("title"),
        Column("why", "Why it was made."),
        _language("why"),
        Column("parties", "Names of the parties, with “ | ” between them; members by their slugs."),
        Column("signed_on", "A year, a month or a day; empty where it is not known.", pattern=DATE),
        Column("review_on", "When it is looked at again.", "date"),
        Column("state", "Whether it lives.", codes=lambda: AgreementState.values),
        Column("ended_on", "When it ended.", "date"),
        Column("commitments", "How many commitments belong to it; one without any is a declaration.", "integer"),
        _SOURCE,
        _SIMULATED,
    ),
    key=("slug",),
)
POSTINGS: Final = Table(
    "needs-and-offers",
    "A row is what a city seeks or gives.",
    (
        Column("id", "Its number in this installation.", "integer", is_needed=True),
        _ADDRESS,
        Column("direction", "Whether it is sought or given.", codes=lambda: Direction.values),
        Column("kind", "What it is about.", codes=lambda: PostingKind.values),
        _CITY,
        Column("title", "It in one line."),
        _language("title"),
        Column("body", "It in their own words."),
        _language("body"),
        Column("topics", "Chapters of the Harmonized System (hs:09) and concepts (concept:floods).", is_list=True),
        Column("languages", "Codes of the languages that are spoken there.", is_list=True),
        Column("contact_role", "Whom to call: a role."),
        Column("state", "Whether it is still sought or given.", codes=lambda: PostingState.values),
        Column("expires_on", "The last day on which it holds.", "date"),
        _SOURCE,
        _SIMULATED,
    ),
    key=("id",),
)
EVENTS: Final = Table(
    "events",
    "A row is an event; days are days at its place, both included.",
    (
        Column("slug", "Its address, which stays.", is_needed=True, pattern=SLUG),
        _ADDRESS,
        Column("kind", "What kind of event it is.", codes=lambda: EventKind.values),
        Column("state", "Whether it takes place.", codes=lambda: EventState.values),
        Column("title", "Its title."),
        _language("title"),
        Column("starts_on", "Its first day.", "date"),
        Column("ends_on", "Its last day.", "date"),
        Column("starts_at", "When it begins, where the hour is known.", "datetime"),
        Column("ends_at", "When it ends, where the hour is known.", "datetime"),
        Column("timezone", "Timezone of the place, a name in the IANA database."),
        Column("city", "Slug of the member that hosts it.", pattern=SLUG),
        Column("place", "House and street, or the place where no member hosts it."),
        Column("country", "ISO 3166-1, two letters."),
        Column("link", "Its own page."),
        Column("concepts", "What it is about: ids of the vocabulary of urban challenges.", is_list=True),
        _SOURCE,
        _SIMULATED,
    ),
    key=("slug",),
)
TABLES: Final = (COMMITMENTS, AGREEMENTS, POSTINGS, EVENTS)

Row = Mapping[str, Any]


def commitment_row(one: Commitment) -> Row:
    """A commitment."""
    return {
        **_same(one, COMMITMENTS),
        **_words("text", one.text),
        "address": reverse("commitment", args=[one.number]),
        "city": one.city.slug if one.city else "",
        "standing": one.standing,
        "confirmer_name": one.confirmer_city.slug if one.confirmer_city else one.confirmer_group,
        "agreement": one.agreement.slug if one.agreement else "",
        "event": one.event.slug if one.event else "",
    }


def agreement_row(one: Agreement) -> Row:
    """An agreement; it needs `commitments_count`, as `with_words` gives it."""
    return {
        **_same(one, AGREEMENTS),
        **_words("title", one.title),
        **_words("why", one.why),
        "address": reverse("agreement", args=[one.slug]),
        "parties": " | ".join(party.city.slug if party.city else party.name for party in one.parties.all()),
        "commitments": getattr(one, "commitments_count", None),
    }


def posting_row(one: Posting) -> Row:
    """A need or an offer."""
    return {
        **_same(one, POSTINGS),
        **_words("title", one.title),
        **_words("body", one.body),
        "id": one.pk,
        "address": reverse("posting", args=[one.pk]),
        "city": one.city.slug,
        "topics": [f"{topic.scheme}:{topic.code}" for topic in one.topics.all()],
    }


def event_row(one: Event) -> Row:
    """An event."""
    return {
        **_same(one, EVENTS),
        **_words("title", one.title),
        "address": reverse("event", args=[one.slug]),
        "city": one.city.slug if one.city else "",
    }


def lines(table: Table, found: Iterable[Any], row: Callable[[Any], Row], site: str) -> Iterator[str]:
    """The table as CSV, line by line: UTF-8 with the mark by which spreadsheets know it, and no cell that they run."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(table.names)
    for one in found:
        told = {**row(one)}
        told["address"] = site + told["address"]
        yield writer.writerow([harmless(cell(told.get(name))) for name in table.names])


def datapackage() -> dict[str, object]:
    """What the tables are (specs.frictionlessdata.io)."""
    resources = [
        {"name": one.name, "path": f"{one.name}.csv", "description": one.about, "schema": described(one)}
        for one in TABLES
    ]
    return {"name": "cooperation", "resources": resources, "licenses": [{"name": "CC-BY-4.0"}]}


def _same(one: Any, table: Table) -> dict[str, Any]:
    """The columns that are called as in the database."""
    fields = {field.name for field in one._meta.concrete_fields if not field.is_relation}
    return {name: getattr(one, name) for name in table.names if name in fields}


def _words(name: str, text: Any) -> dict[str, str]:
    return {name: text.body if text else "", f"{name}_language": text.language if text else ""}


class _Echo:
    """What the csv module writes to; it gives each line back."""

    def write(self, line: str) -> str:
        return line
