"""What a result of the default recipe says."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intercity.dialogues.report.sections import Bar, GroupRow, Line, Section, Statements
from intercity.dialogues.report.words import at_least, number, percent, place, share_of
from intercity.dialogues.results import Document

A_FEW = 5


def sections(document: Document) -> tuple[Section, ...]:
    """Common ground, what stands for everyone, groups, cities."""
    statements = Statements(document)
    found = [_common_ground(document, statements), _slate(document, statements), _groups(document, statements)]
    if document["city_differences"] is not None:
        found.append(_cities(document, statements))
    return tuple(found)


def groups(document: Document) -> tuple[GroupRow, ...]:
    """The table beside the map."""
    listed = document["groups"]["list"]
    people = sum(group["size"] for group in listed) or 1
    return tuple(
        GroupRow(
            name=group["name"],
            people=number(group["size"]),
            share=percent(group["size"] / people),
            place=place(*group["centre"]) if len(listed) > 1 else _("everywhere"),
            stability=percent(group["stability"]) if len(listed) > 1 else "–",
        )
        for group in listed
    )


def directions(document: Document) -> tuple[str, ...]:
    """What the directions of the map mean."""
    statements = Statements(document)
    texts = (
        (_("Further right: agree more with “%(text)s”"), _("Further left: agree more with “%(text)s”")),
        (_("Further up: agree more with “%(text)s”"), _("Further down: agree more with “%(text)s”")),
    )
    return tuple(
        text % {"text": statements.text(direction[end][0])}
        for direction, pair in zip(document["directions"], texts, strict=True)
        for end, text in zip(("more", "less"), pair, strict=True)
        if direction[end]
    )


def _common_ground(document: Document, statements: Statements) -> Section:
    several = len(document["groups"]["list"]) > 1
    cities = any(statement["agree"]["city_floor"] is not None for statement in document["statements"])
    lead = {
        (True, True): _("In every group and in every city with enough votes, a majority is on the same side."),
        (True, False): _("In every group, a majority is on the same side."),
        (False, True): _("In every city with enough votes, a majority is on the same side."),
        (False, False): _("A clear majority of all is on the same side."),
    }[several, cities]
    confidence = percent(document["parameters"]["confidence"])
    lead += " " + _(
        "“At least” is the share where it is lowest, with what chance might have added taken off "
        "(%(confidence)s confidence)."
    ) % {"confidence": confidence}
    return Section(
        anchor="common-ground",
        title=_("Common ground"),
        lead=lead,
        lines=tuple(_common(one, document, statements) for one in document["common_ground"]),
        nothing=_("No statement has a majority everywhere yet. The differences below may show where to look for one."),
    )


def _common(one: Document, document: Document, statements: Statements) -> Line:
    statement = statements.by_id[one["statement"]]
    side = "agree" if one["agreed"] else "disagree"
    text = (
        _("At least %(floor)s agree, wherever one looks; %(share)s of all.")
        if one["agreed"]
        else _("At least %(floor)s disagree, wherever one looks; %(share)s of all.")
    )
    said = text % {"floor": at_least(one["floor"]), "share": percent(statement[side]["share"])}
    return statements.line(one["statement"], said, _bars(statement, side, document))


def _bars(statement: Document, side: str, document: Document) -> tuple[Bar, ...]:
    """The share of everybody, or of each group where there are several."""
    shares = [(_("All"), share_of(statement["votes"], side))]
    if len(document["groups"]["list"]) > 1:
        shares += [(name, share_of(votes, side)) for name, votes in statement["by_group"].items()]
    return tuple(Bar(label, share, percent(share)) for label, share in shares if share is not None)


def _slate(document: Document, statements: Statements) -> Section:
    slate = document["slate"]
    lines: list[Line] = []
    for statement, covered in zip(slate["statement"], slate["covered"], strict=True):
        text = _("%(share)s agree with it or with one above.") if lines else _("%(share)s agree with it.")
        lines.append(statements.line(statement, text % {"share": percent(covered)}))
    size = len(lines)
    if slate["represented"]:
        checked = ngettext(
            "Checked: no group of a whole share (everybody divided by %(size)d) that agrees on some other statement "
            "is left without one of these.",
            "Checked: no group of one part in %(size)d that agrees on some other statement is left without one of "
            "these (justified representation).",
            size,
        ) % {"size": size}
    else:
        checked = _("The guarantee does not hold here: a large group that agrees on something is left without any.")
    assumed = _("%(share)s of these agreements were predicted from other votes, not cast.") % {
        "share": percent(slate["assumed"])
    }
    return Section(
        anchor="slate",
        title=_("A few statements that stand for everyone"),
        lead=_("Chosen so that between them as many people as possible find something they agree with."),
        lines=tuple(lines),
        paragraphs=(checked, assumed) if lines else (),
        nothing=_("There are not enough votes to choose any."),
    )


def _groups(document: Document, statements: Statements) -> Section:
    found = document["groups"]
    title = _("Groups, and what sets them apart")
    if not found["stable"]:
        return Section(
            anchor="groups",
            title=title,
            lead=_("No stable groups. If people were drawn anew, they would be divided differently each time."),
            paragraphs=tuple(_tried(found["tried"])),
        )
    sharpness = (
        _("The groups are distinct: a single cloud of opinions would hardly ever look as divided.")
        if found["distinct"]
        else _("The groups are parts of a gradual spectrum: many people stand between them.")
    )
    lead = _("People who vote alike. Found by their votes only; nobody was asked who they are.")
    parts = tuple(_group(group, document, statements) for group in found["list"])
    left = ngettext(
        "%(count)s person has voted too little to be put into a group.",
        "%(count)s people have voted too little to be put into a group.",
        found["not_placed"],
    ) % {"count": number(found["not_placed"])}
    return Section("groups", title, lead, paragraphs=(sharpness, left), parts=parts)


def _tried(tried: list[Document]) -> Iterator[str]:
    for one in tried:
        text = _("%(groups)d groups were tried; the least stable kept %(share)s of its people.")
        yield text % {"groups": one["groups"], "share": percent(min(one["stability"]))}


def _group(group: Document, document: Document, statements: Statements) -> Section:
    name = group["name"]
    apart = [one for one in document["group_differences"] if one["group"] == name]
    lead = ngettext(
        "%(people)s person; drawn anew, the group keeps %(stability)s of its people.",
        "%(people)s people; drawn anew, the group keeps %(stability)s of its people.",
        group["size"],
    ) % {"people": number(group["size"]), "stability": percent(group["stability"])}
    return Section(
        anchor=f"group-{name.lower()}",
        title=_("Group %(name)s") % {"name": name},
        lead=lead,
        lines=tuple(_apart(one, document, statements) for one in apart[:A_FEW]),
        nothing=_("Nothing sets it apart beyond what chance explains."),
    )


def _apart(one: Document, document: Document, statements: Statements) -> Line:
    statement = statements.by_id[one["statement"]]
    side = "agree" if one["agrees"] else "disagree"
    more = one["difference"] if one["agrees"] else one["disagreement"]
    own = share_of(statement["by_group"][one["group"]], side) or 0.0
    text = _("%(own)s agree, others %(others)s.") if one["agrees"] else _("%(own)s disagree, others %(others)s.")
    said = text % {"own": percent(own), "others": percent(own - more)}
    return statements.line(one["statement"], said, _bars(statement, side, document)[1:])


def _cities(document: Document, statements: Statements) -> Section:
    return Section(
        anchor="cities",
        title=_("Where cities differ"),
        lead=_("Shares of small cities are drawn towards the mean of all, as far as chance could explain the rest."),
        lines=tuple(_city(one, statements) for one in document["city_differences"][:A_FEW]),
        paragraphs=tuple(_too_few(document)),
        nothing=_("No statement divides the cities beyond what chance explains."),
    )


def _city(one: Document, statements: Statements) -> Line:
    shares = {
        name: city for name, city in statements.by_id[one["statement"]]["by_city"].items() if city and city["counted"]
    }
    order = sorted(shares, key=lambda name: -float(shares[name]["share"]))
    text = _("From %(low)s agreement in %(lowest)s to %(high)s in %(highest)s.")
    said = text % {
        "low": percent(shares[order[-1]]["share"]),
        "lowest": order[-1],
        "high": percent(shares[order[0]]["share"]),
        "highest": order[0],
    }
    bars = tuple(Bar(name, shares[name]["share"], _interval(shares[name])) for name in order)
    return statements.line(one["statement"], said, bars)


def _interval(city: Document) -> str:
    low, high = city["interval"]
    return _("%(share)s (%(low)s to %(high)s)") % {
        "share": percent(city["share"]),
        "low": percent(low),
        "high": percent(high),
    }


def _too_few(document: Document) -> Iterator[str]:
    """Cities that are counted nowhere."""
    names = document["input"]["cities"]
    counted = {
        name
        for statement in document["statements"]
        for name, city in (statement["by_city"] or {}).items()
        if city and city["counted"]
    }
    silent = [name for name in names if name not in counted]
    if silent:
        yield _("Too few votes to be counted on any statement: %(cities)s.") % {"cities": ", ".join(silent)}
