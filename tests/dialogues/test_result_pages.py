"""Results and reports: what is shown to whom and when, in which words, and how heavy it is."""

from __future__ import annotations

import gzip
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from tests.dialogues import results_at_hand

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.dialogues import actions
from intercity.dialogues.models import Dialogue, Round, StatementState, StoredResult
from intercity.dialogues.report.figures import changes, city_table, shares
from intercity.dialogues.results import compute_result
from intercity.dialogues.simulation import simulated_dialogue
from intercity.languages.models import Translation

MOST_BYTES = 14 * 1024


@pytest.fixture
def growth(ana: Person, northport: City) -> Dialogue:
    """A dialogue with a result of simulated votes."""
    return results_at_hand.simulated(ana, northport, closes_at=timezone.now() + timedelta(days=3))


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def first_of_common_ground() -> str:
    return str(results_at_hand.document()["common_ground"][0]["statement"])


def test_results_without_any_say_so(client: Client, dialogue: Dialogue) -> None:
    assert "Nothing has been counted yet" in page(client, "/dialogues/water/results/")


def test_results_say_how_many_votes_count_and_how_many_are_newer(client: Client, growth: Dialogue) -> None:
    said = page(client, "/dialogues/growth/results/")
    stored = StoredResult.objects.get()
    assert f"{stored.votes:,}" in said
    assert "newer" not in said
    Round.objects.update(votes_version=stored.version + 3)
    assert "3 newer votes or decisions" in page(client, "/dialogues/growth/results/")
    assert "SIMULATED" in said


def test_results_come_in_their_order(client: Client, growth: Dialogue) -> None:
    said = page(client, "/dialogues/growth/results/?all=1")
    anchors = ["common-ground", "cities", "groups", "slate", "certainty", "took-part", "statements"]
    places = [said.index(f'id="{anchor}"') for anchor in anchors]
    assert places == sorted(places)
    assert " style=" not in said


def test_hidden_results_say_when_they_come(client: Client, growth: Dialogue, ana: Person) -> None:
    Dialogue.objects.update(live_results=False)
    said = page(client, "/dialogues/growth/results/")
    assert "Results are not shown yet" in said
    assert 'id="common-ground"' not in said
    actions.close_dialogue(ana, growth)
    assert 'id="common-ground"' in page(client, "/dialogues/growth/results/")


def test_a_participant_sees_where_they_stand_and_nobody_else_does(client: Client, growth: Dialogue) -> None:
    assert 'class="you"' not in page(client, "/dialogues/growth/results/")
    client.post("/dialogues/growth/join/")
    assert "You are not on the map yet" in page(client, "/dialogues/growth/results/")
    participant = growth.participants.get()
    for statement in growth.statements.filter(number__lte=12):
        actions.cast_vote(participant, statement, 1)
    said = page(client, "/dialogues/growth/results/")
    assert "You are here" in said or "You are on the map" in said
    assert 'class="you"' in said
    assert 'class="you"' not in page(Client(), "/dialogues/growth/results/")


def test_statements_are_read_in_ones_language_with_the_original(client: Client, growth: Dialogue) -> None:
    text = growth.statements.get(number=int(first_of_common_ground())).text
    Translation.objects.create(text=text, text_version=1, language="km", body="ទឹកស្អាត", engine="demo")
    client.cookies["django_language"] = "km"
    said = page(client, "/dialogues/growth/results/")
    assert '<span class="words" lang="km" dir="auto">ទឹកស្អាត</span>' in said
    assert "demo" in said


def test_words_that_changed_since_are_not_put_under_old_votes(client: Client, growth: Dialogue) -> None:
    statement = growth.statements.get(number=int(first_of_common_ground()))
    voted_on = statement.text.body
    statement.text.body = "Something else altogether."
    statement.text.save()
    said = page(client, "/dialogues/growth/results/")
    assert "Something else altogether." not in said
    assert voted_on in said


def test_answers_stand_beside_the_common_ground(client: Client, growth: Dialogue, ana: Person, bao: Person) -> None:
    results_at_hand.publish(growth)
    actions.close_dialogue(ana, growth)
    statement = growth.statements.get(number=int(first_of_common_ground()))
    actions.answer(bao, growth, statement, kind="not_ours", body="Ask them.", language="en", whose="The province")
    for address in ("/dialogues/growth/results/", "/dialogues/growth/reports/1-1/"):
        said = page(client, address)
        assert "The province" in said
        assert "Ask them." in said


def test_a_later_round_says_what_changed(client: Client, growth: Dialogue) -> None:
    document = deepcopy(results_at_hand.document())
    gone = document["common_ground"].pop(0)
    later = Round.objects.create(dialogue=growth, number=2)
    StoredResult.objects.create(round=later, version=0, document=document, computed_at=timezone.now())
    said = page(client, "/dialogues/growth/results/")
    assert "What changed since round 1" in said
    assert "Left the common ground: 1" in said
    assert "What changed" not in page(client, "/dialogues/growth/results/?round=1")
    page(client, "/dialogues/growth/results/?round=7", 404)
    found = changes(results_at_hand.document(), document)
    assert found.lost == (gone["statement"],)
    assert not found.gained


def test_the_report_tells_its_version_fingerprint_and_how_to_verify(client: Client, growth: Dialogue) -> None:
    results_at_hand.publish(growth)
    said = page(client, "/dialogues/growth/reports/1-1/")
    for words in ("round 1, version 1", "ab" * 32, "intercity verify result.json", "/reports/1-1/", "CC BY 4.0"):
        assert words in said
    assert "newer version" not in said
    results_at_hand.publish(growth, number=2)
    assert "newer version" in page(client, "/dialogues/growth/reports/1-1/")
    page(client, "/dialogues/growth/reports/1-9/", 404)


def test_what_was_removed_since_is_not_repeated(client: Client, growth: Dialogue) -> None:
    results_at_hand.publish(growth)
    statement = growth.statements.get(number=int(first_of_common_ground()))
    assert statement.text.body in page(client, "/dialogues/growth/reports/1-1/")
    growth.statements.filter(pk=statement.pk).update(state=StatementState.REMOVED, reason="private")
    for address in ("/dialogues/growth/reports/1-1/", "/dialogues/growth/results/?all=1"):
        said = page(client, address)
        assert statement.text.body not in said
        assert "its words are not shown" in said


def test_a_result_of_the_other_recipe_is_shown_too(client: Client, growth: Dialogue) -> None:
    document = compute_result(simulated_dialogue(people=100), recipe="polis").document
    StoredResult.objects.update(document=document, model=None)
    assert "Polis" in page(client, "/dialogues/growth/results/?all=1")


def test_cities_that_differ_are_told_in_words_and_numbers(client: Client, growth: Dialogue) -> None:
    document = deepcopy(results_at_hand.document())
    statement = document["statements"][0]
    document["city_differences"] = [{"statement": statement["id"], "spread": 0.2, "q": 0.01}]
    for name in statement["by_city"]:
        statement["by_city"][name] = {"counted": True, "share": 0.9, "interval": [0.8, 0.95], **statement["votes"]}
    first = document["input"]["cities"][0]
    statement["by_city"][first] = None
    StoredResult.objects.update(document=document)
    names, rows = city_table(document, None)
    assert dict(zip(names, rows[0].cells, strict=True))[first] is None
    assert {cell.level for cell in rows[0].cells if cell} == {"most for"}
    said = page(client, "/dialogues/growth/results/")
    assert "most for" in said
    assert "too few votes" in said


def test_shares_stand_within_their_intervals() -> None:
    for statement in results_at_hand.document()["statements"]:
        for side in ("agree", "disagree"):
            for one in shares(statement, side):
                assert 0 <= one.low <= one.value <= one.high <= 1


@pytest.mark.parametrize("address", ["/dialogues/growth/", "/dialogues/growth/results/", "/", "/dialogues/"])
def test_pages_are_light(client: Client, growth: Dialogue, address: str) -> None:
    style = Path(str(finders.find("web/intercity.css"))).read_bytes()
    weight = len(gzip.compress(client.get(address).content)) + len(gzip.compress(style))
    assert weight <= MOST_BYTES
