"""What a report says, in which order: common ground first, then groups, then how sure all this is."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intercity.core.opinion import SILENCES
from intercity.dialogues.report import certainty, ours, polis
from intercity.dialogues.report.sections import GroupRow, Section
from intercity.dialogues.report.words import number
from intercity.dialogues.results import Document


@dataclass(frozen=True)
class Report:
    """A report, ready to be shown.

    `warnings` come before everything; `origin` says how the result was computed and can be verified; `directions` say
    what the map's two directions mean; `gatherings` are the people on it.
    """

    title: str
    summary: str
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]
    groups: tuple[GroupRow, ...]
    gatherings: tuple[Document, ...]
    directions: tuple[str, ...]
    origin: tuple[tuple[str, str], ...]
    simulated: bool
    attribution: str


def report_on(document: Document) -> Report:
    """Put a result into words, in the language that is active."""
    recipe = polis if document["recipe"] == "polis" else ours
    about = document["input"]
    return Report(
        title=about["topic"],
        summary=_summary(about),
        warnings=tuple(_(SILENCES[name]) for name in document.get("cannot_say", ())),
        sections=(*recipe.sections(document), certainty.section(document)),
        groups=recipe.groups(document),
        gatherings=tuple(document["map"]),
        directions=recipe.directions(document),
        origin=_origin(document),
        simulated=about["simulated"],
        attribution=about["attribution"],
    )


def _summary(about: Document) -> str:
    people = ngettext("%(people)s person", "%(people)s people", about["participants"])
    votes = ngettext("%(votes)s vote", "%(votes)s votes", about["votes"])
    statements = ngettext("%(statements)s statement", "%(statements)s statements", about["statements"])
    named = {
        "people": people % {"people": number(about["participants"])},
        "votes": votes % {"votes": number(about["votes"])},
        "statements": statements % {"statements": number(about["statements"])},
        "removed": number(about["removed"]),
    }
    if about["removed"]:
        return _("%(people)s, %(votes)s, %(statements)s (%(removed)s set aside by moderation).") % named
    return _("%(people)s, %(votes)s, %(statements)s.") % named


def _origin(document: Document) -> tuple[tuple[str, str], ...]:
    rows = [
        (_("Recipe"), document["recipe"]),
        (_("Computed by"), f"{document['software']['name']} {document['software']['version']}"),
        (_("Fingerprint of the votes (SHA-256)"), document["input"]["sha256"]),
    ]
    parameters = document["parameters"]
    if parameters:
        named = ", ".join(f"{name} {value}" for name, value in parameters.items())
        rows.append((_("Parameters"), named))
    return tuple(rows)
