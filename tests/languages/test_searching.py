"""Words and meaning find things in every language, in the same order on both databases, and say why."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.languages import corpus

from intercity.languages import vectors, word_index
from intercity.languages.encoding import encoder
from intercity.languages.models import Findable, Kind, Passage
from intercity.languages.searching import LONGEST, Found, find, floors


@pytest.fixture(autouse=True)
def _vectors_are_read_anew() -> None:
    vectors.forget()


def search(query: str, reader: str = "en", **more: Any) -> Found:
    """As a reader of the tests' network."""
    return find(query, reader=reader, languages=corpus.LANGUAGES, **more)


def keys(query: str, reader: str = "en", **more: Any) -> list[str]:
    """What is found, the best first."""
    return [hit.key for hit in search(query, reader, **more).hits]


@pytest.mark.parametrize(
    ("query", "reader", "expected"),
    [
        ("more trees along the streets", "en", "trees"),
        ("drains market", "en", "drains"),
        ("树木", "zh-hans", "trees-zh"),
        ("ຕົ້ນໄມ້", "lo", "trees-lo"),
        ("သစ်ပင်", "my", "trees-my"),
        ("น้ำท่วม", "th", "market-th"),
        ("Móng Cái", "vi", "border"),
        ("bee moos", "tet", "tetum"),
    ],
)
def test_words_of_every_script_are_found(db: None, query: str, reader: str, expected: str) -> None:
    corpus.index()
    found = search(query, reader)
    assert found.hits[0].key == expected
    assert found.hits[0].words


@pytest.mark.parametrize("query", ["Mong Cai", "mong cai", "MÓNG CÁI", "Móng Kái Cai"])
def test_accents_are_a_second_chance(db: None, query: str) -> None:
    corpus.index()
    assert keys(query)[0] == "border"


def test_exact_accents_come_first(db: None) -> None:
    corpus.index({"without": ("vi", "Mong anh den som"), "with": ("vi", "Móng nhà rất sâu")})
    assert keys("móng", "vi") == ["with"]
    assert keys("mong", "vi")[0] == "without"


def test_a_chinese_query_finds_a_lao_statement_by_its_meaning(db: None) -> None:
    corpus.index()
    found = search("城市应该在街道两旁种植更多的树", "zh-hans")
    lao = next(hit for hit in found.hits if hit.key == "trees-lo")
    assert found.hits[0].key == "trees-zh"
    assert lao.words == ()
    assert lao.meaning is not None
    assert lao.likeness in {"strong", "near"}
    assert {"trees", "trees-my"} <= {hit.key for hit in found.hits}
    assert "school-zh" not in {hit.key for hit in found.hits if hit.likeness == "strong"}


ORDER = {
    "the drains of the market": ["drains", "flood"],
    "trees": ["trees"],
    "market drains trees buses": ["drains", "flood", "trees", "buses"],
    "Mong Cai": ["border"],
}


@pytest.mark.parametrize("query", ORDER)
def test_both_databases_rank_by_words_alike(db: None, query: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests run on both, and expect one order."""
    monkeypatch.setattr(type(encoder()), "speaks", lambda _self, _code: False)
    corpus.index()
    assert keys(query) == ORDER[query]


def test_equal_ones_come_in_the_order_in_which_they_were_made(db: None) -> None:
    corpus.index({f"same {number:02}": ("en", "The very same words.") for number in range(30)})
    pages = [keys("the same words", most=7, start=start) for start in range(0, 35, 7)]
    assert [key for page in pages for key in page] == [f"same {number:02}" for number in range(30)]


def test_a_page_says_how_much_there_is(db: None) -> None:
    corpus.index({f"same {number:02}": ("en", "The very same words.") for number in range(12)})
    found = search("same words", most=10)
    assert found.total_is_at_least == 12
    assert found.has_more
    assert not search("same words", most=10, start=10).has_more


def test_kinds_narrow_what_is_found(db: None) -> None:
    corpus.index({"a": ("en", "Clean water")})
    corpus.index({"b": ("en", "Clean water")}, Kind.CITY)
    assert {hit.kind for hit in search("clean water").hits} == {"statement", "city"}
    assert [(hit.kind, hit.key) for hit in search("clean water", kinds=["city"]).hits] == [("city", "b")]
    assert keys("clean water", kinds=["dialogue"]) == []


def test_a_thing_is_found_once_by_its_best_passage(db: None) -> None:
    corpus.index({"long": ("en", ("Trees give shade. " * 60) + "Buses are late. " * 60)})
    assert Passage.objects.count() > 2
    assert keys("buses late") == ["long"]
    assert "Buses" in search("buses late").hits[0].body


@pytest.mark.parametrize("query", ["", " ", "\0", "…!?", "\u200b", "\ud800", "🙂"])
def test_nothing_asked_is_nothing_found(db: None, query: str) -> None:
    corpus.index()
    assert search(query).hits == ()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=80) | st.text(alphabet="\"'*()^:-+&|!\\ NEAR ORab\0", max_size=40))
def test_no_string_breaks_it(db: None, query: str) -> None:
    search(query)


def test_a_long_query_is_cut(db: None) -> None:
    corpus.index()
    found = search("trees " * 10_000)
    assert found.understood_as.was_cut
    assert len(found.understood_as.text) <= LONGEST
    assert found.hits[0].key == "trees"


def test_what_is_deleted_is_not_found(db: None) -> None:
    corpus.index()
    assert keys("buses")[0] == "buses"
    Findable.objects.get(key="buses").delete()
    assert "buses" not in keys("buses midnight")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO languages_word(languages_word, rank) VALUES ('integrity-check', 1)")


def test_changed_words_are_found_and_old_ones_not(db: None) -> None:
    corpus.index()
    corpus.index(corpus.STATEMENTS | {"buses": ("en", "Ferries should run all night.")})
    assert keys("ferries")[0] == "buses"
    assert "buses" not in [hit.key for hit in search("midnight").hits if hit.words]


def test_the_index_is_there_after_all_migrations(db: None) -> None:
    """A migration that remakes the table of passages on SQLite drops its triggers, and has to call `create` again."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'languages_word_%'")
            assert len(cursor.fetchall()) == 3
        else:
            cursor.execute("SELECT to_regclass('languages_word')")
            assert cursor.fetchone() != (None,)


def test_pgvector_is_used_where_it_is(db: None) -> None:
    store = vectors.InPostgres if connection.vendor == "postgresql" else vectors.InMemory
    assert isinstance(vectors.chosen(), store)


def test_memory_and_database_know_the_same_neighbours(db: None) -> None:
    """On PostgreSQL, pgvector beside numpy."""
    from intercity.core.language import meaning

    corpus.index()
    query = meaning.encode(["trees in the city"], "en")[0]
    one, other = vectors.InMemory().nearest(query, (), 5), vectors.chosen().nearest(query, (), 5)
    assert one.passage.tolist() == other.passage.tolist()
    assert one.cosine == pytest.approx(other.cosine, abs=1e-5)


def test_memory_follows_what_changes_and_goes(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    from intercity.core.language import meaning

    monkeypatch.setattr(vectors, "BLOCK", 4)
    monkeypatch.setattr(vectors, "GONE", 3)
    store, query = vectors.InMemory(), meaning.encode(["trees in the city"], "en")[0]
    corpus.index()
    first = store.nearest(query, (), 50)
    assert len(first.passage) == len(corpus.STATEMENTS) - 1  # nothing speaks Tetum
    Passage.objects.filter(findable__key="trees").delete()
    corpus.index({f"more {number}": ("en", f"Number {number}") for number in range(9)})
    there = set(Passage.objects.exclude(vector=None).values_list("pk", flat=True))
    assert set(store.nearest(query, (), 50).passage.tolist()) == there


def test_counts_of_words_agree_with_the_passages(db: None) -> None:
    corpus.index()
    known = word_index.statistics(["market", "mong"])
    assert known["en"].passages == 4
    assert known["en"].passages_with == {"market": 2}
    assert known["vi"].passages_with == {"mong": 1}


def test_floors_by_the_classes_of_two_languages() -> None:
    assert floors("en", "zh-hans") != floors("en", "lo")
    assert floors("lo", "en") == floors("en", "lo")
    assert floors("en", "tet").near > 1
    assert floors(None, "en").near > 1
