"""What the tests of events share: a summit of two days at Northport that everybody can read, and its people."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.cities.models import City
from intercity.events import actions
from intercity.events.models import Event

ZONE = "Asia/Shanghai"


def soon() -> date:
    """A day that is to come."""
    return timezone.localdate() + timedelta(days=20)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """An hour by the clocks of the place, whichever these are."""
    return datetime.combine(day, time(hour, minute))


@pytest.fixture
def dia(eastbay: City) -> Person:
    """Dia is the officer of Eastbay, and nothing in Northport."""
    return cast.person("Dia", Role.OFFICER, city=eastbay)


@pytest.fixture
def draft(bao: Person, northport: City) -> Event:
    """An event that only Northport and the secretariat see."""
    return actions.add_event(
        bao,
        kind="summit",
        title=("en", "Mayors meet for water"),
        about=("en", "Two days about rivers."),
        starts_on=soon(),
        ends_on=soon() + timedelta(days=1),
        starts_at=at(soon(), 9),
        ends_at=at(soon() + timedelta(days=1), 17),
        timezone=ZONE,
        city=northport,
    )


@pytest.fixture
def event(draft: Event, bao: Person) -> Event:
    """The same, published."""
    return actions.publish_event(bao, draft)
