"""The pages about cities."""

from __future__ import annotations

import pytest
from django.test import Client
from tests import cast

from intercity.accounts.models import Person
from intercity.cities import actions
from intercity.cities.drawing import drawing
from intercity.cities.gazetteer import find
from intercity.cities.models import City, Network


def page(client: Client, address: str, **query: str) -> str:
    """What a page says."""
    return client.get(address, query).content.decode()


@pytest.mark.parametrize("words", ["Mong Cai", "móng cái", "MONG", "ម៉ុង", "Vietnam"])
def test_a_city_is_found_in_any_script_with_or_without_accents(client: Client, ana: Person, words: str) -> None:
    city = actions.add_city(ana, name="Móng Cái", country="VN")
    actions.name_city(ana, city, "km", "ម៉ុងកាយ")
    cast.member("Eastbay")
    found = page(client, "/cities/", q=words)
    assert "Móng Cái" in found
    assert "Eastbay" not in found


def test_by_country(client: Client, northport: City) -> None:
    cast.member("Farport", country="TH")
    found = page(client, "/cities/", country="TH")
    assert "Farport" in found
    assert "Northport" not in found


def test_without_cities_and_without_a_find(client: Client, network: Network, ana: Person) -> None:
    assert "No city is a member yet" in page(client, "/cities/")
    client.force_login(ana)
    assert 'href="/cities/add/"' in page(client, "/cities/")
    cast.member("Northport")
    assert "No member was found" in page(client, "/cities/", q="zzz")


def test_the_name_is_in_the_readers_language(client: Client, bao: Person, northport: City) -> None:
    actions.name_city(bao, northport, "km", "កំពង់ផែ")
    client.cookies["django_language"] = "km"
    assert "កំពង់ផែ" in page(client, "/cities/")
    assert 'lang="km" dir="auto">កំពង់ផែ' in page(client, "/cities/northport/")


def test_what_is_not_known_is_shown_as_not_known(client: Client, eastbay: City, northport: City) -> None:
    assert page(client, "/cities/eastbay/").count("not known") >= 8
    known = page(client, "/cities/northport/")
    assert "100,000" in known
    assert "2020" in known


def test_words_of_people_are_escaped(client: Client, bao: Person, northport: City) -> None:
    actions.edit_city(
        bao, northport, represented_by="<b>x</b>", represented_source="https://example.org/?a=1&b=<script>"
    )
    shown = page(client, "/cities/northport/")
    assert "<b>x" not in shown
    assert "<script>" not in shown
    assert 'href="https://example.org/?a=1' in shown


def test_former_members_stand_apart(client: Client, ana: Person, northport: City, eastbay: City) -> None:
    client.force_login(ana)
    assert client.post("/cities/northport/leave/", {"left_on": "2099-01-01"}).status_code == 422
    assert client.post("/cities/northport/leave/", {"left_on": "2020-01-01"}).status_code == 302
    shown = page(client, "/cities/")
    assert "1 member<" in shown
    assert shown.index("Former members") < shown.index("/cities/northport/")
    assert "was a member until" in page(client, "/cities/northport/")


def test_the_drawing_shows_places_that_are_known(client: Client, network: Network) -> None:
    assert drawing([cast.member("Nowhere")], "en") is None
    cast.member("South", latitude=-10.0, longitude=100.0)
    cast.member("North", latitude=20.0, longitude=100.0)
    cast.member("East", latitude=20.0, longitude=100.01)
    made = drawing(City.objects.members(), "en")
    assert made
    places = {point.name: point for point in made.points}
    assert set(places) == {"South", "North", "East"}
    assert places["North"].y < places["South"].y
    assert all(0 <= point.x <= made.width and 0 <= point.y <= made.height for point in made.points)
    assert sum(bool(point.label) for point in made.points) >= 2
    client.cookies["django_language"] = "id"  # writes numbers with a comma, which a drawing cannot read
    assert 'cy="16.0"' in page(client, "/cities/")


RIGHTS = {
    "/cities/add/": {"ana"},
    "/cities/northport/edit/": {"ana", "bao"},
    "/cities/northport/names/": {"ana", "bao"},
    "/cities/northport/leave/": {"ana"},
    "/cities/eastbay/edit/": {"ana"},
}


def test_pages_are_for_who_may(client: Client, ana: Person, bao: Person, cem: Person, eastbay: City) -> None:
    for address, allowed in RIGHTS.items():
        assert Client().get(address).status_code == 302
        for name, person in (("ana", ana), ("bao", bao), ("cem", cem)):
            client.force_login(person)
            assert client.get(address).status_code == (200 if name in allowed else 403), (address, name)


def test_a_city_is_picked_from_the_gazetteer(client: Client, ana: Person) -> None:
    client.force_login(ana)
    place = find("Mong Cai", "VN")[0]
    assert f"?place={place.geonames_id}" in page(client, "/cities/add/", q="mong cai")
    form = client.get("/cities/add/", {"place": str(place.geonames_id)}).context["form"]
    assert form.initial["name"] == place.name
    assert "population" not in form.initial, "the figure has no year"
    given = {**form.initial, "level": "city"}
    assert client.post(f"/cities/add/?place={place.geonames_id}", given).status_code == 302
    assert City.objects.get(geonames_id=place.geonames_id).slug == "mong-cai"
    assert "Is a member already" in page(client, "/cities/add/", q="mong cai")


@pytest.mark.parametrize("place", ["none", "999999999", "x", "²"])
def test_everything_can_be_typed(client: Client, ana: Person, place: str) -> None:
    client.force_login(ana)
    assert client.get("/cities/add/", {"place": place}).status_code == 200
    assert client.post("/cities/add/", {"name": "West", "country": "KH", "level": "district"}).status_code == 302
    assert City.objects.get(slug="west").level == "district"


def test_what_was_typed_is_not_lost(client: Client, bao: Person, northport: City) -> None:
    client.force_login(bao)
    given = {"name": "Northport", "level": "city", "population": "123456", "timezone": "Mars/North"}
    answer = client.post("/cities/northport/edit/", given)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "123456" in shown
    assert "Mars/North" in shown
    assert "Write where the number comes from" in shown
    northport.refresh_from_db()
    assert northport.population == 100_000


def test_an_officer_edits_and_names_the_own_city(client: Client, bao: Person, northport: City) -> None:
    client.force_login(bao)
    given = {"name": "Northport", "level": "city", "languages": ["km"], "country": "TH", "joined_on": "2020-01-01"}
    assert client.post("/cities/northport/edit/", given).status_code == 302
    northport.refresh_from_db()
    assert (northport.languages, northport.country, northport.joined_on) == (["km"], "KH", None)
    names = {"name-km": "កំពង់ផែ", "code": "ta", "other": "துறைமுகம்"}
    assert client.post("/cities/northport/names/", names).status_code == 302
    assert {one.language: one.name for one in northport.names.all()} == {"km": "កំពង់ផែ", "ta": "துறைமுகம்"}
    assert client.post("/cities/northport/names/", {"code": "ta"}).status_code == 422
    assert client.post("/cities/northport/names/", {"code": "??", "other": "x"}).status_code == 422
