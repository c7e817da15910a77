"""Many numbers in and out of the database: what Django does to each of a thousand costs more than to look them up."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, QuerySet
from django.db.models.expressions import RawSQL


def any_of(numbers: Collection[int]) -> RawSQL:
    """However many numbers, as the right side of `__in`."""
    parameter: object
    if connection.vendor == "sqlite":
        statement, parameter = "SELECT value FROM json_each(%s)", json.dumps(list(numbers))
    else:
        statement, parameter = "SELECT unnest(%s::bigint[])", list(numbers)
    return RawSQL(statement, (parameter,), output_field=BigIntegerField())  # noqa: S611 - no word of a person is in it


def tuples(found: QuerySet[Any, Any]) -> list[tuple[Any, ...]]:
    """The rows of `values_list` as the database gives them: a truth is 0 or 1 on SQLite, and a date is text there."""
    try:
        statement, parameters = found.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return list(cursor.fetchall())
