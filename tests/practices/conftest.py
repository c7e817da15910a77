"""What the tests of practices share: one that is published, one that is begun, a challenge, an adoption."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.cities.models import City
from intercity.languages.actions import write_text
from intercity.practices.models import (
    Adoption,
    AdoptionStage,
    AdoptionStep,
    Challenge,
    Confidence,
    Cost,
    CostKind,
    Method,
    Practice,
    PracticeState,
    PracticeStatus,
    PracticeWords,
    Provenance,
    Result,
)

WORDS = {
    "title": "Rain gardens along the market street",
    "summary": "Forty small gardens take up the rain where the street used to flood.",
    "problem": "The market flooded eight times a year, and stalls lost their goods.",
    "solution": "The city dug forty gardens beside the road. The stalls look after them.",
    "difficulties": "Half of the first plants died, since nobody was told to water them.",
}


@pytest.fixture
def dia(eastbay: City) -> Person:
    """Dia is the officer of Eastbay, and nothing in Northport."""
    return cast.person("Dia", Role.OFFICER, city=eastbay)


@pytest.fixture
def draft(bao: Person, northport: City) -> Practice:
    """A practice of Northport that nobody but its officer and the secretariat sees: a title and no more."""
    found = Practice.objects.create(slug="night-buses", city=northport, version=1, written_by=bao)
    PracticeWords.objects.create(practice=found, field="title", text=write_text("en", "Night buses for nurses"))
    return found


@pytest.fixture
def practice(bao: Person, northport: City) -> Practice:
    """A published practice of Northport, in English, with one cost and one result."""
    today = timezone.localdate()
    found = Practice.objects.create(
        slug="rain-gardens-along-the-market-street",
        city=northport,
        version=1,
        state=PracticeState.PUBLISHED,
        published_at=timezone.now(),
        started="2019-03",
        status=PracticeStatus.RUNNING,
        status_confirmed_on=today - timedelta(days=30),
        status_confirmed_by="Northport",
        provenance=Provenance.CITY,
        evidence=2,
        written_by=bao,
    )
    for field, body in WORDS.items():
        PracticeWords.objects.create(practice=found, field=field, text=write_text("en", body))
    claim = {"claimed_by": "Northport water office", "source": "https://example.org/report", "claimed_on": "2021"}
    Cost.objects.create(
        practice=found,
        kind=CostKind.CAPITAL,
        amount=Decimal(120_000),
        currency="USD",
        year=2019,
        confidence=Confidence.BUDGET,
        **claim,
    )
    Result.objects.create(
        practice=found,
        indicator="Floods a year",
        baseline="8",
        value="2",
        measured_on="2020",
        method=Method.BEFORE_AFTER,
        **claim,
    )
    return found


@pytest.fixture
def challenge(dia: Person, eastbay: City) -> Challenge:
    """A problem of Eastbay that it seeks an answer to."""
    return Challenge.objects.create(
        slug="our-market-floods",
        city=eastbay,
        title=write_text("en", "Our market floods"),
        description=write_text("en", "Every month the market street is under water, and people cannot sell."),
        written_by=dia,
    )


@pytest.fixture
def adoption(practice: Practice, dia: Person, northport: City, eastbay: City) -> Adoption:
    """Eastbay would like to try what Northport did; nothing is confirmed."""
    found = Adoption.objects.create(
        practice=practice,
        from_city=northport,
        to_city=eastbay,
        why="Our market floods, too.",
        why_language="en",
        written_by=dia,
    )
    AdoptionStep.objects.create(adoption=found, stage=AdoptionStage.INTERESTED, what="wanted", made_by=dia)
    return found
