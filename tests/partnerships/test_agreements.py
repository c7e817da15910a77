"""The register of agreements: parties, dates, papers, and honest states."""

from __future__ import annotations

import pytest

from intercity.accounts.models import Person
from intercity.partnerships.actions import agreements
from intercity.partnerships.models import Agreement, AgreementState


def test_registered_then_dormant_then_ended(bao: Person, dia: Person, agreement: Agreement) -> None:
    assert agreement.slug == "clean-water-on-both-banks"
    agreements.set_state(dia, agreement, "dormant", ("en", "Nobody met since 2024."), agreement.version)
    assert agreement.state == AgreementState.DORMANT
    agreements.set_state(bao, agreement, "ended", ("en", "Both offices closed it."))
    assert agreement.ended_on is not None
    assert [one.what for one in agreement.steps.all()] == ["registered", "dormant", "ended"]
    assert [one.made_as for one in agreement.steps.all()] == ["Northport", "Eastbay", "Northport"]
