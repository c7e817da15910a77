"""What translators do to one text: states, versions, second persons, and taking a change back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.utils import timezone
from tests import cast
from tests.languages.public import public, translated

from intercity.accounts.models import Person, Role
from intercity.audit.models import Entry
from intercity.cities.models import City
from intercity.languages import actions
from intercity.languages.models import Complaint, Findable, FormerTranslation, Text, Translation, TranslationTask
from intercity.refusals import RefusedError

KHMER, BETTER = "ទឹកស្អាត", "ទឹកស្អាតសម្រាប់ទាំងអស់គ្នា"


@pytest.fixture
def text(ana: Person) -> Text:
    """An original that everybody can find."""
    return public("Clean water for all.")


@pytest.fixture
def dara(northport: City) -> Person:
    """Dara translates for one city."""
    return cast.person("Dara", Role.TRANSLATOR, city=northport)


@pytest.fixture
def eli(network: object) -> Person:
    """Eli translates for the network."""
    return cast.person("Eli", Role.TRANSLATOR)


def entries() -> list[str]:
    return list(Entry.objects.filter(action__contains="transl").values_list("action", flat=True))


def test_what_a_person_translates_is_written_and_waits_for_another(text: Text, dara: Person) -> None:
    TranslationTask.objects.create(text=text, text_version=1, language="km")
    before = Findable.objects.get().wanted
    made = actions.translate(dara, text, "km", f" {KHMER}\r\n", 1)
    made.refresh_from_db()
    assert (made.body, made.state, made.engine, made.made_by, made.text_version) == (KHMER, "written", "", dara, 1)
    assert text.words("km").awaits_review
    assert not TranslationTask.objects.exists(), "no machine needs to translate it any more"
    assert Findable.objects.get().wanted == before + 1
    assert entries() == ["translation.written"]
    assert Entry.objects.get(action="translation.written").details == {"language": "km", "version": 1}


@pytest.mark.parametrize(
    ("language", "body", "version", "field", "says"),
    [
        ("km", " \n\u200b", 1, "body", "Write the translation"),
        ("km", "\x07", 1, "body", "Write the translation"),
        ("km", "ក" * 2001, 1, "body", "2001 characters"),
        ("en", KHMER, 1, "language", "in this language already"),
        ("xx", KHMER, 1, "language", "“xx” is not a language of the network. These are: en, km."),
        ("th", KHMER, 1, "language", "not a language of the network"),
        ("km", KHMER, 0, "version", "changed since you opened it"),
        ("km", KHMER, 2, "version", "changed since you opened it"),
    ],
)
def test_what_is_refused(
    text: Text, dara: Person, language: str, body: str, version: int, field: str, says: str
) -> None:
    with pytest.raises(RefusedError, match=says) as refused:
        actions.translate(dara, text, language, body, version)
    assert refused.value.field == field
    assert not Translation.objects.exists()
    assert not entries()


def test_a_long_original_may_have_a_longer_translation(dara: Person) -> None:
    long = public("word " * 500)
    assert actions.translate(dara, long, "km", "ក" * 4000, 1).pk


def test_codes_are_those_of_the_network_however_they_are_typed(text: Text, dara: Person) -> None:
    assert actions.translate(dara, text, " KM ", KHMER, 1).language == "km"


def test_words_that_changed_meanwhile_are_said(text: Text, dara: Person) -> None:
    actions.rewrite_text(Text.objects.get(pk=text.pk), "Clean water for everybody.")
    with pytest.raises(RefusedError, match="changed since"):
        actions.translate(dara, text, "km", KHMER, 1)
    assert actions.translate(dara, text, "km", KHMER, 2).text_version == 2


def test_a_text_that_is_gone_is_said(text: Text, dara: Person) -> None:
    key = text.pk
    Text.objects.filter(pk=key).delete()
    with pytest.raises(RefusedError, match="deleted"):
        actions.translate(dara, text, "km", KHMER, 1)


def test_a_machines_translation_is_replaced_and_kept(text: Text, dara: Person) -> None:
    machine = translated(text, KHMER, wrong=1)
    made = actions.translate(dara, text, "km", BETTER, 1)
    assert (made.pk, made.state, made.engine, made.model, made.made_by) == (machine.pk, "written", "", "", dara)
    former = FormerTranslation.objects.get()
    assert (former.body, former.state, former.engine, former.replaced_by) == (KHMER, "machine", "test-engine", dara)
    assert not Complaint.objects.filter(resolved_at=None).exists(), "other words: the complaint is met"


def test_exactly_a_machines_words_are_a_check_of_them_and_its_name_stays(text: Text, dara: Person) -> None:
    translated(text, KHMER)
    made = actions.translate(dara, text, "km", KHMER, 1)
    assert (made.state, made.engine, made.reviewed_by) == ("checked", "test-engine", dara)


@pytest.mark.parametrize("state", ["written", "checked", "corrected"])
def test_another_persons_translation_is_not_replaced_unseen(text: Text, dara: Person, eli: Person, state: str) -> None:
    translated(text, KHMER, state=state, engine="", made_by=eli)
    with pytest.raises(RefusedError, match="Somebody has translated this meanwhile") as refused:
        actions.translate(dara, text, "km", BETTER, 1)
    assert refused.value.field == "body"
    assert Translation.objects.get().body == KHMER


def test_ones_own_may_be_written_anew(text: Text, dara: Person) -> None:
    actions.translate(dara, text, "km", KHMER, 1)
    made = actions.translate(dara, text, "km", BETTER, 1)
    assert (made.body, made.state, FormerTranslation.objects.get().body) == (BETTER, "written", KHMER)


def test_an_outdated_one_is_replaced_whoever_wrote_it_and_kept(text: Text, dara: Person, eli: Person) -> None:
    translated(text, KHMER, state="checked", engine="", made_by=eli, text_version=0)
    made = actions.translate(dara, text, "km", BETTER, 1)
    assert (made.text_version, made.state, made.made_by, made.reviewed_by) == (1, "written", dara, None)
    assert FormerTranslation.objects.get().made_by == eli


@pytest.mark.parametrize("engine", ["", "test-engine"])
def test_checking_what_another_or_a_machine_made(text: Text, dara: Person, eli: Person, engine: str) -> None:
    state = "machine" if engine else "written"
    found = translated(text, KHMER, state=state, engine=engine, made_by=None if engine else eli, wrong=2)
    before = Findable.objects.get().wanted
    checked = actions.check(dara, found, 1)
    assert (checked.state, checked.reviewed_by, checked.engine, checked.body) == ("checked", dara, engine, KHMER)
    assert checked.reviewed_at is not None
    assert not text.words("km").awaits_review
    assert Complaint.objects.filter(resolved_by=dara).count() == 2
    assert Findable.objects.get().wanted == before + 1
    assert entries() == ["translation.checked"]


def test_nobody_checks_their_own_words(text: Text, dara: Person) -> None:
    made = actions.translate(dara, text, "km", KHMER, 1)
    with pytest.raises(RefusedError, match="Another person has to check it"):
        actions.check(dara, made, 1)
    assert Translation.objects.get().state == "written"


def test_a_second_press_changes_nothing(text: Text, dara: Person) -> None:
    found = translated(text, KHMER)
    for _press in range(2):
        actions.check(dara, found, 1)
    assert entries() == ["translation.checked"]
    assert FormerTranslation.objects.count() == 1


def test_checking_again_resolves_new_complaints_and_keeps_the_correction(
    text: Text, dara: Person, eli: Person
) -> None:
    found = actions.correct(dara, translated(text, KHMER), BETTER, 1)
    Complaint.objects.create(translation=found)
    again = actions.check(eli, found, 1)
    assert (again.state, again.reviewed_by) == ("corrected", dara)
    assert Complaint.objects.get().resolved_by == eli


Attempt = Callable[[Person, Translation, int, str], object]
BOTH: list[Attempt] = [
    lambda who, found, version, seen: actions.check(who, found, version, seen=seen),
    lambda who, found, version, seen: actions.correct(who, found, BETTER, version, seen=seen),
]


@pytest.mark.parametrize("attempt", BOTH)
def test_nobody_reviews_what_they_have_not_seen(text: Text, dara: Person, eli: Person, attempt: Attempt) -> None:
    found = translated(text, KHMER)
    actions.correct(eli, found, "ទឹកល្អ", 1)
    with pytest.raises(RefusedError, match="Somebody changed this translation meanwhile"):
        attempt(dara, found, 1, KHMER)
    with pytest.raises(RefusedError, match="changed since you opened it"):
        attempt(dara, found, 2, "ទឹកល្អ")
    actions.rewrite_text(text, "Clean water for everybody.")
    with pytest.raises(RefusedError, match="older words"):
        attempt(dara, found, 2, "ទឹកល្អ")
    actions.undo(eli, found)
    Translation.objects.all().delete()
    with pytest.raises(RefusedError, match="taken back"):
        attempt(dara, found, 2, KHMER)


@pytest.mark.parametrize("attempt", BOTH)
def test_lines_that_a_browser_sent_back_are_those_that_were_seen(text: Text, dara: Person, attempt: Attempt) -> None:
    attempt(dara, translated(text, "ទឹក\nស្អាត"), 1, "ទឹក\r\nស្អាត\r\n")
    assert Translation.objects.get().state in {"checked", "corrected"}


def test_a_correction_keeps_who_or_what_made_it(text: Text, dara: Person) -> None:
    found = actions.correct(dara, translated(text, KHMER, wrong=1), BETTER, 1)
    found.refresh_from_db()
    assert (found.body, found.state, found.engine, found.model) == (BETTER, "corrected", "test-engine", "7")
    assert (found.reviewed_by, found.made_by) == (dara, None)
    assert Complaint.objects.get().resolved_by == dara
    assert entries() == ["translation.corrected"]


def test_a_correction_with_the_same_words_is_a_check(text: Text, dara: Person) -> None:
    assert actions.correct(dara, translated(text, KHMER), KHMER, 1).state == "checked"


@pytest.mark.parametrize("body", ["", " ", "ក" * 2001])
def test_a_correction_needs_words(text: Text, dara: Person, body: str) -> None:
    found = translated(text, KHMER)
    with pytest.raises(RefusedError) as refused:
        actions.correct(dara, found, body, 1)
    assert refused.value.field == "body"
    assert Translation.objects.get().body == KHMER


def test_who_corrects_their_own_words_waits_for_another_again(text: Text, dara: Person, eli: Person) -> None:
    found = actions.check(eli, actions.translate(dara, text, "km", KHMER, 1), 1)
    found = actions.correct(dara, found, BETTER, 1)
    found.refresh_from_db()
    assert (found.state, found.reviewed_by, found.body) == ("written", None, BETTER)
    same = actions.correct(dara, found, BETTER, 1)
    assert same.state == "written", "the same words once more are no second look"


def test_undo_of_a_first_translation_takes_it_away(text: Text, dara: Person) -> None:
    made = actions.translate(dara, text, "km", KHMER, 1)
    assert actions.undo(dara, made) is None
    assert not Translation.objects.exists()
    assert entries() == ["translation.written", "translation.taken_back"]
    with pytest.raises(RefusedError, match="taken back"):
        actions.undo(dara, made)


@pytest.mark.parametrize("what", ["check", "correct", "translate"])
def test_undo_puts_everything_back(text: Text, dara: Person, what: str) -> None:
    found = translated(text, KHMER, wrong=1)
    before = Translation.objects.values().get()
    if what == "check":
        actions.check(dara, found, 1)
    elif what == "correct":
        actions.correct(dara, found, BETTER, 1)
    else:
        actions.translate(dara, text, "km", BETTER, 1)
    assert Translation.objects.values().get() != before
    wanted = Findable.objects.get().wanted
    actions.undo(dara, found)
    assert Translation.objects.values().get() == before
    assert Complaint.objects.get().resolved_at is None, "the complaint waits again"
    assert not FormerTranslation.objects.exists()
    assert Findable.objects.get().wanted == wanted + 1


def test_several_of_ones_own_changes_are_undone_one_after_the_other(text: Text, dara: Person) -> None:
    found = translated(text, KHMER)
    actions.check(dara, found, 1)
    found.refresh_from_db()
    actions.correct(dara, found, BETTER, 1)
    actions.undo(dara, found)
    assert Translation.objects.get().state == "checked"
    actions.undo(dara, found)
    assert Translation.objects.get().state == "machine"
    with pytest.raises(RefusedError, match="Only your own last change"):
        actions.undo(dara, found)


def test_what_another_did_is_not_undone(text: Text, dara: Person, eli: Person, ana: Person) -> None:
    found = actions.check(eli, actions.translate(dara, text, "km", KHMER, 1), 1)
    for somebody in (dara, ana):
        with pytest.raises(RefusedError, match="Only your own last change"):
            actions.undo(somebody, found)


def test_what_a_machine_changed_since_is_not_undone(text: Text, dara: Person) -> None:
    found = actions.correct(dara, translated(text, KHMER), BETTER, 1)
    actions.rewrite_text(text, "Water.")
    now = found.made_at.replace(year=found.made_at.year + 1)
    FormerTranslation.objects.keep(found, None, now)
    Translation.objects.update(
        body="ទឹក", state="machine", text_version=2, made_at=now, reviewed_by=None, reviewed_at=None
    )
    with pytest.raises(RefusedError, match="Only your own last change"):
        actions.undo(dara, found)


@pytest.mark.parametrize("has_history", [True, False])
def test_a_change_whose_before_was_not_kept_is_not_undone(text: Text, dara: Person, has_history: bool) -> None:
    found = translated(text, KHMER)
    if has_history:
        actions.check(dara, found, 1)
    Translation.objects.update(body=BETTER, state="corrected", reviewed_by=dara, reviewed_at=timezone.now())
    with pytest.raises(RefusedError, match="Only your own last change"):
        actions.undo(dara, found)
    assert Translation.objects.get().body == BETTER


def test_complaints_may_be_found_without_reason_by_a_second_person(text: Text, dara: Person, eli: Person) -> None:
    made = actions.translate(dara, text, "km", KHMER, 1)
    Complaint.objects.create(translation=made)
    with pytest.raises(RefusedError, match="let another person decide"):
        actions.resolve_complaints(dara, made)
    assert actions.resolve_complaints(eli, made) == 1
    assert actions.resolve_complaints(eli, made) == 0
    assert Complaint.objects.get().resolved_by == eli
    assert Translation.objects.get().state == "written", "the words were not checked by that"
    assert Entry.objects.filter(action="complaints.resolved").count() == 1


def test_words_that_go_from_the_platform_go_from_the_history(text: Text, dara: Person) -> None:
    actions.translate(dara, text, "km", KHMER, 1)
    actions.translate(dara, text, "km", BETTER, 1)
    text.delete()
    assert not FormerTranslation.objects.exists()
    assert all(KHMER not in str(entry.details) for entry in Entry.objects.all())
