"""Every address of the API stands in docs/api.md, and every address there is in the API."""

from __future__ import annotations

import re
from pathlib import Path

from intercity.api import NAMES, api

PAGE = (Path(__file__).parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
METHODS = ("get", "post", "put", "delete")


def test_every_operation_is_documented_and_none_is_invented() -> None:
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    there = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, found in paths.items() for method in found}
    told = set(re.findall(r"`((?:GET|POST|PUT|DELETE) /[^`]*)`", PAGE))
    assert told == there


def test_every_kind_of_problem_is_documented() -> None:
    assert not [name for name in NAMES.values() if f"`{name}`" not in PAGE]
