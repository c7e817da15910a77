"""Which passages mean nearly what a query means: vectors in the memory of this process, or in pgvector where it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from threading import Lock
from typing import Any, Protocol

import numpy as np
from django.db import DatabaseError, connection, transaction
from django.db.models import Max
from numpy.typing import NDArray

from intercity.core.language import meaning
from intercity.languages.encoding import encoder
from intercity.languages.models import Passage
from intercity.languages.word_index import one_of

BLOCK = 512
"""Passages of which the products are computed at once: their numbers, 1 MB, stay in the processor's cache, and one
thread does it: larger products wake threads, which on a busy machine took ten times as long."""
GONE = 5_000
"""So many vectors come in before those of passages that are no longer there are looked for and dropped."""
FEWER = 4
"""Where less than one vector in so many is asked for, only these are multiplied."""
FEW = 25_000
"""About so many vectors PostgreSQL compares one by one, and misses none; of more it walks its graph, which is slower
where only a small part of those that it meets are wanted."""

# A trigger in place of a foreign key: Django empties its tables all at once, and refuses where another's leads to one.
INDEX = (
    "CREATE TABLE languages_meaning (passage_id bigint PRIMARY KEY, "
    "kind varchar(20) NOT NULL DEFAULT '', made_by varchar(60) NOT NULL DEFAULT '', "
    f"meaning halfvec({meaning.WIDTH}) NOT NULL)",
    "CREATE INDEX languages_meaning_near ON languages_meaning USING hnsw (meaning halfvec_cosine_ops)",
    "CREATE INDEX languages_meaning_kind ON languages_meaning (kind)",
    "CREATE FUNCTION languages_meaning_goes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
    "DELETE FROM languages_meaning WHERE passage_id = old.id; RETURN old; END $$",
    "CREATE TRIGGER languages_meaning_goes AFTER DELETE ON languages_passage "
    "FOR EACH ROW EXECUTE FUNCTION languages_meaning_goes()",
)
WITH_KIND = (
    "DROP INDEX languages_meaning_near",  # or every row would be added to it again
    "ALTER TABLE languages_meaning ADD COLUMN kind varchar(20) NOT NULL DEFAULT '', "
    "ADD COLUMN made_by varchar(60) NOT NULL DEFAULT ''",
    "UPDATE languages_meaning m SET kind = f.kind, made_by = p.vector_by FROM languages_passage p "
    "JOIN languages_findable f ON f.id = p.findable_id WHERE p.id = m.passage_id",
    *INDEX[1:3],
)


@dataclass(frozen=True)
class Near:
    """Passages by their keys, int64 (found,), and the cosine of each with the query, float32 (found,).

    `there` is of passages that were read just now the thing that they are of, by its key, and their language.
    """

    passage: NDArray[np.int64]
    cosine: NDArray[np.float32]
    there: Mapping[int, tuple[int, str]] = field(default_factory=dict)


class Store(Protocol):
    """Where vectors are asked."""

    def nearest(
        self, query: NDArray[np.float32], kinds: Sequence[str], most: int, only: Sequence[int] | None = None
    ) -> Near:
        """The nearest passages to a vector of unit length, of these kinds or of all, the nearest first.

        Of some things only, by their keys, every passage is compared.
        """

    def keep(self, passages: Iterable[Passage]) -> None:
        """Passages have been written; inside their transaction."""


def cosines(query: NDArray[np.float32], packed: NDArray[np.int8]) -> NDArray[np.float32]:
    """Of a vector of unit length with each row of packed vectors, shape (n, 512): float32 (n,) in [-1, 1]."""
    rows = packed.astype(np.float32)
    length = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    return np.asarray((rows @ query) / np.maximum(length, 1), dtype=np.float32)


def _unpacked(vectors: Iterable[Any]) -> NDArray[np.int8]:
    return np.frombuffer(b"".join(bytes(one) for one in vectors), dtype=np.int8).reshape(-1, meaning.WIDTH)


@dataclass(frozen=True)
class _Held:
    """Vectors as one query sees them: rows are only ever added behind `rows`, and blocks are never moved."""

    rows: int
    blocks: tuple[NDArray[np.int8], ...]
    passage: NDArray[np.int64]
    thing: NDArray[np.int64]
    kind: NDArray[np.int16]
    length: NDArray[np.float32]


_NOTHING = _Held(0, (), np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int16), np.empty(0, np.float32))


class InMemory:
    """All vectors in the memory of this process, 512 bytes each; what is new is read before each query."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._start_anew()

    def _start_anew(self) -> None:
        self._held, self._change, self._added = _NOTHING, 0, 0
        self._kinds: dict[str, int] = {}

    def nearest(
        self, query: NDArray[np.float32], kinds: Sequence[str], most: int, only: Sequence[int] | None = None
    ) -> Near:
        """All are compared, none is missed; passages that went since are still among them."""
        held = self._fresh()
        allowed = held.length > 0
        if kinds:
            allowed &= np.isin(held.kind, [self._kinds.get(kind, -1) for kind in kinds])
        if only is not None:
            allowed &= np.isin(held.thing, only)
        row = np.flatnonzero(allowed)
        product = self._some(held, row, query) if len(row) < held.rows // FEWER else self._products(held, query)[row]
        if len(row) > most:
            best = np.argpartition(-product, most - 1)[:most]
            row, product = row[best], product[best]
        order = np.lexsort((held.passage[row], -product))
        return Near(held.passage[row[order]], product[order])

    def keep(self, passages: Iterable[Passage]) -> None:
        """Nothing to do: every process reads what is new."""

    @staticmethod
    def _some(held: _Held, row: NDArray[np.intp], query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Those of some rows only, block by block; the same numbers as for all of them, but for their rounding."""
        product = np.empty(len(row), np.float32)
        ends = np.searchsorted(row, np.arange(BLOCK, held.rows + BLOCK, BLOCK))
        begin = 0
        for place, end in enumerate(ends):
            if end > begin:
                some = held.blocks[place][row[begin:end] - place * BLOCK].astype(np.float32)
                product[begin:end] = some @ query
            begin = end
        return product / held.length[row]

    @staticmethod
    def _products(held: _Held, query: NDArray[np.float32]) -> NDArray[np.float32]:
        """Block by block, so that the bytes never all stand as numbers."""
        product = np.empty(held.rows, np.float32)
        numbers = np.empty((min(BLOCK, held.rows), meaning.WIDTH), np.float32)
        for begin, block in zip(range(0, held.rows, BLOCK), held.blocks, strict=False):
            some = min(BLOCK, held.rows - begin)
            np.copyto(numbers[:some], block[:some])
            np.dot(numbers[:some], query, out=product[begin : begin + some])
        return np.divide(product, held.length, out=np.zeros_like(product), where=held.length > 0)

    def _fresh(self) -> _Held:
        newest = Passage.objects.aggregate(newest=Max("change"))["newest"] or 0
        with self._lock:
            if newest < self._change:  # another database, or a restored one
                self._start_anew()
            if newest > self._change:
                self._read(newest)
            return self._held

    def _read(self, newest: int) -> None:
        """Read what changed, in order; what is written while this reads comes the next time."""
        new = Passage.objects.filter(
            change__gt=self._change, change__lte=newest, vector_by=encoder().name, vector__isnull=False
        ).order_by("change")
        batch: list[tuple[Any, ...]] = []
        for row in new.values_list("pk", "findable", "findable__kind", "vector").iterator(chunk_size=2_000):
            batch.append(row)
            if len(batch) == BLOCK:
                self._add(batch)
                batch = []
        if batch:
            self._add(batch)
        self._change = newest
        if self._added > max(GONE, self._held.rows // 4):
            self._drop_gone()

    def _add(self, batch: Sequence[tuple[Any, ...]]) -> None:
        passage, thing = np.array([row[:2] for row in batch], np.int64).T
        kind = np.array([self._kinds.setdefault(kind, len(self._kinds)) for _, _, kind, _ in batch], np.int16)
        self._append(passage, thing, kind, _unpacked(row[3] for row in batch))

    def _append(
        self,
        passage: NDArray[np.int64],
        thing: NDArray[np.int64],
        kind: NDArray[np.int16],
        packed: NDArray[np.int8],
    ) -> None:
        held, blocks, done = self._held, list(self._held.blocks), 0
        while done < len(packed):
            place = (held.rows + done) % BLOCK
            if place == 0:
                blocks.append(np.zeros((BLOCK, meaning.WIDTH), np.int8))
            some = min(BLOCK - place, len(packed) - done)
            blocks[-1][place : place + some] = packed[done : done + some]
            done += some
        length = np.sqrt(np.einsum("ij,ij->i", packed, packed, dtype=np.float32))
        former = np.where(np.isin(held.passage, passage), np.float32(0), held.length)  # it was embedded again
        self._held = _Held(
            held.rows + len(packed), tuple(blocks), np.append(held.passage, passage), np.append(held.thing, thing),
            np.append(held.kind, kind), np.append(former, length).astype(np.float32),
        )  # fmt: skip
        self._added += len(packed)

    def _drop_gone(self) -> None:
        """Keep only vectors of passages that are there, and each once."""
        there = np.fromiter(Passage.objects.values_list("pk", flat=True).iterator(), np.int64)
        held, self._held = self._held, _NOTHING
        kept = np.isin(held.passage, there) & (held.length > 0)
        for number, block in enumerate(held.blocks):
            row = np.flatnonzero(kept[number * BLOCK : (number + 1) * BLOCK])
            if len(row):
                place = number * BLOCK + row
                self._append(held.passage[place], held.thing[place], held.kind[place], block[row])
        self._added = 0


class InPostgres:
    """pgvector keeps half-precision numbers, in which signed bytes are exact, and a graph through which it walks.

    The walk may miss some; what it finds is compared anew with the passages' own bytes, as on SQLite.
    """

    def nearest(
        self, query: NDArray[np.float32], kinds: Sequence[str], most: int, only: Sequence[int] | None = None
    ) -> Near:
        """Almost all of the nearest; all where few are compared, and of some things only."""
        condition = ""
        given: list[list[int] | list[str]] = []
        if only is not None:
            condition = "AND m.passage_id = ANY(ARRAY(SELECT id FROM languages_passage WHERE findable_id = ANY(%s)))"
            given = [list(only)]
        elif kinds:
            condition, given = "AND m.kind = ANY(%s)", [list(kinds)]
        with transaction.atomic(), connection.cursor() as cursor:
            is_each = only is not None or _about(cursor, condition, given) <= FEW
            if not is_each:  # The walk goes on until enough of the right kinds were met; at most 20,000 are looked at.
                cursor.execute(
                    "SELECT set_config('hnsw.ef_search', %s, true), "
                    "set_config('hnsw.iterative_scan', 'relaxed_order', true)",
                    [str(min(1_000, most))],
                )
            distance = "(m.meaning <=> %s::halfvec)" + (" + 0" if is_each else "")  # a sum is not in the graph's order
            cursor.execute(
                "WITH n AS MATERIALIZED (SELECT m.passage_id FROM languages_meaning m "  # noqa: S608 - no word of a person
                f"WHERE m.made_by = %s {condition} ORDER BY {distance} LIMIT %s) "
                "SELECT p.id, p.findable_id, p.language, p.vector FROM n JOIN languages_passage p "
                "ON p.id = n.passage_id WHERE p.vector IS NOT NULL",
                [encoder().name, *given, _written(query), most],
            )
            rows = cursor.fetchall()
        passage = np.array([row[0] for row in rows], np.int64)
        cosine = cosines(query, _unpacked(row[3] for row in rows))
        order = np.lexsort((passage, -cosine))  # the nearest first, of equal ones that which was made first
        return Near(passage[order], cosine[order], {row[0]: (row[1], row[2]) for row in rows})

    def keep(self, passages: Iterable[Passage]) -> None:
        """Write them into pgvector's table, too."""
        rows = [
            (one.pk, one.findable_id, one.vector_by, _written(np.frombuffer(bytes(one.vector), np.int8)))
            for one in passages
            if one.vector
        ]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO languages_meaning (passage_id, kind, made_by, meaning) "
                "VALUES (%s, (SELECT kind FROM languages_findable WHERE id = %s), %s, %s::halfvec) "
                "ON CONFLICT (passage_id) DO UPDATE SET made_by = excluded.made_by, meaning = excluded.meaning",
                rows,
            )


def _about(cursor: Any, condition: str, given: Sequence[Any]) -> int:
    """How many vectors there are, as PostgreSQL's own statistics estimate it: counting takes longer than searching."""
    cursor.execute(
        f"EXPLAIN (FORMAT JSON) SELECT 1 FROM languages_meaning m WHERE true {condition}",  # noqa: S608
        given,
    )
    (plan,) = cursor.fetchone()
    return int((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]["Plan Rows"])


def _written(vector: NDArray[Any]) -> str:
    """As pgvector reads it."""
    return "[" + ",".join(str(number) for number in vector.tolist()) + "]"


def among(query: NDArray[np.float32], passages: Sequence[int]) -> Near:
    """The cosines of these passages, in the order of their keys, from the database; without those without a vector."""
    condition, parameter = one_of("id", passages)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, vector FROM languages_passage WHERE {condition} "  # noqa: S608 - no word of a person
            "AND vector_by = %s AND vector IS NOT NULL ORDER BY id",
            [parameter, encoder().name],
        )
        kept = cursor.fetchall()
    return Near(np.array([pk for pk, _ in kept], np.int64), cosines(query, _unpacked(vector for _, vector in kept)))


_memory = InMemory()


@cache
def _has_table(_name: str) -> bool:
    """Asked once for each database that this process meets."""
    return "languages_meaning" in connection.introspection.table_names()


def chosen() -> Store:
    """pgvector where the migration could make its table, else this process's memory."""
    if connection.vendor == "postgresql" and _has_table(str(connection.settings_dict["NAME"])):
        return InPostgres()
    return _memory


def forget() -> None:
    """Forget what is in memory; tests do, whose databases are new and have the keys of old ones."""
    global _memory  # noqa: PLW0603 - a new one, so that a query that is under way keeps its own
    _memory = InMemory()
    _has_table.cache_clear()


def create(to: Any) -> None:
    """Make pgvector's table over a connection, where the extension is there and may be used; else do without."""
    if to.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=to.alias), to.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS vector")
            for statement in INDEX:
                cursor.execute(statement)
    except DatabaseError:  # not installed, or only a superuser may
        return


def add_kind(to: Any) -> None:
    """Write the kind of its thing beside each vector, and what made it, where a former version kept neither."""
    if to.vendor != "postgresql":
        return
    with to.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE column_name = 'kind') FROM information_schema.columns "
            "WHERE table_schema = ANY(current_schemas(false)) AND table_name = 'languages_meaning'"
        )
        columns, kinds = cursor.fetchone()
        for statement in WITH_KIND if columns and not kinds else ():
            cursor.execute(statement)


def drop(to: Any) -> None:
    """Take the table away; the extension may be others' as well."""
    if to.vendor == "postgresql":
        with to.cursor() as cursor:
            cursor.execute("DROP TRIGGER IF EXISTS languages_meaning_goes ON languages_passage")
            cursor.execute("DROP FUNCTION IF EXISTS languages_meaning_goes")
            cursor.execute("DROP TABLE IF EXISTS languages_meaning")
