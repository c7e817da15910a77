"""What is shown next: nothing twice, nothing of one's own, the same on a reload; every showing with its chance."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.dialogues import actions, duties, routing
from intercity.dialogues.models import Dialogue, Exposure, Participant, StoredResult
from intercity.dialogues.snapshot import unpack


@pytest.fixture(autouse=True)
def _anew() -> None:
    routing.forget_rounds()


def stored() -> bytes:
    """What is kept of the one result there is."""
    return bytes(StoredResult.objects.get().model or b"")


def _next(participant: Participant) -> actions.Shown:
    shown = actions.show_next(participant)
    assert shown is not None
    return shown


def test_every_statement_comes_once_and_then_nothing(participant: Participant) -> None:
    seen = []
    for left in range(12, 0, -1):
        shown = _next(participant)
        assert shown.remaining == left
        assert 0 < shown.probability <= 1
        seen.append(shown.statement.number)
        actions.cast_vote(participant, shown.statement, 0)
    assert sorted(seen) == list(range(1, 13))
    assert actions.show_next(participant) is None
    assert Exposure.objects.count() == 12


def test_what_waits_for_a_vote_is_shown_again(participant: Participant) -> None:
    first = _next(participant)
    assert all(_next(participant).statement == first.statement for _ in range(5))
    assert Exposure.objects.get().probability == first.probability


def test_own_and_removed_statements_are_not_shown(dialogue: Dialogue, participant: Participant, ana: Person) -> None:
    own = actions.write_statement(participant, body="We want shade along the river", language="en")
    actions.take_back_vote(participant, own)
    actions.remove(ana, dialogue, dialogue.statements.filter(number__lte=10), reason="unclear")
    seen = set()
    while shown := actions.show_next(participant):
        seen.add(shown.statement.number)
        actions.cast_vote(participant, shown.statement, 1)
    assert seen == {11, 12}


def test_a_removed_statement_waits_for_no_vote(dialogue: Dialogue, participant: Participant, ana: Person) -> None:
    first = _next(participant).statement
    actions.remove(ana, dialogue, [first], reason="unclear")
    routing.forget_rounds()
    assert _next(participant).statement != first


def test_something_new_is_found_before_saying_that_nothing_is_left(
    dialogue: Dialogue, participant: Participant, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    while shown := actions.show_next(participant):
        actions.cast_vote(participant, shown.statement, 1)
    actions.add_statement(ana, dialogue, body="Something new", language="en")
    later = monotonic() + 2
    monkeypatch.setattr(routing, "monotonic", lambda: later)
    assert _next(participant).statement.number == 13


def test_without_a_result_chances_are_even(dialogue: Dialogue, participant: Participant) -> None:
    assert _next(participant).probability == pytest.approx(1 / 12)


def test_a_result_changes_the_chances_and_new_statements_are_among_them(
    dialogue: Dialogue, participant: Participant, northport: City, ana: Person
) -> None:
    cast.vote_all(dialogue, 20, city=northport)
    duties.update_results()
    assert StoredResult.objects.get().model
    actions.add_statement(ana, dialogue, body="Something new", language="en")
    routing.forget_rounds()
    about = routing.known(dialogue.round)
    assert about.state.factors is not None
    assert about.city == {northport.pk: 0}
    drawn: Counter[int] = Counter()
    found = routing.progress(participant)
    for _ in range(200):
        draw = routing.draw(participant, found)
        assert draw is not None
        drawn[draw[0].number] += 1
    assert drawn[13] > 200 / 13, "what nobody has seen comes more often"
    assert len(drawn) > 5


@pytest.mark.parametrize("missing", ["centre", "axis", "city_seen", "seen", "statements"])
def test_a_result_that_lacks_something_is_no_obstacle(
    dialogue: Dialogue, participant: Participant, northport: City, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.vote_all(dialogue, 8, city=northport)
    duties.update_results()
    lacking = {name: part for name, part in unpack(stored()).items() if name != missing}
    monkeypatch.setattr(routing, "unpack", lambda _packed: lacking)
    assert _next(participant).remaining == 12


def test_languages_shown_less_are_shown_more(dialogue: Dialogue, participant: Participant, ana: Person) -> None:
    actions.add_statement(ana, dialogue, body="ស្អាត", language="km")
    for number in range(1, 13):
        other = actions.join(dialogue)[0]
        Exposure.objects.create(
            round=dialogue.round, participant=other, statement=dialogue.statements.get(number=number), probability=1.0
        )
    routing.forget_rounds()
    about = routing.known(dialogue.round)
    assert about.state.balance[12] > about.state.balance[0]


def test_a_new_round_asks_anew(dialogue: Dialogue, participant: Participant, ana: Person) -> None:
    shown = _next(participant)
    actions.cast_vote(participant, shown.statement, 1)
    actions.close_dialogue(ana, dialogue)
    due = timezone.localdate() + timedelta(days=9)
    actions.reopen_dialogue(ana, dialogue, answer_due=due, closes_at=None)
    assert _next(Participant.objects.get(pk=participant.pk)).remaining == 12


@pytest.mark.django_db(transaction=True)
def test_a_showing_is_stored_and_the_next_vote_waits_for_the_disk_again(participant: Participant) -> None:
    shown = _next(participant)
    assert Exposure.objects.get().statement == shown.statement
    with connection.cursor() as cursor:
        on_postgres = connection.vendor == "postgresql"
        cursor.execute("SHOW synchronous_commit" if on_postgres else "PRAGMA synchronous")
        assert cursor.fetchone()[0] == ("on" if on_postgres else 2)
