"""Several people at the same moment: one title, one address each; the last free place for a question is taken once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from tests import cast

from intercity.accounts.models import Role
from intercity.audit.record import faults
from intercity.practices import actions
from intercity.practices.models import Practice, Question

AT_ONCE = 6
TITLE = {"title": ("en", "Shade")}


# All apps are named, since only then tables are emptied together with those that belong to no model.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _side_by_side(transactional_db: None) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite lets one write after another, and keeps the tests' database in one connection")


def _together(*attempts: Callable[[], object]) -> list[object]:
    """What came of each attempt, or why it was refused; all begin at the same moment."""
    start = Barrier(len(attempts))

    def run(attempt: Callable[[], object]) -> object:
        try:
            start.wait(10)
            return attempt()
        except ValueError as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(run, attempts))


def _world() -> tuple[Practice, list[Callable[[], object]]]:
    """A public practice, and officers of other cities who are about to ask about it."""
    cast.found_network()
    northport = cast.member("Northport")
    bao = cast.person("Bao", Role.OFFICER, city=northport)
    words = dict.fromkeys(("title", "summary", "problem", "solution", "difficulties"), ("en", "Said."))
    practice = actions.publish(bao, actions.begin(bao, northport, words, {"unknown": ["costs", "results"]}))

    def asking(number: int) -> Callable[[], object]:
        city = cast.member(f"Town{number}")
        officer = cast.person(f"Officer{number}", Role.OFFICER, city=city)
        return lambda: actions.ask(officer, practice, city, "en", "Who?")

    return practice, [asking(number) for number in range(actions.MOST_WAITING + AT_ONCE - 1)]


def test_the_last_place_for_a_question_is_taken_once() -> None:
    _practice, asking = _world()
    for ask in asking[: actions.MOST_WAITING - 1]:
        ask()
    found = _together(*asking[actions.MOST_WAITING - 1 :])
    assert sum(isinstance(one, Question) for one in found) == 1
    assert sum(isinstance(one, actions.AskedEnoughError) for one in found) == AT_ONCE - 1
    assert Question.objects.waiting().count() == actions.MOST_WAITING
    assert list(faults()) == []


def test_the_same_title_at_the_same_moment() -> None:
    practice, _asking = _world()
    bao, city = practice.written_by, practice.city
    assert city is not None
    found = _together(*[lambda: actions.begin(bao, city, {"title": ("en", "Shade")})] * AT_ONCE)
    assert len({one.slug for one in found if isinstance(one, Practice)}) == AT_ONCE


def test_two_who_save_the_same_field_together() -> None:
    """One is kept, and the other is told."""
    practice, _asking = _world()
    bao, version = practice.written_by, practice.version

    def saving(body: str) -> Callable[[], object]:
        mine = Practice.objects.get(pk=practice.pk)
        return lambda: actions.save(bao, mine, words={"problem": ("en", body)}, version=version)

    found = _together(*[saving(f"Version {number}") for number in range(AT_ONCE)])
    assert sum(isinstance(one, Practice) for one in found) == 1
    assert sum(isinstance(one, actions.ConflictError) for one in found) == AT_ONCE - 1
    assert practice.versions.count() == 2


def test_a_form_that_comes_twice_at_the_same_moment_begins_one_draft() -> None:
    cast.found_network()
    city = cast.member("Northport")
    bao = cast.person("Bao", Role.OFFICER, city=city)
    mark = uuid4()
    found = _together(*[lambda: _begun(lambda: actions.begin(bao, city, TITLE, begun_with=mark))] * AT_ONCE)
    assert Practice.objects.count() == 1
    assert {one.pk for one in found if isinstance(one, Practice)} == {Practice.objects.get().pk}
    assert len(found) == AT_ONCE


def _begun(begin: Callable[[], Practice]) -> object:
    """The practice, begun now or before."""
    try:
        return begin()
    except actions.BegunBeforeError as error:
        return error.row
