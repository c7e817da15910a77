"""Our recipes beside red-dwarf 0.4.0: time and memory on the same votes, one after the other on the same machine.

Time is that of one analysis from votes in memory to groups and all statistics, the fastest of several; memory is the
peak of the whole process, Python and libraries included. red-dwarf is stopped after ten minutes.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from bench.child import LONGEST, Run, run_alone
from bench.conversations import real_conversations
from bench.printing import heading, note, row
from intercity.core.opinion.groups.agreement import adjusted_rand
from intercity.core.opinion.planted import planted_votes
from intercity.core.opinion.votes import Votes

PLANTED = ((10_000, 500), (33_422, 783), (100_000, 500))
TIMES, LARGE = 5, 200_000
ACTIVE = 26
"""Votes from which somebody's group can be known: the average of the planted conversations."""


def conversations() -> Iterator[tuple[str, Votes, np.ndarray | None]]:
    """Name, votes and, where it is known, the true groups: three, far apart, so that they can be found at all."""
    for name, votes in real_conversations():
        yield name, votes, None
    for people, statements in PLANTED:
        planted = planted_votes(people, statements, groups=(0.5, 0.3, 0.2), separation=4.0)
        yield f"planted {people:,} x {statements}", planted.votes, planted.group


def main() -> None:
    """Print the table."""
    heading("Recipe polis beside red-dwarf 0.4.0, and the default recipe beside recipe polis")
    row(
        "conversation",
        "votes",
        "red-dwarf s",
        "/ polis",
        "red-dwarf MB",
        "polis part",
        "polis s",
        "MB",
        "default s",
        "/ polis",
    )
    for name, votes, truth in conversations():
        times = 1 if len(votes) > LARGE else TIMES
        polis = run_alone("polis", votes, times=times + 2)
        ours = run_alone("intercity", votes, times=times)
        theirs = run_alone("red-dwarf", votes, times=times)
        assert polis
        assert ours
        peer = [f"> {LONGEST:.0f}", "", "", ""]
        if theirs:
            times_faster, part = theirs.seconds / polis.seconds, theirs.megabytes / polis.megabytes
            peer = [f"{theirs.seconds:.2f}", f"{times_faster:.0f} x", f"{theirs.megabytes:.0f}", f"1/{part:.1f}"]
        number, own = f"{len(votes):,}", [f"{polis.seconds:.3f}", f"{polis.megabytes:.0f}"]
        row(name, number, *peer, *own, f"{ours.seconds:.2f}", f"{ours.seconds / polis.seconds:.1f}")
        _groups(votes, truth, {"red-dwarf": theirs, "polis": polis, "default": ours})
    note(
        f"In brackets: among people with at least {ACTIVE} votes, and how many groups were found; three were planted."
    )
    note(f"Where red-dwarf shows > {LONGEST:.0f}, it was stopped.")


def _groups(votes: Votes, truth: np.ndarray | None, runs: dict[str, Run | None]) -> None:
    if truth is None:
        return
    cells = []
    for name, run in runs.items():
        if run is not None:
            label = np.array(run.label)
            put = label >= 0
            active = put & (votes.per_participant >= ACTIVE)
            all_of_them, sure = (float(adjusted_rand(label[who], truth[who])) for who in (put, active))
            cells.append(f"{name} {all_of_them:.3f} ({sure:.3f}, {label.max() + 1} groups)")
    note("    adjusted Rand index with the planted groups: " + ", ".join(cells))


if __name__ == "__main__":
    main()
