"""What may be published about people who take part: always at least five together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TOGETHER = 5
MOST_GATHERINGS = 400


@dataclass(frozen=True)
class Gatherings:
    """People who stand close together in the opinion space, so many at a time that nobody stands alone.

    Attributes
    ----------
    xy : float64, shape (gatherings, 2)
        Where they stand on average.
    people : int64 >= k, shape (gatherings,)
    label : int64 >= 0, shape (gatherings,)
        Their group; a gathering is of one group only.
    """

    xy: Floats
    people: NDArray[np.int64]
    label: NDArray[np.int64]


def gather_places(
    xy: Floats, label: NDArray[np.integer], *, together: int = TOGETHER, most: int = MOST_GATHERINGS
) -> Gatherings:
    """Gather the places of people, so that a map can be published without anybody's own place on it.

    Microaggregation by halving: each group is cut at the median of its wider direction until a further cut would leave
    fewer than `together` people on one side (k-anonymity). Source: Domingo-Ferrer and Mateo-Sanz, IEEE TKDE 14 (2002)
    189-201; the cuts are those of LeFevre, DeWitt and Ramakrishnan (Mondrian), ICDE 2006.

    Parameters
    ----------
    xy : float64, shape (participants, 2)
    label : integers >= -1, shape (participants,)
        Groups; people with -1 are left out, and so are groups of fewer than `together`.
    together : int >= 1, default 5
    most : int >= 1, default 400
        About how many gatherings there are at the most: with many people, more stand together.

    Returns
    -------
    Gatherings
    """
    fewest = max(together, int(np.count_nonzero(label >= 0)) // most)
    parts: list[NDArray[np.int64]] = []
    for group in range(int(label.max(initial=-1)) + 1):
        members = np.flatnonzero(label == group)
        if len(members) >= together:
            parts.extend(_halve(xy, members, fewest))
    return Gatherings(
        xy=np.array([xy[part].mean(axis=0) for part in parts]).reshape(-1, 2),
        people=np.array([len(part) for part in parts], dtype=np.int64),
        label=np.array([label[part[0]] for part in parts], dtype=np.int64),
    )


def publishable(seen: NDArray[np.floating], *, together: int = TOGETHER) -> NDArray[np.bool_]:
    """Which numbers of votes of a city (or any other part of the people) may be published.

    Numbers from fewer than `together` people are kept back. Where that would leave a single part to be found by
    subtracting the others from the whole, the next smallest part is kept back as well.

    Parameters
    ----------
    seen : float64 >= 0, shape (parts, statements)
        How many people of each part voted on each statement.
    together : int >= 1, default 5

    Returns
    -------
    bool, shape (parts, statements)
    """
    shown: NDArray[np.bool_] = seen >= together
    hidden = ~shown & (seen > 0)
    alone = np.flatnonzero(hidden.sum(axis=0) == 1)
    if len(seen) > 1 and len(alone):
        next_smallest = np.where(shown[:, alone], seen[:, alone], np.inf).argmin(axis=0)
        shown[next_smallest, alone] = False
    return shown


def _halve(xy: Floats, members: NDArray[np.int64], fewest: int) -> list[NDArray[np.int64]]:
    """Cut people at the median of the direction in which they are spread wider, until no half may be cut."""
    whole, done = [members], []
    while whole:
        part = whole.pop()
        if len(part) < 2 * fewest:
            done.append(part)
            continue
        places = xy[part]
        direction = int(np.argmax(np.ptp(places, axis=0)))
        order = np.argsort(places[:, direction], kind="stable")
        middle = len(part) // 2
        whole += [part[order[middle:]], part[order[:middle]]]
    return done
