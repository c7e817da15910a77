"""PostgreSQL compares few vectors one by one and walks a graph through many; both find what memory finds."""

from __future__ import annotations

import numpy as np
import pytest
from django.db import connection
from tests.languages import corpus

from intercity.core.language import meaning
from intercity.languages import vectors
from intercity.languages.models import Findable, Kind, Passage


@pytest.fixture(autouse=True)
def _vectors_are_read_anew() -> None:
    vectors.forget()


@pytest.mark.parametrize("few", [vectors.FEW, -1])
@pytest.mark.parametrize("kinds", [(), ("city",), ("city", "statement"), ("dialogue",)])
def test_every_way_finds_the_same(db: None, few: int, kinds: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vectors, "FEW", few)
    corpus.index()
    corpus.index({"a": ("en", "Trees along every street"), "b": ("en", "Late buses at night")}, Kind.CITY)
    query = meaning.encode(["trees in the city"], "en")[0]
    one, other = vectors.InMemory().nearest(query, kinds, 5), vectors.chosen().nearest(query, kinds, 5)
    assert one.passage.tolist() == other.passage.tolist()
    assert one.cosine.tolist() == pytest.approx(other.cosine.tolist())
    rows = Passage.objects.filter(pk__in=other.there).values_list("pk", "findable", "language")
    assert {pk: (thing, language) for pk, thing, language in rows} == dict(other.there)


def test_the_kind_is_written_beside_and_goes_with_its_passage(db: None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL keeps vectors in a table of their own")
    corpus.index({"a": ("en", "Clean water")}, Kind.CITY)
    corpus.index({"b": ("en", "Clean air")})
    Findable.objects.get(key="b").delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, made_by FROM languages_meaning")
        assert cursor.fetchall() == [("city", meaning.NAME)]


def test_a_table_without_kinds_gets_them(db: None) -> None:
    """As the migration finds it that comes after version 0.3."""
    if connection.vendor != "postgresql":
        pytest.skip("only PostgreSQL keeps vectors in a table of their own")
    corpus.index({"a": ("en", "Clean water")}, Kind.CITY)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE languages_meaning DROP COLUMN kind, DROP COLUMN made_by")
    vectors.add_kind(connection)
    vectors.add_kind(connection)
    query = meaning.encode(["clean water"], "en")[0]
    assert len(vectors.chosen().nearest(query, ["city"], 5).passage) == 1
    assert len(vectors.chosen().nearest(query, ["statement"], 5).passage) == 0


def test_vectors_of_another_encoder_are_not_compared(db: None) -> None:
    corpus.index({"a": ("en", "Clean water")})
    row = Passage.objects.get()
    row.vector_by = "an older one"
    vectors.chosen().keep([row])
    Passage.objects.update(vector_by="an older one")
    query = meaning.encode(["clean water"], "en")[0]
    assert len(vectors.chosen().nearest(query, (), 5).passage) == 0
    assert len(vectors.among(query, [row.pk]).passage) == 0


@pytest.mark.parametrize("number", [1, 7, 600])
def test_a_few_are_compared_by_themselves_and_come_out_the_same(number: int) -> None:
    draw = np.random.default_rng(number)
    store, rows = vectors.InMemory(), 3 * vectors.BLOCK
    packed = draw.integers(-127, 127, (rows, meaning.WIDTH)).astype(np.int8)
    store._append(np.arange(rows), np.arange(rows), np.zeros(rows, np.int16), packed)
    query = draw.normal(size=meaning.WIDTH).astype(np.float32)
    row = np.sort(draw.choice(rows, number, replace=False))
    every = store._products(store._held, query)
    assert np.allclose(store._some(store._held, row, query), every[row], rtol=1e-4, atol=1e-3)
