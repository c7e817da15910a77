"""The glossary of the network: agreed words, who changes them, and where they stand in a text."""

from __future__ import annotations

import pytest
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.audit.models import Entry
from intercity.languages import actions
from intercity.languages.glossary import Term, not_said, terms_for, terms_in
from intercity.languages.models import GlossaryTerm, GlossaryWord
from intercity.refusals import RefusedError


@pytest.fixture
def dara(network: object) -> Person:
    """A translator."""
    return cast.person("Dara", Role.TRANSLATOR)


def words_of(term: GlossaryTerm) -> dict[str, str]:
    return dict(term.translations.values_list("language", "words"))


def add(dara: Person, words: str, language: str = "en", **translations: str) -> GlossaryTerm:
    return actions.add_term(dara, language=language, words=words, translations=translations)


def test_a_term_with_its_words(dara: Person) -> None:
    term = actions.add_term(
        dara, language="EN", words=" Water  office", meaning="Of a city.", translations={"km": "ការិយាល័យទឹក", "lo": ""}
    )
    term.refresh_from_db()
    assert (term.language, term.words, term.meaning) == ("en", "Water office", "Of a city.")
    assert words_of(term) == {"km": "ការិយាល័យទឹក"}
    assert Entry.objects.get(action="term.added").details == {"words": "Water office", "language": "en"}


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"words": " – "}, "words", "at least one letter"),
        ({"words": "x" * 121}, "words", "121 characters; up to 120"),
        ({"meaning": "x" * 501}, "meaning", "501 characters; up to 500"),
        ({"language": "xx"}, "language", "“xx” is the code of no language"),
        ({"translations": {"xx": "a"}}, "in_xx", "“xx” is the code of no language"),
        ({"translations": {"km": "x" * 121}}, "in_km", "121 characters"),
        ({"translations": {"km": "…"}}, "in_km", "at least one letter"),
        ({"translations": {"en": "Office"}}, "in_en", "in this language already"),
    ],
)
def test_what_is_refused(dara: Person, fields: dict[str, object], field: str, says: str) -> None:
    given = {"language": "en", "words": "Water office", **fields}
    with pytest.raises(RefusedError, match=says) as refused:
        actions.add_term(dara, **given)  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not GlossaryTerm.objects.exists()
    assert not GlossaryWord.objects.exists()
    assert not Entry.objects.exists()


def test_a_term_stands_once(dara: Person) -> None:
    add(dara, "Water office")
    with pytest.raises(RefusedError, match="already"):
        add(dara, "Water office")
    other = add(dara, "Harbour")
    with pytest.raises(RefusedError, match="already"):
        actions.edit_term(dara, other, words="Water office")
    assert add(dara, "Water office", language="km").pk, "in another language it is another term"


def test_editing_changes_what_is_named_and_nothing_else(dara: Person) -> None:
    term = add(dara, "Water office", km="ទឹក", lo="ນ້ຳ")
    actions.edit_term(dara, term, words="Office for water", meaning="Of a city.", translations={"km": "ការិយាល័យទឹក"})
    term.refresh_from_db()
    assert (term.words, term.meaning, words_of(term)) == (
        "Office for water", "Of a city.", {"km": "ការិយាល័យទឹក", "lo": "ນ້ຳ"},
    )  # fmt: skip
    actions.edit_term(dara, term, words="Office for water", translations={"lo": " "})
    assert words_of(term) == {"km": "ការិយាល័យទឹក"}
    entry = Entry.objects.filter(action="term.edited")[0]
    assert entry.details == {"words": "Office for water", "before": "Water office", "language": "en"}


def test_a_term_that_changes_its_language_is_not_its_own_translation(dara: Person) -> None:
    term = add(dara, "ទឹក", km="ទឹក")
    actions.edit_term(dara, term, words="ទឹក", language="km", translations={"en": "Water"})
    assert words_of(term) == {"en": "Water"}


def test_only_the_secretariat_removes_and_what_is_gone_is_said(dara: Person, ana: Person) -> None:
    term = add(dara, "Water office", km="ទឹក")
    gone = GlossaryTerm.objects.get()
    actions.remove_term(ana, term)
    assert not GlossaryWord.objects.exists()
    assert Entry.objects.filter(action="term.removed", actor=ana).count() == 1
    with pytest.raises(RefusedError, match="removed meanwhile"):
        actions.edit_term(dara, gone, words="Water")
    with pytest.raises(RefusedError, match="removed meanwhile"):
        actions.remove_term(ana, gone)


@pytest.mark.parametrize(
    ("words", "language", "body", "stands"),
    [
        ("twin city", "en", "Our TWIN CITY helps.", True),
        ("twin city", "en", "Our twin-city helps.", True),
        ("twin city", "en", "Our twin cities help.", False),
        ("port", "en", "A passport is important.", False),
        ("port", "en", "The port!", True),
        ("đô thị", "vi", "Do thi thông minh", True),
        ("ASEAN", "zh-hans", "我们在ASEAN城市", True),
        ("城市", "zh-hans", "我们在姐妹城市工作", True),
        ("น้ำ", "th", "เราต้องการน้ำสะอาด", True),
        ("กา", "th", "กาแฟ", True),
        ("ກາ", "lo", "ກາ\u0eb0", True),
        ("ទឹក", "km", "យើងត្រូវការទឹកស្អាត", True),
        ("ទ", "km", "ទឹក", False),
        ("ေရ", "my", "", False),
        ("water", "en", "", False),
    ],
)
def test_where_a_term_stands(dara: Person, words: str, language: str, body: str, stands: bool) -> None:
    target = "km" if language != "km" else "en"
    add(dara, words, language, **{target: "x"})
    assert bool(terms_in(body, language, target)) is stands


def test_terms_go_both_ways_and_between_two_translations(dara: Person) -> None:
    add(dara, "water", km="ទឹក", th="น้ำ")
    assert terms_for("Clean water", "en", "km") == [("water", "ទឹក")]
    assert terms_for("ទឹកស្អាត", "km", "en") == [("ទឹក", "water")]
    assert terms_for("ទឹកស្អាត", "km", "th") == [("ទឹក", "น้ำ")]
    assert terms_for("Clean water", "en", "en") == []


def test_a_longer_term_hides_the_shorter_one_within_it(dara: Person) -> None:
    add(dara, "city", km="ក្រុង")
    add(dara, "twin city", km="ក្រុងភ្លោះ")
    assert terms_for("A twin city", "en", "km") == [("twin city", "ក្រុងភ្លោះ")]
    assert terms_for("A twin city and a city", "en", "km") == [("twin city", "ក្រុងភ្លោះ"), ("city", "ក្រុង")]


def test_people_are_told_of_terms_without_words_and_machines_are_not(dara: Person) -> None:
    actions.add_term(dara, language="en", words="water", meaning="To drink.")
    assert terms_in("water", "en", "km") == [Term("water", "", "To drink.")]
    assert terms_for("water", "en", "km") == []


def test_what_a_translation_does_not_say_as_agreed(dara: Person) -> None:
    add(dara, "water", km="ទឹក")
    terms = terms_in("Clean water", "en", "km")
    assert not_said(terms, "ទឹកស្អាត") == []
    assert not_said(terms, "ស្អាត") == terms
