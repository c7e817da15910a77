"""The record: appended, never changed, and every tampering is found."""

from __future__ import annotations

import pytest
from django.db import connection

from intercity.audit.models import Entry, UnchangeableError
from intercity.audit.record import faults, record
from intercity.cities.models import Network


@pytest.fixture
def entries(network: Network) -> list[Entry]:
    return [record(None, f"thing.{number}", network, number=number, words="ភាសា") for number in range(5)]


def test_an_untouched_record_has_no_faults(entries: list[Entry]) -> None:
    assert [entry.number for entry in entries] == [1, 2, 3, 4, 5]
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("statement", "number"),
    [
        ("UPDATE audit_entry SET action = 'other' WHERE number = 2", 2),
        ("UPDATE audit_entry SET details = '{}' WHERE number = 3", 3),
        ("DELETE FROM audit_entry WHERE number = 2", 2),
        ("DELETE FROM audit_entry WHERE number = 5", 5),
        ("DELETE FROM audit_entry WHERE number >= 4", 4),
        ("UPDATE audit_head SET number = 4", 4),
    ],
)
def test_every_tampering_is_found(entries: list[Entry], statement: str, number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert number in {fault.number for fault in faults()}


def test_entries_cannot_be_changed_by_mistake(entries: list[Entry]) -> None:
    entry = entries[0]
    entry.action = "other"
    with pytest.raises(UnchangeableError):
        entry.save()
    with pytest.raises(UnchangeableError):
        entry.delete()
