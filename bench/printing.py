"""Plain tables on the terminal."""

from __future__ import annotations

import os
import platform

import numpy as np
import scipy

WIDTHS = (38, 14)


def heading(text: str) -> None:
    """Begin a table."""
    print(f"\n{text}\n{'-' * len(text)}", flush=True)


def row(*cells: object) -> None:
    """One line: the first cell to the left, the others to the right."""
    first, *others = (str(cell) for cell in cells)
    print(f"{first[: WIDTHS[0]]:<{WIDTHS[0]}}" + "".join(f"{cell:>{WIDTHS[1]}}" for cell in others), flush=True)


def note(text: str) -> None:
    """A sentence about a table."""
    print(text, flush=True)


def machine() -> None:
    """On what all this was measured."""
    versions = f"CPython {platform.python_version()}, numpy {np.__version__}, scipy {scipy.__version__}"
    note(f"{os.cpu_count()} cores of {platform.machine()}, {platform.system()}; {versions}")
