"""How well candidates are found in texts marked by hand: `python -m tests.core.language.promising.measuring`."""

from __future__ import annotations

import re
import sys
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

from intercity.core.language.promising import read

TEXTS = Path(__file__).with_name("texts")
MARKED = re.compile(r"([+-])(\d{4}-\d\d-\d\d)? ?(.*)")


@dataclass(frozen=True)
class Marked:
    """A sentence that a person marked: whether it is a commitment, until when, and its place in the text."""

    is_candidate: bool
    due_on: date | None
    start: int
    end: int


@dataclass(frozen=True)
class Score:
    """What was found of what was there."""

    found: int
    missed: int
    wrong: int
    sure: int
    sure_and_right: int

    @property
    def precision(self) -> float:
        """The share of the candidates that are commitments."""
        return self.found / max(1, self.found + self.wrong)

    @property
    def recall(self) -> float:
        """The share of the commitments that are candidates."""
        return self.found / max(1, self.found + self.missed)


def marked(file: Path) -> tuple[str, list[Marked]]:
    """The text of a file without its marks, and what they say."""
    text, found = "", []
    for line in file.read_text(encoding="utf-8").splitlines():
        for number, piece in enumerate(line.split("¦")):
            match = MARKED.fullmatch(piece.strip())
            if match is None:
                raise ValueError(f"{file.name}: {piece!r}")
            text += " " if number and not file.name.endswith(("zh-hans.txt", "zh-hant.txt")) else ""
            due = date.fromisoformat(match[2]) if match[2] else None
            found.append(Marked(match[1] == "+", due, len(text), len(text) + len(match[3])))
            text += match[3]
        text += "\n"
    return text, found


def language_of(file: Path) -> str:
    """en of "nanning.en.txt"."""
    return file.stem.split(".")[-1]


def files() -> list[Path]:
    """All texts, in the order of their names."""
    return sorted(TEXTS.glob("*.txt"))


def score(file: Path) -> tuple[Score, list[str]]:
    """How well a text is read, and what was wrong, one line each."""
    text, sentences = marked(file)
    reading = read(text, language_of(file))
    faults: list[str] = []
    found = missed = wrong = sure = right = 0
    for one in sentences:
        inside = [other for other in reading.candidates if one.start <= (other.start + other.end) // 2 < one.end]
        sure += sum(other.is_sure for other in inside)
        right += sum(other.is_sure for other in inside if one.is_candidate)
        found += one.is_candidate and bool(inside)
        missed += one.is_candidate and not inside
        wrong += 0 if one.is_candidate else len(inside)
        words = text[one.start : one.end]
        if one.is_candidate != bool(inside):
            faults.append(f"{'missed' if one.is_candidate else 'wrong'}: {words} {[other.why for other in inside]}")
        days = {other.due_on for other in inside if one.is_candidate} - {one.due_on}
        faults += [f"day: {day} for {one.due_on}: {words}" for day in days]
    return Score(found, missed, wrong, sure, right), faults


def total(scores: list[Score]) -> Score:
    """Of several texts together."""
    return Score(*(sum(column) for column in zip(*map(astuple, scores), strict=True)))


def line(name: str, one: Score) -> str:
    """A line of the table."""
    return (
        f"{name:24} {one.found:3} found {one.missed:3} missed {one.wrong:3} wrong"
        f"   precision {one.precision:.3f} recall {one.recall:.3f}   sure {one.sure}, right {one.sure_and_right}"
    )


def main() -> None:
    """Print what was found in each text, and what was wrong."""
    told, scores = [], []
    for file in files():
        one, faults = score(file)
        scores.append(one)
        told += [line(file.stem, one), *(f"    {fault}" for fault in faults)]
    sys.stdout.write("\n".join([*told, line("all", total(scores))]) + "\n")


if __name__ == "__main__":
    main()
