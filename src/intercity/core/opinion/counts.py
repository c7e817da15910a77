"""How many agree, disagree and pass, by statement and by any label a participant carries (a group, a city)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from intercity.core.compute import Compute, Here
from intercity.core.opinion.votes import AGREE, DISAGREE, Votes


@dataclass(frozen=True)
class Counts:
    """Votes counted by label and statement.

    Attributes
    ----------
    agree, disagree, seen : float64 >= 0, shape (labels, statements)
        Whole numbers, unless votes were weighted. `seen` is every vote, passes included.
    """

    agree: NDArray[np.float64]
    disagree: NDArray[np.float64]
    seen: NDArray[np.float64]

    @property
    def passed(self) -> NDArray[np.float64]:
        """Passes, shape (labels, statements)."""
        return self.seen - self.agree - self.disagree

    @property
    def whole(self) -> Counts:
        """All labels together, shape (1, statements)."""
        return Counts(*(part.sum(axis=0, keepdims=True) for part in (self.agree, self.disagree, self.seen)))

    @property
    def others(self) -> Counts:
        """For each label, everybody with another label, shape (labels, statements)."""
        whole = self.whole
        return Counts(whole.agree - self.agree, whole.disagree - self.disagree, whole.seen - self.seen)


def count(
    votes: Votes,
    label: NDArray[np.integer],
    labels: int,
    *,
    weight: NDArray[np.float64] | None = None,
    compute: Compute | None = None,
) -> Counts:
    """Count votes by label and statement.

    Parameters
    ----------
    label : integers in [-1, labels), shape (participants,)
        What each participant carries; -1 is not counted.
    labels : int >= 1
    weight : float64 >= 0, shape (votes,), default every vote counts 1
        See `exposure`: the inverse of how likely the participant was to be shown the statement.

    Returns
    -------
    Counts, arrays of shape (labels, statements)
    """
    compute = compute or Here()
    blocks = [
        (votes.rows(first, last), label[first:last], _part(votes, weight, first, last)) for first, last in votes.blocks
    ]
    shape = (labels, votes.statements)
    total = np.zeros((3, *shape))
    for part in compute.map(partial(_count_block, labels=labels), compute.hold(blocks)):
        total += part
    agree, disagree, seen = total
    return Counts(agree, disagree, seen)


def _part(votes: Votes, weight: NDArray[np.float64] | None, first: int, last: int) -> NDArray[np.float64] | None:
    return None if weight is None else weight[votes.start[first] : votes.start[last]]


def _count_block(
    block: tuple[Votes, NDArray[np.integer], NDArray[np.float64] | None], labels: int
) -> NDArray[np.float64]:
    votes, label, weight = block
    carried = np.repeat(label.astype(np.int64), votes.per_participant)
    size = labels * votes.statements
    # Label -1 falls into a row before the first, which is cut off.
    cell = (carried + 1) * votes.statements + votes.statement
    rows = []
    for chosen in (votes.value == AGREE, votes.value == DISAGREE, slice(None)):
        weighed = None if weight is None else weight[chosen]
        counted = np.bincount(cell[chosen], weights=weighed, minlength=size + votes.statements)
        rows.append(counted[votes.statements :].reshape(labels, votes.statements).astype(np.float64))
    return np.stack(rows)
