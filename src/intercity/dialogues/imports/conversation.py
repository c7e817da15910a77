"""A dialogue as it was brought in: votes, statements, and what was repaired or could not be read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from intercity.core.opinion.votes import Votes

MODERATED_OUT, UNMODERATED, ACCEPTED = -1, 0, 1


@dataclass(frozen=True)
class Statement:
    """One statement; `time` is in seconds since 1970, NaN where unknown, and `moderated` is -1 (out), 0 or 1 (in)."""

    id: str
    text: str
    author: str = ""
    time: float = float("nan")
    moderated: int = UNMODERATED
    is_meta: bool = False
    is_seed: bool = False


@dataclass(frozen=True)
class Note:
    """Something a reader of the result should know about the input, in words."""

    text: str


@dataclass(frozen=True)
class UnreadableRow:
    """A row that could not be read, and why."""

    file: str
    line: int
    text: str
    reason: str


@dataclass(frozen=True)
class Conversation:
    """A dialogue that was brought in.

    `time` holds seconds since 1970 for every vote of `votes`, NaN where unknown; `city` and `reported_group` one
    number for every participant, -1 where unknown.
    """

    topic: str
    description: str
    url: str
    statements: tuple[Statement, ...]
    participants: tuple[str, ...]
    votes: Votes
    time: NDArray[np.float64]
    cities: tuple[str, ...] = ()
    city: NDArray[np.int64] | None = None
    reported_group: NDArray[np.int64] | None = None
    attribution: str = ""
    simulated: bool = False
    notes: tuple[Note, ...] = ()
    unreadable: tuple[UnreadableRow, ...] = ()

    @property
    def removed(self) -> NDArray[np.bool_]:
        """Statements that count for nothing: moderated out, or about the participants themselves (meta)."""
        return np.array([s.moderated == MODERATED_OUT or s.is_meta for s in self.statements], dtype=bool)

    @property
    def has_times(self) -> bool:
        """Whether it is known when votes were cast."""
        return bool(np.isfinite(self.time).any())

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all that a result depends on: votes, statements, moderation, cities, times."""
        digest = hashlib.sha256(b"intercity conversation 1\n")
        for statement in self.statements:
            fields = (statement.id, statement.text, str(statement.moderated), str(statement.is_meta))
            digest.update("\x1f".join(fields).encode() + b"\x1e")
        digest.update("\x1f".join([*self.participants, "", *self.cities]).encode())
        city = np.full(len(self.participants), -1, dtype="<i8") if self.city is None else self.city.astype("<i8")
        for array in (self.votes.start.astype("<i8"), self.votes.statement.astype("<i4"), self.votes.value, city):
            digest.update(np.ascontiguousarray(array).tobytes())
        digest.update(np.round(np.nan_to_num(self.time, nan=-1.0)).astype("<i8").tobytes())
        return digest.hexdigest()
