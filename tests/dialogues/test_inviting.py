"""Invitations on paper: shown once, counted, withdrawn; an officer invites the people of their own city."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from intercity.accounts.codes import tidy
from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.dialogues import actions
from intercity.dialogues.models import Dialogue, Invitation
from intercity.refusals import RefusedError

ADDRESS = "/dialogues/water/invitations/"


def sheet(city: City | None, **changed: Any) -> dict[str, Any]:
    """The form as a browser sends it."""
    return {"city": "" if city is None else city.pk, "number": 3, "most_uses": 1, "sheet": "Library", **changed}


@pytest.fixture
def as_ana(client: Client, ana: Person, dialogue: Dialogue) -> Client:
    """A browser in which Ana is signed in."""
    client.force_login(ana)
    return client


def test_cards_are_shown_once_and_let_people_in(as_ana: Client, dialogue: Dialogue, northport: City) -> None:
    answer = as_ana.post(ADDRESS, sheet(northport))
    page = answer.content.decode()
    codes = re.findall(r'class="code">([^<]+)<', page)
    assert len(codes) == 3
    assert page.count("<svg viewBox") >= 3
    assert "no-store" in answer["Cache-Control"]
    assert "http://testserver/dialogues/water/join/" in page
    participant, _code = actions.join(dialogue, invitation_code=codes[0])
    assert participant.city == northport
    listed = as_ana.get(ADDRESS).content.decode()
    assert "1 of 3" in listed
    assert not any(code in listed or tidy(code) in listed for code in codes)


def test_a_withdrawn_sheet_lets_nobody_in(as_ana: Client, dialogue: Dialogue, northport: City) -> None:
    page = as_ana.post(ADDRESS, sheet(northport)).content.decode()
    code = re.findall(r'class="code">([^<]+)<', page)[0]
    as_ana.post(f"{ADDRESS}revoke/", {"sheet": "Library", "city": "northport"})
    with pytest.raises(RefusedError, match="used up"):
        actions.join(dialogue, invitation_code=code)
    assert "withdrawn" in as_ana.get(ADDRESS).content.decode()


def test_a_code_without_limit(as_ana: Client, dialogue: Dialogue) -> None:
    page = as_ana.post(ADDRESS, sheet(None, most_uses="", number=1)).content.decode()
    code = re.findall(r'class="code">([^<]+)<', page)[0]
    for _n in range(3):
        actions.join(dialogue, invitation_code=code)
    assert Invitation.objects.get().uses == 3
    assert "no limit" in as_ana.get(ADDRESS).content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"number": 0}, "greater than or equal to 1"),
        ({"number": 501}, "less than or equal to 500"),
        ({"most_uses": 0}, "greater than or equal to 1"),
        ({"sheet": ""}, "required"),
    ],
)
def test_wrong_numbers_make_no_codes(as_ana: Client, northport: City, changed: dict[str, Any], said: str) -> None:
    answer = as_ana.post(ADDRESS, sheet(northport, **changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Invitation.objects.exists()


def test_two_sheets_have_two_names(as_ana: Client, northport: City) -> None:
    as_ana.post(ADDRESS, sheet(northport))
    answer = as_ana.post(ADDRESS, sheet(northport))
    assert answer.status_code == 422
    assert "a sheet of this name already" in answer.content.decode()


def test_an_officer_invites_for_their_city_only(
    client: Client, ana: Person, bao: Person, dialogue: Dialogue, northport: City, eastbay: City
) -> None:
    actions.invite(ana, dialogue, city=eastbay, number=1, most_uses=1, sheet="Market of Eastbay")
    client.force_login(bao)
    page = client.get(ADDRESS).content.decode()
    assert "Northport" in page
    assert "Eastbay" not in page
    assert client.post(ADDRESS, sheet(eastbay)).status_code == 422
    assert client.post(ADDRESS, sheet(None)).status_code == 422
    assert client.post(ADDRESS, sheet(northport)).status_code == 200
    refused = client.post(f"{ADDRESS}revoke/", {"sheet": "Market of Eastbay", "city": "eastbay"})
    assert refused.status_code == 403
    assert client.post(f"{ADDRESS}revoke/", {"sheet": "Market of Eastbay", "city": ""}).status_code == 403


def test_the_page_is_closed_to_others(client: Client, dialogue: Dialogue, cem: Person) -> None:
    assert client.get(ADDRESS).status_code == 302
    client.force_login(cem)
    assert client.get(ADDRESS).status_code == 403
    assert client.post(ADDRESS, sheet(None)).status_code == 403
