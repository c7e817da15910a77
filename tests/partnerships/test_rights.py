"""Every action on commitments and agreements, tried by everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Membership, Person, Role
from intercity.accounts.rights import NotAllowedError
from intercity.audit.models import Entry
from intercity.cities.models import City
from intercity.partnerships.actions import agreements, commitments
from intercity.partnerships.actions.rights import may_agree, may_confirm, may_keep
from intercity.partnerships.models import Agreement, AgreementStep, Commitment, CommitmentStep, ProgressReport


@dataclass(frozen=True)
class World:
    """What the actions are tried on."""

    commitment: Commitment
    agreement: Agreement
    northport: City
    eastbay: City
    people: dict[str, Person]


@pytest.fixture
def people(ana: Person, bao: Person, cem: Person, dia: Person) -> dict[str, Person]:
    """Everybody who may try: `eve` is officer of a third city, `fay` of the whole network, `gus` moderates it."""
    return {
        "ana": ana,
        "bao": bao,
        "cem": cem,
        "dia": dia,
        "eve": cast.person("Eve", Role.OFFICER, city=cast.member("Westhill")),
        "fay": cast.person("Fay", Role.OFFICER),
        "gus": cast.person("Gus", Role.MODERATOR, Role.TRANSLATOR, Role.RESPONDER),
    }


@pytest.fixture
def world(
    people: dict[str, Person], commitment: Commitment, agreement: Agreement, northport: City, eastbay: City
) -> World:
    """A promise of Northport that Eastbay confirms, and an agreement of both."""
    return World(commitment, agreement, northport, eastbay, people)


def _promise(who: Person | None, city: City | None, **fields: Any) -> Commitment:
    return commitments.promise(
        who,
        **{
            "text": ("en", "We plant forty trees."),
            "city": city,
            "owner": "Park office",
            "due_on": timezone.localdate() + timedelta(days=9),
            "known_by": ("en", "They stand."),
            "confirmer": "secretariat",
            **fields,
        },
    )


def _done(commitment: Commitment, by: Person | None) -> ProgressReport:
    return commitments.report(by, commitment, ("en", "It is done."), says_done=True)


def _confirm(who: Person | None, on: World, **confirmer: Any) -> object:
    """Bao promises and reports; then somebody confirms."""
    bao = on.people["bao"]
    found = _promise(bao, on.northport, **confirmer) if confirmer else on.commitment
    return commitments.confirm(
        who, found, seen=_done(found, bao).pk, is_so=True, reason=("en", "They met me at the market on Monday.")
    )


def _confirm_of_the_network(who: Person | None, on: World, **confirmer: Any) -> object:
    """The network promises and reports it itself, by Ana; then somebody confirms."""
    ana = on.people["ana"]
    found = _promise(ana, None, **confirmer)
    by_another = cast.person("Hal", Role.SECRETARIAT)
    return commitments.confirm(
        who, found, seen=_done(found, by_another).pk, is_so=True, reason=("en", "Seen on Monday.")
    )


def _take_up(who: Person | None, on: World) -> object:
    commitments.drop(on.people["bao"], on.commitment, ("en", "No money."))
    return commitments.take_up(who, on.commitment, ("en", "There is money."))


def _register(who: Person | None, on: World) -> object:
    parties = [agreements.Party(on.northport), agreements.Party(name="A school")]
    return agreements.register(who, kind="project", title=("en", "School wells"), parties=parties)


def _group(on: World) -> dict[str, Any]:
    return {"confirmer": "residents", "confirmer_group": "Market women", "confirmer_city": None}


OWNERS = {"ana", "bao", "fay"}
PARTIES = {"ana", "bao", "dia", "fay"}
Try = Callable[[Person | None, World], object]
TABLE: dict[str, tuple[Try, set[str]]] = {
    "promise": (lambda who, on: _promise(who, on.northport), OWNERS),
    "promise for the network": (
        lambda who, on: _promise(who, None, confirmer="city", confirmer_city=on.eastbay),
        {"ana"},
    ),
    "change": (
        lambda who, on: commitments.change(who, on.commitment, version=1, owner="Road office", reason=("en", "New.")),
        OWNERS,
    ),
    "report": (lambda who, on: commitments.report(who, on.commitment, ("en", "Two are dug.")), OWNERS),
    "report that it is done": (lambda who, on: _done(on.commitment, who), OWNERS),
    "drop": (lambda who, on: commitments.drop(who, on.commitment, ("en", "No money.")), OWNERS),
    "take_up": (_take_up, OWNERS),
    "confirm as a city": (_confirm, {"dia"}),
    "confirm as the secretariat": (lambda who, on: _confirm(who, on, confirmer="secretariat"), {"ana"}),
    "confirm for a group": (lambda who, on: _confirm(who, on, **_group(on)), {"ana", "gus"}),
    "confirm what the network promised": (
        lambda who, on: _confirm_of_the_network(who, on, confirmer="city", confirmer_city=on.eastbay),
        {"dia"},
    ),
    "confirm what the network promised for a group": (
        lambda who, on: _confirm_of_the_network(who, on, **_group(on)),
        {"gus"},
    ),
    "register": (_register, OWNERS),
    "edit": (lambda who, on: agreements.edit(who, on.agreement, version=1, signed_on="2024-06"), PARTIES),
    "set_state": (
        lambda who, on: agreements.set_state(who, on.agreement, "dormant", ("en", "Nobody met.")),
        PARTIES,
    ),
}
PREPARED = {
    "ana": {"commitment.promised"},
    "bao": {"commitment.promised", "commitment.reported", "commitment.dropped"},
}
"""What has to be there before it can be tried is done by these two."""
WITHOUT_A_PERSON = {"confirm_by_link"}
"""Tried in test_confirming.py: whoever has the link may."""


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("who", ["ana", "bao", "cem", "dia", "eve", "fay", "gus", "nobody"])
def test_who_may(name: str, who: str, world: World) -> None:
    """Whoever may does it, and the record says that they did; everybody else is refused, and nothing is recorded."""
    attempt, allowed = TABLE[name]
    person = world.people.get(who)
    if who in allowed:
        assert person is not None
        attempt(person, world)
        last = Entry.objects.order_by("-number").first()
        assert last is not None
        assert last.actor_id == person.pk
        authors = {
            CommitmentStep.objects.order_by("-pk").values_list("made_by", flat=True).first(),
            AgreementStep.objects.order_by("-pk").values_list("made_by", flat=True).first(),
        }
        assert person.pk in authors
        return
    key = person.pk if person else None
    before = {one.pk for one in Entry.objects.filter(actor_id=key)}
    with pytest.raises(NotAllowedError):
        attempt(person, world)
    made = Entry.objects.filter(actor_id=key).exclude(pk__in=before)
    assert {one.action for one in made} <= PREPARED.get(who, set())


@pytest.mark.parametrize("module", [commitments, agreements])
def test_every_action_is_in_the_table(module: Any) -> None:
    tried = {name.split()[0] for name in TABLE} | WITHOUT_A_PERSON
    actions = {name for name in module.__all__ if callable(getattr(module, name)) and name[0].islower()}
    public = {
        name
        for name, one in vars(module).items()
        if callable(one) and not name.startswith("_") and getattr(one, "__module__", "") == module.__name__
    }
    assert actions >= {name for name in public if name[0].islower()}, "an action that __all__ does not name"
    assert actions <= tried


def test_an_officer_of_both_cities_confirms_for_neither(bao: Person, dia: Person, reported: ProgressReport) -> None:
    Membership.objects.create(person=dia, role=Role.OFFICER, city=reported.commitment.city)
    with pytest.raises(NotAllowedError, match="Somebody else"):
        commitments.confirm(dia, reported.commitment, seen=reported.pk, is_so=True)


def test_whoever_reported_it_does_not_confirm_it(ana: Person, northport: City) -> None:
    """The secretariat may do both for others, but not one person both."""
    found = _promise(ana, northport)
    done = _done(found, ana)
    with pytest.raises(NotAllowedError, match="You reported this yourself"):
        commitments.confirm(ana, found, seen=done.pk, is_so=True)
    other = cast.person("Hal", Role.SECRETARIAT)
    commitments.confirm(other, found, seen=done.pk, is_so=True)
    assert found.state == "kept"


def test_an_officer_who_moderates_enters_nothing_for_a_group(bao: Person, ana: Person, northport: City) -> None:
    """Bao moderates in Northport, too: the group's word would be their own."""
    found = _promise(ana, northport, confirmer="residents", confirmer_group="Market women")
    done = _done(found, ana)
    with pytest.raises(NotAllowedError, match="Somebody else"):
        commitments.confirm(bao, found, seen=done.pk, is_so=True, reason=("en", "They said so."))


def test_a_former_officer_may_no_more(bao: Person, commitment: Commitment) -> None:
    bao.memberships.update(ended_at=timezone.now())
    with pytest.raises(NotAllowedError):
        commitments.report(bao, commitment, ("en", "Two are dug."))


def test_only_a_party_enters_an_agreement(dia: Person, northport: City) -> None:
    """Nobody writes for two other cities that they signed something."""
    parties = [agreements.Party(northport), agreements.Party(cast.member("Westhill"))]
    with pytest.raises(NotAllowedError):
        agreements.register(dia, kind="sister", title=("en", "Twins"), parties=parties)


def test_a_party_cannot_leave_itself_out_and_write_on(bao: Person, eastbay: City, agreement: Agreement) -> None:
    parties = [agreements.Party(eastbay), agreements.Party(cast.member("Westhill"))]
    with pytest.raises(NotAllowedError):
        agreements.edit(bao, agreement, version=1, parties=parties)


def test_what_pages_ask(people: dict[str, Person], reported: ProgressReport, agreement: Agreement) -> None:
    """Pages offer what the actions allow."""
    found = reported.commitment
    assert {name for name, one in people.items() if may_keep(one, found)} == OWNERS
    assert {name for name, one in people.items() if may_confirm(one, found)} == {"dia"}
    assert {name for name, one in people.items() if may_agree(one, agreement)} == PARTIES
    assert not may_keep(None, found)
    assert not may_confirm(None, found)
    assert not may_agree(None, agreement)
