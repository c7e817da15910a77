"""Machines translate public texts by themselves: each once, none over a person's words, whatever breaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.languages import duties, engines
from intercity.languages.duties import forget_answers, translate_texts
from intercity.languages.engines.contract import Answer, CannotError, EngineError, Request, RetryLaterError
from intercity.languages.models import (
    Complaint,
    Consent,
    Findable,
    FormerTranslation,
    GlossaryTerm,
    GlossaryWord,
    MachineAnswer,
    Passage,
    Text,
    Translation,
    TranslationState,
    TranslationTask,
)

pytestmark = pytest.mark.usefixtures("db")
STATE = TranslationState
CHECKED = TranslationState.CHECKED


class Machine:
    """An engine that puts the target before the words, and counts what it is asked."""

    def __init__(self, name: str = "machine", pairs: str = "en-vi en-km", *, leaves: bool = False) -> None:
        self.name, self.leaves_the_platform, self.takes_terms = name, leaves, True
        self.model = "1"
        self.pairs = {tuple(pair.split("-")) for pair in pairs.split()}
        self.asked: list[Request] = []
        self.error: EngineError | BaseException | None = None
        self.before: Callable[[], object] = lambda: None
        self.body: str | None = None

    def translates(self, source: str, target: str) -> bool:
        return (source, target) in self.pairs

    def translate(self, request: Request) -> Answer:
        self.asked.append(request)
        self.before()
        if self.error:
            raise self.error
        return Answer(f"[{request.target}] {request.text}" if self.body is None else self.body, "1b")


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_planned", "_resting", "_spoken"):
        monkeypatch.setattr(duties, name, {})
    # Answers of these machines are in no language: how they are judged has its own tests.
    monkeypatch.setattr("intercity.languages.engines.guards.known", lambda _code: None)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let these be the engines that the operator chose."""
    return lambda *machines: monkeypatch.setattr(engines, "chosen", lambda: machines)


@pytest.fixture
def machine(use: Callable[..., None]) -> Machine:
    """The only engine, from English to Vietnamese and Khmer."""
    found = Machine()
    use(found)
    return found


changes: Iterator[int] = iter(range(1, 10**9))


def public(text: Text) -> Text:
    """Let a text be found, as the duties of other subjects do."""
    found, _new = Findable.objects.get_or_create(kind="statement", key=str(text.pk))
    Passage.objects.filter(findable=found).delete()
    Passage.objects.create(
        findable=found, text=text, language=text.language, body=text.body, words="", words_by="", change=next(changes)
    )
    return text


def written(body: str = "Clean water", language: str = "en") -> Text:
    return public(Text.objects.create(language=language, body=body))


def rewritten(text: Text, body: str) -> Text:
    text.body, text.version = body, text.version + 1
    text.save()
    return public(text)


def translated(
    text: Text, language: str, body: str = "By a person", state: str = CHECKED, **fields: Any
) -> Translation:
    found = Translation.objects.create(
        text=text, text_version=text.version, language=language, body=body, state=state, **fields
    )
    public(text)
    return found


def run(*languages: str) -> int:
    return translate_texts(languages or ("en", "vi", "km"))


def later(**time: float) -> None:
    """Let time pass for what waits, and for engines that rest."""
    passed = timedelta(**time)
    for task in TranslationTask.objects.all():
        task.due_at -= passed
        task.claimed_until = task.claimed_until and task.claimed_until - passed
        task.save()
    for engine in duties._resting:
        duties._resting[engine] -= passed.total_seconds()


def test_public_texts_are_translated_into_the_languages_wanted(machine: Machine) -> None:
    text = written()
    Text.objects.create(language="en", body="A draft, which nobody finds")
    wanted = Findable.objects.get().wanted
    assert run() == 2
    assert run() == 0
    found = text.translations.get(language="vi")
    assert (found.body, found.state, found.engine, found.model, found.via) == (
        "[vi] Clean water", STATE.MACHINE, "machine", "1b", ""
    )  # fmt: skip
    assert (found.text_version, found.made_by, found.reviewed_by) == (1, None, None)
    assert set(Translation.objects.values_list("text", "language")) == {(text.pk, "vi"), (text.pk, "km")}
    assert not TranslationTask.objects.exists()
    assert Findable.objects.get().wanted == wanted + 2
    assert len(machine.asked) == 2


def test_without_an_engine_nothing_happens(use: Callable[..., None]) -> None:
    use()
    written()
    assert run() == 0
    assert not TranslationTask.objects.exists()


def test_what_no_engine_translates_is_not_noted(machine: Machine) -> None:
    written("ນ້ຳສະອາດ", "lo")
    assert run() == 0
    assert not TranslationTask.objects.exists()
    assert not machine.asked


def test_a_new_version_is_translated_anew_and_the_old_one_kept(machine: Machine) -> None:
    text = written()
    run("vi")
    complaint = Complaint.objects.create(translation=text.translations.get())
    rewritten(text, "Cleaner water")
    assert run("vi") == 1
    found = text.translations.get()
    assert (found.body, found.text_version) == ("[vi] Cleaner water", 2)
    assert FormerTranslation.objects.get().body == "[vi] Clean water"
    complaint.refresh_from_db()
    assert complaint.resolved_at


@pytest.mark.parametrize("state", [STATE.WRITTEN, STATE.CHECKED, STATE.CORRECTED])
def test_no_person_is_overwritten_not_even_an_outdated_one(machine: Machine, state: str) -> None:
    text = written()
    translated(text, "vi", state=state, engine="machine")
    assert run("vi") == 0
    rewritten(text, "Cleaner water")
    assert run("vi") == 0
    assert text.translations.get().body == "By a person"
    assert not machine.asked


def test_a_person_who_is_faster_stays(machine: Machine) -> None:
    text = written()
    machine.before = lambda: Translation.objects.create(
        text=text, text_version=1, language="vi", body="By a person", state=STATE.WRITTEN
    )
    assert run("vi") == 0
    assert text.translations.get().body == "By a person"
    assert not TranslationTask.objects.exists()


def test_words_that_change_meanwhile_are_translated_as_they_are_then(machine: Machine) -> None:
    text = written()
    machine.before = lambda: rewritten(text, "Cleaner water")
    assert run("vi") == 0
    machine.before = lambda: None
    assert run("vi") == 1
    assert text.translations.get().body == "[vi] Cleaner water"


def test_a_text_that_is_no_longer_public_is_not_given_to_a_machine(machine: Machine) -> None:
    text = written()
    TranslationTask.objects.create(text=text, text_version=1, language="vi")
    Passage.objects.all().delete()
    assert run("vi") == 0
    assert not machine.asked
    assert not TranslationTask.objects.exists()


@pytest.mark.parametrize("state", [STATE.WRITTEN, STATE.CHECKED, STATE.CORRECTED])
def test_by_way_of_a_persons_translation(machine: Machine, state: str) -> None:
    text = written("ນ້ຳສະອາດ", "lo")
    translated(text, "en", "Clean water", state=state)
    assert run("en", "fr", "vi") == 1
    found = text.translations.get(language="vi")
    assert (found.body, found.via) == ("[vi] Clean water", "en")
    assert machine.asked[0].source == "en"


def test_what_was_checked_is_read_before_what_was_not(use: Callable[..., None]) -> None:
    use(Machine(pairs="en-vi fr-vi"))
    text = written("ນ້ຳສະອາດ", "lo")
    translated(text, "fr", "Eau propre", state=STATE.WRITTEN)
    translated(text, "en", "Clean water", state=STATE.CHECKED)
    run("en", "fr", "vi")
    assert text.translations.get(language="vi").via == "en"


def test_a_machine_reads_no_machine_and_nothing_outdated(machine: Machine) -> None:
    text = written("ນ້ຳສະອາດ", "lo")
    translated(text, "en", "Clean water", state=STATE.MACHINE)
    other = written("ນ້ຳ", "lo")
    translated(other, "en", "Water")
    rewritten(other, "ນ້ຳດີ")
    assert run("en", "vi") == 0
    assert not machine.asked


def test_the_original_is_read_where_an_engine_can(use: Callable[..., None]) -> None:
    use(Machine("first", "en-vi"), Machine("second", "lo-vi"))
    text = written("ນ້ຳສະອາດ", "lo")
    translated(text, "en", "Clean water")
    run("vi")
    found = text.translations.get(language="vi")
    assert (found.engine, found.via) == ("second", "")


def test_an_engine_that_leaves_the_platform_needs_consent(use: Callable[..., None], ana: Person) -> None:
    abroad, here = Machine("abroad", leaves=True), Machine("here", "en-km")
    use(abroad, here)
    written()
    assert run() == 1
    assert not abroad.asked
    consent = Consent.objects.create(engine="abroad", given_by=ana)
    assert run() == 1
    assert len(abroad.asked) == 1
    consent.withdrawn_at = timezone.now()
    consent.save()
    written("Clean air")
    assert run("vi") == 0
    assert len(abroad.asked) == 1


def test_consent_that_is_withdrawn_meanwhile_holds_at_once(use: Callable[..., None], ana: Person) -> None:
    abroad = Machine("abroad", "en-vi en-km", leaves=True)
    use(abroad)
    Consent.objects.create(engine="abroad", given_by=ana)
    written()
    abroad.before = lambda: Consent.objects.update(withdrawn_at=timezone.now())
    assert run() == 1
    assert len(abroad.asked) == 1


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
    with django_assert_num_queries(2):  # has anything changed, and is anything due
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
