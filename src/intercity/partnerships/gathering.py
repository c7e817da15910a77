"""What came of the cooperation, counted in one place: pages, reports, files and the home page show these numbers.

Each number counts rows that a page lists, by one date of theirs: an adoption by the day on which the adopting city
confirmed it, a commitment by the day for which it was first promised, an agreement by the day on which it was signed,
an introduction by the day on which both had said yes, a visit by its first day, an answered dialogue by its answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from intercity.cities.models import City
from intercity.dialogues.models import Answer, Dialogue, State
from intercity.dialogues.models.dialogue import Dialogues
from intercity.events.models import Event, EventKind, Events, EventState, Participation
from intercity.partnerships.models import (
    Agreement,
    AgreementParty,
    AgreementState,
    Commitment,
    Introduction,
    Outcome,
    OutcomeAnswer,
    Standing,
    stands,
)
from intercity.partnerships.models.agreements import Agreements
from intercity.partnerships.models.commitments import Commitments
from intercity.partnerships.models.introductions import Introductions
from intercity.practices.models import Adoption, PracticeState
from intercity.practices.models.adoptions import Adoptions


@dataclass(frozen=True)
class Scope:
    """What is looked at: a year, a city, two cities, or everything."""

    year: int | None = None
    city: City | None = None
    other: City | None = None

    @property
    def cities(self) -> tuple[City, ...]:
        """The cities that are meant, where not all are."""
        return tuple(one for one in (self.city, self.other) if one is not None)

    def turned(self) -> Scope:
        """The same two cities, seen from the other one."""
        return replace(self, city=self.other, other=self.city)


@dataclass(frozen=True)
class Numbers:
    """What came of it within a scope. `commitments` counts by how they stand today; every standing is there."""

    adoptions_confirmed: int
    adoptions: int
    commitments: Mapping[Standing, int]
    agreements: Mapping[AgreementState, int]
    declarations: int
    introductions: int
    outcomes: Mapping[OutcomeAnswer, int]
    visits: int
    dialogues: int
    dialogues_answered: int
    has_simulated: bool

    @property
    def commitments_made(self) -> int:
        """All of them, however they stand."""
        return sum(self.commitments.values())

    @property
    def kept_on_time(self) -> int:
        """Confirmed by a second party, and done by the day that was promised first."""
        return self.commitments[Standing.KEPT]

    @property
    def kept(self) -> int:
        """Confirmed by a second party, on time or later."""
        return self.commitments[Standing.KEPT] + self.commitments[Standing.KEPT_LATE]

    @property
    def still_open(self) -> int:
        """Neither kept nor dropped; those that are late are among them."""
        return sum(self.commitments[one] for one in UNSETTLED)

    @property
    def agreements_made(self) -> int:
        """All of them, whether they live or not."""
        return sum(self.agreements.values())


UNSETTLED = (Standing.OPEN, Standing.CHANGED, Standing.LATE, Standing.REPORTED)
"""How a commitment stands that is neither kept nor dropped."""


def numbers(scope: Scope = Scope()) -> Numbers:
    """Count what came of it within the scope."""
    adoptions, promised = adoptions_of(scope), commitments_of(scope)
    agreed, introduced = agreements_of(scope), introductions_of(scope)
    by_standing = promised.aggregate(**{one.name: Count("pk", filter=stands(one)) for one in Standing})
    by_state = agreed.aggregate(**{one.name: Count("pk", filter=Q(state=one)) for one in AgreementState})
    by_answer = outcomes_of(scope).aggregate(**{one.name: Count("pk", filter=Q(answer=one)) for one in OutcomeAnswer})
    talks = dialogues_of(scope)
    return Numbers(
        adoptions_confirmed=adoptions.confirmed().count(),
        adoptions=adoptions.count(),
        commitments={one: by_standing[one.name] for one in Standing},
        agreements={one: by_state[one.name] for one in AgreementState},
        declarations=agreed.filter(commitments=None).count(),
        introductions=introduced.count(),
        outcomes={one: by_answer[one.name] for one in OutcomeAnswer},
        visits=visits_of(scope).count(),
        dialogues=talks.count(),
        dialogues_answered=talks.filter(state=State.ANSWERED).count(),
        has_simulated=any(one.filter(is_simulated=True).exists() for one in _marked(scope)),
    )


def _marked(scope: Scope) -> tuple[QuerySet[Any], ...]:
    """Everything that is counted and can have been made up by a demonstration."""
    of_it = (adoptions_of, commitments_of, agreements_of, introductions_of, visits_of, dialogues_of)
    return tuple(found(scope) for found in of_it)


def adoptions_of(scope: Scope) -> Adoptions:
    """Adoptions of public practices; those of a year are those that were confirmed in it."""
    found = Adoption.objects.filter(practice__state=PracticeState.PUBLISHED)
    if scope.year is not None:
        found = found.confirmed().filter(confirmed_at__year=scope.year)
    for city in scope.cities:
        found = found.filter(Q(to_city=city) | Q(from_city=city))
    return found


def commitments_of(scope: Scope) -> Commitments:
    """Commitments that a city made, or that two made to each other; those of a year were first promised for it."""
    found = Commitment.objects.all()
    if scope.year is not None:
        found = found.filter(first_due_on__year=scope.year)
    if scope.city is None:
        return found
    if scope.other is None:
        return found.filter(city=scope.city)
    return found.filter(Q(city=scope.city) & _towards(scope.other) | Q(city=scope.other) & _towards(scope.city))


def promised_to(scope: Scope) -> Commitments:
    """What others promised to a city: it confirms them, or is on the other side of what they come from."""
    if scope.city is None or scope.other is not None:
        raise ValueError("promised_to asks about one city")
    found = Commitment.objects.exclude(city=scope.city).filter(_towards(scope.city))
    return found if scope.year is None else found.filter(first_due_on__year=scope.year)


def _towards(city: City) -> Q:
    """Of commitments: that this city is the other side, by confirming them or by what they come from."""
    agreed = AgreementParty.objects.filter(city=city).values("agreement")
    return (
        Q(confirmer_city=city)
        | Q(agreement__in=agreed)
        | Q(adoption__from_city=city)
        | Q(adoption__to_city=city)
        | Q(introduction__one=city)
        | Q(introduction__other=city)
    )


def agreements_of(scope: Scope) -> Agreements:
    """Agreements to which the cities are parties; those of a year were signed in it."""
    found = Agreement.objects.of(*scope.cities)
    return found if scope.year is None else found.filter(signed_on__startswith=f"{scope.year:04}")


def introductions_of(scope: Scope) -> Introductions:
    """Introductions that both sides said yes to; those of a year were made in it."""
    found = Introduction.objects.made()
    for city in scope.cities:
        found = found.of(city)
    return found if scope.year is None else found.filter(made_at__year=scope.year)


def outcomes_of(scope: Scope) -> QuerySet[Outcome]:
    """What the sides said last of these introductions, each side once."""
    later = Outcome.objects.filter(
        introduction=OuterRef("introduction"), city=OuterRef("city"), months__gt=OuterRef("months")
    )
    return Outcome.objects.filter(~Exists(later), introduction__in=introductions_of(scope).values("pk"))


def visits_of(scope: Scope) -> Events:
    """Visits that took place or are to, in which the cities take part or which they host."""
    found = Event.objects.public().exclude(state=EventState.CANCELLED).filter(kind=EventKind.VISIT)
    for city in scope.cities:
        taking_part = Participation.objects.filter(event=OuterRef("pk"), city=city)
        found = found.filter(Q(city=city) | Exists(taking_part))
    return found if scope.year is None else found.filter(starts_on__year=scope.year)


def dialogues_of(scope: Scope) -> Dialogues:
    """Public dialogues in which the cities take part; those of a year were answered in it."""
    found = Dialogue.objects.public()
    for city in scope.cities:
        found = found.filter(pk__in=city.dialogues.values("pk"))
    if scope.year is None:
        return found
    answered = Answer.objects.values("round__dialogue").annotate(first=Min("answered_at"))
    in_year = answered.filter(first__year=scope.year).values("round__dialogue")
    return found.filter(state=State.ANSWERED, pk__in=in_year)


@dataclass(frozen=True)
class MemberNumbers:
    """What came of a year for one member: the same counts as `numbers` has for that city and year."""

    city: City
    made: int
    kept_on_time: int
    late: int
    taken: int
    given: int


def by_member(year: int) -> list[MemberNumbers]:
    """Each member by name, never in the order of who did most; four queries, however many members there are."""
    scope = Scope(year=year)
    promised = {
        one["city"]: one
        for one in commitments_of(scope)
        .order_by()
        .values("city")
        .annotate(
            made=Count("pk"),
            kept=Count("pk", filter=stands(Standing.KEPT)),
            late=Count("pk", filter=stands(Standing.LATE)),
        )
    }
    taken, given = (_by_city(scope, side) for side in ("to_city", "from_city"))
    nothing = {"made": 0, "kept": 0, "late": 0}
    return [
        MemberNumbers(
            city=city,
            made=(own := promised.get(city.pk, nothing))["made"],
            kept_on_time=own["kept"],
            late=own["late"],
            taken=taken.get(city.pk, 0),
            given=given.get(city.pk, 0),
        )
        for city in City.objects.members().prefetch_related("names")
    ]


def _by_city(scope: Scope, side: str) -> dict[int, int]:
    rows = adoptions_of(scope).order_by().values(side).annotate(number=Count("pk"))
    return {one[side]: one["number"] for one in rows}


def years() -> list[int]:
    """The years of which there is something to report, the latest first."""
    found: set[int] = set()
    found.update(Adoption.objects.confirmed().values_list("confirmed_at__year", flat=True).distinct())
    found.update(Commitment.objects.values_list("first_due_on__year", flat=True).distinct())
    found.update(Introduction.objects.made().values_list("made_at__year", flat=True).distinct())
    found.update(visits_of(Scope()).values_list("starts_on__year", flat=True).distinct())
    signed = Agreement.objects.exclude(signed_on="").values_list("signed_on", flat=True).distinct()
    found.update(int(one[:4]) for one in signed if one[:4].isdecimal())
    return sorted(found, reverse=True)
