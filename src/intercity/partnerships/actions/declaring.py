"""Promising several things at once, as they stand in a declaration: all of them, or none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from intercity.accounts.rights import Visitor
from intercity.partnerships.actions.commitments import promise
from intercity.partnerships.models import Commitment
from intercity.refusals import RefusedError


def promise_all(person: Visitor, promises: Sequence[Mapping[str, Any]]) -> list[Commitment]:
    """Promise each, with the terms that `promise` takes. Where one is refused, none is kept.

    RefusedError then names its place, counted from 0, before the field: "2.due_on".
    """
    made = []
    with transaction.atomic():
        for number, terms in enumerate(promises):
            try:
                made.append(promise(person, **terms))
            except RefusedError as error:
                raise RefusedError(str(error), f"{number}.{error.field}") from error
    return made
