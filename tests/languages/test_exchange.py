"""Files go to translators elsewhere and come back: each row is taken, left or refused, and none lost in silence."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests import cast
from tests.languages.public import public, translated

from intercity.accounts.models import Person, Role
from intercity.audit.models import Entry
from intercity.cities.models import Network
from intercity.languages import actions
from intercity.languages.actions import Imported, exchanging
from intercity.languages.models import Findable, FormerTranslation, Text, Translation
from intercity.refusals import RefusedError

KHMER, BETTER = "ទឹកស្អាត", "ទឹកស្អាតសម្រាប់ទាំងអស់គ្នា"
BOTH = pytest.mark.parametrize("form", ["po", "xliff"])


@pytest.fixture
def dara(network: Network) -> Person:
    """Dara translates, and sends files."""
    return cast.person("Dara", Role.TRANSLATOR)


@pytest.fixture
def eli(network: Network) -> Person:
    """Eli translates here."""
    return cast.person("Eli", Role.TRANSLATOR)


@pytest.fixture
def text(network: Network) -> Text:
    """An original that everybody can find."""
    return public("Clean water for all.")


class File:
    """A file as it was fetched, to be changed as a translator's program would."""

    def __init__(self, person: Person, form: str = "po", *, everything: bool = True) -> None:
        self.exported = actions.export_translations(person, "km", form, everything=everything)
        self.form, self.words = form, self.exported.content.decode()

    def put(self, before: str, after: str, *, finished: bool = True) -> File:
        """Words in the place of others, or of none."""
        if self.form == "po":
            self.words = self.words.replace(f'msgstr "{before}"\n\n', f'msgstr "{after}"\n\n', 1)
            return self.finish() if finished else self
        if before:
            state = "translated" if finished else "needs-translation"
            self.words = self.words.replace(f">{before}</target>", f">{after}</target>", 1)
            self.words = self.words.replace('state="needs-review-translation"', f'state="{state}"', 1)
        else:
            self.words = self.words.replace("</source>\n<note", f"</source>\n<target>{after}</target>\n<note", 1)
        return self

    def finish(self) -> File:
        """As if everything had been reviewed."""
        if self.form == "po":
            self.words = self.words.replace("#, fuzzy\n", "")
        else:
            self.words = self.words.replace('state="needs-review-translation"', 'state="final"')
        return self

    def forget_marks(self) -> File:
        """Some programs drop what they do not know."""
        lines = (line for line in self.words.splitlines() if "intercity-mark" not in line)
        self.words = "\n".join(lines) + "\n"
        return self

    def send(self, person: Person) -> Imported:
        """Back to where it came from."""
        ending = {"po": "po", "xliff": "xlf"}[self.form]
        return actions.import_translations(person, self.words.encode(), f"from Phnom Penh.{ending}")


def counts(done: Imported) -> dict[str, int]:
    """What became of the rows, zeros left out."""
    found = {name: getattr(done, name) for name in ("written", "corrected", "checked", "unchanged", "empty")}
    return {name: number for name, number in {**found, "refused": len(done.refused)}.items() if number}


@BOTH
def test_an_untranslated_text_goes_and_comes_back_written(text: Text, dara: Person, form: str) -> None:
    before = Findable.objects.get().wanted
    done = File(dara, form).put("", KHMER).send(dara)
    assert (counts(done), done.language) == ({"written": 1}, "km")
    made = Translation.objects.get()
    assert (made.body, made.state, made.made_by, made.text_version) == (KHMER, "written", dara, 1)
    assert Findable.objects.get().wanted == before + 1
    entry = Entry.objects.get(action="translations.imported")
    assert entry.details == {"language": "km", "written": 1, "corrected": 0, "checked": 0, "refused": 0}


@BOTH
def test_a_file_that_nobody_touched_changes_nothing(text: Text, dara: Person, eli: Person, form: str) -> None:
    translated(text, KHMER)
    translated(public("More shade."), "ម្លប់", state="written", engine="", made_by=eli)
    translated(public("Buses."), "ឡានក្រុង", state="checked", engine="", made_by=eli, reviewed_by=eli)
    translated(public("Old words."), "ពាក្យចាស់", text_version=0)
    public("Not translated.")
    before = list(Translation.objects.values().order_by("pk"))
    done = File(dara, form).send(dara)
    assert counts(done) == {"unchanged": 4, "empty": 1}
    assert list(Translation.objects.values().order_by("pk")) == before
    assert not FormerTranslation.objects.exists()


@BOTH
def test_better_words_for_a_machines_are_a_correction(text: Text, dara: Person, form: str) -> None:
    translated(text, KHMER)
    done = File(dara, form).put(KHMER, BETTER).send(dara)
    assert counts(done) == {"corrected": 1}
    made = Translation.objects.get()
    assert (made.body, made.state, made.engine, made.reviewed_by) == (BETTER, "corrected", "test-engine", dara)


@BOTH
def test_sent_twice_is_sent_once_and_nobody_checks_it_by_sending_it_too(
    text: Text, dara: Person, eli: Person, form: str
) -> None:
    file = File(dara, form).put("", KHMER).finish()
    file.send(dara)
    for somebody in (dara, eli):
        assert counts(file.send(somebody)) == {"unchanged": 1}
    assert Translation.objects.get().state == "written"


@BOTH
def test_words_that_come_back_as_reviewed_are_checked_by_who_sends_them(text: Text, dara: Person, form: str) -> None:
    translated(text, KHMER)
    done = File(dara, form).finish().send(dara)
    assert counts(done) == {"checked": 1}
    made = Translation.objects.get()
    assert (made.body, made.state, made.reviewed_by) == (KHMER, "checked", dara)


@BOTH
def test_nobody_checks_their_own_words_by_a_file(text: Text, dara: Person, eli: Person, form: str) -> None:
    actions.translate(dara, text, "km", KHMER, 1)
    file = File(dara, form).finish()
    assert counts(file.send(dara)) == {"unchanged": 1}
    assert counts(file.send(eli)) == {"checked": 1}


@BOTH
def test_an_original_that_changed_meanwhile_is_said_and_the_words_come_back(
    text: Text, dara: Person, form: str
) -> None:
    file = File(dara, form).put("", KHMER)
    actions.rewrite_text(text, "Water for all.")
    done = file.send(dara)
    assert counts(done) == {"refused": 1}
    (refused,) = done.refused
    assert "original has been changed since" in refused.why
    assert refused.words == KHMER
    assert refused.where
    assert not Translation.objects.exists()


@BOTH
def test_what_was_corrected_here_meanwhile_stays(text: Text, dara: Person, eli: Person, form: str) -> None:
    found = translated(text, KHMER)
    untouched, touched = File(dara, form), File(dara, form).put(KHMER, BETTER)
    actions.correct(eli, found, "ទឹកល្អ", 1)
    assert counts(untouched.send(dara)) == {"unchanged": 1}
    assert counts(untouched.finish().send(dara)) == {"unchanged": 1}, "a review of words that are no longer there"
    done = touched.send(dara)
    assert counts(done) == {"refused": 1}
    assert "Somebody changed this translation since the file was made. It now says: “ទឹកល្អ”" in done.refused[0].why
    assert Translation.objects.get().body == "ទឹកល្អ"


@BOTH
def test_what_was_translated_here_meanwhile_stays(text: Text, dara: Person, eli: Person, form: str) -> None:
    file = File(dara, form).put("", BETTER)
    actions.translate(eli, text, "km", KHMER, 1)
    assert counts(file.send(dara)) == {"refused": 1}
    assert Translation.objects.get().body == KHMER


@BOTH
def test_what_a_machine_made_meanwhile_gives_way_to_a_person(text: Text, dara: Person, form: str) -> None:
    file = File(dara, form).put("", BETTER)
    translated(text, KHMER)
    assert counts(file.send(dara)) == {"written": 1}
    made = Translation.objects.get()
    assert (made.body, made.engine, made.made_by) == (BETTER, "", dara)


@BOTH
def test_unfinished_words_replace_a_machines_and_no_persons(text: Text, dara: Person, eli: Person, form: str) -> None:
    found = translated(text, KHMER)
    assert counts(File(dara, form).put(KHMER, BETTER, finished=False).send(dara)) == {"written": 1}
    found.refresh_from_db()
    assert (found.state, found.engine) == ("written", "")
    done = File(eli, form).put(BETTER, "ទឹកល្អ", finished=False).send(eli)
    assert counts(done) == {"refused": 1}
    assert "unfinished" in done.refused[0].why


@BOTH
def test_an_outdated_translation_that_is_still_right_is_written_anew(text: Text, dara: Person, form: str) -> None:
    translated(text, KHMER, text_version=0)
    assert counts(File(dara, form).finish().send(dara)) == {"written": 1}
    assert Translation.objects.get().text_version == 1


@BOTH
def test_a_program_that_drops_marks_overwrites_no_other_person(
    text: Text, dara: Person, eli: Person, form: str
) -> None:
    found = translated(text, KHMER)
    assert counts(File(dara, form).forget_marks().put(KHMER, BETTER).send(dara)) == {"written": 1}
    assert counts(File(dara, form).forget_marks().put(BETTER, "ទឹកល្អ").send(dara)) == {"corrected": 1}
    assert counts(File(eli, form).forget_marks().put("ទឹកល្អ", BETTER).send(eli)) == {"refused": 1}
    found.refresh_from_db()
    assert found.body == "ទឹកល្អ"


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda words: words.replace("text-", "text-9"), "names no text that is here"),
        (lambda words: words.replace("msgctxt", "# "), "names no text that is here"),
        (lambda words: words.replace("Clean water", "Dirty water"), "original in the file is not the one"),
        (lambda words: words.replace("-v1", "-v9"), "original has been changed"),
        (lambda words: words + words.partition("\n\n")[2], "more than once"),
        (lambda words: words.replace('msgstr "ទ', 'msgid_plural "x"\nmsgstr[0] "ទ'), "plural"),
        (lambda words: words.replace('msgstr "ទ', f'msgstr "{"ក" * 2001}ទ'), "2009 characters"),
    ],
)
def test_rows_that_cannot_be_taken_say_where_and_why(
    text: Text, dara: Person, change: Callable[[str], str], says: str
) -> None:
    file = File(dara).put("", KHMER)
    file.words = change(file.words)
    (refused,) = file.send(dara).refused
    assert says in refused.why
    assert "line" in refused.where


def test_one_bad_row_costs_no_other(dara: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanging, "AT_ONCE", 3)
    texts = [public(f"Idea {number}.") for number in range(10)]
    file = File(dara)
    for number in range(10):
        file.put("", f"គំនិត {number}")
    actions.rewrite_text(texts[4], "Another idea.")
    done = file.send(dara)
    assert counts(done) == {"written": 9, "refused": 1}
    assert done.refused[0].words == "គំនិត 4"


def test_spaces_and_accents_of_an_original_may_come_back_otherwise(dara: Person) -> None:
    public("Nước sạch\ncho mọi người", "vi")
    file = File(dara)
    file.words = file.words.replace("Nước", "Nu\u031bo\u031b\u0301c").replace("sạch\\n", "sạch ")
    assert counts(file.put("", KHMER).send(dara)) == {"written": 1}


def test_control_characters_are_left_out_and_told(text: Text, dara: Person) -> None:
    done = File(dara).put("", f"{KHMER}\x07").send(dara)
    assert counts(done) == {"written": 1}
    assert Translation.objects.get().body == KHMER
    assert ["Control characters" in one.why for one in done.told] == [True]


def test_an_original_with_what_xml_cannot_hold_is_counted_and_still_comes_back(dara: Person) -> None:
    public("Bell\x07 rings")
    file = File(dara, "xliff")
    assert file.exported.altered == 1
    assert counts(file.put("", KHMER).send(dara)) == {"written": 1}


@pytest.mark.parametrize(
    ("language", "expected", "says"),
    [("", "", "does not say into which language"), ("fr", "", "“fr” is not a language of the network"),
     ("xx_YY", "", "not a language of the network"), ("km", "en", "was expected"), ("en", "km", "was expected")],
)  # fmt: skip
def test_a_file_of_another_language(text: Text, dara: Person, language: str, expected: str, says: str) -> None:
    words = File(dara).put("", KHMER).words.replace("Language: km", f"Language: {language}")
    with pytest.raises(RefusedError, match=says) as refused:
        actions.import_translations(dara, words.encode(), "a.po", language=expected)
    assert refused.value.field == "file"
    assert not Translation.objects.exists()
    assert not Entry.objects.filter(action="translations.imported").exists()


def test_a_file_into_the_language_of_the_original(text: Text, dara: Person) -> None:
    words = File(dara).put("", KHMER).words.replace("Language: km", "Language: en")
    done = actions.import_translations(dara, words.encode(), "a.po")
    assert ["in this language already" in one.why for one in done.refused] == [True]


def test_a_code_that_a_program_changed_means_the_same(network: Network, dara: Person) -> None:
    network.languages = ["en", "zh-hans"]
    network.save()
    public("Clean water.")
    exported = actions.export_translations(dara, "zh-Hans")
    words = exported.content.decode().replace("Language: zh_Hans", "Language: zh_CN")
    words = words.replace('msgid "Clean water."\nmsgstr ""', 'msgid "Clean water."\nmsgstr "清洁的水"')
    assert counts(actions.import_translations(dara, words.encode(), "a.po")) == {"written": 1}
    assert Translation.objects.get().language == "zh-hans"


def test_what_a_file_holds(dara: Person, text: Text) -> None:
    Text.objects.create(language="en", body="A draft that nobody sees.")
    public("ទឹក", "km")
    translated(public("Done."), "ចប់", state="checked")
    actions.add_term(dara, language="en", words="clean water", translations={"km": "ទឹកស្អាត"})
    exported = actions.export_translations(dara, "km")
    words = exported.content.decode()
    assert (exported.name, exported.number, exported.left, exported.altered) == ("intercity-km.po", 1, 0, 0)
    assert "gettext" in exported.content_type
    assert f'msgctxt "text-{text.pk}-v1"' in words
    assert "#: /dialogues/\n" in words
    assert "#. Glossary: clean water → ទឹកស្អាត" in words
    assert "#. The original is in English." in words
    assert "draft" not in words
    assert "Done." not in words
    assert "Done." in actions.export_translations(dara, "km", everything=True).content.decode()


def test_the_most_urgent_go_first_and_what_is_left_is_said(dara: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanging, "MOST_ROWS", 2)
    for number in range(4):
        public(f"Idea {number}.")
    translated(public("Wrong."), "ខុស", wrong=1)
    exported = actions.export_translations(dara, "km")
    assert (exported.number, exported.left) == (2, 3)
    assert "Wrong." in exported.content.decode()


@pytest.mark.parametrize(("language", "form", "field"), [("km", "docx", "format"), ("th", "po", "language")])
def test_what_cannot_be_fetched(dara: Person, language: str, form: str, field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        actions.export_translations(dara, language, form)
    assert refused.value.field == field


def test_a_large_file_asks_little_of_the_database(dara: Person, django_assert_max_num_queries: object) -> None:
    for number in range(60):
        translated(public(f"Idea {number}."), f"គំនិត {number}")
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        file = File(dara)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        assert counts(file.send(dara)) == {"unchanged": 60}
