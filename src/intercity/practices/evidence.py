"""How strong the evidence is that something works: a level that follows from the claims, with the reasons for it.

Who has checked what is said is another thing (`Verification`): a city's honest word can be checked and yet be no more
than a word. Nobody sets the level by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from django.db.models import IntegerChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intercity.practices.models import Adoption, Method, Practice


class Level(IntegerChoices):
    """The levels of evidence, from the weakest to the strongest."""

    IDEA = 0, gettext_lazy("no result is known yet")
    DESCRIBED = 1, gettext_lazy("results are described")
    BEFORE_AFTER = 2, gettext_lazy("before and after were compared")
    COMPARISON = 3, gettext_lazy("compared with a place or group without it")
    INDEPENDENT = 4, gettext_lazy("evaluated by somebody independent")
    REPLICATED = 5, gettext_lazy("another city did it, too, and has results")


OF_METHODS: Final = {
    Method.TOLD: Level.DESCRIBED,
    Method.AFTER: Level.DESCRIBED,
    Method.BEFORE_AFTER: Level.BEFORE_AFTER,
    Method.COMPARISON: Level.COMPARISON,
    Method.INDEPENDENT: Level.INDEPENDENT,
}
"""The level that a result reaches by how it was found."""


class Claimed(Protocol):
    """A result, as far as the level follows from it."""

    indicator: str
    method: str
    claimed_by: str


@dataclass(frozen=True)
class Evidence:
    """A level from 0 to 5, and the sentences that say why it is no other, in the reader's language."""

    level: int
    reasons: tuple[str, ...]

    @property
    def label(self) -> str:
        """The level in words."""
        return str(Level(self.level).label)


def level(results: Iterable[Claimed], confirmed_adoptions: Iterable[Adoption]) -> Evidence:
    """How strong the evidence is: what the best result reaches; the highest level needs another city's own results.

    Adoptions that the adopting city does not confirm, and those that were simulated, count for nothing.
    """
    copied = [
        one for one in confirmed_adoptions if one.is_confirmed and not one.is_simulated and list(one.results.all())
    ]
    ranked = sorted(results, key=lambda one: OF_METHODS[Method(one.method)], reverse=True)
    if copied:
        return Evidence(Level.REPLICATED, (_confirmed(copied), *map(_reason, ranked[:1])))
    if not ranked:
        return Evidence(Level.IDEA, (_("Nobody has told a result yet, or results are not known."),))
    best = OF_METHODS[Method(ranked[0].method)]
    of_best = [one for one in ranked if OF_METHODS[Method(one.method)] == best]
    return Evidence(best, (*map(_reason, of_best[:3]), _next(best)))


def of(practice: Practice) -> Evidence:
    """The evidence for a practice as it stands now in the database."""
    confirmed = Adoption.objects.filter(practice=practice).confirmed()
    return level(practice.results.all(), confirmed.prefetch_related("results").select_related("to_city"))


def _confirmed(copied: Sequence[Adoption]) -> str:
    names = ", ".join(sorted({one.to_city.name for one in copied})[:5])
    return _("Confirmed by the adopting city, with results of its own: %(cities)s.") % {"cities": names}


def _reason(result: Claimed) -> str:
    """A result and how it was found, as one sentence."""
    return _("“%(indicator)s”: %(method)s. %(claimed_by)s says so.") % {
        "indicator": result.indicator,
        "method": Method(result.method).label,
        "claimed_by": result.claimed_by,
    }


def _next(best: Level) -> str:
    """What would make the evidence stronger."""
    return {
        Level.DESCRIBED: _("To be stronger, it would need a comparison with how it was before."),
        Level.BEFORE_AFTER: _("To be stronger, it would need a comparison with a place or group without it."),
        Level.COMPARISON: _("To be stronger, it would need somebody independent who evaluated it."),
        Level.INDEPENDENT: _("To be stronger, it would need another city that did it and has results of its own."),
    }[best]
