"""Long texts are cut where sentences end, in every script."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intercity.core.language import meaning
from intercity.core.language.meaning.contract import INVISIBLE
from intercity.core.language.meaning.sentences import LONGEST, sentences


def visible(text: str) -> str:
    return "".join(INVISIBLE.sub("", text).split())


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=2000))
def test_nothing_is_lost_but_space(text: str) -> None:
    parts = sentences(text)
    assert visible("".join(parts)) == visible(text)
    assert all(visible(part) and len(part) <= LONGEST for part in parts)


@pytest.mark.parametrize("end", [". ", "! ", "。", "？", "။ ", "។ ", "। ", "\n"])
def test_ends_of_every_script_are_seen(end: str) -> None:
    first, second = "x" * 200, "y" * 200
    assert [part[0] for part in sentences(f"{first}{end}{second}")] == ["x", "y"]


def test_short_parts_stay_together() -> None:
    text = "See No. 5 below. Yes. It is e.g. a bridge. " + "The bridge is closed to carts and buses. " * 10
    assert sentences(text)[0] == "See No. 5 below. Yes. It is e.g. a bridge."


def test_a_statement_is_left_whole() -> None:
    assert sentences("Buses are late. Trains are not.") == ["Buses are late. Trains are not."]


def test_what_has_no_end_is_cut_at_spaces() -> None:
    parts = sentences("word " * 1000)
    assert all(400 < len(part) <= LONGEST for part in parts[:-1])
    assert {word for part in parts for word in part.split()} == {"word"}


def test_a_sentence_finds_the_passage_it_stands_in() -> None:
    passage = (
        "The old market burned down in the spring and traders moved to the river bank. "
        "Children walk four kilometres to school because the bridge is closed. "
        "The council promised a new roof for the hospital before the rains begin. "
        "Nobody has counted how many houses stand empty along the railway since the factory moved to the coast. "
    )
    other = "We grow rice and sell it in the city. My brother repairs bicycles. The festival lasts three days. " * 4
    found = meaning.encode([passage, other, "The bridge is closed, so pupils have a long way to school"], "en")
    assert found[2] @ found[0] > found[2] @ found[1] + 0.1
