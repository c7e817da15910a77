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
from typing import Any

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


@dataclass(frozen=True)
class Candidate:
    """A passage that may answer, and what it is ranked by."""

    passage: int
    findable: int
    language: str
    words: str
    plain: str


def candidates(
    terms: Sequence[str], kinds: Sequence[str] = (), most: int = ENOUGH, only: Sequence[int] | None = None
) -> list[Candidate]:
    """Passages that have some of these terms, which come rarest first: those with all, then those with the rarest.

    At most so many; of those that a common term names, the newest. `only` are keys of the things to look among.
    """
    found: dict[int, Candidate] = {}
    if 1 < len(terms) <= TOGETHER:
        found.update((one.passage, one) for one in _having(terms, kinds, most, only))
    for term in terms:
        if len(found) >= most:
            break
        for one in _having([term], kinds, most, only):
            if len(found) < most:
                found[one.passage] = one
    return list(found.values())


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


def _having(terms: Sequence[str], kinds: Sequence[str], most: int, only: Sequence[int] | None) -> list[Candidate]:
    """Passages that have all of these terms, the newest first."""
    if _is_sqlite(connection):
        asked = " AND ".join('"' + term.replace('"', '""') + '"' for term in terms)
        found = "SELECT rowid AS id FROM languages_word WHERE languages_word MATCH %s ORDER BY rowid DESC"
        having = f"({found}) AS w"
        before = ""
    else:
        asked = " & ".join("'" + term.replace("\\", "\\\\").replace("'", "''") + "'" for term in terms)
        # Materialized, or PostgreSQL walks back through all passages and takes each into words again, which
        # it thinks is cheap: half a second for a common word among 20,000 passages, on a busy machine.
        having = f"SELECT id FROM languages_passage WHERE {LEXEMES} @@ %s::tsquery"  # noqa: S608
        before = f"WITH w AS MATERIALIZED ({having}) "
        having = "w"
    kind = ""
    if kinds:
        places = ", ".join(["%s"] * len(kinds))
        kind = f"JOIN languages_findable f ON f.id = p.findable_id AND f.kind IN ({places}) "
    among: list[Any] = []
    if only is not None:  # of one kind, as their keys are
        condition, parameter = one_of("p.findable_id", only)
        kind, kinds, among = f"WHERE {condition} ", (), [parameter]
    with connection.cursor() as cursor:
        cursor.execute(
            f"{before}SELECT p.id, p.findable_id, p.language, p.words, p.plain FROM {having} "  # noqa: S608
            f"JOIN languages_passage p ON p.id = w.id {kind}ORDER BY w.id DESC LIMIT %s",
            [asked, *kinds, *among, most],
        )
        return [Candidate(*row) for row in cursor.fetchall()]
