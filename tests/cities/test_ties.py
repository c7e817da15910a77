"""Ties and threads: claims with a source and a day, confirmed or ended by the two cities."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import cast
from tests.cities.test_rights import CLAIM, THREAD, TIE
from tests.program import Program

from intercity.accounts.models import Person, Role
from intercity.audit.models import Entry
from intercity.cities import actions, duties
from intercity.cities.models import City, Network, Thread, Tie, TieConfirmation, TieStanding
from intercity.languages.models import Beside
from intercity.refusals import RefusedError


@pytest.fixture
def dia(eastbay: City) -> Person:
    """The officer of Eastbay."""
    return cast.person("Dia", Role.OFFICER, city=eastbay)


@pytest.fixture
def tie(bao: Person, northport: City, eastbay: City) -> Tie:
    """A flight, as of today."""
    return actions.claim_tie(bao, one=northport, other=eastbay, **{**TIE, "as_of": timezone.localdate()})


def _standing(tie: Tie) -> str:
    return tie.standing


def test_it_is_fresh_for_a_year_then_stale_then_fresh_again_when_confirmed(
    dia: Person, eastbay: City, tie: Tie
) -> None:
    assert _standing(tie) == TieStanding.THERE
    Tie.objects.update(as_of=timezone.localdate() - timedelta(days=366))
    tie.refresh_from_db()
    assert _standing(tie) == TieStanding.STALE
    actions.confirm_tie(dia, tie, eastbay)
    assert _standing(tie) == TieStanding.THERE
    TieConfirmation.objects.update(confirmed_on=timezone.localdate() - timedelta(days=366))
    assert _standing(tie) == TieStanding.STALE


def test_the_cities_may_differ_and_the_last_word_of_each_counts(
    bao: Person, dia: Person, northport: City, eastbay: City, tie: Tie
) -> None:
    actions.end_tie(bao, tie, northport)
    tie.refresh_from_db()
    assert _standing(tie) == TieStanding.ENDED
    assert tie.ended_on == timezone.localdate()
    actions.confirm_tie(dia, tie, eastbay)
    assert _standing(tie) == TieStanding.DISPUTED
    actions.confirm_tie(bao, tie, northport)
    tie.refresh_from_db()
    assert _standing(tie) == TieStanding.THERE
    assert tie.ended_on is None
    assert tie.confirmations.count() == 3  # nothing is deleted


def test_said_twice_on_one_day_is_once(bao: Person, northport: City, tie: Tie) -> None:
    assert actions.confirm_tie(bao, tie, northport) == actions.confirm_tie(bao, tie, northport)
    assert Entry.objects.filter(action="tie.confirmed").count() == 1


def test_a_third_city_has_no_say(tie: Tie) -> None:
    third = cast.member("Westhill")
    with pytest.raises(RefusedError, match="two other cities"):
        actions.confirm_tie(cast.person("Eve", Role.OFFICER, city=third), tie, third)


def test_the_same_in_the_other_direction_is_the_same(ana: Person, tie: Tie) -> None:
    with pytest.raises(RefusedError, match="already"):
        actions.claim_tie(ana, one=tie.other, other=tie.one, **TIE)
    actions.claim_tie(ana, one=tie.other, other=tie.one, note="by night", **TIE)
    assert Tie.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"claimed_by": " "}, "claimed_by"),
        ({"source": ""}, "source"),
        ({"kind": "rocket"}, "kind"),
        ({"note": "x" * 301}, "note"),
        ({"as_of": date(2999, 1, 1)}, "as_of"),
    ],
)
def test_a_claim_without_a_source_or_of_tomorrow_is_refused(
    bao: Person, northport: City, eastbay: City, given: dict[str, Any], field: str
) -> None:
    with pytest.raises(RefusedError) as refusal:
        actions.claim_tie(bao, one=northport, other=eastbay, **{**TIE, **given})
    assert refusal.value.field == field
    assert not Tie.objects.exists()


def test_a_city_is_not_tied_to_itself_nor_to_one_that_left(ana: Person, northport: City, eastbay: City) -> None:
    with pytest.raises(RefusedError, match="twice"):
        actions.claim_tie(ana, one=northport, other=northport, **TIE)
    actions.leave(ana, eastbay)
    with pytest.raises(RefusedError, match="no longer"):
        actions.add_thread(ana, one=northport, other=eastbay, **THREAD)


def test_a_newer_source_replaces_an_older_one_only(bao: Person, tie: Tie) -> None:
    with pytest.raises(RefusedError, match="later"):
        actions.renew_tie(bao, tie, as_of=tie.as_of - timedelta(days=1), **CLAIM)
    renewed = actions.renew_tie(bao, tie, as_of=tie.as_of, claimed_by="The railway", source="Timetable 2026")
    assert renewed.claimed_by == "The railway"


def test_outside_a_demonstration_nothing_is_made_up(ana: Person, northport: City, eastbay: City) -> None:
    with pytest.raises(RefusedError, match="demonstration"):
        actions.claim_tie(ana, one=northport, other=eastbay, is_simulated=True, **TIE)
    Network.objects.update(is_demonstration=True)
    assert actions.add_thread(ana, one=northport, other=eastbay, is_simulated=True, **THREAD).is_simulated


def test_a_thread_is_once_and_may_be_changed(ana: Person, northport: City, eastbay: City) -> None:
    thread = actions.add_thread(ana, one=eastbay, other=northport, **THREAD)
    with pytest.raises(RefusedError, match="already"):
        actions.add_thread(ana, one=northport, other=eastbay, **THREAD)
    other = actions.add_thread(ana, one=northport, other=eastbay, **{**THREAD, "name": "Gongs"})
    with pytest.raises(RefusedError, match="already"):
        actions.edit_thread(ana, other, name="Drums", text=("en", "Both."), **CLAIM)
    actions.edit_thread(ana, thread, name="Bells", text=("en", "Both cast bells."), **CLAIM)
    changed = Thread.objects.get(pk=thread.pk)
    assert (changed.name, changed.text.body, changed.text.version) == ("Bells", "Both cast bells.", 2)


def test_what_is_shared_is_translated_with_both_cities(ana: Person, northport: City, eastbay: City) -> None:
    thread = actions.add_thread(ana, one=northport, other=eastbay, **THREAD)
    assert duties.index_cities() == 2
    assert Beside.objects.filter(text=thread.text).count() == 2


def page(client: Client, address: str) -> str:
    """What a page says."""
    return client.get(address).content.decode()


def test_the_page_says_who_says_what_and_lets_the_city_answer(client: Client, bao: Person, tie: Tie) -> None:
    address = "/cities/northport/ties/"
    said = page(client, address)
    assert "The airport" in said
    assert "Neither city has confirmed" in said
    assert 'name="what"' not in said
    assert "Eastbay" in page(client, address)
    client.force_login(bao)
    assert 'value="ended"' in page(client, address)
    assert 'value="ended"' not in page(client, "/cities/eastbay/ties/")
    answer = client.post(f"{address}{tie.pk}/say/", {"what": "ended"}, follow=True)
    assert "Northport said on" in answer.content.decode()
    assert client.post(f"/cities/eastbay/ties/{tie.pk}/say/", {"what": "ended"}).status_code == 403
    assert client.post(f"{address}{tie.pk}/say/", {"what": "nonsense"}).status_code == 404


def test_pages_without_anything_say_that_it_is_not_known(client: Client, northport: City) -> None:
    assert "It is not known" in page(client, "/cities/northport/ties/")
    assert client.get("/cities/nowhere/ties/").status_code == 404


def test_forms_keep_what_was_typed_and_do_what_they_say(client: Client, bao: Person, eastbay: City) -> None:
    client.force_login(bao)
    typed = {"other": eastbay.pk, "kind": "bus", "note": "<b>daily</b>", "claimed_by": "", "source": "s"}
    answer = client.post("/cities/northport/ties/add/", typed)
    assert answer.status_code == 422
    assert "&lt;b&gt;daily&lt;/b&gt;" in answer.content.decode()
    assert client.post("/cities/eastbay/ties/add/", typed).status_code == 403
    full = {**typed, "claimed_by": "The <i>bus</i>", "as_of": "2026-01-01"}
    shown = client.post("/cities/northport/ties/add/", full, follow=True).content.decode()
    assert "The &lt;i&gt;bus&lt;/i&gt;" in shown
    assert "<b>daily" not in shown
    tie = Tie.objects.get()
    newer = {"claimed_by": "An office", "source": "https://example.org", "as_of": "2026-02-01"}
    assert client.post(f"/cities/northport/ties/{tie.pk}/renew/", newer).status_code == 302
    thread = {**newer, "other": eastbay.pk, "kind": "dish", "name": "<u>Soup</u>", "language": "en"}
    thread["text"] = "Both cook it with <em>mint</em>."
    assert client.post("/cities/northport/threads/add/", thread).status_code == 302
    for address in ("/cities/northport/", "/cities/eastbay/ties/"):
        shown = page(client, address)
        assert "&lt;u&gt;Soup" in shown
        assert "&lt;em&gt;mint" in shown
    made = Thread.objects.get()
    assert client.get(f"/cities/northport/threads/{made.pk}/edit/").status_code == 200
    assert client.post(f"/cities/northport/threads/{made.pk}/edit/", {**thread, "name": "Stew"}).status_code == 302
    assert Thread.objects.get().name == "Stew"


@pytest.mark.parametrize("path", ["ties/add/", "threads/add/"])
def test_who_is_not_signed_in_signs_in_first(client: Client, northport: City, path: str) -> None:
    assert client.get(f"/cities/northport/{path}").status_code == 302


def test_as_json(bao: Person, northport: City, tie: Tie, ana: Person) -> None:
    actions.end_tie(bao, tie, northport)
    actions.add_thread(ana, one=tie.one, other=tie.other, **THREAD)
    anyone = Program()
    shown = anyone("GET", "/api/v1/ties?city=eastbay&kind=flight").json()["items"]
    assert [(one["standing"], [said["city"] for said in one["words"]]) for one in shown] == [("ended", ["northport"])]
    assert anyone("GET", "/api/v1/ties?kind=bus").json()["items"] == []
    assert anyone("GET", "/api/v1/ties?city=nowhere").status_code == 404
    assert anyone("GET", "/api/v1/threads?city=northport").json()["items"][0]["name"] == "Drums"


def test_pages_ask_the_database_as_often_however_much_there_is(
    client: Client, bao: Person, northport: City, tie: Tie, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        other = cast.member(f"Town{number}")
        actions.claim_tie(bao, one=northport, other=other, **TIE)
        actions.add_thread(bao, one=northport, other=other, **THREAD)
    with django_assert_max_num_queries(20):
        client.get("/cities/northport/ties/")
