"""What says the same is proposed, within a language and across, with reasons; nothing else is."""

from __future__ import annotations

import pytest
from tests.languages import corpus

from intercity.languages import vectors
from intercity.languages.models import Passage
from intercity.languages.similarity import similar_to


@pytest.fixture(autouse=True)
def _anew(db: None) -> None:
    vectors.forget()
    corpus.index()


def test_a_lao_statement_is_proposed_for_a_burmese_one() -> None:
    others = [key for key in corpus.STATEMENTS if key != "trees-my"]
    found = similar_to(corpus.STATEMENTS["trees-my"][1], "my", "statement", others)
    lao = next(one for one in found if one.key == "trees-lo")
    assert lao.is_alike_in_meaning
    assert not lao.is_alike_in_letters
    assert lao.letters is None


def test_the_same_letters_are_proposed_even_where_nothing_speaks_the_language() -> None:
    found = similar_to("Ita presiza bee moos iha suku sira hotu-hotu!", "tet", "statement", list(corpus.STATEMENTS))
    assert [one.key for one in found] == ["tetum"]
    assert found[0].is_alike_in_letters
    assert found[0].sureness is None


def test_only_the_named_are_compared() -> None:
    body = corpus.STATEMENTS["trees"][1]
    assert similar_to(body, "en", "statement", ["trees", "buses"])[0].key == "trees"
    assert "trees" not in [one.key for one in similar_to(body, "en", "statement", ["buses", "flood"])]
    assert similar_to(body, "en", "city", ["trees"]) == []


def test_what_is_about_something_else_is_not_proposed() -> None:
    assert similar_to("Our library needs new books for children.", "en", "statement", list(corpus.STATEMENTS)) == []


def test_one_alone_is_proposed_only_if_it_says_the_same() -> None:
    assert similar_to("城市应该在街道两旁种更多树。", "zh-hans", "statement", ["trees"])[0].key == "trees"
    assert similar_to("图书馆需要更多儿童书籍。", "zh-hans", "statement", ["trees"]) == []


def test_translations_are_not_compared() -> None:
    Passage.objects.update(is_translation=True)
    assert similar_to(corpus.STATEMENTS["trees"][1], "en", "statement", ["trees"]) == []


@pytest.mark.parametrize("body", ["", " ", "…", "\ud800", "\0"])
def test_nothing_is_like_nothing(body: str) -> None:
    assert similar_to(body, "en", "statement", list(corpus.STATEMENTS)) == []
