"""The database's index of words: the only file that knows how SQLite and PostgreSQL differ in it.

An index only names passages that may answer; what they are worth is computed from their own words, the same on both.
The database keeps the index by itself, by triggers or as an index on an expression, so that nothing that was deleted
can still be found. The counts of words are a table of ours (`WordCount`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Sum

from intercity.core.language.ranking import Statistics
from intercity.languages.models import Passage, WordCount

LONGEST_WORD = 60
"""Characters; what is longer is cut, in passages and in queries: an address or a key, not a word."""
ENOUGH = 1_000
"""Passages that are looked at for one query."""
TOGETHER = 6
"""So many words are at first looked for all together; more are hardly ever in one passage."""
AT_A_TIME = 500

# `categories` keeps vowel signs inside words: by default FTS5 tears Lao, Khmer, Thai, Burmese and Tamil apart.
TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
ON_SQLITE = (
    "CREATE VIRTUAL TABLE languages_word USING fts5(words, plain, content='languages_passage', content_rowid='id', "
    f'tokenize="{TOKENIZER}")',
    "INSERT INTO languages_word(languages_word) VALUES ('rebuild')",
    "CREATE TRIGGER languages_word_added AFTER INSERT ON languages_passage BEGIN "
    "INSERT INTO languages_word(rowid, words, plain) VALUES (new.id, new.words, new.plain); END",
    "CREATE TRIGGER languages_word_removed AFTER DELETE ON languages_passage BEGIN "
    "INSERT INTO languages_word(languages_word, rowid, words, plain) "
    "VALUES ('delete', old.id, old.words, old.plain); END",
    "CREATE TRIGGER languages_word_changed AFTER UPDATE OF words, plain ON languages_passage BEGIN "
    "INSERT INTO languages_word(languages_word, rowid, words, plain) "
    "VALUES ('delete', old.id, old.words, old.plain); "
    "INSERT INTO languages_word(rowid, words, plain) VALUES (new.id, new.words, new.plain); END",
)
OFF_SQLITE = (
    "DROP TRIGGER languages_word_changed",
    "DROP TRIGGER languages_word_removed",
    "DROP TRIGGER languages_word_added",
    "DROP TABLE languages_word",
)
# The words as they are: PostgreSQL's own parser knows nothing of scripts without spaces.
LEXEMES = "array_to_tsvector(array_remove(string_to_array(words || ' ' || plain, ' '), ''))"
ON_POSTGRES = (f"CREATE INDEX languages_word ON languages_passage USING gin ({LEXEMES}) WITH (fastupdate = off)",)
OFF_POSTGRES = ("DROP INDEX languages_word",)


def _is_sqlite(to: Any) -> bool:
    return bool(to.vendor == "sqlite")


def create(to: Any) -> None:
    """Make the index, over a connection; passages that are there are in it."""
    _run(to, ON_SQLITE if _is_sqlite(to) else ON_POSTGRES)


def drop(to: Any) -> None:
    """Take the index away."""
    _run(to, OFF_SQLITE if _is_sqlite(to) else OFF_POSTGRES)


def _run(to: Any, statements: Iterable[str]) -> None:
    with to.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def only_writer() -> None:
    """Whoever writes passages does so alone until the end of the transaction, so that `change` is committed in order.

    On SQLite every transaction that writes is alone.
    """
    if not _is_sqlite(connection):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('languages_passage'))")


def as_stored(words: Iterable[str]) -> str:
    """Words as a passage keeps them: each without spaces inside, not overlong, with one space between."""
    cleaned = ("".join(word.split()).replace("\0", "")[:LONGEST_WORD] for word in words)
    return " ".join(word for word in cleaned if word)


def counted(language: str, words: str, plain: str) -> Counter[tuple[str, str, str]]:
    """What a passage adds to the counts, by language, word, and whether passages or times are counted."""
    times = Counter(words.split())
    found = Counter({(language, word, "times"): number for word, number in times.items()})
    found[language, "", "times"] = times.total()
    found[language, "", "passages"] = 1
    found.update((language, word, "passages") for word in {*times, *plain.split()})
    return found


def add_to_counts(changes: Counter[tuple[str, str, str]]) -> None:
    """Add to the counts of words, or take from them; in the order of the words, so that two never wait in a ring."""
    named = sorted({(language, word) for language, word, _ in changes})
    rows = [(language, word, changes[language, word, "passages"], changes[language, word, "times"])
            for language, word in named]  # fmt: skip
    rows = [row for row in rows if row[2] or row[3]]
    with connection.cursor() as cursor:
        for begin in range(0, len(rows), AT_A_TIME):
            some = rows[begin : begin + AT_A_TIME]
            places = ", ".join(["(%s, %s, %s, %s)"] * len(some))
            cursor.execute(
                f"INSERT INTO languages_wordcount (language, word, passages, times) VALUES {places} "  # noqa: S608
                "ON CONFLICT (word, language) DO UPDATE SET passages = languages_wordcount.passages + "
                "excluded.passages, times = languages_wordcount.times + excluded.times",
                [value for row in some for value in row],
            )
    gone = [word for _, word, passages, _ in rows if passages < 0]
    for begin in range(0, len(gone), AT_A_TIME):
        WordCount.objects.filter(word__in=gone[begin : begin + AT_A_TIME], passages__lte=0).delete()


def count_again() -> None:
    """Count every word anew: passages that went with their texts were not taken from the counts."""
    WordCount.objects.all().delete()
    changes: Counter[tuple[str, str, str]] = Counter()
    kept = Passage.objects.order_by("pk").values_list("language", "words", "plain")
    for language, words, plain in kept.iterator(chunk_size=2_000):
        changes.update(counted(language, words, plain))
    add_to_counts(changes)


def counts_are_off() -> bool:
    """Whether other passages were counted than there are."""
    said = WordCount.objects.filter(word="").aggregate(all=Sum("passages"))["all"] or 0
    return said != Passage.objects.count()


def statistics(terms: Iterable[str]) -> dict[str, Statistics]:
    """What is known of every language's passages, as far as these terms are concerned."""
    rows = WordCount.objects.filter(word__in=["", *terms]).values_list("language", "word", "passages", "times")
    having: dict[str, dict[str, int]] = {}
    sizes: dict[str, tuple[int, int]] = {}
    for language, word, passages, times in rows:
        if word:
            having.setdefault(language, {})[word] = passages
        else:
            sizes[language] = passages, times
    return {
        language: Statistics(passages, times / max(passages, 1), having.get(language, {}))
        for language, (passages, times) in sizes.items()
    }


class Candidate(NamedTuple):
    """A passage that may answer, and what it is ranked by."""

    passage: int
    findable: int
    language: str
    words: str
    plain: str


def candidates(
    terms: Sequence[str],
    kinds: Sequence[str] = (),
    most: int = ENOUGH,
    only: Sequence[int] | None = None,
    telling: int | None = None,
) -> list[Candidate]:
    """Passages that have some of these terms, which come rarest first: those with all, then those with the rarest.

    At most so many; of those that a common term names, the newest. `only` are keys of the things to look among.
    Passages are found by the first `telling` terms: the others tell too little for a passage that has only them.
    """
    found: list[Candidate] = []
    together = len(terms) if 1 < len(terms) <= TOGETHER else 0
    if together:
        found = _having(_Asked(terms), kinds, most, only)
    for place, term in enumerate(terms[:telling]):
        if len(found) >= most:
            break
        # Every passage that was found so far has an earlier term, or all of them: nothing is read twice.
        with_all = terms[1:] if together and place == 0 else ()
        found += _having(_Asked([term], terms[:place], with_all), kinds, most - len(found), only)
    return found


def one_of(column: str, keys: Sequence[int]) -> tuple[str, Any]:
    """A condition that a column is one of any number of keys, and its one parameter."""
    if _is_sqlite(connection):
        return f"{column} IN (SELECT value FROM json_each(%s))", json.dumps(list(keys))  # noqa: S608
    return f"{column} = ANY(%s)", list(keys)


def things_of(passages: Sequence[int]) -> dict[int, int]:
    """By passage the thing that it is of, by their keys."""
    condition, parameter = one_of("id", passages)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id, findable_id FROM languages_passage WHERE {condition}",  # noqa: S608 - no word of a person
            [parameter],
        )
        return dict(cursor.fetchall())


@dataclass(frozen=True)
class _Asked:
    """Passages that have every one of some terms, but none of others, nor others all together."""

    having: Sequence[str]
    none_of: Sequence[str] = ()
    not_all_of: Sequence[str] = ()

    def on_sqlite(self) -> str:
        """As FTS5 reads it."""
        having, none_of, not_all_of = (
            ['"' + term.replace('"', '""') + '"' for term in terms]
            for terms in (self.having, self.none_of, self.not_all_of)
        )
        excluded = [*none_of, *([f"({' AND '.join(not_all_of)})"] if not_all_of else [])]
        asked = " AND ".join(having)
        return f"({asked}) NOT ({' OR '.join(excluded)})" if excluded else asked

    def on_postgres(self) -> str:
        """As a tsquery is written."""
        having, none_of, not_all_of = (
            ["'" + term.replace("\\", "\\\\").replace("'", "''") + "'" for term in terms]
            for terms in (self.having, self.none_of, self.not_all_of)
        )
        excluded = [f"!{term}" for term in none_of]
        return " & ".join([*having, *excluded, *([f"!({' & '.join(not_all_of)})"] if not_all_of else [])])


def _having(asked: _Asked, kinds: Sequence[str], most: int, only: Sequence[int] | None) -> list[Candidate]:
    """Passages with such words, the newest first."""
    kind = ""
    if kinds:
        places = ", ".join(["%s"] * len(kinds))
        kind = f"JOIN languages_findable f ON f.id = w.findable_id AND f.kind IN ({places}) "
    among: list[Any] = []
    if only is not None:  # of one kind, as their keys are
        condition, parameter = one_of("w.findable_id", only)
        kind, kinds, among = f"WHERE {condition} ", (), [parameter]
    columns = "p.id, p.findable_id, p.language, p.words, p.plain"
    if _is_sqlite(connection):
        found = "SELECT rowid AS id FROM languages_word WHERE languages_word MATCH %s ORDER BY rowid DESC"
        passages = f"({found}) AS n JOIN languages_passage p ON p.id = n.id "
        statement = f"SELECT {columns} FROM {passages}{kind.replace('w.', 'p.')}ORDER BY n.id DESC LIMIT %s"  # noqa: S608
        words = asked.on_sqlite()
    else:
        # Materialized, or PostgreSQL walks back through all passages and takes each into words again, or joins it
        # with those found, which it thinks is cheap: half a second for a common word, on a busy machine.
        found = f"SELECT id, findable_id FROM languages_passage WHERE {LEXEMES} @@ %s::tsquery"  # noqa: S608
        newest = f"SELECT w.id FROM w {kind}ORDER BY w.id DESC LIMIT %s"  # noqa: S608
        statement = (
            f"WITH w AS MATERIALIZED ({found}), n AS MATERIALIZED ({newest}) "  # noqa: S608
            f"SELECT {columns} FROM n JOIN languages_passage p ON p.id = n.id ORDER BY n.id DESC"
        )
        words = asked.on_postgres()
    with connection.cursor() as cursor:
        cursor.execute(statement, [words, *kinds, *among, most])
        return list(map(Candidate._make, cursor.fetchall()))
