"""Growth with the number of votes, up to a million people, beside what the machine's memory allows at best.

The limit is the time it takes to read every vote once (five bytes each), at the bandwidth that this machine shows in
the same run when all its cores sum a large array.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from time import perf_counter

import numpy as np

from bench.child import run_alone
from bench.printing import heading, note, row
from intercity.core.opinion.planted import planted_votes

SIZES = ((10_000, 500, 26.0), (100_000, 500, 26.0), (300_000, 1_000, 50.0), (1_000_000, 1_000, 50.0))
BYTES_PER_VOTE = 5


def main() -> None:
    """Print the table."""
    bandwidth = measure_bandwidth()
    heading("Growth with the number of votes, planted")
    note(f"Memory bandwidth, measured now: {bandwidth / 1e9:.1f} GB/s")
    row(
        "people x statements",
        "votes",
        "polis s",
        "s / M votes",
        "MB",
        "limit s",
        "x limit",
        "default s",
        "MB",
        "/ polis",
    )
    for people, statements, each in SIZES:
        votes = planted_votes(people, statements, votes_per_participant=each).votes
        polis = run_alone("polis", votes, times=2)
        ours = run_alone("intercity", votes)
        assert polis
        assert ours
        limit = BYTES_PER_VOTE * len(votes) / bandwidth
        row(
            f"{people:,} x {statements:,}",
            f"{len(votes):,}",
            f"{polis.seconds:.2f}",
            f"{polis.seconds / len(votes) * 1e6:.3f}",
            f"{polis.megabytes:.0f}",
            f"{limit:.4f}",
            f"{polis.seconds / limit:.0f}",
            f"{ours.seconds:.2f}",
            f"{ours.megabytes:.0f}",
            f"{ours.seconds / polis.seconds:.1f}",
        )


def measure_bandwidth(bytes_read: int = 1 << 30) -> float:
    """Bytes per second at which all cores together read an array that no cache holds."""
    array = np.ones(bytes_read // 8)
    workers = cpu_count() or 1
    parts = np.array_split(array, workers * 4)
    with ThreadPoolExecutor(workers) as pool:
        best = 0.0
        for _ in range(5):
            begin = perf_counter()
            list(pool.map(np.max, parts))
            best = max(best, array.nbytes / (perf_counter() - begin))
    return best


if __name__ == "__main__":
    main()
