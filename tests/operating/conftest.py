"""Installations on both databases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
from tests.operating.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation on the database of this run: SQLite, or an empty database of its own on PostgreSQL."""
    address = os.environ.get("INTERCITY_DATABASE", "")
    if address.startswith("postgres"):
        import psycopg

        name = f"installation_{uuid4().hex[:10]}"
        with psycopg.connect(address, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')  # a name of our own making
        address = urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    found = Installation(tmp_path / "data", "" if address.startswith("sqlite") else address)
    yield found
    found.stop()
