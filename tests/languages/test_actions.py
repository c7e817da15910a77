"""Keeping people's words: normalised, with what was typed, and every change as a version of its own."""

from __future__ import annotations

import pytest

from intercity.audit.models import Entry
from intercity.languages import actions
from intercity.languages.models import Findable, Kind, LanguageSaidBy, Passage, Text, Translation
from intercity.languages.wanting import want

pytestmark = pytest.mark.usefixtures("db")

ZAWGYI = "ျမန္မာႏိုင္ငံမွာ ေရသန္႔ လိုတယ္။"


def shown(text: Text) -> Findable:
    """Something that is found by these words, indexed once."""
    want(Kind.STATEMENT, [text.pk])
    found = Findable.objects.get(kind=Kind.STATEMENT, key=str(text.pk))
    Passage.objects.create(
        findable=found, text=text, language=text.language, body=text.body, words="", words_by="", change=text.pk
    )
    return found


def test_words_are_kept_as_they_came_and_nothing_beside_them() -> None:
    text = actions.write_text("km", "យើងត្រូវការទឹកស្អាត។")
    text.refresh_from_db()
    assert (text.body, text.typed, text.version, text.language) == ("យើងត្រូវការទឹកស្អាត។", "", 1, "km")
    assert text.language_said_by == LanguageSaidBy.AUTHOR


def test_who_said_the_language_is_kept() -> None:
    text = actions.write_text("km", "ទឹក", said_by=LanguageSaidBy.DETECTOR)
    assert Text.objects.get(pk=text.pk).language_said_by == "detector"


def test_burmese_in_zawgyi_becomes_unicode_and_what_was_typed_stays_beside_it() -> None:
    text = actions.write_text("my", ZAWGYI)
    text.refresh_from_db()
    assert text.typed == ZAWGYI
    assert text.body.startswith("မြန်မာနိုင်ငံ")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  We need shade. \r\nMore trees.\r", "We need shade. \nMore trees."),
        ("Tie\u0302\u0301ng Vie\u0302\u0323t", "Tiếng Việt"),
        ("soft\u00adware \u202estays\u202c", "software stays"),
        ("\x00null\x07bell", "nullbell"),
    ],
)
def test_what_nobody_sees_is_changed_without_keeping_it_twice(typed: str, kept: str) -> None:
    text = actions.write_text("en", typed)
    text.refresh_from_db()
    assert (text.body, text.typed) == (kept, "")


def test_writing_makes_no_entry_of_its_own() -> None:
    actions.rewrite_text(actions.write_text("en", "One"), "Two")
    assert not Entry.objects.exists()


def test_other_words_are_the_next_version_and_outdate_their_translations() -> None:
    text = actions.write_text("en", "Clean water")
    Translation.objects.create(text=text, text_version=1, language="km", body="ទឹកស្អាត")
    found = shown(text)
    again = actions.rewrite_text(text, "Clean water for all")
    assert again is text
    text.refresh_from_db()
    assert (text.version, text.body) == (2, "Clean water for all")
    assert [one.is_outdated for one in text.translations.all()] == [True]
    before = found.wanted
    found.refresh_from_db()
    assert found.wanted == before + 1, "what is found by these words is built anew"


def test_the_same_words_are_no_new_version() -> None:
    text = actions.write_text("en", "Clean water")
    actions.rewrite_text(text, " Clean water\r\n")
    assert Text.objects.get(pk=text.pk).version == 1


def test_another_language_is_a_new_version_too_since_machines_read_it_as_the_old_one() -> None:
    text = actions.write_text("id", "Air bersih", said_by=LanguageSaidBy.DETECTOR)
    actions.rewrite_text(text, "Air bersih", language="ms")
    text.refresh_from_db()
    assert (text.version, text.language, text.language_said_by) == (2, "ms", LanguageSaidBy.AUTHOR)


def test_who_said_the_language_stays_where_only_the_words_change() -> None:
    text = actions.write_text("id", "Air bersih", said_by=LanguageSaidBy.DETECTOR)
    actions.rewrite_text(text, "Air bersih untuk semua")
    assert Text.objects.get(pk=text.pk).language_said_by == LanguageSaidBy.DETECTOR


def test_two_who_rewrite_the_same_version_make_two() -> None:
    first = actions.write_text("en", "One")
    second = Text.objects.get(pk=first.pk)
    actions.rewrite_text(first, "Two")
    actions.rewrite_text(second, "Three")
    second.refresh_from_db()
    assert (second.version, second.body) == (3, "Three")


def test_what_was_typed_before_goes_with_it() -> None:
    text = actions.write_text("my", ZAWGYI)
    actions.rewrite_text(text, "ရေသန့်")
    assert Text.objects.get(pk=text.pk).typed == ""
