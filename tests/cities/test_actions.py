"""Founding the network, and adding, editing, naming and leaving."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person
from intercity.audit.models import Entry
from intercity.cities import actions
from intercity.cities.models import City, Network


def test_a_network_is_founded_once(db: None) -> None:
    network = actions.found_network("Rivers", ["en", "km"], "office@example.org")
    assert Network.current() == network
    with pytest.raises(ValidationError, match="Rivers"):
        actions.found_network("Roads", ["en"])
    assert Network.objects.get().name == "Rivers"


@pytest.mark.parametrize(
    ("name", "languages", "contact"), [("", ["en"], ""), ("Rivers", ["??"], ""), ("Rivers", ["en"], "no address")]
)
def test_a_network_that_cannot_be_is_refused(db: None, name: str, languages: list[str], contact: str) -> None:
    with pytest.raises(ValidationError):
        actions.found_network(name, languages, contact)
    assert Network.current() is None


def test_addresses_of_cities_are_their_names_and_never_meet(ana: Person) -> None:
    slugs = [
        actions.add_city(ana, name=name, country="VN").slug for name in ("Móng Cái", "Mong Cai", "Mong-Cai", "Add")
    ]
    assert slugs == ["mong-cai", "mong-cai-vn", "mong-cai-vn-2", "add-vn"]


def test_a_name_without_latin_letters_is_asked_for_in_latin_letters(ana: Person) -> None:
    with pytest.raises(ValidationError) as error:
        actions.add_city(ana, name="···", country="VN")
    assert "name" in error.value.message_dict


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"population": 5, "population_year": 2020}, "population_source"),
        ({"population": 5, "population_source": "census"}, "population_year"),
        ({"population": 5, "population_source": "census", "population_year": 1000}, "population_year"),
        ({"population": 0}, "population_year"),
        ({"latitude": 10.0}, "longitude"),
        ({"latitude": 91.0, "longitude": 0.0}, "latitude"),
        ({"timezone": "Asia/Nowhere"}, "timezone"),
        ({"wikidata_id": "1858"}, "wikidata_id"),
        ({"locode": "vn"}, "locode"),
        ({"country": "Vietnam"}, "country"),
        ({"level": "kingdom"}, "level"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(ana: Person, fields: dict[str, object], wrong: str) -> None:
    with pytest.raises(ValidationError) as error:
        actions.add_city(ana, **{"name": "Westport", "country": "KH", **fields})  # type: ignore[arg-type]
    assert wrong in error.value.message_dict
    assert not City.objects.filter(name="Westport").exists()


def test_a_population_with_year_and_source_is_kept(ana: Person) -> None:
    city = actions.add_city(
        ana, name="Westport", country="KH", population=0, population_year=2019, population_source="census"
    )
    city.refresh_from_db()
    assert (city.population, city.population_year, city.population_source) == (0, 2019, "census")


def test_an_old_gap_keeps_nobody_from_mending_something_else(bao: Person, northport: City) -> None:
    assert northport.population
    assert not northport.population_source
    actions.edit_city(bao, northport, represented_by="The mayor's office")
    with pytest.raises(ValidationError):
        actions.edit_city(bao, northport, population=7)


def test_names_are_set_changed_and_taken_back(bao: Person, northport: City) -> None:
    actions.name_city(bao, northport, "km", " ភ្នំពេញ ")
    assert northport.named("km") == "ភ្នំពេញ"
    actions.name_city(bao, northport, "km", "")
    assert northport.named("km") == "Northport"
    with pytest.raises(ValidationError):
        actions.name_city(bao, northport, "??", "x")
    with pytest.raises(ValidationError):
        actions.name_city(bao, northport, "km", "x" * 121)


def test_a_city_leaves_and_what_it_did_stays(ana: Person, northport: City) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ValidationError):
        actions.leave(ana, northport, tomorrow)
    actions.leave(ana, northport)
    assert northport not in City.objects.members()
    assert City.objects.filter(pk=northport.pk).exists()
    assert Entry.objects.filter(action="city.left", subject=f"city:{northport.pk}").exists()


def test_a_city_does_not_leave_before_it_joined(ana: Person, network: Network) -> None:
    city = cast.member("Westport", joined_on=timezone.localdate())
    with pytest.raises(ValidationError):
        actions.leave(ana, city, timezone.localdate() - timedelta(days=1))
