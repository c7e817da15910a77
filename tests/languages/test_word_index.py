"""The index of words names each passage once, in the same order on both databases, and none that tells too little."""

from __future__ import annotations

from typing import Any

import pytest
from tests.languages import corpus

from intercity.languages import word_index
from intercity.languages.models import Kind, Passage
from intercity.languages.searching import find

SAID = {
    "all": ("en", "the narrow bridge"),
    "rare": ("en", "a narrow lane"),
    "two": ("en", "the bridge of stone"),
    "common": ("en", "the long road"),
    "odd": ("en", "it's \\ the 'quoted' \"bridge\""),
}


def found(terms: list[str], **more: Any) -> list[str]:
    """Keys of what is named, in its order."""
    keys = dict(Passage.objects.values_list("pk", "findable__key"))
    return [keys[one.passage] for one in word_index.candidates(terms, **more)]


def test_those_with_all_come_first_then_those_with_the_rarest_each_once(db: None) -> None:
    corpus.index(SAID)
    assert found(["narrow", "bridge", "the"]) == ["all", "rare", "odd", "two", "common"]


@pytest.mark.parametrize("most", [1, 2, 3, 4])
def test_fewer_are_the_first_of_more(db: None, most: int) -> None:
    corpus.index(SAID)
    assert found(["narrow", "bridge", "the"], most=most) == ["all", "rare", "odd", "two", "common"][:most]


def test_more_words_than_are_looked_for_together(db: None) -> None:
    corpus.index(SAID)
    terms = ["lane", "stone", "long", "of", "narrow", "bridge", "the"]
    assert len(terms) > word_index.TOGETHER
    assert found(terms) == ["rare", "two", "common", "all", "odd"]


def test_terms_that_do_not_tell_are_looked_for_only_with_the_others(db: None) -> None:
    corpus.index(SAID)
    assert found(["narrow", "bridge", "the"], telling=1) == ["all", "rare"]


def test_among_some_things_and_kinds(db: None) -> None:
    corpus.index(SAID)
    corpus.index({"city": ("en", "the narrow bridge")}, Kind.CITY)
    one = Passage.objects.get(findable__key="two").findable_id
    assert [p.findable for p in word_index.candidates(["narrow", "bridge"], ["statement"], only=[one])] == [one]
    assert len(word_index.candidates(["narrow", "bridge"], ["city"])) == 1
    assert len(word_index.candidates(["narrow", "bridge"], ["city", "statement"])) == 5


def test_a_common_word_is_not_looked_for_beside_a_rare_one(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever has only "the" is left out anyway; by itself "the" is all of a query."""
    asked: list[int | None] = []
    ask = word_index.candidates

    def watched(terms: list[str], kinds: list[str], most: int, only: None, telling: int) -> list[word_index.Candidate]:
        asked.append(telling)
        return ask(terms, kinds, most, only, telling)

    monkeypatch.setattr(word_index, "candidates", watched)
    many = {f"the {number}": ("en", f"the number {number}") for number in range(60)}
    corpus.index({**many, "rare": ("en", "the narrow lane")})
    find("the narrow lane", reader="en", languages=corpus.LANGUAGES)
    find("the", reader="en", languages=corpus.LANGUAGES)
    assert asked == [2, 1]
