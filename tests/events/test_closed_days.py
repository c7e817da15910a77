"""Hints about closed offices: of whom, on which days, in whose words; and what is not known is said to be so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.events import actions
from intercity.events.closed_days import closed_days

NEW_YEAR = date(2026, 4, 14)


def test_each_country_has_its_own_days() -> None:
    found = closed_days(NEW_YEAR, NEW_YEAR, ["KH", "LA", "TH", "SG"], "en")
    assert [one.country for one in found.days] == ["KH", "LA", "TH"]
    assert found.unknown == ()


def test_days_that_are_kept_while_offices_may_be_open_are_told_apart() -> None:
    found = closed_days(date(2026, 11, 24), date(2026, 12, 2), ["LA"], "en")
    assert [(one.names, one.is_closed) for one in found.days] == [
        (("Boun That Luang Festival",), False),
        (("Lao National Day",), True),
    ]
    assert (len(found.closed), len(found.kept)) == (1, 1)


@pytest.mark.parametrize(("reader", "named"), [("km", "km"), ("zh-hans", "en"), ("en", "en"), ("xx", "en")])
def test_names_are_in_the_readers_language_or_in_english(reader: str, named: str) -> None:
    [one] = closed_days(NEW_YEAR, NEW_YEAR, ["KH"], reader).days
    assert one.language == named


def test_what_nobody_knows_is_said_to_be_unknown() -> None:
    assert closed_days(NEW_YEAR, NEW_YEAR, ["XX", ""], "en").unknown == ("XX",)
    assert closed_days(date(1900, 1, 1), date(1900, 1, 1), ["KH"], "en").unknown == ("KH",)


def test_days_of_two_years_are_found_in_order() -> None:
    found = closed_days(date(2025, 12, 24), date(2026, 1, 2), ["SG", "CN"], "en").days
    assert [(one.day, one.country) for one in found] == sorted((one.day, one.country) for one in found)
    assert {one.day.year for one in found} == {2025, 2026}


@pytest.mark.parametrize("country", ["KH", "LA", "MM", "TH", "VN", "MY", "SG", "ID", "PH", "BN", "TL", "CN"])
def test_the_first_network_has_days_of_every_country(country: str) -> None:
    """How many there are stands in docs/decisions/0006-cooperation.md."""
    found = closed_days(date(2026, 1, 1), date(2026, 12, 31), [country], "en")
    assert len(found.closed) >= 8
    assert not found.unknown


def test_it_is_a_hint_for_those_who_prepare_and_never_a_refusal(client: Client, bao: Person, northport: City) -> None:
    year = date.today().year + 1
    event = actions.add_event(bao, kind="visit", title=("en", "A visit"), starts_on=date(year, 4, 14), city=northport)
    client.force_login(bao)
    for page in (f"/events/{event.slug}/", f"/events/{event.slug}/edit/"):
        assert "Offices of those who take part are closed" in client.get(page).content.decode()
    actions.publish_event(bao, event)
    client.logout()
    assert "Offices of those who take part" not in client.get(f"/events/{event.slug}/").content.decode()
    client.force_login(bao)
    actions.edit_event(bao, event, starts_on=date(year, 4, 14) + timedelta(days=60), ends_on=date(year, 6, 13))
    assert "Khmer New Year" not in client.get(f"/events/{event.slug}/").content.decode()
