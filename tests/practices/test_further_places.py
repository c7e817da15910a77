"""What lies on both sides of a border is said, kept in versions, and found in both countries."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.practices import library

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.practices import actions
from intercity.practices.models import FurtherPlace, Practice, PracticeVersion
from intercity.practices.models.versions import says_the_same
from intercity.practices.search.duties import index_practices

VIET_NAM = [{"place": "Ban Gioc", "country": "VN"}]


@pytest.fixture
def waterfall(network: object) -> Practice:
    """One tour over a border: it begins in China and goes on in Viet Nam."""
    found = library.publish("waterfall", title="One waterfall, two countries", place="Detian", country="CN")
    FurtherPlace.objects.create(practice=found, **VIET_NAM[0])
    index_practices()
    return found


@pytest.mark.parametrize(("code", "is_found"), [("CN", True), ("VN", True), ("TH", False)])
def test_it_is_found_in_both_countries(client: Client, waterfall: Practice, code: str, is_found: bool) -> None:
    page = client.get("/practices/", {"country": code}).content.decode()
    assert ("/practices/waterfall/" in page) is is_found


def test_it_is_counted_in_both_and_shown_with_both(client: Client, waterfall: Practice, northport: City) -> None:
    library.publish("drain", place="Hanoi", country="VN", title="A drain")
    FurtherPlace.objects.create(practice=waterfall, place="", country="CN")
    page = " ".join(client.get("/practices/").content.decode().split())
    assert "country=VN" in page
    facets = {one.name: {o.value: o.count for o in one.options} for one in client.get("/practices/").context["facets"]}
    assert facets["country"] == {"CN": 1, "VN": 2}
    assert facets["income"] == {"lower-middle": 2, "upper-middle": 1}
    shown = client.get("/practices/waterfall/").content.decode()
    assert "Detian" in shown
    assert '<span dir="auto">Ban Gioc</span>, Vietnam' in shown


def document(practice: Practice) -> dict[str, Any]:
    """The newest version."""
    return PracticeVersion.objects.filter(practice=practice).latest("number").document  # type: ignore[no-any-return]


def test_it_is_a_fact_with_versions(bao: Person, practice: Practice) -> None:
    old = practice.versions.get().document
    actions.save(bao, practice, facts={"further_places": VIET_NAM}, version=practice.version)
    assert document(practice)["further_places"] == VIET_NAM
    with pytest.raises(actions.FaultsError, match="is not the code of a country"):
        actions.save(bao, practice, facts={"further_places": [{"place": "", "country": "XX"}]}, version=2)
    actions.save(bao, practice, facts={"further_places": []}, version=practice.version)
    assert document(practice)["further_places"] == []
    assert says_the_same({**old, "further_places": []}, {name: old[name] for name in old if name != "further_places"})


def test_the_form_asks_for_a_second_country_and_keeps_the_others(
    client: Client, bao: Person, northport: City, draft: Practice
) -> None:
    client.force_login(bao)
    page = f"/practices/{draft.slug}/edit/brief/"
    sent = {
        "title": "Night buses for nurses", "language": "en", "city": northport.pk, "status": "unknown",
        "cost-currency": "KHR", "cost-kind": "capital", "cost-confidence": "reported", "result-method": "told",
    }  # fmt: skip

    def save(**changed: str) -> list[tuple[str, str]]:
        draft.refresh_from_db()
        assert client.post(page, {**sent, "version": draft.version, **changed}).status_code == 302
        return list(draft.further_places.order_by("pk").values_list("country", "place"))

    assert save(further="VN") == [("VN", "")]
    FurtherPlace.objects.update(place="Lang Son")
    FurtherPlace.objects.create(practice=draft, place="Bokeo", country="LA")
    assert save(further="VN") == [("VN", "Lang Son"), ("LA", "Bokeo")]
    assert save(further="TH") == [("TH", ""), ("LA", "Bokeo")]
    assert save() == [("LA", "Bokeo")]
