"""A search among some things finds the same things in the same order as one among all, and no others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import pytest
from tests.languages import corpus

from intercity.languages import vectors, within
from intercity.languages.models import Kind
from intercity.languages.searching import Found, find
from intercity.languages.within import These

QUERIES = ("the drains of the market", "城市应该在街道两旁种植更多的树", "trees", "ຕົ້ນໄມ້", "bus at night")
SOME = ("trees", "trees-lo", "drains", "buses", "market-th")


@pytest.fixture(autouse=True)
def _vectors_are_read_anew() -> None:
    vectors.forget()


def search(query: str, only: within.Within | Collection[str] | None = None, **more: int) -> Found:
    return find(query, reader="en", languages=corpus.LANGUAGES, kinds=[Kind.STATEMENT], within=only, **more)


@pytest.mark.parametrize("few", [2_000, 0], ids=["few", "many"])
@pytest.mark.parametrize("query", QUERIES)
def test_what_is_left_is_ranked_as_it_is_without(
    db: None, query: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(within, "FEW", few)
    corpus.index()
    everything = [(hit.key, hit.words, hit.likeness) for hit in search(query).hits]
    assert [(hit.key, hit.words, hit.likeness) for hit in search(query, SOME).hits] == [
        one for one in everything if one[0] in SOME
    ]
    assert any(key in SOME for key, _, _ in everything)


@pytest.mark.parametrize("few", [2_000, 0], ids=["few", "many"])
def test_among_nothing_nothing_is_found(db: None, few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(within, "FEW", few)
    corpus.index()
    assert search("trees", ()).hits == ()
    assert search("trees", ["no such key"]).hits == ()


def test_a_common_word_does_not_hide_the_few(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the filter in the database, the newest passages with the word would leave no room for it."""
    monkeypatch.setattr("intercity.languages.word_index.ENOUGH", 5)
    monkeypatch.setattr("intercity.languages.searching.NEAREST", 5)
    corpus.index({"first": ("en", "The very same words.")})
    corpus.index({f"same {number:02}": ("en", "The very same words.") for number in range(30)})
    assert [hit.key for hit in search("same words", ["first"]).hits] == ["first"]


def test_pages_of_the_same_set_follow_each_other(db: None) -> None:
    corpus.index({f"same {number:02}": ("en", "The very same words.") for number in range(12)})
    some = [f"same {number:02}" for number in range(0, 12, 2)]
    pages = [search("same words", some, most=4, start=start) for start in (0, 4)]
    assert [hit.key for page in pages for hit in page.hits] == some
    assert (pages[0].total_is_at_least, pages[0].has_more, pages[1].has_more) == (6, True, False)


def test_keys_are_of_one_kind(db: None) -> None:
    with pytest.raises(ValueError, match="one kind"):
        find("trees", reader="en", languages=["en"], kinds=[], within=["trees"])


@dataclass
class Counting:
    """A set that notes what it was asked."""

    these: These
    asked: list[Collection[str]] = field(default_factory=list)

    def few(self, most: int) -> Sequence[str] | None:
        return None

    def among(self, keys: Collection[str]) -> Collection[str]:
        self.asked.append(list(keys))
        return self.these.among(keys)


def test_a_large_set_is_asked_about_candidates_only_and_about_each_once(db: None) -> None:
    corpus.index()
    only = Counting(These(frozenset(SOME)))
    assert search("trees along the streets", only).hits
    asked = [key for keys in only.asked for key in keys]
    assert len(asked) == len(set(asked))
