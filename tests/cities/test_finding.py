"""Cities are found by their names in every language."""

from __future__ import annotations

from django.test import Client

from intercity.accounts.models import Person
from intercity.cities import actions, duties
from intercity.cities.models import City
from intercity.languages.models import Findable, Kind, Passage


def names(city: City) -> set[tuple[str, str]]:
    """Language and name, as they can be found."""
    found = Passage.objects.filter(findable__kind=Kind.CITY, findable__key=str(city.pk))
    return set(found.values_list("language", "body"))


def test_a_city_is_found_by_all_its_names(ana: Person, client: Client) -> None:
    city = actions.add_city(ana, name="Westhaven", country="VN")
    actions.name_city(ana, city, "km", "កំពង់លិច")
    duties.index_cities()
    assert names(city) == {("en", "Westhaven"), ("km", "កំពង់លិច")}
    address = Findable.objects.get(kind=Kind.CITY, key=str(city.pk)).address
    assert client.get(address).status_code == 200


def test_a_name_that_changes_is_found_and_the_old_one_not(ana: Person) -> None:
    city = actions.add_city(ana, name="Westhaven", country="VN")
    duties.index_cities()
    actions.edit_city(ana, city, name="Newhaven")
    assert Findable.objects.stale(Kind.CITY).count() == 1
    duties.index_cities()
    assert names(city) == {("en", "Newhaven")}
    assert duties.index_cities() == 0


def test_a_city_that_left_is_found_since_its_page_stays(ana: Person) -> None:
    city = actions.add_city(ana, name="Westhaven", country="VN")
    actions.leave(ana, city)
    duties.index_cities()
    assert names(city) == {("en", "Westhaven")}
