"""Practices, challenges and adoptions as JSON: everything that is published, and nothing that is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.practices.actions import add_cost
from intercity.practices.models import Adoption, AdoptionPart, Challenge, Cost, Practice, PracticeState

HERE = "/api/v1"
CLAIM = {"claimed_by": "Office", "source": "Report", "claimed_on": "2024"}


def get(client: Client, path: str, **query: Any) -> dict[str, Any]:
    answer = client.get(HERE + path, query)
    assert answer.status_code == 200, answer.content
    found: dict[str, Any] = answer.json()
    return found


def test_practices_are_listed_with_cost_and_evidence_first(
    client: Client, practice: Practice, draft: Practice
) -> None:
    found = get(client, "/practices")
    [one] = found["items"]
    assert (found["total"], found["next"], found["ignored"], found["missing"]) == (1, None, [], [])
    card = one["practice"]
    assert (card["slug"], card["city"], card["country"], card["evidence"]) == (practice.slug, "northport", "KH", 2)
    assert card["title"]["text"] == "Rain gardens along the market street"
    assert card["costs"][0]["amount"] == "120000.00"
    assert card["costs"][0]["source"] == "https://example.org/report"


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"city": "northport"}, 1), ({"city": "eastbay"}, 0), ({"cost": "known"}, 1), ({"failed": "true"}, 0),
        ({"evidence": 3}, 0), ({"evidence": 2}, 1), ({"status": "running"}, 1), ({"country": "KH"}, 1),
        ({"size": "100k-500k"}, 1), ({"income": "high"}, 0),
    ],
)  # fmt: skip
def test_filters_are_those_of_the_page(client: Client, practice: Practice, query: dict[str, Any], number: int) -> None:
    assert get(client, "/practices", **query)["total"] == number


def test_filters_that_nobody_knows_are_named_or_refused(client: Client, practice: Practice) -> None:
    found = get(client, "/practices", theme="dragons", like="atlantis", country="ZZ")
    assert found["ignored"] == ["theme", "country"]
    assert found["missing"] == ["like"]
    for wrong in ({"income": "huge"}, {"page": 0}, {"limit": 101}, {"evidence": 6}, {"target": "x"}):
        answer = client.get(f"{HERE}/practices", wrong)
        assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")


def test_pages_follow_each_other(client: Client, practice: Practice) -> None:
    for number in range(2):
        Practice.objects.create(
            slug=f"other-{number}", city=practice.city, state=PracticeState.PUBLISHED, published_at=timezone.now()
        )
    first = get(client, "/practices", limit=2)
    answer = client.get(first["next"])
    second = answer.json()
    slugs = [one["practice"]["slug"] for page in (first, second) for one in page["items"]]
    assert len(set(slugs)) == 3
    assert second["next"] is None


def test_one_practice_is_whole(client: Client, practice: Practice, adoption: Adoption) -> None:
    AdoptionPart.objects.create(adoption=adoption, kind="changed", part="Plants", why="Salt", language="en")
    found = get(client, f"/practices/{practice.slug}")
    assert set(found["words"]) == {"title", "summary", "problem", "solution", "difficulties"}
    assert found["results"][0]["method"] == "before_after"
    assert found["evidence_explained"]["level"] == 2
    assert found["evidence_explained"]["reasons"]
    [taken] = found["adoptions"]
    assert (taken["to_city"], taken["is_confirmed"], taken["parts"][0]["kind"]) == ("eastbay", False, "changed")


def test_versions_can_be_cited(client: Client, practice: Practice, bao: Person) -> None:
    add_cost(bao, practice, kind="running", amount="5", currency="USD", **CLAIM)
    listed = get(client, f"/practices/{practice.slug}")["versions"]
    last = listed[-1]["number"]
    assert [one["number"] for one in listed] == list(range(1, last + 1))
    version = get(client, f"/practices/{practice.slug}/versions/{last}")
    assert len(version["document"]["costs"]) == 2
    assert client.get(f"{HERE}/practices/{practice.slug}/versions/{last + 1}").status_code == 404


@pytest.mark.parametrize("state", [PracticeState.DRAFT, PracticeState.WITHDRAWN])
def test_what_is_not_published_is_not_there(
    client: Client, practice: Practice, adoption: Adoption, bao: Person, state: str
) -> None:
    add_cost(bao, practice, kind="running", amount="5", currency="USD", **CLAIM)
    Practice.objects.update(state=state)
    assert get(client, "/practices")["total"] == 0
    assert get(client, "/adoptions")["items"] == []
    for path in ("", "/versions/1"):
        assert client.get(f"{HERE}/practices/{practice.slug}{path}").status_code == 404


def test_nobody_who_wrote_is_named(client: Client, practice: Practice, adoption: Adoption, bao: Person) -> None:
    add_cost(bao, practice, kind="running", amount="5", currency="USD", **CLAIM)
    for path in (f"/practices/{practice.slug}", f"/practices/{practice.slug}/versions/1", "/adoptions", "/practices"):
        assert b"bao@" not in client.get(HERE + path).content


def test_challenges_and_what_fits_them(client: Client, challenge: Challenge, practice: Practice) -> None:
    [one] = get(client, "/challenges", city="eastbay", state="open")["items"]
    assert one["title"]["text"] == "Our market floods"
    assert get(client, "/challenges", state="closed")["items"] == []
    assert get(client, f"/challenges/{challenge.slug}")["city"] == "eastbay"
    assert get(client, "/practices", challenge=challenge.slug)["missing"] == []


def test_adoptions_say_whether_the_city_confirms(client: Client, practice: Practice, adoption: Adoption) -> None:
    assert get(client, "/adoptions", confirmed="true")["items"] == []
    Cost.objects.create(adoption=adoption, kind="capital", amount=5, currency="USD", **CLAIM)
    adoption.stage, adoption.confirmed_at = "running", timezone.now()
    adoption.save()
    [one] = get(client, "/adoptions", practice=practice.slug, to_city="eastbay", confirmed="true")["items"]
    assert (one["practice"], one["from_city"], one["costs"][0]["amount"]) == (practice.slug, "northport", "5.00")
    assert one["confirmed_on"] == adoption.confirmed_at.date().isoformat()


def test_the_vocabulary_is_linked_data(client: Client, network: object) -> None:
    found = get(client, "/vocabulary")
    assert found["id"] == "http://testserver/vocabulary/"
    assert len(found["concepts"]) > 100


def test_a_list_asks_the_database_no_more_for_more_practices(
    client: Client, practice: Practice, django_assert_max_num_queries: Any
) -> None:
    for number in range(15):
        Practice.objects.create(
            slug=f"other-{number}", city=practice.city, state=PracticeState.PUBLISHED, published_at=timezone.now()
        )
    with django_assert_max_num_queries(20):
        assert len(get(client, "/practices", limit=50)["items"]) == 16
