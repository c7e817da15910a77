"""Open data: downloads with their marks and names, and the page about all data."""

from __future__ import annotations

import json

import pytest
from django.test import Client
from tests.dialogues import results_at_hand

from intercity.accounts.models import Person
from intercity.audit.models import Head
from intercity.cities.models import City
from intercity.dialogues.models import Dialogue


@pytest.fixture
def growth(ana: Person, northport: City) -> Dialogue:
    """A dialogue with one release."""
    found = results_at_hand.simulated(ana, northport)
    results_at_hand.publish(found)
    return found


def test_the_data_page_names_size_hash_and_licence(client: Client, growth: Dialogue) -> None:
    said = client.get("/dialogues/growth/data/").content.decode()
    for words in ("8 bytes", "ab" * 32, "CC BY 4.0", "/data/1-1.zip", "/data/1-1.json", "intercity verify"):
        assert words in said
    assert "SIMULATED" in said


def test_without_a_release_the_data_page_says_when(client: Client, dialogue: Dialogue) -> None:
    assert "Nothing has been published yet" in client.get("/dialogues/water/data/").content.decode()


@pytest.mark.parametrize(("kind", "name"), [("zip", "growth-1-1.zip"), ("json", "growth-1-1-result.json")])
def test_a_download_has_a_name_and_is_sent_once(client: Client, growth: Dialogue, kind: str, name: str) -> None:
    address = f"/dialogues/growth/data/1-1.{kind}"
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    again = client.get(address, headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    assert not again.content


def test_downloads_hold_what_was_published(client: Client, growth: Dialogue) -> None:
    assert client.get("/dialogues/growth/data/1-1.zip").content == b"PK votes"
    found = json.loads(client.get("/dialogues/growth/data/1-1.json").content)
    assert found == json.loads(json.dumps(results_at_hand.document()))


@pytest.mark.parametrize("address", ["data/1-2.zip", "data/2-1.json"])
def test_what_was_not_published_is_not_there(client: Client, growth: Dialogue, address: str) -> None:
    assert client.get(f"/dialogues/growth/{address}").status_code == 404


def test_data_of_a_draft_is_not_there(client: Client, growth: Dialogue) -> None:
    Dialogue.objects.update(state="draft")
    for address in ("/dialogues/growth/data/", "/dialogues/growth/data/1-1.zip", "/dialogues/growth/reports/1-1/"):
        assert client.get(address).status_code == 404
    assert "growth" not in client.get("/about-the-data/").content.decode()


def test_about_the_data_lists_releases_and_the_newest_hash(client: Client, growth: Dialogue) -> None:
    said = client.get("/about-the-data/").content.decode()
    assert "/dialogues/growth/data/1-1.zip" in said
    assert Head.objects.get().hash in said
    assert "GeoNames" not in said
    City.objects.filter(name="Northport").update(geonames_id=1)
    assert "GeoNames" in client.get("/about-the-data/").content.decode()


def test_about_the_data_before_there_is_any(client: Client, db: None) -> None:
    assert "Nothing has been published yet" in client.get("/about-the-data/").content.decode()
