"""The API does not change by accident: its description is kept, and a change of it is a change in the repository.

After a change that is meant, renew it by the command in RENEW and read the difference: what programs rely on may be
added to, but neither renamed nor taken away within /api/v1.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from intercity.api import api

SNAPSHOT = Path(__file__).parent / "openapi.json"
RENEW = "INTERCITY_RENEW=yes .venv/bin/pytest -p no:xdist tests/contracts/test_openapi.py"


@pytest.fixture
def described() -> dict[str, Any]:
    """The API as it is described now."""
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1/")))
    return found


def operations(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [operation for path in described["paths"].values() for operation in path.values()]


def test_the_api_is_as_it_was(described: dict[str, Any]) -> None:
    if os.environ.get("INTERCITY_RENEW") == "yes":
        SNAPSHOT.write_text(
            json.dumps(described, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8"
        )
    kept = json.loads(SNAPSHOT.read_text(encoding="utf-8"))
    assert described == kept, f"The API has changed. If that is meant: {RENEW}"


def test_operations_have_names_of_their_own(described: dict[str, Any]) -> None:
    names = [one["operationId"] for one in operations(described)]
    assert len(names) == len(set(names)) > 15


def test_operations_say_what_they_do_and_how_they_fail(described: dict[str, Any]) -> None:
    for one in operations(described):
        assert one["summary"], one["operationId"]
        assert one["description"], one["operationId"]
        assert one["tags"], one["operationId"]
        assert "application/problem+json" in one["responses"]["default"]["content"]


def test_only_taking_part_needs_a_token(described: dict[str, Any]) -> None:
    needing = {one["operationId"] for one in operations(described) if "security" in one}
    assert needing == {"next_statement", "own_votes", "vote", "take_back", "write"}


def numbers(schema: Any) -> list[dict[str, Any]]:
    """Every integer and number in a description."""
    if isinstance(schema, list):
        return [found for one in schema for found in numbers(one)]
    if not isinstance(schema, dict):
        return []
    inside = [found for one in schema.values() for found in numbers(one)]
    return [schema, *inside] if schema.get("type") in ("integer", "number") else inside


def test_numbers_have_ranges(described: dict[str, Any]) -> None:
    found = numbers(described)
    assert len(found) > 20
    assert not [one for one in found if "minimum" not in one and "enum" not in one and "const" not in one]
