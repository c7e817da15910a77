"""Another program that uses the API, as tests play it."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client

HERE = "/api/v1/dialogues/water"


class Program:
    """Another program that takes part for somebody."""

    def __init__(self, token: str = "") -> None:
        """With a token, or without."""
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send JSON; `If_None_Match` is the header If-None-Match."""
        data = "" if body is None else json.dumps(body)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.generic(method, path, data, "application/json", headers={**self.headers, **named})


def is_problem(response: Any, status: int, name: str) -> dict[str, Any]:
    """A refusal as problem+json, of this status and kind; returns it."""
    assert response.status_code == status, response.content
    assert response["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = response.json()
    assert found.keys() == {"type", "title", "status", "detail", "errors"}
    assert found["type"] == f"/api/v1/problems#{name}"
    assert found["status"] == status
    assert found["detail"]
    return found
