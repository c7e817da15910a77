"""The vocabulary is whole, in whatever languages it has labels."""

from __future__ import annotations

import re

import pytest

from intercity.core.language.known import known
from intercity.practices.vocabulary import concepts, languages, tables, thesaurus, tops, under


def test_there_are_groups_and_concepts() -> None:
    assert len(tops()) == 18
    assert len(concepts()) == 138
    assert sum(len(under(top.id)) for top in tops()) == 120


def test_identifiers_are_for_addresses_and_each_has_its_group_and_targets() -> None:
    for key, concept in concepts().items():
        assert key == concept.id
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", key)
        assert not concept.broader or not concepts()[concept.broader].broader
        assert concept.targets


@pytest.mark.parametrize("language", languages())
def test_every_language_is_known_and_its_labels_can_be_told_apart(language: str) -> None:
    assert known(language)
    labels = [one.labels[language] for one in concepts().values() if language in one.labels]
    assert len(labels) == len(set(labels)) == len(concepts())
    for concept in concepts().values():
        for words in (concept.label(language), *concept.others(language)):
            assert words == words.strip()
            assert 0 < len(words) <= 80


def test_labels_are_of_concepts() -> None:
    for language, drafts in thesaurus._drafts().items():
        assert not set(drafts) - set(concepts()), language


def test_a_translation_is_shown_as_a_draft_and_english_not() -> None:
    flooding = concepts()["flooding"]
    assert flooding.label("en") == "Flooding after heavy rain"
    assert flooding.status("en-GB") == "human"
    assert flooding.label("zh-Hans") == flooding.label("zh") != flooding.label("en")
    assert flooding.status("zh-hans") == ("human" if "zh-hans" in thesaurus._checked() else "machine")
    assert flooding.language("zh-Hans-SG") == "zh-hans"


def test_a_language_without_labels_falls_back_to_english_and_says_so() -> None:
    flooding = concepts()["flooding"]
    assert flooding.label("xx") == flooding.label("en")
    assert flooding.language("xx") == "en"
    assert flooding.others("xx") == ()


def test_what_is_no_group_has_nothing_under_it() -> None:
    assert under("") == under("flooding") == under("nothing") == ()


def test_the_vocabulary_cannot_be_changed_by_those_who_read_it() -> None:
    with pytest.raises(TypeError):
        concepts()["new"] = concepts()["water"]  # type: ignore[index]


def test_a_broken_table_says_where(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "xx.tsv"
    file.write_text("# for people\nwater\tWater\t\tand more\n", encoding="utf-8")
    with pytest.raises(tables.VocabularyError, match=r"xx\.tsv, line 2"):
        tables.rows(file, 3)


@pytest.mark.parametrize(
    ("first", "checked"),
    [("# status: human, Ana, 2026-12-01\n", True), ("# status: machine (drafts)\n", False), ("# id\tlabel\n", False)],
)
def test_a_language_is_a_draft_until_its_file_says_that_a_person_checked_it(first: str, checked: bool) -> None:
    assert thesaurus._is_checked(first + "water\tWater\n") is checked
