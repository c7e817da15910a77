"""A declaration pasted as text becomes commitments that a person has accepted, each with its owner and day."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.partnerships.models import Agreement, Commitment

TEXT = """Recalling the river that we share,

1. Northport will open four wells by 2030.
2. We agree to plant 300 trees along the river.

The weather was fine."""


@pytest.fixture
def signed(bao: Person) -> Client:
    client = Client()
    client.force_login(bao)
    return client


def _found(signed: Client, **more: Any) -> Any:
    return signed.post("/commitments/from-a-declaration/", {"declaration": TEXT, "language": "en", **more})


def _answers(northport: City, eastbay: City, **more: str) -> dict[str, Any]:
    due = str(timezone.localdate() + timedelta(days=200))
    return {
        "keep": "1", "rows-TOTAL_FORMS": "2", "rows-INITIAL_FORMS": "2", "all-language": "en",
        "all-city": str(northport.pk), "all-confirmer": "city", "all-confirmer_city": str(eastbay.pk),
        "rows-0-text": "Northport will open four wells by 2030.", "rows-0-owner": "Water office",
        "rows-0-due_on": due, "rows-0-known_by": "Four wells give water.",
        "rows-1-text": "We agree to plant 300 trees along the river.", "rows-1-owner": "Parks",
        "rows-1-due_on": due, "rows-1-known_by": "300 trees stand.", **more,
    }  # fmt: skip


def test_sentences_are_proposed_with_the_rule_and_the_rest_with_why_not(signed: Client) -> None:
    page = _found(signed)
    body = page.content.decode()
    assert "Northport will open four wells by 2030." in body
    assert "looks like a promise" in body
    assert "The weather was fine." in body
    assert "nothing in it promises" in body
    assert "it recalls or recognises something" in body
    assert not Commitment.objects.exists()


def test_what_is_chosen_is_kept(signed: Client, northport: City, eastbay: City, agreement: Agreement) -> None:
    answers = _answers(northport, eastbay, agreement=str(agreement.pk), **{"rows-0-taken": "on"})
    answer = _found(signed, **answers)
    assert answer.url == f"/agreements/{agreement.slug}/"
    kept = Commitment.objects.get()
    assert (kept.text.body, kept.agreement) == ("Northport will open four wells by 2030.", agreement)


def test_one_that_is_refused_keeps_none_and_loses_nothing(signed: Client, northport: City, eastbay: City) -> None:
    answers = _answers(
        northport, eastbay, **{"rows-0-taken": "on", "rows-1-taken": "on", "rows-1-due_on": "2001-01-01"}
    )
    answer = _found(signed, **answers)
    assert answer.status_code == 422
    assert "Water office" in answer.content.decode()
    assert not Commitment.objects.exists()


def test_what_is_taken_needs_an_owner(signed: Client, northport: City, eastbay: City) -> None:
    answers = _answers(northport, eastbay, **{"rows-0-taken": "on", "rows-0-owner": ""})
    answer = _found(signed, **answers)
    assert answer.status_code == 422
    assert "This is needed to make it a commitment." in answer.content.decode()


def test_nothing_chosen_says_so(signed: Client, northport: City, eastbay: City) -> None:
    answer = _found(signed, **_answers(northport, eastbay))
    assert answer.status_code == 422
    assert "Nothing is chosen." in answer.content.decode()


def test_only_those_who_may_promise(cem: Person, northport: City) -> None:
    client = Client()
    client.force_login(cem)
    assert client.get("/commitments/from-a-declaration/").status_code == 403
