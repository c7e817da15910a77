"""Limits: so many times and no more, by address, without keeping it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone

from intercity.accounts import limits
from intercity.accounts.models import Attempt

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture(autouse=True)
def _a_minute_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """No window ends in the middle of a test."""
    now = timezone.now().replace(minute=1, second=0)
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.mark.parametrize("purpose", sorted(limits.LIMITS))
def test_as_many_as_allowed_and_no_more(purpose: str) -> None:
    most = limits.LIMITS[purpose].most
    assert all(limits.allow(purpose, "192.0.2.1") for _ in range(most))
    assert limits.is_used_up(purpose, "192.0.2.1")
    assert not limits.allow(purpose, "192.0.2.1")
    assert limits.allow(purpose, "192.0.2.2"), "another address has its own count"


def test_purposes_do_not_share_a_count() -> None:
    for _ in range(11):
        limits.allow("code", "192.0.2.1")
    assert not limits.is_used_up("card", "192.0.2.1")


def test_a_new_window_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(11):
        limits.allow("code", "192.0.2.1")
    later = timezone.now() + timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert limits.allow("code", "192.0.2.1")


def test_the_address_is_not_kept_and_its_name_changes_daily(monkeypatch: pytest.MonkeyPatch) -> None:
    limits.allow("code", "192.0.2.1")
    kept = Attempt.objects.get()
    assert "192.0.2.1" not in f"{kept.key}{kept}"

    today, tomorrow = limits._key("192.0.2.1"), timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert limits._key("192.0.2.1") != today


def test_one_household_of_ipv6_is_one() -> None:
    for last in range(10):
        limits.allow("code", f"2001:db8:1:2::{last}")
    assert not limits.allow("code", "2001:db8:1:2:ffff::1")
    assert limits.allow("code", "2001:db8:1:3::1")


def test_what_is_older_than_a_day_is_forgotten() -> None:
    limits.allow("code", "192.0.2.1")
    Attempt.objects.create(purpose="code", key="old", window=timezone.now() - timedelta(hours=25), count=3)
    assert limits.forget() == 1
    assert Attempt.objects.get().key != "old"


def test_only_a_proxy_of_ours_is_believed(settings: Any) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR="198.51.100.9, 192.0.2.7")
    settings.BEHIND_PROXY = False
    assert limits.address(request) == "10.0.0.1"
    settings.BEHIND_PROXY = True
    assert limits.address(request) == "192.0.2.7", "the last entry is the proxy's own; earlier ones can be made up"
