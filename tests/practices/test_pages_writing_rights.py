"""Who may open which page of writing: the officer of the city and the secretariat; others learn nothing of a draft."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.practices.models import Challenge, Practice

BEGIN = ("my_practices", "write_practice", "write_challenge")
OF_A_PRACTICE = (
    "edit_practice", "practice_claims", "publish_practice", "withdraw_practice", "discard_practice", "confirm_status",
)  # fmt: skip
STEPS = ("brief", "people", "reach", "transfer", "themes", "contact")


@pytest.mark.parametrize("name", BEGIN)
def test_who_is_nobody_writes_nothing(client: Client, cem: Person, bao: Person, ana: Person, name: str) -> None:
    address = reverse(name)
    assert "/accounts/login/" in client.get(address)["Location"]
    for person, status in ((cem, 403), (bao, 200), (ana, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status


@pytest.mark.parametrize("name", OF_A_PRACTICE)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_draft_is_nowhere_for_others(
    client: Client, cem: Person, dia: Person, draft: Practice, name: str, method: str
) -> None:
    address = reverse(name, args=[draft.slug])
    assert "/accounts/login/" in getattr(client, method)(address)["Location"]
    for person in (cem, dia):
        client.force_login(person)
        assert getattr(client, method)(address).status_code == 404


@pytest.mark.parametrize("name", OF_A_PRACTICE)
def test_what_is_public_is_written_by_its_city_and_the_secretariat(
    client: Client, ana: Person, bao: Person, cem: Person, dia: Person, practice: Practice, name: str
) -> None:
    address = reverse(name, args=[practice.slug])
    for person, status in ((cem, 403), (dia, 403), (bao, 200), (ana, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status
    client.force_login(dia)
    assert client.post(address, {"status": "stopped"}).status_code == 403


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_for_those_who_may_write(
    client: Client, bao: Person, dia: Person, draft: Practice, step: str
) -> None:
    address = reverse("edit_practice", args=[draft.slug, step])
    client.force_login(dia)
    assert client.post(address, {"language": "en", "must_keep": "x"}).status_code == 404
    client.force_login(bao)
    assert client.get(address).status_code == 200


def test_an_officer_offers_own_cities_only(client: Client, bao: Person, eastbay: City) -> None:
    client.force_login(bao)
    page = client.get(reverse("write_practice")).content.decode()
    assert "Northport" in page
    assert "Eastbay" not in page
    assert "How do you know this?" not in page
    answer = client.post(reverse("write_practice"), {"title": "Not ours", "language": "en", "city": eastbay.pk})
    assert answer.status_code == 422
    assert not Practice.objects.exists()


def test_a_challenge_is_changed_by_its_city_and_the_secretariat(
    client: Client, ana: Person, bao: Person, dia: Person, challenge: Challenge
) -> None:
    for name in ("edit_challenge", "close_challenge"):
        address = reverse(name, args=[challenge.slug])
        for person, status in ((bao, 403), (dia, 200), (ana, 200)):
            client.force_login(person)
            assert client.get(address).status_code == status
        client.force_login(bao)
        assert client.post(address, {"state": "closed"}).status_code == 403


def test_the_own_city_does_not_check_itself(
    client: Client, ana: Person, bao: Person, cem: Person, dia: Person, practice: Practice, draft: Practice
) -> None:
    address = reverse("verify_practice", args=[practice.slug])
    for person, status in ((cem, 403), (bao, 403), (dia, 200), (ana, 200)):
        client.force_login(person)
        assert client.get(address).status_code == status
    assert client.get(reverse("verify_practice", args=[draft.slug])).status_code == 404


def test_the_desk_leads_there_only_who_can_write(client: Client, bao: Person, cem: Person) -> None:
    for person, leads in ((bao, True), (cem, False)):
        client.force_login(person)
        assert (reverse("my_practices") in client.get("/desk/").content.decode()) is leads
