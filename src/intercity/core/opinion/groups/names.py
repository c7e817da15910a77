"""Groups keep their numbers over time, so that "group B" of last week is group B today."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import linear_sum_assignment

from intercity.core.opinion.groups.agreement import overlap
from intercity.core.opinion.groups.result import Groups


def keep_names(groups: Groups, previous: ArrayLike) -> Groups:
    """Renumber groups after an earlier result: those that share most people keep their number.

    The best total overlap is found over all pairings (Kuhn, Naval Research Logistics 2 (1955) 83-97). Groups without a
    counterpart come after the others, by size. Numbers stay without gaps, so a number can pass to a new group once
    its group has gone.

    Parameters
    ----------
    groups : Groups
    previous : integers >= -1, shape (participants before,)
        Labels of the earlier result; participants keep their numbers, and later ones have joined.

    Returns
    -------
    Groups, the same but for the order of its groups
    """
    before = np.asarray(previous, dtype=np.int64)
    now = groups.label[: len(before)]
    known = (before >= 0) & (now >= 0)
    earlier = int(before.max(initial=-1)) + 1
    if not known.any() or groups.count < 2:
        return groups
    shared = overlap(now[known], before[known], groups.count, earlier)
    order = _order(shared)
    return _reordered(groups, order)


def _order(shared: NDArray[np.float64]) -> NDArray[np.int64]:
    """Which present group gets each number."""
    group, number = linear_sum_assignment(-shared)
    paired = [(int(n), int(g)) for g, n in zip(group, number, strict=True) if shared[g, n] > 0]
    kept = [g for _, g in sorted(paired)]
    return np.array(kept + [g for g in range(len(shared)) if g not in kept])


def _reordered(groups: Groups, order: NDArray[np.int64]) -> Groups:
    number = np.empty_like(order)
    number[order] = np.arange(len(order))
    label = np.where(groups.label >= 0, number[groups.label], -1).astype(np.int32)
    return replace(
        groups,
        label=label,
        size=groups.size[order],
        centre=groups.centre[order],
        membership=groups.membership[:, order],
        stability=groups.stability[order],
    )
