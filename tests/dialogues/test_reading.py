"""What everybody reads first: home, the list, one dialogue, help, and the totals of who took part."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person
from intercity.cities.models import City, Network
from intercity.dialogues import actions
from intercity.dialogues.models import Channel, Dialogue
from intercity.dialogues.participation import cities_compared, kept_back, participation_in
from intercity.languages.models import Translation


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_home_without_anything_says_what_comes(client: Client, network: Network) -> None:
    said = page(client, "/")
    assert "Rivers and Roads" in said
    assert "No dialogue is open now" in said


def test_home_before_the_network_is_founded(client: Client, db: None) -> None:
    assert "Intercity" in page(client, "/")


def test_home_shows_what_is_open_and_what_is_overdue(client: Client, dialogue: Dialogue, ana: Person) -> None:
    said = page(client, "/")
    assert 'href="/dialogues/water/#join"' in said
    assert "Answer overdue" not in said
    actions.close_dialogue(ana, dialogue)
    Dialogue.objects.update(answer_due=timezone.localdate() - timedelta(days=1))
    said = page(client, "/")
    assert "Answer overdue" in said
    assert "and is missing" in said
    assert "#join" not in said


def test_home_shows_the_newest_answers_of_answered_dialogues_only(
    client: Client, dialogue: Dialogue, ana: Person, bao: Person
) -> None:
    actions.close_dialogue(ana, dialogue)
    statement = dialogue.statements.get(number=2)
    actions.answer(bao, dialogue, statement, kind="cannot", body="There is no money.", language="en")
    assert "There is no money." not in page(client, "/")
    actions.finish_answering(bao, dialogue)
    assert "There is no money." in page(client, "/")


def test_the_list_filters_by_state_and_by_words_without_accents(
    client: Client, dialogue: Dialogue, ana: Person, northport: City
) -> None:
    other = cast.open_dialogue(ana, northport, slug="noise", statements=1)
    Translation.objects.create(text=other.question, text_version=1, language="vi", body="Tiếng ồn ở phố Móng Cái")
    actions.close_dialogue(ana, other)
    both = page(client, "/dialogues/")
    assert "/dialogues/water/" in both
    assert "/dialogues/noise/" in both
    closed = page(client, "/dialogues/?state=closed")
    assert "/dialogues/noise/" in closed
    assert "/dialogues/water/" not in closed
    found = page(client, "/dialogues/?q=mong+cai")
    assert "/dialogues/noise/" in found
    assert "/dialogues/water/" not in found
    assert "Nothing was found" in page(client, "/dialogues/?q=elephants")


def test_a_draft_is_for_the_secretariat_only(client: Client, ana: Person, cem: Person, network: Network) -> None:
    actions.prepare_dialogue(ana, slug="later", question="What next?", background="", language="en")
    assert "later" not in page(client, "/dialogues/")
    page(client, "/dialogues/later/", 404)
    client.force_login(cem)
    page(client, "/dialogues/later/", 404)
    client.force_login(ana)
    assert "This is a draft" in page(client, "/dialogues/later/")


def test_a_dialogue_says_who_answers_until_when_and_lets_one_join(client: Client, dialogue: Dialogue) -> None:
    said = page(client, "/dialogues/water/")
    assert "Water office, Northport" in said
    assert 'action="/dialogues/water/join/"' in said
    assert "Eastbay · Northport" in said
    response = client.post("/dialogues/water/join/")
    assert response.status_code == 302
    assert "You take part" in page(client, "/dialogues/water/")


def test_a_closed_dialogue_has_no_way_in(client: Client, dialogue: Dialogue, ana: Person) -> None:
    actions.close_dialogue(ana, dialogue)
    assert "/join/" not in page(client, "/dialogues/water/")


def test_simulated_and_imported_data_are_labelled(client: Client, dialogue: Dialogue) -> None:
    assert "SIMULATED" not in page(client, "/dialogues/water/")
    Dialogue.objects.update(is_simulated=True)
    assert "SIMULATED" in page(client, "/dialogues/water/")
    Dialogue.objects.update(is_simulated=False, is_imported=True, attribution="Bowling Green, 2018")
    assert "Bowling Green, 2018" in page(client, "/dialogues/water/")


@pytest.mark.parametrize("address", ["/help/", "/dialogues/water/poster/"])
def test_pages_to_print_and_to_learn(client: Client, dialogue: Dialogue, address: str) -> None:
    said = page(client, address)
    assert " style=" not in said
    assert "<script" not in said


def test_the_poster_shows_its_address_as_letters_and_as_a_drawing(client: Client, dialogue: Dialogue) -> None:
    said = page(client, "/dialogues/water/poster/")
    assert "http://testserver/dialogues/water/" in said
    assert "<svg" in said


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({"a": 9, "b": 8}, {"a": 9, "b": 8}),
        ({"a": 9, "b": 8, "c": 2}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 1, "c": 1}, {"a": None, "b": None, "c": None}),
        ({"a": 9, "b": 3, "c": 4}, {"a": 9, "b": None, "c": None}),
        ({"a": 9, "b": 0}, {"a": 9, "b": 0}),
        ({"a": 3}, {"a": None}),
        ({}, {}),
    ],
)
def test_small_numbers_cannot_be_found_by_subtraction(counts: dict[str, int], expected: dict[str, int | None]) -> None:
    assert kept_back(counts, 5) == expected


def test_participation_counts_those_whose_votes_count(
    dialogue: Dialogue, ana: Person, northport: City, eastbay: City
) -> None:
    voters = cast.vote_all(dialogue, 7, city=northport) + cast.vote_all(dialogue, 6, city=eastbay)
    actions.join(dialogue, city=eastbay)  # never votes
    participant, _code = actions.join(dialogue, channel=Channel.PAPER)
    statement = dialogue.statements.get(number=1)
    actions.cast_vote(participant, statement, 1)
    found = participation_in(dialogue.round, together=5)
    assert found["people"] == len(voters) + 1
    assert found["city"] == {"northport": 7, "eastbay": None, "": None}
    assert found["channel"] == {"web": None, "paper": None}
    assert "age" not in found


def test_cities_are_compared_where_both_numbers_are_known(northport: City, eastbay: City) -> None:
    eastbay.population = 300_000
    southgate = cast.member("Southgate")
    silent = cast.member("Silent", population=600_000)
    totals = {"northport": 30, "eastbay": 10, "southgate": 8, "silent": None}
    parts = {part.name: part for part in cities_compared(totals, [northport, eastbay, southgate, silent], "en")}
    assert parts["Northport"].share == 0.75
    assert parts["Northport"].lives == 0.25
    assert parts["Northport"].gap == 0.5
    assert parts["Southgate"].gap is None
    assert parts["Silent"].people is None
    assert parts["Silent"].share is None
