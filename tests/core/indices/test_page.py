"""The page about indices prints what it says that it prints."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from intercity.core.indices import digital_inclusion

PAGE = (Path(__file__).parents[3] / "docs" / "methods" / "indices.md").read_text(encoding="utf-8")


def test_the_example_can_be_computed_again() -> None:
    code, printed = (re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)[0] for kind in ("python", "text"))
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == printed


def test_the_table_has_the_goalposts_of_the_definition() -> None:
    table = PAGE.partition("## Digital inclusion")[2].partition("The worst goalpost")[0]
    told = [tuple(cell.strip() for cell in row.split("|")[3:5]) for row in table.splitlines() if row.startswith("|")]
    posts = [one.goalposts for pillar in digital_inclusion().pillars for one in pillar.indicators]
    assert told[2:] == [(f"{one.worst:g}", f"{one.best:g}") if one else ("–", "–") for one in posts]
