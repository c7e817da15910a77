"""What the tests of cooperation share: two officers, a promise of Northport that Eastbay confirms, an agreement."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.cities.models import City
from intercity.partnerships.actions import agreements, commitments
from intercity.partnerships.models import Agreement, Commitment, ProgressReport


@pytest.fixture
def dia(eastbay: City) -> Person:
    """Dia is the officer of Eastbay, and nothing in Northport."""
    return cast.person("Dia", Role.OFFICER, city=eastbay)


@pytest.fixture
def agreement(bao: Person, northport: City, eastbay: City) -> Agreement:
    """An agreement of Northport and Eastbay, active, entered by Northport's officer."""
    return agreements.register(
        bao,
        kind="memorandum",
        title=("en", "Clean water on both banks"),
        why=("en", "One river, two cities."),
        parties=[
            agreements.Party(northport, signed_as="Deputy mayor"),
            agreements.Party(eastbay, signed_as="Deputy mayor"),
        ],
        signed_on="2024-05",
    )


@pytest.fixture
def commitment(bao: Person, northport: City, eastbay: City) -> Commitment:
    """A promise of Northport, due in 30 days, that Eastbay will confirm."""
    return commitments.promise(
        bao,
        text=("en", "We open four wells beside the market."),
        city=northport,
        owner="Water office",
        due_on=timezone.localdate() + timedelta(days=30),
        known_by=("en", "Four wells give water on market days."),
        confirmer="city",
        confirmer_city=eastbay,
    )


@pytest.fixture
def reported(bao: Person, commitment: Commitment) -> ProgressReport:
    """Northport says that it is done; nobody has confirmed it."""
    return commitments.report(bao, commitment, ("en", "All four wells run."), "https://example.org/w", says_done=True)
