"""The parts of which reports are made."""

from __future__ import annotations

from dataclasses import dataclass, field

from intercity.dialogues.results import Document


@dataclass(frozen=True)
class Bar:
    """A share of a group or of all, as a bar; `share` is in [0, 1]."""

    label: str
    share: float
    said: str

    @property
    def width(self) -> int:
        """Percent of the full width; a whole number, which no language writes with a comma."""
        return round(100 * self.share)


@dataclass(frozen=True)
class Line:
    """One statement in a list: its words, what is said about it, and shares to look at."""

    id: str
    text: str
    said: str
    bars: tuple[Bar, ...] = ()


@dataclass(frozen=True)
class Section:
    """A heading, an explanation, and either lines, paragraphs, further sections or the word that there is nothing."""

    anchor: str
    title: str
    lead: str
    lines: tuple[Line, ...] = ()
    paragraphs: tuple[str, ...] = ()
    parts: tuple[Section, ...] = ()
    nothing: str = ""


@dataclass(frozen=True)
class GroupRow:
    """One row of the table beside the map."""

    name: str
    people: str
    share: str
    place: str
    stability: str


@dataclass(frozen=True)
class Statements:
    """The statements of a document by their ids, and the names of its groups."""

    document: Document
    by_id: dict[str, Document] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {one["id"]: one for one in self.document["statements"]})

    def text(self, statement: str) -> str:
        """Its words, or its number where it has none."""
        return str(self.by_id[statement]["text"]) or f"#{statement}"

    def line(self, statement: str, said: str, bars: tuple[Bar, ...] = ()) -> Line:
        """A line about it."""
        return Line(statement, self.text(statement), said, bars)
