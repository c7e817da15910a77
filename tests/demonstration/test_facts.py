"""The data files of the demonstration: facts with sources, short statements in all languages, and nobody's words."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from intercity.cities.models import City
from intercity.demonstration.facts import original, read

LANGUAGES = {code for code, _name in settings.LANGUAGES}
SCRIPTS = {"zh-hans": "CJK", "km": "KHMER", "lo": "LAO", "my": "MYANMAR", "th": "THAI", "ta": "TAMIL"}
DIALOGUES = read("dialogues")["dialogues"]
STATEMENTS = [statement for plan in DIALOGUES for statement in plan["statements"]]


def all_words() -> Iterator[dict[str, Any]]:
    """Everything that was written in one language and translated into others."""
    for plan in DIALOGUES:
        yield from (plan["question"], plan["background"], *plan["statements"])
    yield from read("dialogues")["answers"]


def test_ten_places_are_known_and_two_are_not_named() -> None:
    assert len(read("cities")) == 10
    assert "two further Chinese cities are not named" in original(read("network")["about"])
    assert len(read("network")["sources"]) >= 5


@pytest.mark.parametrize("facts", read("cities"), ids=lambda facts: facts["slug"])
def test_every_claim_has_a_source(facts: dict[str, Any]) -> None:
    assert facts["represented_by"]
    assert facts["represented_source"].startswith("As reported in January 2025: ")
    assert (facts["population"] is None) == (not facts["population_source"])
    assert facts["population_year"] is None, "GeoNames gives none"
    fields = {name: value for name, value in facts.items() if name != "names"}
    City(**fields).full_clean(validate_unique=False, validate_constraints=False)


def test_places_are_as_geonames_has_them(shared_data: Callable[[str], Path]) -> None:
    path = shared_data("gazetteer/geonames_cn_asean_cities1000.csv")
    with path.open(encoding="utf-8", newline="") as file:
        places = {int(row["geonameid"]): row for row in csv.DictReader(file)}
    for facts in (one for one in read("cities") if one["geonames_id"]):
        row = places[facts["geonames_id"]]
        assert (facts["country"], facts["timezone"]) == (row["country"], row["timezone"])
        assert (facts["latitude"], facts["longitude"]) == (float(row["latitude"]), float(row["longitude"]))
        assert facts["population"] == int(row["population"])


def test_a_province_is_not_its_capital() -> None:
    province = next(one for one in read("cities") if one["slug"] == "surat-thani")
    assert (province["level"], province["geonames_id"], province["population"]) == ("province", None, None)


def test_statements_are_about_forty_short_and_different() -> None:
    assert 38 <= len(STATEMENTS) <= 42
    long = [text for one in STATEMENTS for text in one["texts"].values() if not 5 <= len(text) <= 120]
    assert not long
    for language in LANGUAGES:
        said = [one["texts"][language] for one in STATEMENTS]
        assert len(set(said)) == len(said)


def test_everything_is_in_every_language_and_every_language_is_somebodys_own() -> None:
    assert set(read("network")["languages"]) == LANGUAGES | {"tet"}, "people may write Tetum; no page is in it"
    assert [set(words["texts"]) for words in all_words()] == [LANGUAGES] * (len(STATEMENTS) + 8)
    assert {one["language"] for one in STATEMENTS} == LANGUAGES


def test_words_are_in_the_letters_of_their_language() -> None:
    for words in [*all_words(), read("network")["about"]]:
        for language, text in words["texts"].items():
            letters = [unicodedata.name(sign).split()[0] for sign in text if unicodedata.category(sign)[0] == "L"]
            script = SCRIPTS.get(language, "LATIN")
            allowed = {script, "LATIN"} if words is read("network")["about"] else {script}
            assert set(letters) <= allowed, text
            assert text == unicodedata.normalize("NFC", text)


def test_both_dialogues_are_on_the_three_topics() -> None:
    for plan in DIALOGUES:
        assert {one["topic"] for one in plan["statements"]} == {"economy", "people", "governance"}
    assert sorted(plan["is_closed"] for plan in DIALOGUES) == [False, True]


def test_answers_are_of_all_kinds_and_say_that_nobody_gave_them() -> None:
    answers = read("dialogues")["answers"]
    assert {one["kind"] for one in answers} == {"we_will", "already", "cannot", "not_ours"}
    assert "nobody real" in read("dialogues")["responder_role"]
    for one in answers:
        assert original(one).startswith("This is a demonstration")
        assert "nobody real" in one.get("owner", "nobody real")
        assert "nobody real" in one.get("whose", "nobody real")


def test_no_statement_names_a_place_or_a_person() -> None:
    names = [name for facts in read("cities") for name in facts["names"].values()]
    said = [text for words in all_words() for text in words["texts"].values()]
    assert not [(name, text) for name in names for text in said if name in text]
