"""Which statement to show next: what routing knows of a round, and where one participant stands in it. Reads only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import numpy as np
from django.db.models import Count, FloatField, IntegerField, SmallIntegerField, Value
from django.db.models.functions import Cast
from numpy.typing import NDArray

from intercity.cities.models import City
from intercity.core.opinion.counts import Counts
from intercity.core.opinion.factors import Factors
from intercity.core.opinion.routing import NEW_UNTIL, RoutingState, next_statement, routing_state, see
from intercity.dialogues.models import Exposure, Participant, Round, Statement, StoredResult, Vote
from intercity.dialogues.snapshot import factors, unpack

SECONDS = 10.0
"""How long a process goes on with what it knows of a round before it asks again."""
ROUNDS = 100
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Known:
    """A round as routing knows it: the statements that can be voted on, in the order of the state's columns."""

    statements: tuple[Statement, ...]
    column: dict[int, int]
    city: dict[int, int]
    state: RoutingState
    since: float

    def statement(self, key: int) -> Statement | None:
        """A statement by its key, if it can be voted on."""
        return self.statements[self.column[key]] if key in self.column else None


@dataclass(frozen=True)
class Progress:
    """How far a participant is: their votes by statement, the last first, and what they were shown, the last first."""

    known: Known
    votes: dict[int, int]
    shown: dict[int, float]
    own: frozenset[int]

    @property
    def voted(self) -> int:
        """Votes on statements that can still be voted on, own statements aside."""
        return sum(key in self.known.column and key not in self.own for key in self.votes)

    @property
    def remaining(self) -> int:
        """Statements that this participant can still vote on."""
        return sum(key not in self.votes and key not in self.own for key in self.known.column)

    @property
    def pending(self) -> Statement | None:
        """What was shown last and has no vote: shown again when a page is loaded again."""
        waiting = (key for key in self.shown if key not in self.votes and key not in self.own)
        return next((found for key in waiting if (found := self.known.statement(key))), None)

    @property
    def last(self) -> Statement | None:
        """What the participant voted on last."""
        return next(
            (found for key in self.votes if key not in self.own and (found := self.known.statement(key))), None
        )


_kept: dict[tuple[int, str], Known] = {}


def progress(participant: Participant) -> Progress:
    """Where a participant stands, in one question to the database where the round is known."""
    asked = participant.dialogue.round
    votes, shown = _said_and_shown(participant, asked)
    found = _progress(participant, known(asked), votes, shown)
    if not found.remaining and found.known.since < monotonic() - 1 and _has_changed(asked, found.known):
        # Before saying that nothing is left: perhaps somebody has just written something.
        found = _progress(participant, known(asked, anew=True), votes, shown)
    return found


def _progress(participant: Participant, about: Known, votes: dict[int, int], shown: dict[int, float]) -> Progress:
    own = frozenset(one.pk for one in about.statements if one.author_id == participant.pk)
    return Progress(about, votes, shown, own)


def _said_and_shown(participant: Participant, asked: Round) -> tuple[dict[int, int], dict[int, float]]:
    """Votes that stand, and showings; the last of each first."""
    chance = Value(0.0, output_field=FloatField())
    nothing = Cast(Value(None), SmallIntegerField())
    is_vote, is_showing = (Value(kind, output_field=IntegerField()) for kind in (1, 0))
    mine = {"participant": participant, "round": asked}
    votes = Vote.objects.filter(**mine, value__isnull=False).annotate(kind=is_vote, chance=chance)
    shown = Exposure.objects.filter(**mine).annotate(kind=is_showing, nothing=nothing)
    rows: list[Any] = list(
        votes.values_list("kind", "version", "statement_id", "value", "chance").union(
            shown.values_list("kind", "pk", "statement_id", "nothing", "probability"), all=True
        )
    )
    rows.sort(key=lambda row: row[1], reverse=True)
    return {row[2]: row[3] for row in rows if row[0]}, {row[2]: row[4] for row in rows if not row[0]}


def draw(participant: Participant, found: Progress) -> tuple[Statement, float] | None:
    """Draw what to show next, with its chance; None where nothing is left. Evenly while no result is known."""
    about = found.known
    if not found.remaining:
        return None
    own = [about.column[key] for key in found.own if key not in found.votes]
    cast = [(about.column[key], value) for key, value in found.votes.items() if key in about.column]
    viewer = see(
        about.state,
        [column for column, _value in cast],
        [value for _column, value in cast],
        city=about.city.get(participant.city_id or 0, -1),
        since_meta=_since_meta(found),
    )
    voted = viewer.voted.copy()
    voted[own] = True
    chosen = next_statement(
        about.state,
        replace(viewer, voted=voted),
        seed=np.random.default_rng(),
    )
    if chosen.statement is None:
        return None
    return about.statements[chosen.statement], chosen.probability


def _since_meta(found: Progress) -> int:
    """How many were shown since the last statement about participants themselves."""
    number = 0
    for key in found.shown:
        statement = found.known.statement(key)
        if statement is not None and statement.is_meta:
            return number
        number += 1
    return max(number, 2)


def known(asked: Round, *, anew: bool = False) -> Known:
    """What routing knows of a round; kept for some seconds, because votes come by the hundred."""
    key = (asked.pk, asked.dialogue.created_at.isoformat())
    kept = _kept.get(key)
    if kept is None or anew or kept.since < monotonic() - SECONDS:
        if len(_kept) >= ROUNDS:
            _kept.clear()
        kept = _kept[key] = _read(asked)
    return kept


def forget_rounds() -> None:
    """Ask anew about every round: between tests."""
    _kept.clear()


def _has_changed(asked: Round, about: Known) -> bool:
    return set(asked.dialogue.statements.shown().values_list("pk", flat=True)) != set(about.column)


def _read(asked: Round) -> Known:
    since = monotonic()
    statements = tuple(asked.dialogue.statements.shown().with_words())
    stored = StoredResult.objects.filter(round=asked).values_list("model", flat=True).first()
    arrays = unpack(bytes(stored)) if stored else {}
    column = {one.pk: place for place, one in enumerate(statements)}
    return Known(statements, column, _cities(arrays), _state(asked, statements, arrays), since)


def _cities(arrays: dict[str, Any]) -> dict[int, int]:
    """The row of each city among the counts by city, by its key."""
    rows = {str(name): row for row, name in enumerate(arrays.get("cities", ()))}
    if not rows:
        return {}
    return {key: rows[name] for key, name in City.objects.filter(name__in=rows).values_list("pk", "name")}


def _state(asked: Round, statements: tuple[Statement, ...], arrays: dict[str, Any]) -> RoutingState:
    places = {int(number): place for place, number in enumerate(arrays.get("statements", ()))}
    place = np.array([places.get(one.number, -1) for one in statements], dtype=np.int64)
    everybody = _counts(arrays, "", place) or Counts(*(np.zeros((1, len(place))) for _ in range(3)))
    languages = sorted({one.text.language for one in statements})
    model = _factors(arrays, place)
    centre = arrays.get("centre")
    if centre is None or len(centre) != len(everybody.seen):
        centre = None
    return routing_state(
        everybody,
        _shown(asked, statements, everybody),
        by_city=_counts(arrays, "city_", place),
        factors=model,
        centre=centre,
        label=np.array([languages.index(one.text.language) for one in statements], dtype=np.int64),
        meta=np.array([one.is_meta for one in statements], dtype=bool),
    )


def _counts(arrays: dict[str, Any], prefix: str, place: Ints) -> Counts | None:
    """Counts of the statements that can be voted on; those that are newer than the result have none."""
    parts = [arrays.get(f"{prefix}{name}") for name in ("agree", "disagree", "seen")]
    if any(part is None or not len(part) for part in parts):
        return None
    return Counts(*(np.where(place >= 0, _taken(part, place), 0.0) for part in parts))


def _taken(part: Any, place: Ints) -> NDArray[np.float64]:
    """The last axis in the order of `place`, whatever stands where `place` is -1."""
    given = np.asarray(part, dtype=np.float64)
    return given[..., place] if given.shape[-1] else np.zeros((*given.shape[:-1], len(place)))


def _factors(arrays: dict[str, Any], place: Ints) -> Factors | None:
    """The opinion space, with statements that are newer than it as if nothing were known of them."""
    needed = ("mean", "appeal", "axis", "noise", "spread", "lean_variance", "appeal_variance", "uncertainty")
    if any(name not in arrays for name in needed) or not len(arrays["appeal"]):
        return None
    model = factors(arrays)
    new = place < 0
    unknown = np.array([1.0, 0.0, 1.0, 0.0, 0.0, model.appeal_variance])
    return Factors(
        mean=model.mean,
        appeal=np.where(new, 0.0, model.appeal[place]),
        axis=np.where(new[:, None], 0.0, model.axis[place]),
        noise=model.noise,
        spread=model.spread,
        lean_variance=model.lean_variance,
        appeal_variance=model.appeal_variance,
        uncertainty=np.where(new[:, None], unknown, model.uncertainty[place]),
    )


def _shown(asked: Round, statements: tuple[Statement, ...], everybody: Counts) -> Ints:
    """How often each was shown: by votes where there are many, counted where a statement may still be new."""
    shown: Ints = everybody.seen.sum(axis=0).astype(np.int64)
    young = [one.pk for one, number in zip(statements, shown, strict=True) if number < NEW_UNTIL]
    if young:
        counted = dict(
            Exposure.objects.filter(round=asked, statement__in=young)
            .order_by()
            .values_list("statement_id")
            .annotate(number=Count("pk"))
        )
        for place, one in enumerate(statements):
            shown[place] = max(int(shown[place]), counted.get(one.pk, 0))
    return shown
