"""A server for each test of an engine."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.languages.engines.server import Server, serving


@pytest.fixture
def server() -> Iterator[Server]:
    """A server on this machine that answers as it is told."""
    with serving() as found:
        yield found
