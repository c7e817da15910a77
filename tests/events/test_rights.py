"""Every action on events, tried by everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests import cast
from tests.events.conftest import at, soon

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import NotAllowedError
from intercity.audit.models import Entry
from intercity.cities.models import City
from intercity.events import actions
from intercity.events.models import Event, Participation, Session

NEW: dict[str, Any] = {"kind": "visit", "title": ("en", "A visit"), "starts_on": soon()}
HOURS: dict[str, Any] = {"starts_at": at(soon(), 9), "ends_at": at(soon(), 10)}


@pytest.fixture
def people(ana: Person, bao: Person, cem: Person, dia: Person) -> dict[str, Person | None]:
    """Everybody who may try: Bao's city hosts, Dia's takes part; `fay` is an officer of the whole network."""
    return {
        "ana": ana,
        "bao": bao,
        "cem": cem,
        "dia": dia,
        "fay": cast.person("Fay", Role.OFFICER),
        "gus": cast.person("Gus", Role.MODERATOR, Role.TRANSLATOR, Role.RESPONDER),
        "nobody": None,
    }


def _session(event: Event) -> Session:
    return actions.add_session(Person.objects.get(name="Bao"), event, title=("en", "Tea"), **HOURS)


def _eastbay() -> City:
    return City.objects.get(slug="eastbay")


def _eastbay_takes_part(event: Event) -> Participation:
    return actions.add_participation(Person.objects.get(name="Dia"), event, city=_eastbay())


def _draft() -> Event:
    bao = Person.objects.get(name="Bao")
    return actions.add_event(bao, city=City.objects.get(slug="northport"), **NEW)


def _networks_own() -> Event:
    ana = Person.objects.get(name="Ana")
    return actions.publish_event(ana, actions.add_event(ana, **NEW))


WRITERS = {"ana", "bao", "fay"}
Try = Callable[[Person | None, Event], object]
TABLE: dict[str, tuple[Try, set[str]]] = {
    "add_event": (lambda who, on: actions.add_event(who, city=on.city, **NEW), WRITERS),
    "add_event of the network": (lambda who, _on: actions.add_event(who, **NEW), {"ana"}),
    "edit_event": (lambda who, on: actions.edit_event(who, on, place="Hall"), WRITERS),
    "edit_event of the network": (lambda who, _on: actions.edit_event(who, _networks_own(), place="Hall"), {"ana"}),
    "publish_event": (lambda who, _on: actions.publish_event(who, _draft()), WRITERS),
    "cancel_event": (lambda who, on: actions.cancel_event(who, on, ("en", "Flood")), WRITERS),
    "discard_event": (lambda who, _on: actions.discard_event(who, _draft()), WRITERS),
    "add_session": (lambda who, on: actions.add_session(who, on, title=("en", "Tea"), **HOURS), WRITERS),
    "edit_session": (lambda who, on: actions.edit_session(who, _session(on), title=("en", "Mate"), **HOURS), WRITERS),
    "remove_session": (lambda who, on: actions.remove_session(who, _session(on)), WRITERS),
    "add_participation of one's own": (
        lambda who, on: actions.add_participation(who, on, city=_eastbay()),
        {*WRITERS, "dia"},
    ),
    "add_participation of another": (lambda who, on: actions.add_participation(who, on, city=on.city), WRITERS),
    "add_participation by name": (lambda who, on: actions.add_participation(who, on, name="A bank"), WRITERS),
    "add_participation to a draft": (
        lambda who, _on: actions.add_participation(who, _draft(), city=_eastbay()),
        WRITERS,
    ),
    "remove_participation": (
        lambda who, on: actions.remove_participation(who, _eastbay_takes_part(on)),
        {*WRITERS, "dia"},
    ),
    "renew_address": (
        lambda who, _on: actions.renew_address(who),
        {"ana", "bao", "cem", "dia", "fay", "gus"},
    ),
}


@pytest.mark.parametrize("name", TABLE)
@pytest.mark.parametrize("who", ["ana", "bao", "cem", "dia", "fay", "gus", "nobody"])
def test_who_may(name: str, who: str, people: dict[str, Person | None], event: Event) -> None:
    """Whoever may does it, and the record says that they did; everybody else is refused."""
    attempt, allowed = TABLE[name]
    person = people[who]
    if who in allowed:
        attempt(person, event)
        last = Entry.objects.order_by("-number").first()
        assert person is not None
        assert last is not None
        assert last.actor_id == person.pk
        return
    with pytest.raises(NotAllowedError):
        attempt(person, event)
    if who not in {"bao", "dia"}:  # who prepare what is tried
        assert who == "ana" or not Entry.objects.filter(actor_id=person.pk if person else None).exists()


def test_every_action_is_tried() -> None:
    tried = {name.split()[0] for name in TABLE}
    offered = {name for name in actions.__all__ if name[0].islower()}
    assert tried == offered
