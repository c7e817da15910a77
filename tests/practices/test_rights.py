"""Every action on practices, challenges, adoptions and questions, tried by everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from tests import cast

from intercity.accounts.models import Membership, Person, Role
from intercity.accounts.rights import NotAllowedError
from intercity.audit.models import Entry
from intercity.cities.models import City
from intercity.practices import actions
from intercity.practices.models import Adoption, Challenge, Cost, Practice, Question

CLAIM = {"claimed_by": "The water office", "source": "https://example.org", "claimed_on": "2022"}


@dataclass(frozen=True)
class World:
    """What the actions are tried on."""

    practice: Practice
    draft: Practice
    challenge: Challenge
    adoption: Adoption
    question: Question
    elsewhere: Practice
    northport: City
    eastbay: City
    westhill: City


@pytest.fixture
def westhill(network: object) -> City:
    """A third city, of which only Eve is an officer."""
    return cast.member("Westhill")


@pytest.fixture
def people(ana: Person, bao: Person, cem: Person, dia: Person, westhill: City) -> dict[str, Person | None]:
    """Everybody who may try: `fay` is an officer of the whole network, `gus` moderates it."""
    return {
        "ana": ana,
        "bao": bao,
        "cem": cem,
        "dia": dia,
        "eve": cast.person("Eve", Role.OFFICER, city=westhill),
        "fay": cast.person("Fay", Role.OFFICER),
        "gus": cast.person("Gus", Role.MODERATOR, Role.TRANSLATOR, Role.RESPONDER),
        "nobody": None,
    }


@pytest.fixture
def world(
    people: dict[str, Person | None],
    practice: Practice,
    draft: Practice,
    challenge: Challenge,
    adoption: Adoption,
    northport: City,
    eastbay: City,
    westhill: City,
) -> World:
    """Everything in a state in which each action can be done."""
    actions.move(people["dia"], adoption, "running")
    question = actions.ask(people["dia"], practice, eastbay, "en", "Who waters them?")
    elsewhere = actions.begin(people["ana"], "Faraway", {"title": ("en", "Bus lanes")})
    return World(practice, draft, challenge, adoption, question, elsewhere, northport, eastbay, westhill)


def _confirmed(world: World) -> Adoption:
    dia = Person.objects.get(name="Dia")
    return actions.confirm(dia, world.adoption)


def _withdrawn(world: World) -> Practice:
    return actions.withdraw(Person.objects.get(name="Ana"), world.practice)


WRITERS = {"ana", "bao", "fay"}
TAKERS = {"ana", "dia", "fay"}
Try = Callable[[Person | None, World], object]
TABLE: dict[str, tuple[Try, set[str]]] = {
    "begin": (lambda who, on: actions.begin(who, on.northport, {"title": ("en", "Shade")}), WRITERS),
    "begin elsewhere": (lambda who, _on: actions.begin(who, "Faraway", {"title": ("en", "Shade")}), {"ana"}),
    "save": (lambda who, on: actions.save(who, on.draft, facts={"staff": "2"}, version=1), WRITERS),
    "save elsewhere": (lambda who, on: actions.save(who, on.elsewhere, facts={"staff": 2}, version=1), {"ana"}),
    "publish": (lambda who, on: actions.publish(who, _ready(on.draft)), WRITERS),
    "withdraw": (lambda who, on: actions.withdraw(who, on.practice), WRITERS),
    "restore": (lambda who, on: actions.restore(who, _withdrawn(on)), WRITERS),
    "discard": (lambda who, on: actions.discard(who, on.draft), WRITERS),
    "add_cost": (
        lambda who, on: actions.add_cost(who, on.practice, kind="running", amount="5", currency="KHR", **CLAIM),
        WRITERS,
    ),
    "add_result": (
        lambda who, on: actions.add_result(who, on.practice, indicator="Fish", value="3", **CLAIM),
        WRITERS,
    ),
    "remove_claim": (lambda who, on: actions.remove_claim(who, _second_cost(on.practice)), WRITERS),
    "confirm_status": (lambda who, on: actions.confirm_status(who, on.practice, "stopped"), WRITERS),
    "verify as a peer": (lambda who, on: actions.verify(who, on.practice, "peer"), {"dia", "eve"}),
    "verify as the secretariat": (lambda who, on: actions.verify(who, on.practice, "secretariat"), {"ana"}),
    "verify as independent": (lambda who, on: actions.verify(who, on.practice, "independent", "A school"), {"ana"}),
    "add_challenge": (lambda who, on: actions.add_challenge(who, on.eastbay, title=("en", "Dust")), TAKERS),
    "edit_challenge": (lambda who, on: actions.edit_challenge(who, on.challenge, title=("en", "Mud")), TAKERS),
    "close_challenge": (lambda who, on: actions.close_challenge(who, on.challenge), TAKERS),
    "want_to_try": (lambda who, on: actions.want_to_try(who, on.practice, on.westhill), {"ana", "eve", "fay"}),
    "move": (lambda who, on: actions.move(who, on.adoption, "piloting"), TAKERS),
    "set_parts": (lambda who, on: actions.set_parts(who, on.adoption, [("kept", "Plants", "", "en")]), TAKERS),
    "add_result of an adoption": (
        lambda who, on: actions.add_result(who, on.adoption, indicator="Floods", value="1", **CLAIM),
        TAKERS,
    ),
    "confirm": (lambda who, on: actions.confirm(who, on.adoption), {"dia"}),
    "withdraw_confirmation": (lambda who, on: actions.withdraw_confirmation(who, _confirmed(on)), {"dia"}),
    "ask": (lambda who, on: actions.ask(who, on.practice, on.westhill, "en", "How much?"), {"eve", "fay"}),
    "answer": (lambda who, on: actions.answer(who, on.question, "en", "The stalls do."), WRITERS),
    "decline": (lambda who, on: actions.decline(who, on.question), WRITERS),
}


def _ready(draft: Practice) -> Practice:
    bao = Person.objects.get(name="Bao")
    words = dict.fromkeys(("summary", "problem", "solution", "difficulties"), ("en", "Said."))
    return actions.save(bao, draft, words=words, facts={"unknown": ["costs", "results"]}, version=1)


def _second_cost(practice: Practice) -> Cost:
    bao = Person.objects.get(name="Bao")
    return actions.add_cost(bao, practice, kind="running", amount="7", currency="USD", **CLAIM)


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("who", ["ana", "bao", "cem", "dia", "eve", "fay", "gus", "nobody"])
def test_who_may(name: str, who: str, people: dict[str, Person | None], world: World) -> None:
    """Whoever may does it, and the record says that they did; everybody else is refused, and nothing is recorded."""
    attempt, allowed = TABLE[name]
    person = people[who]
    if who in allowed:
        attempt(person, world)
        assert person is not None
        last = Entry.objects.order_by("-number").first()
        assert last is not None
        assert last.actor_id == person.pk
        return
    key = person.pk if person else None
    before = Entry.objects.filter(actor_id=key).count()
    with pytest.raises(NotAllowedError):
        attempt(person, world)
    assert Entry.objects.filter(actor_id=key).count() == before


def test_a_former_officer_may_no_more(bao: Person, draft: Practice) -> None:
    bao.memberships.update(ended_at=draft.written_at)
    with pytest.raises(NotAllowedError):
        actions.save(bao, draft, facts={"staff": 3}, version=1)


def test_an_officer_of_both_cities_confirms_for_neither(dia: Person, northport: City, adoption: Adoption) -> None:
    """The second party is another one."""
    actions.move(dia, adoption, "running")
    Membership.objects.create(person=dia, role=Role.OFFICER, city=northport)
    with pytest.raises(NotAllowedError, match="Somebody else"):
        actions.confirm(dia, adoption)
    with pytest.raises(NotAllowedError, match="another city"):
        actions.verify(dia, adoption.practice, "peer")


def test_the_secretariat_does_not_check_what_it_wrote(ana: Person, practice: Practice) -> None:
    actions.save(ana, practice, facts={"staff": 3}, version=practice.version)
    with pytest.raises(ValueError, match="You wrote this yourself"):
        actions.verify(ana, practice, "secretariat")
