"""Which practices are listed under a challenge of the vocabulary or an SDG target: a table that the database keeps.

A practice has its concepts and targets as lists, in which neither database finds one value among 100,000 practices
fast enough, nor both in the same way. Triggers keep a row for each value, so that no action has to think of it, and
nothing is ever stale. It is no model of Django's: there is nothing in it to export, to restore, or to correct.

On SQLite, Django makes a table anew to change it, and its triggers go: a migration that changes `Practice` has to call
`create` again as its last step, which does no harm where it is there already. A test says so where it was forgotten.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import BigIntegerField, BooleanField, Q
from django.db.models.expressions import RawSQL

TABLE: Final = "practices_listing"
MANY: Final = 5_000

_SQLITE_ROWS: Final = (
    f"INSERT OR IGNORE INTO {TABLE} (value, practice_id) "  # noqa: S608 - no word of a person
    "SELECT value, new.id FROM json_each(new.concepts) UNION SELECT value, new.id FROM json_each(new.targets);"
)
_SQLITE_GONE: Final = f"DELETE FROM {TABLE} WHERE practice_id = %s.id;"  # noqa: S608
_TELLS: Final = "new.concepts IS NOT old.concepts OR new.targets IS NOT old.targets"
ON_SQLITE: Final = (
    f"CREATE TABLE IF NOT EXISTS {TABLE} "
    "(value text NOT NULL, practice_id integer NOT NULL, PRIMARY KEY (value, practice_id)) WITHOUT ROWID",
    f"CREATE INDEX IF NOT EXISTS {TABLE}_practice ON {TABLE} (practice_id)",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_added AFTER INSERT ON practices_practice BEGIN "
    f"{_SQLITE_GONE % 'new'} {_SQLITE_ROWS} END",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_changed AFTER UPDATE OF concepts, targets ON practices_practice "
    f"WHEN {_TELLS} BEGIN {_SQLITE_GONE % 'new'} {_SQLITE_ROWS} END",
    f"CREATE TRIGGER IF NOT EXISTS {TABLE}_removed AFTER DELETE ON practices_practice "
    f"BEGIN {_SQLITE_GONE % 'old'} END",
    f"DELETE FROM {TABLE}",  # noqa: S608
    f"INSERT INTO {TABLE} (value, practice_id) "  # noqa: S608
    "SELECT value, p.id FROM practices_practice p, json_each(p.concepts) UNION "
    "SELECT value, p.id FROM practices_practice p, json_each(p.targets)",
)
OFF_SQLITE: Final = (
    f"DROP TRIGGER IF EXISTS {TABLE}_added",
    f"DROP TRIGGER IF EXISTS {TABLE}_changed",
    f"DROP TRIGGER IF EXISTS {TABLE}_removed",
    f"DROP TABLE IF EXISTS {TABLE}",
)
# A table that is emptied all at once calls no trigger: what was listed before under a key that comes again goes first.
ON_POSTGRES: Final = (
    f"CREATE TABLE IF NOT EXISTS {TABLE} "
    "(value text NOT NULL, practice_id bigint NOT NULL, PRIMARY KEY (value, practice_id))",
    f"CREATE INDEX IF NOT EXISTS {TABLE}_practice ON {TABLE} (practice_id)",
    f"CREATE OR REPLACE FUNCTION {TABLE}_follows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
    f"DELETE FROM {TABLE} WHERE practice_id = new.id; "
    f"INSERT INTO {TABLE} (value, practice_id) "
    "SELECT DISTINCT value, new.id FROM jsonb_array_elements_text(new.concepts || new.targets) AS value; "
    "RETURN NULL; END $$",
    f"CREATE OR REPLACE FUNCTION {TABLE}_goes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "  # noqa: S608
    f"DELETE FROM {TABLE} WHERE practice_id = old.id; RETURN NULL; END $$",
    f"CREATE OR REPLACE TRIGGER {TABLE}_added AFTER INSERT ON practices_practice "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_follows()",
    f"CREATE OR REPLACE TRIGGER {TABLE}_changed AFTER UPDATE OF concepts, targets ON practices_practice "
    "FOR EACH ROW WHEN (new.concepts IS DISTINCT FROM old.concepts OR new.targets IS DISTINCT FROM old.targets) "
    f"EXECUTE FUNCTION {TABLE}_follows()",
    f"CREATE OR REPLACE TRIGGER {TABLE}_removed AFTER DELETE ON practices_practice "
    f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_goes()",
    f"DELETE FROM {TABLE}",  # noqa: S608
    f"INSERT INTO {TABLE} (value, practice_id) SELECT DISTINCT value, p.id FROM practices_practice p, "  # noqa: S608
    "jsonb_array_elements_text(p.concepts || p.targets) AS value",
)
OFF_POSTGRES: Final = (
    f"DROP TRIGGER IF EXISTS {TABLE}_added ON practices_practice",
    f"DROP TRIGGER IF EXISTS {TABLE}_changed ON practices_practice",
    f"DROP TRIGGER IF EXISTS {TABLE}_removed ON practices_practice",
    f"DROP FUNCTION IF EXISTS {TABLE}_follows()",
    f"DROP FUNCTION IF EXISTS {TABLE}_goes()",
    f"DROP TABLE IF EXISTS {TABLE}",
)


def create(to: Any) -> None:
    """Make the table and its triggers over a connection, where they are missing, and list what is there."""
    _run(to, ON_SQLITE if to.vendor == "sqlite" else ON_POSTGRES)


def drop(to: Any) -> None:
    """Take the table and its triggers away."""
    _run(to, OFF_SQLITE if to.vendor == "sqlite" else OFF_POSTGRES)


def _run(to: Any, statements: Iterable[str]) -> None:
    with to.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def listed_under(values: Sequence[str]) -> Q:
    """Practices that have one of these values, one at least.

    Where they are many, each practice that is met is looked up; where they are few, they are met alone. SQLite cannot
    see by itself which is shorter: it would read tens of thousands of keys to show ten practices.
    """
    places = ", ".join(["%s"] * len(values))
    found = f"SELECT practice_id FROM {TABLE} WHERE value IN ({places})"  # noqa: S608 - only places of parameters
    if _are_many(found, values):
        return Q(RawSQL(f"EXISTS ({found} AND practice_id = practices_practice.id)", values, BooleanField()))  # noqa: S611
    return Q(pk__in=RawSQL(found, values, BigIntegerField()))  # noqa: S611 - no word of a person is in it


def _are_many(found: str, values: Sequence[str]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"{found} LIMIT 1 OFFSET {MANY}", values)
        return cursor.fetchone() is not None
