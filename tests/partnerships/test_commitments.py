"""A promise from the day it is made to the day a second party says that it is kept; and every limit on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.audit.record import faults
from intercity.cities.models import City
from intercity.partnerships.actions import commitments
from intercity.partnerships.models import Commitment, CommitmentState, ProgressReport, Standing


def _steps(commitment: Commitment) -> list[str]:
    return list(commitment.steps.values_list("what", flat=True))


def test_promised_reported_confirmed_kept(bao: Person, dia: Person, commitment: Commitment) -> None:
    """The main path: only the second party makes it kept, and each step keeps it whole."""
    assert commitment.standing == Standing.OPEN
    commitments.report(bao, commitment, ("en", "Two of four are dug."))
    assert commitment.state == CommitmentState.OPEN
    done = commitments.report(bao, commitment, ("en", "All four run."), "https://example.org/wells", says_done=True)
    assert commitment.standing == Standing.REPORTED
    made = commitments.confirm(dia, commitment, seen=done.pk, is_so=True)
    assert commitment.standing == Standing.KEPT
    assert commitment.settled_on == timezone.localdate()
    assert (made.report, made.city, made.by_link) == (done, commitment.confirmer_city, False)
    assert _steps(commitment) == ["promised", "progress", "reported", "confirmed"]
    assert [one.document["state"] for one in commitment.steps.all()] == ["open", "open", "reported", "kept"]
    assert [one.made_as for one in commitment.steps.all()] == ["Northport", "Northport", "Northport", "Eastbay"]
    assert [one.document["version"] for one in commitment.steps.all()] == [1, 2, 3, 4]
    assert list(faults()) == []
