from __future__ import annotations

import re
from pathlib import Path

import intercity


def test_the_version_is_the_first_heading_of_the_changelog() -> None:
    text = (Path(__file__).parents[2] / "CHANGELOG.md").read_text()
    heading = re.search(r"(?m)^## (\S+)", text)
    assert heading is not None
    assert intercity.__version__ == heading[1]
