"""Cooperation as JSON, tables and feeds: what is public, and nobody's mailbox."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest
from defusedxml import ElementTree
from django.test import Client

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.partnerships.actions import commitments
from intercity.partnerships.models import Agreement, Commitment, ProgressReport

ATOM = "{http://www.w3.org/2005/Atom}"


def _json(client: Client, address: str, **query: Any) -> Any:
    answer = client.get(f"/api/v1{address}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_commitments_are_listed_with_how_they_stand(client: Client, commitment: Commitment) -> None:
    item = _json(client, "/commitments")["items"][0]
    assert (item["number"], item["standing"], item["city"]) == (commitment.number, "open", "northport")
    assert item["confirmer_city"] == "eastbay"
    assert _json(client, "/commitments", standing="late")["items"] == []
    assert len(_json(client, "/commitments", year=commitment.first_due_on.year)["items"]) == 1


def test_one_commitment_has_its_history(client: Client, dia: Person, reported: ProgressReport) -> None:
    commitments.confirm(dia, reported.commitment, seen=reported.pk, is_so=True)
    found = _json(client, f"/commitments/{reported.commitment.number}")
    assert found["standing"] == "kept"
    assert [step["what"] for step in found["steps"]] == ["promised", "reported", "confirmed"]
    assert found["confirmations"][0]["city"] == "eastbay"


@pytest.mark.parametrize(("number", "status"), [(0, 422), (99, 404), (2**31, 422)])
def test_numbers_that_lead_nowhere(client: Client, northport: City, number: int, status: int) -> None:
    assert client.get(f"/api/v1/commitments/{number}").status_code == status


def test_agreements_say_how_many_commitments_they_have(
    client: Client, agreement: Agreement, commitment: Commitment
) -> None:
    assert _json(client, "/agreements")["items"][0]["commitments"] == 0
    Commitment.objects.update(agreement=agreement)
    assert _json(client, f"/agreements/{agreement.slug}")["commitments"] == 1


def test_the_numbers_are_those_of_the_pages(client: Client, commitment: Commitment) -> None:
    page = client.get("/cities/northport/results/").context["numbers"]
    told = _json(client, "/numbers", city="northport")
    assert told["commitments"] == {str(name): number for name, number in page.commitments.items()}
    assert told["kept_on_time"] == page.kept_on_time


@pytest.mark.parametrize(
    "address",
    ["/api/v1/commitments", "/api/v1/agreements", "/cooperation/data/commitments.csv", "/commitments/feed.atom"],
)
def test_nobodys_mailbox_is_told(client: Client, ana: Person, commitment: Commitment, address: str) -> None:
    commitments.change(ana, commitment, version=commitment.version, mailbox="wells@example.org")
    answer = client.get(address)
    body = b"".join(answer) if answer.streaming else answer.content
    assert b"wells beside the market" in body or b"Clean water" in body or b"items" in body
    assert b"wells@" not in body


def _rows(client: Client, name: str) -> list[dict[str, str]]:
    answer: Any = client.get(f"/cooperation/data/{name}.csv")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(body)))


def test_tables_have_the_columns_that_their_schema_names(
    client: Client, commitment: Commitment, agreement: Agreement
) -> None:
    schema = client.get("/cooperation/data/datapackage.json").json()
    for table in schema["resources"]:
        for row in _rows(client, table["name"]):
            assert list(row) == [field["name"] for field in table["schema"]["fields"]]
    row = _rows(client, "commitments")[0]
    assert row["text"] == "We open four wells beside the market."
    assert row["standing"] == "open"
    assert _rows(client, "agreements")[0]["parties"] == "northport | eastbay"


def test_no_cell_is_run_as_a_formula(client: Client, bao: Person, commitment: Commitment) -> None:
    commitments.change(
        bao, commitment, version=commitment.version, owner="=HYPERLINK(1)", reason=("en", "Another office.")
    )
    assert _rows(client, "commitments")[0]["owner"] == "'=HYPERLINK(1)"


def test_a_feed_tells_of_each_state_once(client: Client, bao: Person, commitment: Commitment) -> None:
    def ids() -> list[str]:
        feed = ElementTree.fromstring(client.get("/commitments/feed.atom").content)
        return [str(entry.findtext(f"{ATOM}id")) for entry in feed.iter(f"{ATOM}entry")]

    before = ids()
    assert len(before) == 1
    assert ids() == before
    commitments.report(bao, commitment, ("en", "Two wells run."))
    assert ids() != before
