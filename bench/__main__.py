"""`python -m bench [NAME …]`: all measurements, or some of them."""

from __future__ import annotations

import sys
from importlib import import_module

from bench.printing import machine

MEASUREMENTS = (
    "prediction",
    "opinion_speed",
    "growth",
    "routing",
    "burst",
    "voting",
    "identification",
    "meaning",
    "search",
    "practices",
    "partners",
)


def main() -> None:
    """Run them one after the other."""
    wanted = sys.argv[1:] or MEASUREMENTS
    unknown = [name for name in wanted if name not in MEASUREMENTS]
    if unknown:
        sys.exit(f"There is no measurement {', '.join(unknown)}; there are: {', '.join(MEASUREMENTS)}.")
    machine()
    for name in wanted:
        import_module(f"bench.{name}").main()


if __name__ == "__main__":
    main()
