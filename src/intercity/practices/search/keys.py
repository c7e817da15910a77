"""The practices that filters leave, as the search for words asks for them: only those it needs are read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from intercity.practices.models import Practices
from intercity.practices.search.numbers import any_of, tuples


@dataclass(frozen=True)
class Keys:
    """Practices by their keys, read from the database as far as they are asked for."""

    practices: Practices

    def few(self, most: int) -> Sequence[str] | None:
        """All of their keys, if they are few."""
        found = tuples(self.practices.order_by().values_list("pk")[: most + 1])
        return [str(pk) for (pk,) in found] if len(found) <= most else None

    def among(self, keys: Collection[str]) -> Collection[str]:
        """Which of these keys are theirs."""
        asked = [int(key) for key in keys]
        return {str(pk) for (pk,) in tuples(self.practices.order_by().filter(pk__in=any_of(asked)).values_list("pk"))}
