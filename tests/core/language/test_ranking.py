"""BM25 as it is published, and the weight of a word without its accents."""

from __future__ import annotations

import math

import pytest

from intercity.core.language.ranking import FOLDED, K1, B, Ranking, Statistics, Wanted

KNOWN = Statistics(passages=100, length=4, passages_with={"tree": 10, "city": 50, "mong": 2})


def wanted(*words: str) -> list[Wanted]:
    """Words that are looked up as they are."""
    return [Wanted(word, word) for word in words]


def test_as_in_the_paper() -> None:
    found = Ranking(wanted("tree"), KNOWN).score("tree city tree a b", "")
    rarity = math.log(1 + (100 - 10 + 0.5) / (10 + 0.5))
    assert found.score == pytest.approx(rarity * 2 * (K1 + 1) / (2 + K1 * (1 - B + B * 5 / 4)))
    assert found.words == ("tree",)


def test_rare_words_tell_more() -> None:
    ranking = Ranking(wanted("city", "tree"), KNOWN)
    assert ranking.score("tree", "").score > ranking.score("city", "").score > 0
    assert ranking.share(["city", "tree"]) == pytest.approx(1)
    assert ranking.share(["city"]) < 0.5


def test_without_accents_a_word_counts_less() -> None:
    ranking = Ranking(wanted("mong"), KNOWN)
    exact, folded = ranking.score("mong x", ""), ranking.score("móng x", "mong")
    assert folded.score == pytest.approx(FOLDED * exact.score)
    assert folded.words == exact.words == ("mong",)


def test_nothing_shared_is_nothing() -> None:
    assert Ranking(wanted("tree"), KNOWN).score("a b", "").words == ()
    assert Ranking(wanted("tree"), Statistics(0, 0, {})).score("tree", "").score > 0
