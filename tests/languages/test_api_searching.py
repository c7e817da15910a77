"""Searching by the API: the same as on the page, with numbers."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from intercity.accounts.models import Person
from intercity.cities.models import Network
from intercity.dialogues import actions
from intercity.dialogues.duties import index_dialogues
from intercity.dialogues.models import Dialogue

ADDRESS = "/api/v1/search"


@pytest.fixture
def fruit(ana: Person, network: Network, dialogue: Dialogue) -> Dialogue:
    """The dialogue with a Lao statement, all of it to be found."""
    network.languages = ["en", "lo", "zh-hans"]
    network.save()
    actions.add_statement(ana, dialogue, body="ໝາກໄມ້ຄວນຜ່ານດ່ານພາສີໄວ ເພື່ອໃຫ້ສົດຢູ່", language="lo")
    index_dialogues()
    return dialogue


def found(client: Client, query: str, **more: Any) -> Any:
    """What the API answers."""
    answer = client.get(ADDRESS, {"q": query, **more})
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_a_chinese_query_finds_a_lao_statement(client: Client, fruit: Dialogue) -> None:
    answer = found(client, "水果过关要快，才能保持新鲜")
    hit = next(one for one in answer["items"] if one["language"] == "lo")
    assert (hit["kind"], hit["address"]) == ("statement", "/dialogues/water/statements/13/")
    assert (hit["words"], hit["is_translation"], hit["original_language"]) == ([], False, "lo")
    assert 0 < hit["meaning"] <= 1
    assert hit["likeness"] in {"strong", "near"}
    assert answer["understood_as"]["language"] == "zh-hans"
    assert answer["understood_as"]["by_meaning"] is True


def test_words_kinds_and_pages(client: Client, fruit: Dialogue) -> None:
    answer = found(client, "idea good", kind="statement", limit=5)
    assert len(answer["items"]) == 5
    assert answer["has_more"] is True
    assert answer["total_is_at_least"] >= 12
    assert answer["items"][0]["words"] == ["idea", "good"]
    later = found(client, "idea good", kind="statement", limit=5, start=5)
    assert not {one["address"] for one in answer["items"]} & {one["address"] for one in later["items"]}
    kinds = {one["kind"] for one in found(client, "clean water", kind=["dialogue", "answer"])["items"]}
    assert kinds == {"dialogue"}


@pytest.mark.parametrize(
    "wrong", [{}, {"q": ""}, {"q": "x" * 501}, {"q": "x", "kind": "nonsense"}, {"q": "x", "limit": 0}, {"q": "\x00"}]
)
def test_what_cannot_be_asked_is_said(client: Client, dialogue: Dialogue, wrong: dict[str, str]) -> None:
    answer = client.get(ADDRESS, wrong)
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
