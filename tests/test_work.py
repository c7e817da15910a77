"""The worker does what is due; who waits for a slow server keeps nobody waiting."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from intercity import work


def test_a_duty_that_waits_for_a_server_keeps_no_other_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    handlers: list[Callable[..., None]] = []
    turns, others_went_on, finished = [0], Event(), [False]

    def quick() -> int:
        turns[0] += 1
        if turns[0] == 3:
            others_went_on.set()
        return 1

    def slow() -> int:
        assert others_went_on.wait(10)
        handlers[0](15, None)  # told to stop while it works
        finished[0] = True
        return 1

    def keep(_number: int, handler: Any) -> None:
        handlers.append(handler)

    monkeypatch.setattr("intercity.work.signal.signal", keep)
    monkeypatch.setattr(work, "close_old_connections", lambda: None)
    monkeypatch.setattr(work, "DUTIES", (quick, slow))
    monkeypatch.setattr(work, "BESIDE", (slow,))
    work.work_on()
    assert turns[0] >= 3
    assert finished[0]


def test_one_duty_that_fails_stops_no_other(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> int:
        raise ZeroDivisionError

    assert work.work_once((broken, lambda: 2)) == 2
