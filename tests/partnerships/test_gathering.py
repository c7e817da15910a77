"""What came of it is counted in one place; each number is the length of a list that a page shows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.partnerships import gathering
from intercity.partnerships.actions import commitments
from intercity.partnerships.gathering import Scope
from intercity.partnerships.models import Agreement, Commitment, ProgressReport, Standing

TODAY = timezone.localdate


def test_an_empty_network_has_nothing(northport: City) -> None:
    found = gathering.numbers()
    assert (found.commitments_made, found.adoptions_confirmed, found.agreements_made) == (0, 0, 0)
    assert set(found.commitments) == set(Standing)
    assert not found.has_simulated
    assert gathering.years() == []


@pytest.mark.parametrize("standing", list(Standing))
def test_every_standing_is_counted_as_it_is_shown(commitment: Commitment, standing: Standing) -> None:
    yesterday, tomorrow = TODAY() - timedelta(days=1), TODAY() + timedelta(days=1)
    fields: dict[Standing, dict[str, Any]] = {
        Standing.OPEN: {},
        Standing.CHANGED: {"is_changed": True},
        Standing.LATE: {"due_on": yesterday},
        Standing.REPORTED: {"state": "reported", "done_on": yesterday},
        Standing.KEPT: {"state": "kept", "done_on": yesterday, "settled_on": TODAY()},
        Standing.KEPT_LATE: {
            "state": "kept", "first_due_on": yesterday, "done_on": TODAY(), "due_on": tomorrow, "settled_on": TODAY()
        },
        Standing.DROPPED: {"state": "dropped", "settled_on": TODAY()},
    }  # fmt: skip
    Commitment.objects.update(**fields[standing])
    assert Commitment.objects.get().standing == standing
    assert gathering.numbers().commitments == {one: int(one == standing) for one in Standing}


def test_a_city_counts_its_own_promises_and_sees_those_made_to_it(
    commitment: Commitment, northport: City, eastbay: City
) -> None:
    assert gathering.numbers(Scope(city=northport)).commitments_made == 1
    assert gathering.numbers(Scope(city=eastbay)).commitments_made == 0
    assert list(gathering.promised_to(Scope(city=eastbay))) == [commitment]


def test_two_cities_count_the_same_from_both_sides(
    commitment: Commitment, agreement: Agreement, northport: City, eastbay: City
) -> None:
    scope = Scope(city=northport, other=eastbay)
    assert gathering.numbers(scope) == gathering.numbers(scope.turned())
    assert gathering.numbers(scope).commitments_made == 1
    assert gathering.numbers(scope).agreements_made == 1


def test_a_year_counts_what_was_first_promised_for_it(commitment: Commitment) -> None:
    year = commitment.first_due_on.year
    Commitment.objects.update(due_on=commitment.due_on.replace(year=year + 1))
    assert gathering.numbers(Scope(year=year)).commitments_made == 1
    assert gathering.numbers(Scope(year=year + 1)).commitments_made == 0
    assert year in gathering.years()


def test_each_member_of_a_year_has_the_numbers_of_its_own_page(
    bao: Person, dia: Person, reported: ProgressReport, northport: City
) -> None:
    commitments.confirm(dia, reported.commitment, seen=reported.pk, is_so=True)
    year = reported.commitment.first_due_on.year
    for row in gathering.by_member(year):
        found = gathering.numbers(Scope(year=year, city=row.city))
        assert (row.made, row.kept_on_time, row.late) == (
            found.commitments_made,
            found.kept_on_time,
            found.commitments[Standing.LATE],
        )
        assert row.taken + row.given == found.adoptions


def test_report_and_pages_say_the_same(
    dia: Person, reported: ProgressReport, agreement: Agreement, client: Client, northport: City, eastbay: City
) -> None:
    commitments.confirm(dia, reported.commitment, seen=reported.pk, is_so=True)
    year = reported.commitment.first_due_on.year
    for address, scope in (
        ("/cities/northport/results/", Scope(city=northport)),
        ("/cities/northport/with/eastbay/", Scope(city=northport, other=eastbay)),
        (f"/reports/{year}/", Scope(year=year)),
    ):
        page = client.get(address)
        assert page.status_code == 200
        numbers = page.context["numbers"]
        assert numbers == gathering.numbers(scope)
        assert len(page.context["kept"]) == numbers.kept == 1
        assert len(page.context["open"]) == numbers.still_open
        assert len(page.context["agreements"]) == numbers.agreements_made


def test_a_year_of_which_nothing_is_known_has_no_report(commitment: Commitment, client: Client) -> None:
    assert client.get("/reports/1999/").status_code == 404


def test_the_report_lists_members_by_name_never_by_number(
    commitment: Commitment, northport: City, eastbay: City
) -> None:
    rows = gathering.by_member(commitment.first_due_on.year)
    assert [row.city.name for row in rows] == ["Eastbay", "Northport"]


def test_what_was_made_up_is_told(commitment: Commitment, client: Client) -> None:
    Commitment.objects.update(is_simulated=True)
    assert gathering.numbers().has_simulated
    assert "made up by a program" in client.get("/cities/northport/results/").content.decode()


def test_only_the_secretariat_sees_what_is_overdue(ana: Person, bao: Person, commitment: Commitment) -> None:
    Commitment.objects.update(due_on=TODAY() - timedelta(days=20))
    client = Client()
    client.force_login(bao)
    assert client.get("/manage/overdue/").status_code == 403
    client.force_login(ana)
    assert "wells beside the market" in client.get("/manage/overdue/").content.decode()
