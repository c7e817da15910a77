"""What the tests of practices share: one that is published, one that is begun, a challenge, an adoption."""

from __future__ import annotations

import pytest
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.cities.models import City
from intercity.practices import actions
from intercity.practices.models import Adoption, Challenge, Practice

SAID = {
    "title": "Rain gardens along the market street",
    "summary": "Forty small gardens take up the rain where the street used to flood.",
    "problem": "The market flooded eight times a year, and stalls lost their goods.",
    "solution": "The city dug forty gardens beside the road. The stalls look after them.",
    "difficulties": "Half of the first plants died, since nobody was told to water them.",
}
CLAIM = {"claimed_by": "Northport water office", "source": "https://example.org/report", "claimed_on": "2021"}


@pytest.fixture
def dia(eastbay: City) -> Person:
    """Dia is the officer of Eastbay, and nothing in Northport."""
    return cast.person("Dia", Role.OFFICER, city=eastbay)


@pytest.fixture
def draft(bao: Person, northport: City) -> Practice:
    """A practice of Northport that nobody but its officer and the secretariat sees: a title and no more."""
    return actions.begin(bao, northport, {"title": ("en", "Night buses for nurses")})


@pytest.fixture
def practice(bao: Person, northport: City) -> Practice:
    """A published practice of Northport, in English, with one cost and one result."""
    words = {field: ("en", body) for field, body in SAID.items()}
    found = actions.begin(bao, northport, words, {"started": "2019-03", "status": "running"})
    actions.add_cost(
        bao, found, kind="capital", amount="120000", currency="USD", year=2019, confidence="budget", **CLAIM
    )
    actions.add_result(
        bao,
        found,
        indicator="Floods a year",
        baseline="8",
        value="2",
        measured_on="2020",
        method="before_after",
        **CLAIM,
    )
    return actions.publish(bao, found)


@pytest.fixture
def challenge(dia: Person, eastbay: City) -> Challenge:
    """A problem of Eastbay that it seeks an answer to."""
    return actions.add_challenge(
        dia,
        eastbay,
        title=("en", "Our market floods"),
        description=("en", "Every month the market street is under water, and people cannot sell."),
    )


@pytest.fixture
def adoption(practice: Practice, dia: Person, eastbay: City) -> Adoption:
    """Eastbay would like to try what Northport did; nothing is confirmed."""
    return actions.want_to_try(dia, practice, eastbay, "Our market floods, too.", language="en")
