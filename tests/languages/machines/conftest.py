"""Machines in the place of engines."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.languages.machines.machine import Machine

from intercity.languages import duties, engines


@pytest.fixture(autouse=True)
def _nothing_is_remembered(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test begins without what a worker remembers of engines."""
    for name in ("_planned", "_resting", "_spoken"):
        monkeypatch.setattr(duties, name, {})
    # On a busy machine looking takes longer than it should, and would rest: that is of no matter here.
    monkeypatch.setattr(duties, "SHARE", 1e9)
    # Answers of these machines are in no language: how they are judged has its own tests.
    monkeypatch.setattr("intercity.languages.engines.guards.known", lambda _code: None)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let these be the engines that the operator chose."""
    return lambda *machines: monkeypatch.setattr(engines, "chosen", lambda: machines)


@pytest.fixture
def machine(use: Callable[..., None]) -> Machine:
    """The only engine, from English to Vietnamese and Khmer."""
    found = Machine()
    use(found)
    return found
