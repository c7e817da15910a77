"""Questions that are answered with yes or no, as a simple share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Answers:
    """How many questions were answered with yes, with no, and not at all: numbers of 0 or more."""

    yes: int
    no: int
    unanswered: int

    @property
    def share(self) -> float | None:
        """Share of yes in [0, 1]; None until all are answered, since who answers only what is well would look good."""
        return self.yes / (self.yes + self.no) if not self.unanswered and self.yes + self.no else None

    @property
    def between(self) -> tuple[float, float]:
        """The least and the greatest that the share can become: the plausible range while something is unanswered."""
        total = self.yes + self.no + self.unanswered
        return (self.yes / total, (self.yes + self.unanswered) / total) if total else (0.0, 1.0)

    @property
    def coverage(self) -> float:
        """Share of the questions that are answered, in [0, 1]."""
        total = self.yes + self.no + self.unanswered
        return (self.yes + self.no) / total if total else 0.0


def count_answers(answers: Sequence[bool | None]) -> Answers:
    """Count answers; each question counts the same.

    Parameters
    ----------
    answers : sequence of bool or None
        One for each question; None where it is not answered. How many there are is for the questions to say: NDIA
        asked city governments eight in its first Digital Inclusion Trailblazers (2016), and six since 2019.

    Source: NDIA, Digital Inclusion Trailblazers, digitalinclusion.org.
    """
    yes, no = sum(one is True for one in answers), sum(one is False for one in answers)
    return Answers(yes, no, len(answers) - yes - no)
