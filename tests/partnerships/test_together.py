"""Several people at the same moment: one confirmation, one commitment of an answer, one number each."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.audit.record import faults
from intercity.cities.models import City
from intercity.dialogues.actions import answer as answer_statement
from intercity.dialogues.actions import close_dialogue, finish_answering
from intercity.letters.models import Letter
from intercity.partnerships import duties
from intercity.partnerships.actions import agreements, commitments
from intercity.partnerships.models import Agreement, Commitment, Confirmation, ProgressReport

AT_ONCE = 6

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


def _world() -> tuple[City, City, Person]:
    cast.found_network()
    northport, eastbay = cast.member("Northport"), cast.member("Eastbay")
    return northport, eastbay, cast.person("Bao", Role.OFFICER, Role.RESPONDER, city=northport)


def _promise(person: Person, city: City, eastbay: City, **fields: Any) -> Commitment:
    return commitments.promise(
        person,
        **{
            "text": ("en", "We dig a well."),
            "city": city,
            "owner": "Water office",
            "due_on": timezone.localdate() + timedelta(days=5),
            "known_by": ("en", "Water."),
            "confirmer": "city",
            "confirmer_city": eastbay,
            **fields,
        },
    )


def test_two_who_confirm_together() -> None:
    """One says that it is so, the others that it is not: the first one counts, the others are told."""
    northport, eastbay, bao = _world()
    found = _promise(bao, northport, eastbay)
    done = commitments.report(bao, found, ("en", "Done."), says_done=True)
    officers = [cast.person(f"Officer{number}", Role.OFFICER, city=eastbay) for number in range(AT_ONCE)]

    def confirming(person: Person, is_so: bool) -> Callable[[], object]:
        mine = Commitment.objects.get(pk=found.pk)
        return lambda: commitments.confirm(person, mine, seen=done.pk, is_so=is_so, reason=("en", "I saw it."))

    came = _together(*[confirming(person, number % 2 == 0) for number, person in enumerate(officers)])
    assert sum(isinstance(one, Confirmation) for one in came) == 1
    assert all("does not wait" in str(one) for one in came if not isinstance(one, Confirmation))
    only = Confirmation.objects.get()
    found.refresh_from_db()
    assert found.state == ("kept" if only.is_so else "open")
    assert found.steps.count() == 3
    assert list(faults()) == []


def test_reported_and_confirmed_and_dropped_together() -> None:
    """Whatever comes first: the history is in one order, and the row stands as its last step says."""
    northport, eastbay, bao = _world()
    found = _promise(bao, northport, eastbay)
    done = commitments.report(bao, found, ("en", "Done."), says_done=True)
    dia = cast.person("Dia", Role.OFFICER, city=eastbay)

    def on(attempt: Callable[[Commitment], object]) -> Callable[[], object]:
        mine = Commitment.objects.get(pk=found.pk)
        return lambda: attempt(mine)

    _together(
        on(lambda mine: commitments.confirm(dia, mine, seen=done.pk, is_so=True)),
        on(lambda mine: commitments.drop(bao, mine, ("en", "No money."))),
        on(lambda mine: commitments.report(bao, mine, ("en", "More."))),
        on(lambda mine: commitments.take_up(bao, mine, ("en", "Too early."))),
    )
    found.refresh_from_db()
    documents = [one.document for one in found.steps.all()]
    assert [one["version"] for one in documents] == list(range(1, len(documents) + 1))
    assert (documents[-1]["state"], documents[-1]["version"]) == (found.state, found.version)
    assert list(faults()) == []


def test_numbers_and_addresses_are_given_once() -> None:
    northport, eastbay, bao = _world()
    came = _together(*[lambda: _promise(bao, northport, eastbay)] * AT_ONCE)
    assert sorted(one.number for one in came if isinstance(one, Commitment)) == list(range(1, AT_ONCE + 1))
    parties = [agreements.Party(northport), agreements.Party(eastbay)]
    same = _together(
        *[lambda: agreements.register(bao, kind="sister", title=("en", "Twins"), parties=parties)] * AT_ONCE
    )
    assert len({one.slug for one in same if isinstance(one, Agreement)}) == AT_ONCE


def test_an_answer_is_followed_once() -> None:
    northport, eastbay, bao = _world()
    ana = cast.person("Ana", Role.SECRETARIAT)
    dialogue = cast.open_dialogue(ana, northport)
    close_dialogue(ana, dialogue)
    given = answer_statement(
        bao,
        dialogue,
        dialogue.statements.order_by("number")[0],
        kind="we_will",
        body="We clean it.",
        language="en",
        owner="River office",
        due=timezone.localdate() + timedelta(days=60),
    )
    finish_answering(bao, dialogue)
    came = _together(*[lambda: _promise(bao, northport, eastbay, answer=given)] * AT_ONCE)
    assert sum(isinstance(one, Commitment) for one in came) == 1
    assert all("followed already" in str(one) for one in came if not isinstance(one, Commitment))


def test_two_workers_remind_once() -> None:
    northport, eastbay, bao = _world()
    City.objects.update(mailbox="office@northport.example")
    _promise(bao, northport, eastbay)
    done = commitments.report(bao, _promise(bao, northport, eastbay), ("en", "Done."), says_done=True)
    Commitment.objects.update(written_at=timezone.now() - timedelta(days=90))
    for duty in (duties.remind, duties.ask_to_confirm):
        assert sorted(_together(*[duty] * AT_ONCE), key=str) == [0] * (AT_ONCE - 1) + [1]
    assert len(mail.outbox) == Letter.objects.sent().count() == 2
    assert ProgressReport.objects.get() == done
