"""A result as pages show it: in the reader's words, with answers beside the common ground."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import get_language

from intercity.dialogues.models import Answer, Dialogue, Round, StatementState
from intercity.dialogues.report import Report, report_on
from intercity.dialogues.report.figures import Row, Share, city_table, in_words, shares
from intercity.dialogues.report.opinion_map import Drawing, draw
from intercity.dialogues.report.sections import Line, Section
from intercity.dialogues.report.words import percent, share_of
from intercity.dialogues.results import Document
from intercity.languages.models import Text

FIRST = 5
"""How many lines of a list stand on the first page; all of them are one link away."""
LARGER = 1.7
"""Signs are drawn so much larger than on a desk's page, so that they are seen on a phone."""


@dataclass(frozen=True)
class Common:
    """A statement of common ground: what is said about it, shares with their intervals, and the answer to it."""

    line: Line
    agreed: bool
    everywhere: tuple[Share, ...]
    answer: Answer | None

    @property
    def groups(self) -> tuple[Share, ...]:
        """Everybody, and each group."""
        return tuple(one for one in self.everywhere if not one.is_city)

    @property
    def cities(self) -> tuple[Share, ...]:
        """Each city that is counted, the lowest share first."""
        return tuple(sorted((one for one in self.everywhere if one.is_city), key=lambda one: one.value))


@dataclass(frozen=True)
class Counted:
    """A statement with everybody's votes, for the table of all; a share of nobody is None."""

    id: str
    agree: str
    disagree: str
    passed: str
    votes: int


@dataclass(frozen=True)
class Path:
    """All signs of one group as a single outline, so that a map of many people stays a small page."""

    group: str
    outline: str
    is_line: bool


@dataclass(frozen=True)
class Shown:
    """A document, the texts of its statements by number, and answers by number."""

    document: Document
    texts: Mapping[str, Text]
    answers: Mapping[str, Answer]
    everything: bool

    @cached_property
    def report(self) -> Report:
        """The result in words."""
        return report_on(self.document)

    @cached_property
    def sections(self) -> dict[str, Section]:
        """The report's sections by the names of their anchors, with `-` as `_`, for templates."""
        return {section.anchor.replace("-", "_"): section for section in self.report.sections}

    @cached_property
    def all_common(self) -> tuple[Common, ...]:
        """The whole common ground, highest first."""
        by_id = {one["id"]: one for one in self.document["statements"]}
        found = []
        for line, agreed in zip(self.sections["common_ground"].lines, self._sides(), strict=True):
            figures = shares(by_id[line.id], "agree" if agreed else "disagree")
            found.append(Common(line, agreed, figures, self.answers.get(line.id)))
        return tuple(found)

    def _sides(self) -> list[bool]:
        if self.document["recipe"] == "polis":
            consensus = self.document["consensus"]
            return [True] * len(consensus["agree"]) + [False] * len(consensus["disagree"])
        return [one["agreed"] for one in self.document["common_ground"]]

    @property
    def common(self) -> tuple[Common, ...]:
        """The common ground, as much of it as this page shows."""
        return self.all_common if self.everything else self.all_common[:FIRST]

    @cached_property
    def city_rows(self) -> tuple[list[str], list[Row]]:
        """The table of cities."""
        return city_table(self.document, None if self.everything else FIRST)

    @cached_property
    def drawing(self) -> Drawing:
        """The opinion map."""
        return draw(self.report.gatherings, [group.name for group in self.report.groups])

    @cached_property
    def paths(self) -> list[Path]:
        """The signs of the map, one outline for each group."""
        found: dict[str, list[str]] = {}
        shapes: dict[str, str] = {}
        for sign in self.drawing.signs:
            x, y, r = round(sign.x), round(sign.y), round(LARGER * sign.size)
            shapes[sign.group] = sign.shape
            found.setdefault(sign.group, []).append(_outline(sign.shape, x, y, r))
        lines = {"ring", "cross"}
        return [Path(group, "".join(found[group]), shapes[group] in lines) for group in sorted(found)]

    @cached_property
    def counted(self) -> list[Counted]:
        """Every statement with its votes, those with most agreement first."""
        found = []
        for one in sorted(self.document["statements"], key=lambda one: -(share_of(one["votes"]) or 0.0)):
            if one["moderated"] >= 0:
                votes = one["votes"]
                agree, disagree, passed = (percent(share_of(votes, side)) for side in ("agree", "disagree", "pass"))
                found.append(Counted(one["id"], agree, disagree, passed, round(sum(votes.values()))))
        return found


def _outline(shape: str, x: int, y: int, r: int) -> str:
    d = 2 * r
    return {
        "square": f"M{x - r} {y - r}h{d}v{d}h-{d}z",
        "triangle": f"M{x} {y - r}l{r} {d}h-{d}z",
        "diamond": f"M{x} {y - r}l{r} {r}l-{r} {r}l-{r}-{r}z",
        "cross": f"M{x - r} {y - r}l{d} {d}m0-{d}l-{d} {d}",
    }.get(shape, f"M{x - r} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0")


def show(dialogue: Dialogue, asked: Round, document: Document, *, everything: bool) -> Shown:
    """Put a document into the reader's words: statements as translated, cities as the reader calls them."""
    language = get_language() or "en"
    published = {one["id"]: one["text"] for one in document["statements"] if one["text"]}
    texts = {
        str(one.number): one.text
        for one in dialogue.statements.filter(state=StatementState.PUBLISHED).with_words()
        # A text that was changed since is no longer what people voted on.
        if published.get(str(one.number)) == one.text.body
    }
    words = {number: text.words(language).body for number, text in texts.items()}
    # What moderation removed since is not repeated: on these pages its number stands instead.
    removed = dialogue.statements.filter(state=StatementState.REMOVED).values_list("number", flat=True)
    words |= {str(number): "" for number in removed}
    names = {city.name: city.named(language) for city in dialogue.cities.prefetch_related("names")}
    answers = {
        str(one.statement.number): one
        for one in asked.answers.select_related("statement", "text").prefetch_related("text__translations")
    }
    return Shown(in_words(document, words, names), texts, answers, everything)
