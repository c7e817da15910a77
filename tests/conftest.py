"""What all tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from intercity.accounts.models import Person, Role
from intercity.cities.models import City, Network
from intercity.dialogues import actions
from intercity.dialogues.gathering import forget_rows
from intercity.dialogues.models import Dialogue, Participant
from tests import cast

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
