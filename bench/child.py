"""One analysis in a process of its own, so that its memory is its own: `python -m bench.child WHICH FILE TIMES`."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from intercity.core.opinion import Votes, analyse, analyse_polis

LONGEST = 600.0
"""Seconds after which a peer is stopped."""


@dataclass(frozen=True)
class Run:
    """Seconds of the fastest run, MB at the peak (the process as a whole), and the groups that were found."""

    seconds: float
    megabytes: float
    label: list[int]


def run_alone(which: str, votes: Votes, *, times: int = 1, longest: float = LONGEST) -> Run | None:
    """Run one of ANALYSES on votes in a process of its own; None if it takes too long."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "votes.npz"
        np.savez(path, start=votes.start, statement=votes.statement, value=votes.value, statements=votes.statements)
        command = [sys.executable, "-W", "ignore", "-m", "bench.child", which, str(path), str(times)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=longest, check=True)
        except subprocess.TimeoutExpired:
            return None
    return Run(**json.loads(done.stdout))


def read_votes(path: str) -> Votes:
    """Votes as `run_alone` wrote them."""
    with np.load(path) as file:
        return Votes(file["start"], file["statement"], file["value"], int(file["statements"]))


def _polis(votes: Votes) -> Callable[[], list[int]]:
    return lambda: list(analyse_polis(votes).label.tolist())


def _intercity(votes: Votes) -> Callable[[], list[int]]:
    return lambda: list(analyse(votes).groups.label.tolist())


def _red_dwarf(votes: Votes) -> Callable[[], list[int]]:
    """Its input is a list of dicts; making it is not timed."""
    from reddwarf.implementations.polis import run_pipeline  # noqa: PLC0415 - only this process pays for it

    log = [
        {"participant_id": i, "statement_id": j, "vote": value, "modified": number}
        for number, (i, j, value) in enumerate(
            zip(votes.participant().tolist(), votes.statement.tolist(), votes.value.tolist(), strict=True)
        )
    ]

    def run() -> list[int]:
        people = run_pipeline(votes=log).participants_df["cluster_id"]
        label = np.full(votes.participants, -1)
        known = people.dropna()
        label[known.index.to_numpy().astype(int)] = known.to_numpy().astype(int)
        return [int(x) for x in label]

    return run


ANALYSES = {"polis": _polis, "intercity": _intercity, "red-dwarf": _red_dwarf}


def _peak() -> float:
    """Largest resident memory of this process; getrusage would count the parent's, too."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def main() -> None:
    """Run, and print seconds, memory and groups as JSON."""
    which, path, times = sys.argv[1:]
    run = ANALYSES[which](read_votes(path))
    seconds = []
    for _ in range(int(times)):
        begin = perf_counter()
        label = run()
        seconds.append(perf_counter() - begin)
    print(json.dumps({"seconds": min(seconds), "megabytes": _peak(), "label": label}))


if __name__ == "__main__":
    main()
