"""Votes as the engine holds them: the last vote of each participant on each statement, sorted, five bytes a vote."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

AGREE, PASS, DISAGREE = 1, 0, -1
VOTES_PER_BLOCK = 1 << 19
"""How many votes one block of work holds. Fixed, so that sums are made in the same order on every machine."""


class VotesError(ValueError):
    """Votes that cannot be read: says which row, what came, what is allowed."""


@dataclass(frozen=True)
class Votes:
    """The last vote of each participant on each statement, by participant, then statement.

    A statement that a participant has not voted on is absent: unseen is not a pass.
    Rows of participants without a vote are empty. Arrays are read-only.

    Attributes
    ----------
    start : int64, shape (participants + 1,)
        Participant i's votes are the entries start[i] to start[i + 1].
    statement : int32, shape (votes,), in [0, statements)
    value : int8, shape (votes,), one of -1 (disagree), 0 (pass), 1 (agree)
    statements : int
        How many statements there are, voted on or not.
    """

    start: NDArray[np.int64]
    statement: NDArray[np.int32]
    value: NDArray[np.int8]
    statements: int

    def __post_init__(self) -> None:
        for array in (self.start, self.statement, self.value):
            array.flags.writeable = False

    def __len__(self) -> int:
        return len(self.value)

    @property
    def participants(self) -> int:
        """How many participants there are, with or without a vote."""
        return len(self.start) - 1

    @cached_property
    def per_participant(self) -> NDArray[np.int64]:
        """Votes of each participant, shape (participants,)."""
        return np.diff(self.start)

    @cached_property
    def per_statement(self) -> NDArray[np.int64]:
        """Votes on each statement, shape (statements,)."""
        return np.bincount(self.statement, minlength=self.statements).astype(np.int64)

    @cached_property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        """Ranges (first, last + 1) of participants holding about VOTES_PER_BLOCK votes each."""
        wanted = np.arange(0, len(self), VOTES_PER_BLOCK)
        cuts = np.unique(np.append(np.searchsorted(self.start, wanted, side="left"), [0, self.participants]))
        return tuple(zip(cuts[:-1].tolist(), cuts[1:].tolist(), strict=True))

    def participant(self) -> NDArray[np.int32]:
        """The participant of every vote, shape (votes,). Built anew: four bytes a vote."""
        return np.repeat(np.arange(self.participants, dtype=np.int32), self.per_participant)

    def rows(self, first: int, last: int) -> Votes:
        """The votes of participants first to last - 1 only, renumbered from 0. A view where it can be."""
        a, b = self.start[first], self.start[last]
        return Votes(self.start[first : last + 1] - a, self.statement[a:b], self.value[a:b], self.statements)

    def matrix(self, values: NDArray[Any] | None = None) -> sp.csr_array:
        """The votes as a sparse array, shape (participants, statements).

        Parameters
        ----------
        values : shape (votes,), default the votes as float64
            What to put at each vote. A stored 0 stays a stored 0: it is a pass.
        """
        data = self.value.astype(np.float64) if values is None else values
        dtype = np.int32 if len(self) < 2**31 else np.int64
        shape = (self.participants, self.statements)
        return sp.csr_array((data, self.statement.astype(dtype, copy=False), self.start.astype(dtype)), shape=shape)

    def take_participants(self, index: ArrayLike) -> Votes:
        """The votes of some participants, in the order given; an index may come more than once.

        Parameters
        ----------
        index : integers in [0, participants), or a mask of shape (participants,)
        """
        chosen = np.asarray(index)
        chosen = np.flatnonzero(chosen) if chosen.dtype == bool else chosen.astype(np.int64)
        length = self.per_participant[chosen]
        start = np.concatenate([[0], np.cumsum(length)])
        entry = np.repeat(self.start[chosen] - start[:-1], length) + np.arange(start[-1])
        return Votes(start, self.statement[entry], self.value[entry], self.statements)

    def take_votes(self, mask: NDArray[np.bool_]) -> Votes:
        """Only the votes where the mask, shape (votes,), holds; participants and statements keep their numbers."""
        kept = np.concatenate([[0], np.cumsum(mask, dtype=np.int64)])
        return Votes(kept[self.start], self.statement[mask], self.value[mask], self.statements)

    def without_statements(self, removed: ArrayLike) -> Votes:
        """The votes on all statements but some; statements keep their numbers.

        Parameters
        ----------
        removed : integers in [0, statements), or a mask of shape (statements,)
        """
        gone = as_mask(removed, self.statements)
        return self if not gone.any() else self.take_votes(~gone[self.statement])


def as_mask(chosen: ArrayLike, size: int) -> NDArray[np.bool_]:
    """A choice of things, given as their numbers or as a mask already, as a mask of shape (size,).

    Parameters
    ----------
    chosen : integers in [0, size), or bool of shape (size,)
    size : int >= 0
    """
    array = np.asarray(chosen)
    if array.dtype == bool:
        return array
    mask = np.zeros(size, dtype=bool)
    mask[array.astype(np.int64)] = True
    return mask


def gather(
    participant: ArrayLike,
    statement: ArrayLike,
    value: ArrayLike,
    *,
    participants: int | None = None,
    statements: int | None = None,
) -> Votes:
    """Votes from a log of events; the last vote of a participant on a statement counts.

    Two stable counting sorts, so time and memory grow with the number of events only.

    Parameters
    ----------
    participant, statement : integers >= 0, shape (events,)
        Numbers, not names: 0, 1, 2 ... Numbers without events are participants who have not voted,
        or statements that nobody has voted on.
    value : -1, 0 or 1, shape (events,)
        In the order in which the votes were cast.
    participants, statements : int, default one more than the largest number
        How many there are.

    Returns
    -------
    Votes

    Raises
    ------
    VotesError
        Names the first row that breaks a rule: arrays of unequal length, a number that is negative,
        not whole or not below the count, a value that is not -1, 0 or 1 (NaN included).
    """
    who = _numbers(participant, "participant")
    what = _numbers(statement, "statement")
    cast = _values(value)
    if not len(who) == len(what) == len(cast):
        raise VotesError(
            f"participant, statement and value must be equally long; they hold {len(who)}, {len(what)} "
            f"and {len(cast)} rows. Give one of each for every vote."
        )
    rows = _count(who, "participant", participants)
    columns = _count(what, "statement", statements)
    if _is_sorted(who, what):
        start = np.concatenate([[0], np.cumsum(np.bincount(who, minlength=rows), dtype=np.int64)])
        return Votes(start, what.astype(np.int32), cast.copy(), columns)
    return _sort(who, what, cast, rows, columns)


def _sort(who: NDArray[Any], what: NDArray[Any], cast: NDArray[np.int8], rows: int, columns: int) -> Votes:
    log = sp.coo_array((cast, (what, who)), shape=(columns, rows))
    log.has_canonical_format = True  # keeps repeated votes apart: they are replaced, not summed
    sorted_log = log.tocsr().tocsc()  # two stable counting sorts: by participant, statement, then order of arrival
    start, statement = sorted_log.indptr.astype(np.int64), sorted_log.indices
    # A vote is replaced when the next entry is the same participant's on the same statement.
    last = np.ones(len(statement), dtype=bool)
    np.not_equal(statement[:-1], statement[1:], out=last[:-1])
    ends = start[1:][start[1:] > start[:-1]] - 1
    last[ends] = True
    kept = np.concatenate([[0], np.cumsum(last, dtype=np.int64)])
    if last.all():
        return Votes(start, statement.astype(np.int32, copy=False), sorted_log.data, columns)
    return Votes(kept[start], statement[last].astype(np.int32), sorted_log.data[last], columns)


def _is_sorted(who: NDArray[Any], what: NDArray[Any]) -> bool:
    """Whether the log is by participant, then statement, with no repeated vote: then it need not be sorted."""
    step = who[1:] - who[:-1]
    return bool(np.all((step > 0) | ((step == 0) & (what[1:] > what[:-1]))))


def _count(numbers: NDArray[Any], name: str, given: int | None) -> int:
    needed = int(numbers.max()) + 1 if len(numbers) else 0
    if given is None:
        return needed
    if needed > given:
        row = int(np.argmax(numbers >= given))
        raise VotesError(
            f"row {row}: {name} {numbers[row]} does not exist; there are {given}, numbered 0 to {given - 1}. "
            f"Correct the number or the count of {name}s."
        )
    return given


def _numbers(given: ArrayLike, name: str) -> NDArray[Any]:
    array = np.asarray(given)
    if array.ndim != 1:
        raise VotesError(f"{name} has {array.ndim} dimensions; give a list with one number for every vote.")
    if array.size == 0:
        return array.astype(np.int32)
    if array.dtype.kind not in "iuf":
        raise VotesError(f"row 0: {name} is {array[0]!r}; whole numbers 0, 1, 2 … are allowed. Number them first.")
    if array.dtype.kind == "f":
        _refuse(
            ~(np.isfinite(array) & (np.floor(array) == array)),
            array,
            name,
            "whole numbers from 0 are allowed",
        )
    _refuse(array < 0, array, name, "whole numbers from 0 are allowed")
    _refuse(array > np.iinfo(np.int32).max - 1, array, name, "numbers below 2,147,483,647 are allowed")
    return array.astype(np.int32, copy=False)


def _values(given: ArrayLike) -> NDArray[np.int8]:
    array = np.asarray(given)
    if array.ndim != 1:
        raise VotesError(f"value has {array.ndim} dimensions; give a list with one vote a row.")
    if array.size and array.dtype.kind not in "iufb":
        raise VotesError(f"row 0: value is {array[0]!r}; -1 (disagree), 0 (pass) and 1 (agree) are allowed.")
    if array.dtype != np.int8 or array.min(initial=0) < DISAGREE or array.max(initial=0) > AGREE:
        allowed = (array == AGREE) | (array == PASS) | (array == DISAGREE)
        _refuse(~allowed, array, "value", "-1 (disagree), 0 (pass) and 1 (agree) are allowed")
    return array.astype(np.int8, copy=False)


def _refuse(wrong: NDArray[np.bool_], array: NDArray[Any], name: str, rule: str) -> None:
    if wrong.any():
        row = int(np.argmax(wrong))
        raise VotesError(
            f"row {row}: {name} is {array[row]}; {rule}. {int(wrong.sum())} of {len(array)} rows break this rule; "
            "correct or leave them out."
        )
