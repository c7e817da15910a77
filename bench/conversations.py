"""Real conversations, where they are at hand."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import django

from bench.printing import note
from intercity.core.opinion.votes import Votes

SHARED = Path(__file__).parents[2] / "shared" / "data" / "polis"


def real_conversations() -> Iterator[tuple[str, Votes]]:
    """Name and votes of every Polis conversation in ../shared/data/polis; absent ones are said by name."""
    from intercity.dialogues.imports import read_polis_export  # noqa: PLC0415 - after settings are named

    if not SHARED.is_dir():
        note("skipped: real conversations (../shared/data/polis is not here)")
        return
    for folder in sorted(SHARED.iterdir()):
        yield folder.name.split(".")[0][:36], read_polis_export(folder).votes


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intercity.settings")
django.setup()
