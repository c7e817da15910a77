"""The search of practices among 100,000 generated ones in ten languages, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from bench.printing import heading, note, row
from bench.search import FLOORS, databases, run

COUNT, GOAL, UPKEEP = int(os.environ.get("BENCH_PRACTICES", "100000")), 100.0, 50.0
KEPT = os.environ.get("BENCH_FOLDER", "")
"""Where the filled databases stay, so that they are asked again without being filled; else they go at the end."""
MOST_FLOORS = 100_000
"""The floors were recorded among so many; among fewer it is easier, so that they hold there, too."""
RECORD, BELOW = bool(os.environ.get("BENCH_RECORD")), 0.03
"""`BENCH_RECORD=1 python -m bench practices` writes the floors: for each language and sort of question so much below
the lower of the two databases, about one of the 40 known practices."""


def main() -> None:
    """Fill both, ask both, print both side by side."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(KEPT or name)
        with databases(folder) as addresses:
            found = {}
            for vendor, address in addresses.items():
                found[vendor] = run("bench.practices_run", address, folder, str(COUNT), str(folder))
                (folder / f"{vendor}.json").write_text(json.dumps(found[vendor]), encoding="utf-8")
    _print_times(found)
    _print_recall(found)
    if RECORD and found["SQLite"]["recall"]:
        _record(found)


def _record(found: dict[str, Any]) -> None:
    """Write the floors of what a known practice is found by."""
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    floors["practices"] = {
        code: {
            sort: round(max(0.0, min(some["recall"][code][sort] for some in found.values()) - BELOW), 3)
            for sort in one
        }
        for code, one in found["SQLite"]["recall"].items()
    }
    FLOORS.write_text(json.dumps(floors, indent=2) + "\n", encoding="utf-8")


def _print_times(found: dict[str, Any]) -> None:
    heading(f"Search among {COUNT:,} practices in ten languages; milliseconds of one search, one thread")
    row("", *(f"{vendor} {part}" for vendor in ("SQLite", "Postgres") for part in ("p50", "p95")))
    for query in found["SQLite"]["times"]:
        cells = [np.percentile(found[vendor]["times"][query], part) for vendor in found for part in (50, 95)]
        row(query, *(f"{cell:.1f}" for cell in cells))
        for vendor, one in found.items():
            if np.percentile(one["times"][query], 95) > GOAL:
                note(f"above the goal on {vendor}: {query}")
    note(f"goal: p95 {GOAL:.0f} ms on both")
    heading("What it costs to keep, in milliseconds per practice")
    row("", *found)
    row("words, meaning and database", *(f"{one['upkeep']:.1f}" for one in found.values()))
    row("seconds to fill", *(f"{one['filling']:.0f}" for one in found.values()))
    note(f"goal: {UPKEEP:.0f} ms; each has five texts of one sentence")


def _print_recall(found: dict[str, Any]) -> None:
    """How often a known practice is among the first ten; what falls below its recorded floor is named."""
    heading(f"Known practices among the first ten of {COUNT:,}")
    if not found["SQLite"]["recall"]:
        note("../shared/data/language/flores-devtest is not here: skipped")
        return
    floors = json.loads(FLOORS.read_text(encoding="utf-8")).get("practices", {}) if COUNT <= MOST_FLOORS else {}
    sorts = list(next(iter(found["SQLite"]["recall"].values())))
    row("", *(f"{vendor[:7].strip()} {sort}" for vendor in found for sort in ("words", "cross", "facet")))
    for code, one in found["SQLite"]["recall"].items():
        row(code, *(f"{found[vendor]['recall'][code][sort]:.2f}" for vendor in found for sort in sorts))
        for sort in one:
            least = floors.get(code, {}).get(sort, 0.0)
            for vendor, some in found.items():
                share = some["recall"][code][sort]
                if share < least:
                    note(f"below the recorded floor: {code} {sort} on {vendor}, {share:.2f} < {least:.2f}")
    note("words: three words in a row. cross: the whole sentence in English. facet: three words, with a filter on.")


if __name__ == "__main__":
    main()
