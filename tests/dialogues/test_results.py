"""Results as documents; whether they can be verified; what they may not publish."""

from __future__ import annotations

import copy
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from intercity import __version__
from intercity.core.opinion import Parameters
from intercity.dialogues.imports import Conversation
from intercity.dialogues.results import (
    Document,
    UnreadableResultError,
    compute_result,
    group_name,
    read_result,
    write_result,
)
from intercity.dialogues.simulation import simulated_dialogue
from intercity.dialogues.verification import verify

FEW = Parameters(resamples=4)


@pytest.fixture(scope="module")
def dialogue() -> Conversation:
    return simulated_dialogue(people=300)


@pytest.fixture(scope="module")
def document(dialogue: Conversation) -> Document:
    return compute_result(dialogue, parameters=FEW).document


@pytest.fixture(scope="module")
def polis_document(dialogue: Conversation) -> Document:
    return compute_result(dialogue, recipe="polis").document


def test_a_document_names_version_seed_input_and_parameters(document: Document, dialogue: Conversation) -> None:
    assert document["software"] == {"name": "intercity", "version": __version__}
    assert document["input"]["sha256"] == dialogue.digest
    assert document["input"]["simulated"] is True
    assert document["parameters"]["seed"] == 0
    assert document["parameters"]["resamples"] == 4


@pytest.mark.parametrize("which", ["document", "polis_document"])
def test_a_document_is_plain_json_and_comes_back_the_same(
    which: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    document = request.getfixturevalue(which)
    write_result(document, tmp_path / "r.json")
    assert read_result(tmp_path / "r.json") == document
    assert "NaN" not in (tmp_path / "r.json").read_text()


@pytest.mark.parametrize("recipe", ["intercity", "polis"])
def test_a_result_follows_from_its_votes(recipe: str, dialogue: Conversation) -> None:
    document = json.loads(json.dumps(compute_result(dialogue, recipe=recipe, parameters=FEW).document))
    checked = verify(document, dialogue)
    assert checked.agrees
    assert not checked.notes


def test_a_changed_number_is_found_where_it_is(document: Document, dialogue: Conversation) -> None:
    forged = copy.deepcopy(document)
    forged["common_ground"][0]["floor"] += 0.01
    forged["groups"]["list"][0]["size"] += 1
    checked = verify(forged, dialogue)
    assert [one.path for one in checked.disagreements] == ["common_ground[0].floor", "groups.list[0].size"]


def test_other_votes_do_not_bear_the_result_out(document: Document, dialogue: Conversation) -> None:
    value = dialogue.votes.value.copy()
    value[:500] *= -1
    other = replace(dialogue, votes=replace(dialogue.votes, value=value))
    checked = verify(document, other)
    assert not checked.agrees
    assert any("fingerprints" in note for note in checked.notes)


def test_another_version_is_said_and_no_disagreement(document: Document, dialogue: Conversation) -> None:
    checked = verify({**document, "software": {"name": "intercity", "version": "0.0.1"}}, dialogue)
    assert checked.agrees
    assert "0.0.1" in checked.notes[0]


def test_parameters_that_cannot_be_used_are_refused(document: Document, dialogue: Conversation) -> None:
    for wrong in ({"seed": -1}, {"colour": 3}):
        with pytest.raises(UnreadableResultError, match="cannot be used here"):
            verify({**document, "parameters": wrong}, dialogue)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "cannot be read as JSON"),
        ("[]", "is no result of Intercity"),
        ('{"format": "x"}', "is no result of Intercity"),
        ('{"format": "intercity-result", "format_version": 9, "recipe": "polis"}', "has format version 9"),
        ('{"format": "intercity-result", "format_version": 1, "recipe": "soup"}', "recipe soup"),
    ],
)
def test_files_that_are_no_result_are_refused(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(text)
    with pytest.raises(UnreadableResultError, match=said):
        read_result(tmp_path / "r.json")


def test_nobody_is_published_alone(dialogue: Conversation) -> None:
    assert dialogue.city is not None
    city = dialogue.city.copy()
    city[:3] = len(dialogue.cities)
    small = replace(dialogue, city=city, cities=(*dialogue.cities, "Hamlet"))
    document = compute_result(small, parameters=FEW).document
    assert all(sign["people"] >= 5 for sign in document["map"])
    assert all(one["by_city"]["Hamlet"] is None for one in document["statements"])
    of_hamlet = np.bincount(dialogue.votes.statement[np.isin(dialogue.votes.participant(), range(3))], minlength=40)
    for statement, votes in zip(document["statements"], of_hamlet, strict=True):
        hidden = [name for name, city in statement["by_city"].items() if city is None]
        assert len(hidden) > 1 or not votes  # one alone could be found by subtraction


def test_the_people_on_the_map_are_those_in_groups(document: Document) -> None:
    people: dict[str, int] = {}
    for sign in document["map"]:
        people[sign["group"]] = people.get(sign["group"], 0) + sign["people"]
    assert people == {group["name"]: group["size"] for group in document["groups"]["list"]}


def test_directions_name_statements_of_both_ends(document: Document) -> None:
    ids = {one["id"] for one in document["statements"]}
    assert document["directions"][0]["more"]
    assert document["directions"][0]["less"]
    for direction in document["directions"]:
        assert not set(direction["more"]) & set(direction["less"])
        assert set(direction["more"]) | set(direction["less"]) <= ids


def test_groups_are_named_by_letters() -> None:
    assert [group_name(number) for number in (0, 1, 25)] == ["A", "B", "Z"]


def test_steps_are_told_as_they_begin(dialogue: Conversation) -> None:
    told: list[str] = []
    compute_result(dialogue, parameters=FEW, step=told.append)
    assert told == ["opinion space", "groups", "common ground", "how sure it is"]


def test_labels_are_those_of_the_recipe(dialogue: Conversation) -> None:
    for recipe in ("intercity", "polis"):
        label, groups = compute_result(dialogue, recipe=recipe, parameters=FEW).labels
        assert label.shape == (300,)
        assert int(np.max(label)) == groups - 1
