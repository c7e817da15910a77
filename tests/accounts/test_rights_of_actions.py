"""Every action of accounts and cities, tried by everybody: who may, and who may not."""

from __future__ import annotations

from collections.abc import Callable
from inspect import getmembers, isfunction
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction
from tests import cast

from intercity.accounts import actions as accounts
from intercity.accounts.models import Membership, Person, Role
from intercity.accounts.rights import NotAllowedError, Visitor
from intercity.audit.models import Entry
from intercity.cities.actions import places as cities
from intercity.cities.models import City

WHO = ("anonymous", "nobody", "cem", "bao", "eve", "ana")
"""`eve` is the officer of Eastbay; Bao that of Northport, where everything here happens."""


def _somebody() -> Person:
    return Person.objects.create(name="Kim")


def _role_of(role: Role, city: City | None) -> Membership:
    return Membership.objects.create(person=_somebody(), role=role, city=city)


Act = Callable[[Visitor, City], object]
ACTIONS: dict[str, tuple[set[str], Act]] = {
    "accounts.add_person": (
        {"bao", "ana"},
        lambda who, city: accounts.add_person(who, name="Kim", role=Role.MODERATOR, city=city),
    ),
    "accounts.add_person without a role": ({"ana"}, lambda who, _city: accounts.add_person(who, name="Kim")),
    "accounts.add_person to the secretariat": (
        {"ana"},
        lambda who, _city: accounts.add_person(who, name="Kim", role=Role.SECRETARIAT),
    ),
    "accounts.give_role": (
        {"bao", "ana"},
        lambda who, city: accounts.give_role(who, _somebody(), Role.RESPONDER, city),
    ),
    "accounts.give_role of the secretariat": (
        {"ana"},
        lambda who, _city: accounts.give_role(who, _somebody(), Role.SECRETARIAT),
    ),
    "accounts.give_role of the network": (
        {"ana"},
        lambda who, _city: accounts.give_role(who, _somebody(), Role.OFFICER),
    ),
    "accounts.end_role": (
        {"bao", "ana"},
        lambda who, city: accounts.end_role(who, _role_of(Role.TRANSLATOR, city)),
    ),
    "accounts.end_role of the secretariat": (
        {"ana"},
        lambda who, _city: accounts.end_role(who, _role_of(Role.SECRETARIAT, None)),
    ),
    "accounts.hand_over": ({"bao"}, lambda who, city: accounts.hand_over(who, name="Kim", city=city)),
    "accounts.hand_over of the network": ({"ana"}, lambda who, _city: accounts.hand_over(who, name="Kim")),
    "accounts.edit_own_profile": (
        {"cem", "bao", "eve", "ana"},
        lambda who, _city: accounts.edit_own_profile(who, name="New", language="km"),
    ),
    "accounts.issue_card": ({"ana"}, lambda who, _city: accounts.issue_card(who, _somebody())),
    "accounts.revoke_cards": ({"ana"}, lambda who, _city: accounts.revoke_cards(who, _somebody())),
    "cities.add_city": ({"ana"}, lambda who, _city: cities.add_city(who, name="Westport", country="KH")),
    "cities.edit_city": ({"bao", "ana"}, lambda who, city: cities.edit_city(who, city, represented_by="The mayor")),
    "cities.edit_city, when it joined": (
        {"ana"},
        lambda who, city: cities.edit_city(who, city, joined_on=None),
    ),
    "cities.name_city": ({"bao", "ana"}, lambda who, city: cities.name_city(who, city, "km", "ភ្នំ")),
    "cities.leave": ({"ana"}, cities.leave),
}
ONE_FIELD = ("cities.edit_city, when it joined", "bao")
"""Who may edit the city, but not this of it."""
BY_THE_OPERATOR = {"appoint_as_operator", "issue_card_as_operator", "found_network"}
BY_WHO_HAS_THE_CARD = {"use_card"}
QUESTIONS = {"may_give", "editable", "faults", "free_slug"}


@pytest.fixture
def visitors(ana: Person, bao: Person, cem: Person, eastbay: City) -> dict[str, Visitor]:
    """Everybody."""
    eve = cast.person("Eve", Role.OFFICER, city=eastbay)
    return {"anonymous": AnonymousUser(), "nobody": None, "ana": ana, "bao": bao, "cem": cem, "eve": eve}


@pytest.mark.parametrize("action", ACTIONS)
def test_only_who_may_does_it(action: str, visitors: dict[str, Visitor], northport: City) -> None:
    allowed, act = ACTIONS[action]
    before = Entry.objects.count()
    for who in WHO:
        with transaction.atomic():  # all the roles in one test, for people are slow to make: each has a password
            if who in allowed:
                act(visitors[who], northport)
                assert Entry.objects.count() > before, who
            else:
                refusal = ValidationError if (action, who) == ONE_FIELD else NotAllowedError
                with pytest.raises(refusal):
                    act(visitors[who], northport)
                assert Entry.objects.count() == before, who
            transaction.set_rollback(True)


def test_every_action_is_in_the_table() -> None:
    tried = {action.split(".")[1].split()[0].strip(",") for action in ACTIONS}
    there = {
        name
        for module in (accounts, cities)
        for name, function in getmembers(module, isfunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }
    assert there == tried | BY_THE_OPERATOR | BY_WHO_HAS_THE_CARD | QUESTIONS


def test_who_was_switched_off_may_nothing(visitors: dict[str, Visitor], northport: City) -> None:
    Person.objects.update(is_active=False)
    for who, (_allowed, act) in product(("bao", "ana"), ACTIONS.values()):
        person = visitors[who]
        assert isinstance(person, Person)
        person.refresh_from_db()
        with transaction.atomic():
            with pytest.raises(NotAllowedError):
                act(person, northport)
            transaction.set_rollback(True)
