"""What a result of the recipe polis says."""

from __future__ import annotations

from django.utils.translation import gettext as _

from intercity.dialogues.report.sections import GroupRow, Line, Section, Statements
from intercity.dialogues.report.words import number, percent, place
from intercity.dialogues.results import Document


def sections(document: Document) -> tuple[Section, ...]:
    """Consensus, and groups with what represents them."""
    statements = Statements(document)
    return (_consensus(document, statements), _groups(document, statements))


def groups(document: Document) -> tuple[GroupRow, ...]:
    """The table beside the map."""
    people = sum(group["size"] for group in document["groups"]) or 1
    return tuple(
        GroupRow(
            name=group["name"],
            people=number(group["size"]),
            share=percent(group["size"] / people),
            place=place(*group["centre"]),
            stability="–",
        )
        for group in document["groups"]
    )


def directions(_document: Document) -> tuple[str, ...]:
    """The recipe does not name the directions of its map."""
    return ()


def _consensus(document: Document, statements: Statements) -> Section:
    lines = [_line(one, statements, agreed=True) for one in document["consensus"]["agree"]]
    lines += [_line(one, statements, agreed=False) for one in document["consensus"]["disagree"]]
    return Section(
        anchor="common-ground",
        title=_("Consensus of everybody"),
        lead=_("By Polis's recipe: statements that most of all participants agree or disagree with."),
        lines=tuple(lines),
        nothing=_("No statement reaches the recipe's bounds."),
    )


def _groups(document: Document, statements: Statements) -> Section:
    parts = tuple(
        Section(
            anchor=f"group-{group['name'].lower()}",
            title=_("Group %(name)s") % {"name": group["name"]},
            lead=_("%(people)s people; what represents them:") % {"people": number(group["size"])},
            lines=tuple(_line(one, statements, agreed=one["agrees"]) for one in group["representative"]),
            nothing=_("No statement reaches the recipe's bounds."),
        )
        for group in document["groups"]
    )
    lead = _("By Polis's recipe, which always finds groups and does not say how stable they are.")
    return Section("groups", _("Groups, and what represents them"), lead, parts=parts)


def _line(one: Document, statements: Statements, *, agreed: bool) -> Line:
    text = _("%(share)s of %(votes)s agree.") if agreed else _("%(share)s of %(votes)s disagree.")
    said = text % {"share": percent(one["votes"] / max(one["seen"], 1)), "votes": number(one["seen"])}
    return statements.line(one["statement"], said)
