"""Many numbers as one parameter of a query: a thousand of them cost more to write out than to look up."""

from __future__ import annotations

import json
from collections.abc import Collection

from django.db import connection
from django.db.models import BigIntegerField
from django.db.models.expressions import RawSQL


def any_of(numbers: Collection[int]) -> RawSQL:
    """However many numbers, as the right side of `__in`."""
    parameter: object
    if connection.vendor == "sqlite":
        statement, parameter = "SELECT value FROM json_each(%s)", json.dumps(list(numbers))
    else:
        statement, parameter = "SELECT unnest(%s::bigint[])", list(numbers)
    return RawSQL(statement, (parameter,), output_field=BigIntegerField())  # noqa: S611 - no word of a person is in it
