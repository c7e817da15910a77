"""Machines translate public texts by themselves: each once, and none over a person's words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from tests.languages.machines.machine import Machine, rewritten, run, translated, written

from intercity.accounts.models import Person
from intercity.languages import duties
from intercity.languages.engines.contract import RetryLaterError
from intercity.languages.models import (
    Beside,
    Complaint,
    Consent,
    Findable,
    FormerTranslation,
    Passage,
    Text,
    Translation,
    TranslationState,
    TranslationTask,
)

STATE = TranslationState


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


def beside(text: Text, body: str) -> Text:
    """Words that stand on the page of what is found by a text, and by which nothing is found."""
    found = Text.objects.create(language="en", body=body)
    findable = Findable.objects.get(passages__text=text)
    Beside.objects.create(findable=findable, text=found, text_version=1)
    return found


def test_what_stands_beside_is_translated_after_what_is_found(machine: Machine) -> None:
    first = beside(written(), "What helped")
    second = written("Clean air")
    assert run("vi") == 3
    assert [one.text for one in machine.asked] == ["Clean water", "Clean air", "What helped"]
    assert first.translations.get().body == "[vi] What helped"
    assert run("vi") == 0
    later = beside(second, "What was asked")
    assert run("vi") == 1
    assert later.translations.get().state == STATE.MACHINE


def test_what_stands_beside_waits_while_machines_are_busy(machine: Machine) -> None:
    for number in range(9):
        text = written(f"Street {number}")
    beside(text, "What helped")
    run("vi")
    written("Clean air")
    beside(text, "What was asked")
    for _turn in range(3):
        run("vi")
    said = [one.text for one in machine.asked]
    assert said[9:] == ["What helped", "Clean air", "What was asked"]


def test_what_stands_beside_is_planned_a_few_at_a_time(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duties, "BESIDE_IN_A_TURN", 2)
    text = written()
    for number in range(5):
        beside(text, f"Part {number}")
    assert [run("vi") for _turn in range(4)] == [3, 2, 1, 0]


def test_what_stands_beside_no_more_is_not_translated(machine: Machine) -> None:
    machine.error = RetryLaterError("full", 0)
    text = beside(written(), "What helped")
    run("vi")
    machine.error = None
    TranslationTask.objects.update(due_at=timezone.now())
    run("vi")
    Beside.objects.all().delete()
    TranslationTask.objects.update(due_at=timezone.now())
    run("vi")
    assert not text.translations.exists()
