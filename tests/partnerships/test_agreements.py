"""The register of agreements: parties, dates, papers, and honest states."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person
from intercity.audit.record import faults
from intercity.cities.models import City
from intercity.languages.models import Findable, Kind, Text
from intercity.partnerships.actions import agreements
from intercity.partnerships.actions.agreements import Document, Party
from intercity.partnerships.models import Agreement, AgreementState
from intercity.practices.actions import ConflictError
from intercity.refusals import RefusedError

WHY = ("en", "Nobody met since 2024.")


def _in(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def _register(person: Person, city: City, **fields: Any) -> Agreement:
    return agreements.register(
        person,
        **{"kind": "sister", "title": ("en", "Twins"), "parties": [Party(city), Party(name="A school")], **fields},
    )


def test_registered_then_dormant_then_ended(bao: Person, dia: Person, agreement: Agreement) -> None:
    assert agreement.slug == "clean-water-on-both-banks"
    agreements.set_state(dia, agreement, "dormant", WHY, agreement.version)
    assert agreement.state == AgreementState.DORMANT
    agreements.set_state(bao, agreement, "ended", ("en", "Both offices closed it."))
    assert agreement.ended_on == timezone.localdate()
    agreements.set_state(bao, agreement, "active", ("en", "The new mayor wants it."))
    assert agreement.ended_on is None
    assert [one.what for one in agreement.steps.all()] == ["registered", "dormant", "ended", "active"]
    assert [one.made_as for one in agreement.steps.all()] == ["Northport", "Eastbay", "Northport", "Northport"]
    assert [one.document["state"] for one in agreement.steps.all()] == ["active", "dormant", "ended", "active"]
    assert Findable.objects.filter(kind=Kind.AGREEMENT, key=str(agreement.pk)).exists()
    assert list(faults()) == []


@pytest.mark.parametrize(
    ("field", "came", "place"),
    [
        ("kind", "treaty", "kind"),
        ("title", ("en", " "), "title"),
        ("title", ("en", "a" * 201), "title"),
        ("why", ("en", "a" * 3_001), "why"),
        ("signed_on", "last year", "signed_on"),
        ("signed_on", str(timezone.localdate().year + 1), "signed_on"),
        ("review_on", _in(0), "review_on"),
        ("source", "a" * 501, "source"),
        ("is_simulated", True, ""),
        ("parties", [], "parties"),
        ("parties", [("", "A school"), ("", "A river")], "parties"),
        ("documents", [Document("Paper", "ftp://example.org/paper")], "documents.0.address"),
        ("documents", [Document("", "https://example.org/paper")], "documents.0.title"),
        ("documents", [Document("Paper", "https://example.org/p", "no language")], "documents.0.language"),
        ("documents", [Document("Paper", "https://example.org/p")] * 21, "documents"),
    ],
)
def test_what_the_register_does_not_take(ana: Person, northport: City, field: str, came: Any, place: str) -> None:
    if field == "parties" and came:
        came = [Party(None, name) for _none, name in came]
    with pytest.raises(RefusedError) as refused:
        _register(ana, northport, **{field: came})
    assert refused.value.field == place
    assert not Agreement.objects.exists()
    assert not Text.objects.exists()


def test_parties_are_named_each_once(ana: Person, northport: City) -> None:
    for parties, place in (
        ([Party(northport), Party(northport)], "parties"),
        ([Party(northport), Party(name="A school"), Party(name="a SCHOOL")], "parties"),
        ([Party(northport), Party()], "parties.1.name"),
        ([Party(northport), *(Party(name=f"School {number}") for number in range(60))], "parties"),
    ):
        with pytest.raises(RefusedError) as refused:
            _register(ana, northport, parties=parties)
        assert refused.value.field == place


def test_the_same_title_has_two_addresses(ana: Person, northport: City) -> None:
    assert [_register(ana, northport).slug for _one in range(3)] == ["twins", "twins-2", "twins-3"]
    assert _register(ana, northport, title=("zh-hans", "友好城市")).slug == "agreement"
    assert _register(ana, northport, title=("en", "New")).slug == "new-2", "the page that registers has that address"


def test_edited_and_the_register_keeps_what_it_said(bao: Person, dia: Person, agreement: Agreement) -> None:
    papers = [Document("Memorandum", "https://example.org/memorandum.pdf", "en", 120)]
    agreements.edit(
        bao, agreement, version=1, title=("en", "Clean water"), documents=papers, reason=("en", "Found it.")
    )
    agreements.edit(dia, agreement, version=1, signed_on="2024-05-17")
    first, second, third = agreement.steps.all()
    assert first.document["title"]["body"] == "Clean water on both banks"
    assert second.document["documents"][0]["address"] == "https://example.org/memorandum.pdf"
    assert (third.document["signed_on"], third.document["title"]["body"]) == ("2024-05-17", "Clean water")
    with pytest.raises(ConflictError) as conflict:
        agreements.edit(dia, agreement, version=1, title=("en", "Water"))
    assert [one.field for one in conflict.value.differences] == ["title"]
    agreements.edit(dia, agreement, version=3, title=("en", "Water"))
    assert agreement.title.body == "Water"


def test_the_same_again_changes_nothing(bao: Person, northport: City, eastbay: City, agreement: Agreement) -> None:
    agreements.edit(
        bao,
        agreement,
        version=1,
        kind="memorandum",
        title=("en", "Clean water on both banks"),
        why=("en", "One river, two cities."),
        parties=[Party(northport, "", "Deputy mayor"), Party(eastbay, "", "Deputy mayor")],
        signed_on="2024-05",
        documents=[],
    )
    assert agreement.version == 1


def test_a_state_needs_a_reason_and_who_saw_an_older_one_is_told(bao: Person, agreement: Agreement) -> None:
    with pytest.raises(RefusedError, match="Say why"):
        agreements.set_state(bao, agreement, "dormant")
    with pytest.raises(RefusedError, match="Choose how it stands"):
        agreements.set_state(bao, agreement, "dead", WHY)
    agreements.set_state(bao, agreement, "dormant", WHY, 1)
    with pytest.raises(RefusedError, match="Somebody has changed this"):
        agreements.set_state(bao, agreement, "ended", WHY, 1)
    with pytest.raises(RefusedError, match="This day has not come yet"):
        agreements.set_state(bao, agreement, "ended", WHY, ended_on=_in(1))
    agreements.set_state(bao, agreement, "ended", WHY, ended_on=_in(-100))
    assert agreement.ended_on == _in(-100)


def test_looked_at_again_it_stands_as_before(bao: Person, agreement: Agreement) -> None:
    Agreement.objects.update(review_on=_in(-3))
    assert agreement in Agreement.objects.to_review()
    with pytest.raises(RefusedError, match="It stands so already"):
        agreements.set_state(bao, agreement, "active")
    agreements.set_state(bao, agreement, "active", review_on=_in(365))
    assert agreement.review_on == _in(365)
    assert not Agreement.objects.to_review().exists()
    agreements.set_state(bao, agreement, "active", ("en", "We met in May."))
    assert agreement.review_on == _in(365)
    assert [one.what for one in agreement.steps.all()] == ["registered", "reviewed", "reviewed"]
    agreements.set_state(bao, agreement, "ended", WHY)
    assert agreement.review_on is None, "what has ended is not looked at again"


def test_an_agreement_without_a_commitment_is_counted_as_such(agreement: Agreement) -> None:
    assert getattr(Agreement.objects.with_words().get(), "commitments_count") == 0  # noqa: B009 - an annotation


def test_a_city_may_be_party_beside_one_that_is_no_member(bao: Person, northport: City) -> None:
    found = _register(bao, northport, parties=[Party(northport), Party(name="Faraway", signed_as="Mayor")])
    assert [(one.city, one.name) for one in found.parties.all()] == [(northport, ""), (None, "Faraway")]
    assert cast.member("Westhill") not in [one.city for one in found.parties.all()]
