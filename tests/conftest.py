"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.cities.models import City, Network
from intercity.dialogues import actions
from intercity.dialogues.gathering import forget_rows
from intercity.dialogues.models import Dialogue, Participant
from intercity.dialogues.routing import forget_rounds
from intercity.languages import vectors

USES_DATABASE = {"db", "transactional_db", "live_server", "installation"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second database only tests that use it are run again."""
    if os.environ.get("INTERCITY_TESTS") != "database":
        return
    names = [set(getattr(item, "fixturenames", ())) for item in items]
    chosen = [item for item, used in zip(items, names, strict=True) if used & USES_DATABASE]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Callable[[str], Path]:
    """The path of real data beside the repository; the test is skipped, by name, where it is absent."""

    def find(name: str) -> Path:
        path = SHARED_DATA / name
        if not path.exists():
            pytest.skip(f"needs ../shared/data/{name}, which is not here")
        return path

    return find


@pytest.fixture(autouse=True)
def _votes_are_read_anew() -> None:
    """Each test has a database of its own, with the same keys as the last."""
    forget_rows()
    forget_rounds()
    vectors.forget()


@pytest.fixture(autouse=True)
def _english() -> None:
    """Whatever language the last test's page was in, the next one begins in English."""
    translation.activate("en")


@pytest.fixture(autouse=True)
def _cheap_passwords(settings: Any) -> None:
    """Argon2 takes a second on purpose; that it is what a real installation uses has a test of its own."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def network(db: None) -> Network:
    """The network of the tests."""
    return cast.found_network()


@pytest.fixture
def northport(network: Network) -> City:
    """A city whose office answers."""
    return cast.member("Northport", population=100_000, population_year=2020)


@pytest.fixture
def eastbay(network: Network) -> City:
    """Another city."""
    return cast.member("Eastbay")


@pytest.fixture
def ana(network: Network) -> Person:
    """Ana is of the secretariat and may do everything but answer."""
    return cast.person("Ana", Role.SECRETARIAT)


@pytest.fixture
def bao(northport: City) -> Person:
    """Bao moderates, answers and is the officer in Northport, and nowhere else."""
    return cast.person("Bao", Role.MODERATOR, Role.OFFICER, Role.RESPONDER, city=northport)


@pytest.fixture
def cem(network: Network) -> Person:
    """Cem can sign in, and has no role."""
    return cast.person("Cem")


@pytest.fixture
def dialogue(ana: Person, northport: City, eastbay: City) -> Dialogue:
    """An open dialogue of two cities, to which Northport must answer."""
    return cast.open_dialogue(ana, northport)


@pytest.fixture
def participant(dialogue: Dialogue) -> Participant:
    """Somebody who takes part."""
    return actions.join(dialogue)[0]
