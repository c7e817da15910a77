"""Whatever breaks, is killed or races: nothing is lost, nothing is made twice, nobody is asked too often."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from tests.languages.machines.machine import Machine, later, run, written

from intercity.languages import duties
from intercity.languages.duties import forget_answers
from intercity.languages.engines.contract import CannotError, Request, RetryLaterError
from intercity.languages.models import (
    GlossaryTerm,
    GlossaryWord,
    MachineAnswer,
    Translation,
    TranslationTask,
)


def test_an_engine_that_refuses_a_text_leaves_it_to_the_next(use: Callable[..., None]) -> None:
    first, second = Machine("first"), Machine("second")
    first.error = CannotError("first refused the text (400)")
    use(first, second)
    text = written()
    assert run("vi") == 1
    assert text.translations.get().engine == "second"


def test_an_engine_that_is_not_there_rests_and_the_next_is_asked(use: Callable[..., None]) -> None:
    first, second = Machine("first"), Machine("second")
    first.error = RetryLaterError("first could not be reached", 300)
    use(first, second)
    written()
    written("Clean air")
    assert run("vi") == 2
    assert len(first.asked) == 1
    later(seconds=301)
    first.error = None
    written("Clean roads")
    assert run("vi") == 1
    assert Translation.objects.order_by("-pk")[0].engine == "first"


def test_a_failure_stands_on_the_row_and_is_tried_again_more_and_more_rarely(machine: Machine) -> None:
    machine.error = RetryLaterError("machine could not be reached", 5)
    text = written()
    waits = []
    for _number in range(7):
        assert run("vi") == 0
        task = TranslationTask.objects.failed().get()
        assert "could not be reached" in task.error
        assert task.claimed_until is None
        waits.append(round((task.due_at - timezone.now()).total_seconds() / 60))
        later(hours=6)
    assert waits == [1, 4, 16, 64, 256, 360, 360]
    assert task.attempts == 7
    machine.error = None
    assert run("vi") == 1
    assert text.translations.count() == 1
    assert not TranslationTask.objects.exists()


def test_at_most_nine_attempts_in_a_day(machine: Machine) -> None:
    machine.error = RetryLaterError("machine is busy", 1)
    written()
    for minutes in [1] * 120 + [15] * (22 * 4):
        run("vi")
        later(minutes=minutes)
    assert len(machine.asked) == 9


def test_a_server_that_names_a_time_is_not_asked_before(machine: Machine) -> None:
    machine.error = RetryLaterError("machine is used up", 7200)
    written()
    run("vi")
    written("Clean air")
    run("vi")
    later(hours=1)
    run("vi")
    assert len(machine.asked) == 1
    assert TranslationTask.objects.count() == 2
    machine.error = None
    later(hours=1.1)
    assert run("vi") == 2


def test_what_every_engine_refuses_is_tried_again_after_a_day(machine: Machine) -> None:
    machine.error = CannotError("machine: the answer was empty")
    written()
    run("vi")
    later(hours=23)
    run("vi")
    assert len(machine.asked) == 1
    later(hours=2)
    run("vi")
    assert len(machine.asked) == 2


def test_an_engine_that_breaks_stops_nothing(use: Callable[..., None], caplog: pytest.LogCaptureFixture) -> None:
    first, second = Machine("first"), Machine("second", "en-km")
    first.error = ZeroDivisionError("the words of somebody")
    use(first, second)
    written()
    assert run() == 1
    assert TranslationTask.objects.get().error == "first failed (ZeroDivisionError)"


def test_an_engine_that_cannot_say_what_it_speaks_rests(use: Callable[..., None]) -> None:
    class Silent(Machine):
        def translates(self, source: str, target: str) -> bool:
            self.asked.append(Request("", source, target))
            raise RetryLaterError("silent could not be reached", 60)

    silent = Silent("silent")
    use(silent, Machine())
    written()
    assert run() == 2
    assert len(silent.asked) == 1


def test_a_worker_that_is_killed_loses_nothing_and_doubles_nothing(machine: Machine) -> None:
    text = written()
    machine.error = KeyboardInterrupt()  # as a kill, nothing catches it and nothing is tidied up
    with pytest.raises(KeyboardInterrupt):
        run("vi")
    task = TranslationTask.objects.get()
    assert task.claimed_until
    machine.error = None
    assert run("vi") == 0  # it is still taken
    later(minutes=11)
    assert run("vi") == 1
    assert text.translations.count() == 1


def test_a_worker_that_is_killed_before_it_stores_asks_no_second_time(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = written()
    store = duties._store

    def die(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(duties, "_store", die)
    with pytest.raises(KeyboardInterrupt):
        run("vi")
    monkeypatch.setattr(duties, "_store", store)
    later(minutes=11)
    assert run("vi") == 1
    assert text.translations.get().body == "[vi] Clean water"
    assert len(machine.asked) == 1


def test_two_workers_share_the_work(machine: Machine) -> None:
    written()
    written("Clean air")
    inner: list[int] = []

    def other_worker() -> None:
        machine.before = lambda: None
        inner.append(run("vi"))

    machine.before = other_worker
    assert run("vi") + inner[0] == 2
    assert len(machine.asked) == 2
    assert Translation.objects.count() == 2
    assert not TranslationTask.objects.exists()


def test_a_worker_that_was_too_slow_leaves_the_row_to_who_took_over(machine: Machine) -> None:
    text = written()
    TranslationTask.objects.create(text=text, text_version=1, language="vi")
    slow = TranslationTask.objects.get()
    assert slow.claim(timedelta(minutes=-1))
    other = TranslationTask.objects.get()
    assert other.claim(timedelta(minutes=10))
    slow.put_off(timezone.now(), "too slow")
    slow.finish()
    assert not slow.claim(timedelta(minutes=10))
    found = TranslationTask.objects.get()
    assert (found.error, found.claimed_until) == ("", other.claimed_until)


def test_the_same_words_are_asked_once(machine: Machine) -> None:
    written()
    written()
    assert run("vi") == 2
    assert len(machine.asked) == 1
    machine.model = "2"
    written()
    run("vi")
    assert len(machine.asked) == 2


def test_old_answers_are_forgotten(machine: Machine) -> None:
    written()
    run("vi")
    assert forget_answers() == 0
    MachineAnswer.objects.update(made_at=timezone.now() - timedelta(days=31))
    assert forget_answers() == 1


def test_terms_of_the_glossary_are_given_and_asked_for_anew(machine: Machine) -> None:
    written()
    run("vi")
    term = GlossaryTerm.objects.create(language="en", words="water", meaning="What one drinks")
    GlossaryWord.objects.create(term=term, language="vi", words="nước")
    written()
    run("vi")
    assert machine.asked[0].terms == ()
    assert machine.asked[1].terms == (("water", "nước"),)
    assert machine.asked[1].context == "water: What one drinks"


def test_an_engine_without_a_glossary_is_given_none(machine: Machine) -> None:
    machine.takes_terms = False
    term = GlossaryTerm.objects.create(language="en", words="water", meaning="What one drinks")
    GlossaryWord.objects.create(term=term, language="vi", words="nước")
    written()
    run("vi")
    assert (machine.asked[0].terms, machine.asked[0].context) == ((), "")


def test_other_duties_get_their_turn(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(10):
        written(f"Idea {number}")
    assert run("vi") == duties.TEXTS_IN_A_TURN
    monkeypatch.setattr(duties, "SECONDS_OF_A_TURN", -1.0)
    assert run("vi") == 0
    monkeypatch.undo()


def test_what_is_missing_is_looked_for_only_when_something_changed(
    machine: Machine, django_assert_num_queries: Callable[[int], Any]
) -> None:
    written()
    run()
    with django_assert_num_queries(3):  # is anything due, and has anything changed: what is found, what stands beside
        run()
    written("Clean air")
    assert run() == 2


def test_an_answer_that_cannot_be_a_translation_is_not_shown(machine: Machine) -> None:
    machine.body = ""
    written()
    assert run("vi") == 0
    assert TranslationTask.objects.failed().get().error == "machine: the answer was empty"


def test_no_engine_is_asked_within_a_transaction(machine: Machine) -> None:
    open_before = len(connection.savepoint_ids)  # the test is in a transaction itself, an inner one has a savepoint
    within: list[int] = []
    machine.before = lambda: within.append(len(connection.savepoint_ids) - open_before)
    written()
    assert run() == 2
    assert within == [0, 0]
