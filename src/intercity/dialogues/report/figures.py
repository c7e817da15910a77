"""Figures that stand beside a report on a web page: shares with their intervals, cities side by side, changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from intercity.core.opinion.intervals import share_bound
from intercity.dialogues.report.words import percent
from intercity.dialogues.results import Document

ONE_SIDE = 0.975
"""Both bounds together hold 95 %."""
SPLIT = (0.2, 0.4, 0.6, 0.8)
"""Shares at which the words and shades of a table change."""


@dataclass(frozen=True)
class Share:
    """Which part of some people is on one side of a statement, with the interval that chance leaves; in [0, 1]."""

    label: str
    value: float
    low: float
    high: float
    is_city: bool = False

    @property
    def said(self) -> str:
        """In words."""
        names = {"share": percent(self.value), "low": percent(self.low), "high": percent(self.high)}
        return _("%(share)s (%(low)s to %(high)s)") % names

    @property
    def shade(self) -> int:
        """1 (hardly anybody agrees) to 5 (nearly everybody): a class of the stylesheet."""
        return 1 + sum(self.value >= bound for bound in SPLIT)

    @property
    def level(self) -> str:
        """The same in words, for those who cannot see colours."""
        return (_("most against"), _("more against"), _("divided"), _("more for"), _("most for"))[self.shade - 1]


def shares(statement: Document, side: str) -> tuple[Share, ...]:
    """The share of everybody, of each group where there are several, and of each city that is counted."""
    return tuple(_shares(statement, side))


def _shares(statement: Document, side: str) -> Iterator[Share]:
    yield from _share(_("All"), statement["votes"], side)
    groups = statement.get("by_group") or {}
    for name, votes in groups.items() if len(groups) > 1 else ():
        yield from _share(_("Group %(name)s") % {"name": name}, votes, side)
    for name, votes in (statement.get("by_city") or {}).items():
        if votes is not None and votes["counted"]:
            yield from _city_share(name, votes, side)


def _city_share(name: str, votes: Document, side: str) -> Iterator[Share]:
    """As the floor counts it: drawn towards the other cities, so that few votes say little.

    The result holds this figure for agreement; for disagreement there are only the city's own votes.
    """
    if side == "agree" and votes["share"] is not None:
        low, high = votes["interval"]
        yield Share(name, votes["share"], low, high, is_city=True)
        return
    for one in _share(name, votes, side):
        yield replace(one, is_city=True)


def _share(label: str, votes: Document, side: str) -> Iterator[Share]:
    seen = votes["agree"] + votes["disagree"] + votes["pass"]
    if seen:
        low = float(share_bound(votes[side], seen, confidence=ONE_SIDE))
        high = float(share_bound(votes[side], seen, confidence=ONE_SIDE, upper=True))
        yield Share(label, votes[side] / seen, low, high)


@dataclass(frozen=True)
class Row:
    """A statement in the table of cities: for each city the share that agrees, None where too few voted."""

    id: str
    text: str
    spread: float
    cells: tuple[Share | None, ...]


def city_table(document: Document, most: int | None) -> tuple[list[str], list[Row]]:
    """Cities that are counted anywhere, and the statements on which they differ beyond chance, most first."""
    found = document.get("city_differences") or []
    by_id = {one["id"]: one for one in document["statements"]}
    names = [
        name
        for name in document["input"]["cities"]
        if any(_cell((one.get("by_city") or {}).get(name), name) for one in document["statements"])
    ]
    rows = []
    for one in found[:most]:
        statement = by_id[one["statement"]]
        cells = tuple(_cell((statement["by_city"] or {}).get(name), name) for name in names)
        rows.append(Row(one["statement"], statement["text"], one["spread"], cells))
    return names, rows


def _cell(city: Document | None, name: str) -> Share | None:
    if city is None or not city["counted"] or city["share"] is None:
        return None
    low, high = city["interval"]
    return Share(name, city["share"], low, high, is_city=True)


@dataclass(frozen=True)
class Changes:
    """What has changed in the common ground since an earlier round: ids of statements."""

    gained: tuple[str, ...]
    lost: tuple[str, ...]
    kept: tuple[str, ...]


def changes(before: Document, now: Document) -> Changes:
    """Compare the common ground of two results by the numbers of statements and the side they are on."""
    earlier, later = _ground(before), _ground(now)
    return Changes(
        gained=tuple(name for name, side in later.items() if earlier.get(name) != side),
        lost=tuple(name for name, side in earlier.items() if later.get(name) != side),
        kept=tuple(name for name, side in later.items() if earlier.get(name) == side),
    )


def _ground(document: Document) -> dict[str, bool]:
    if document["recipe"] == "polis":
        sides = (("agree", True), ("disagree", False))
        return {one["statement"]: agrees for side, agrees in sides for one in document["consensus"][side]}
    return {one["statement"]: one["agreed"] for one in document["common_ground"]}


def in_words(document: Document, words: Mapping[str, str], names: Mapping[str, str] | None = None) -> Document:
    """The document with statements in the reader's words, and cities under the reader's names for them."""
    names = names or {}
    about = {**document["input"], "cities": [names.get(one, one) for one in document["input"]["cities"]]}
    statements = [
        {
            **one,
            "text": words.get(one["id"], one["text"]),
            "by_city": one["by_city"] and {names.get(name, name): votes for name, votes in one["by_city"].items()}
            if "by_city" in one
            else None,
        }
        for one in document["statements"]
    ]
    return {**document, "input": about, "statements": statements}
