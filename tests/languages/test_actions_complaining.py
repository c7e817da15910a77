"""Readers say that a translation is wrong, in one press, unknown, and not a thousand times."""

from __future__ import annotations

import pytest
from tests.languages.public import public, translated

from intercity.accounts import limits
from intercity.audit.models import Entry
from intercity.languages import actions
from intercity.languages.models import Complaint, Translation
from intercity.refusals import RefusedError

pytestmark = pytest.mark.usefixtures("db")
HERE = "192.0.2.1"


@pytest.fixture
def found() -> Translation:
    """A machine's translation."""
    return translated(public("Clean water."), "ទឹកស្អាត")


def test_one_press_is_enough_and_nobody_is_named(found: Translation) -> None:
    made = actions.complain(found, address=HERE)
    assert (made.translation, made.note, made.resolved_at) == (found, "", None)
    entry = Entry.objects.get()
    assert (entry.action, entry.actor, entry.details) == ("translation.complained", None, {"language": "km"})
    assert HERE not in str(Complaint.objects.values().get())


def test_a_note_is_kept_plain(found: Translation) -> None:
    assert actions.complain(found, " <b>wrong\r\nword</b>\x00 ", address=HERE).note == "<b>wrong\nword</b>"


def test_a_note_has_a_limit_which_is_no_complaint(found: Translation) -> None:
    with pytest.raises(RefusedError, match="501 characters; up to 500") as refused:
        actions.complain(found, "x" * 501, address=HERE)
    assert refused.value.field == "note"
    assert not limits.is_used_up("complain", HERE)
    assert actions.complain(found, "x" * 500, address=HERE).pk


def test_so_many_from_one_address_and_no_more(found: Translation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(limits.LIMITS, "complain", limits.Limit(2, 10**9, "Complaints"))
    for _press in range(2):
        actions.complain(found, address=HERE)
    with pytest.raises(actions.TooOftenError) as refused:
        actions.complain(found, address=HERE)
    assert refused.value.purpose in limits.LIMITS
    assert Complaint.objects.count() == 2
    assert actions.complain(found, address="192.0.2.2").pk, "another address has its own count"


def test_what_is_no_longer_there_is_said(found: Translation) -> None:
    again = Translation.objects.get()
    found.delete()
    with pytest.raises(RefusedError, match="no longer there"):
        actions.complain(again, address=HERE)
