"""Commitments and agreements in the browser, without JavaScript: from a promise to what a second party says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.partnerships.actions import commitments
from intercity.partnerships.actions.confirming import link_token
from intercity.partnerships.models import Agreement, Commitment, CommitmentState, ProgressReport

Signed = Callable[[Person], Client]


@pytest.fixture
def signed() -> Signed:
    """A browser in which somebody is signed in."""

    def sign_in(person: Person) -> Client:
        client = Client()
        client.force_login(person)
        return client

    return sign_in


def _terms(northport: City, eastbay: City) -> dict[str, str]:
    return {
        "city": str(northport.pk),
        "text": "We plant 300 trees along the river.",
        "owner": "Parks office",
        "due_on": str(timezone.localdate() + timedelta(days=60)),
        "known_by": "300 trees stand on the map of the parks office.",
        "confirmer": "city",
        "confirmer_city": str(eastbay.pk),
        "language": "en",
    }


def test_an_officer_promises_and_everybody_reads_it(
    signed: Signed, bao: Person, northport: City, eastbay: City, client: Client
) -> None:
    answer = signed(bao).post("/commitments/new/", _terms(northport, eastbay))
    made = Commitment.objects.get()
    assert answer.url == f"/commitments/{made.number}/"  # type: ignore[attr-defined]
    page = client.get(f"/commitments/{made.number}/").content.decode()
    assert "We plant 300 trees along the river." in page
    assert "Parks office" in page
    assert "Say how it goes" not in page


def test_what_is_missing_is_said_and_nothing_typed_is_lost(
    signed: Signed, bao: Person, northport: City, eastbay: City
) -> None:
    terms = {**_terms(northport, eastbay), "confirmer_city": ""}
    answer = signed(bao).post("/commitments/new/", terms)
    assert answer.status_code == 422
    assert "We plant 300 trees along the river." in answer.content.decode()
    assert not Commitment.objects.exists()


def test_nobody_promises_for_another_city(signed: Signed, dia: Person, northport: City, eastbay: City) -> None:
    terms = {**_terms(northport, eastbay), "confirmer_city": str(northport.pk)}
    assert signed(dia).post("/commitments/new/", terms).status_code == 422
    assert not Commitment.objects.exists()


def test_who_has_no_role_is_told_so(signed: Signed, cem: Person, commitment: Commitment) -> None:
    visitor = signed(cem)
    for address in ("/commitments/new/", f"/commitments/{commitment.number}/report/", "/agreements/new/"):
        assert visitor.get(address).status_code == 403


def test_reported_confirmed_kept(
    signed: Signed, bao: Person, dia: Person, commitment: Commitment, client: Client
) -> None:
    address = f"/commitments/{commitment.number}/"
    said = {"text": "All four run.", "language": "en", "says_done": "on", "done_on": str(timezone.localdate())}
    signed(bao).post(f"{address}report/", said)
    assert "said to be done, not yet confirmed" in client.get(address).content.decode()
    assert signed(bao).get(f"{address}confirm/").status_code == 403
    page = signed(dia).get(f"{address}confirm/")
    seen = page.context["form"]["seen"].value()
    signed(dia).post(f"{address}confirm/", {"is_so": "yes", "language": "en", "seen": seen, "reason": ""})
    commitment.refresh_from_db()
    assert commitment.state == CommitmentState.KEPT
    assert "kept on time" in client.get(address).content.decode()


def test_not_yet_needs_a_reason_and_opens_it_again(
    signed: Signed, dia: Person, reported: ProgressReport, client: Client
) -> None:
    address = f"/commitments/{reported.commitment.number}/"
    answer = signed(dia).post(f"{address}confirm/", {"is_so": "no", "language": "en", "seen": reported.pk})
    assert answer.status_code == 422
    said = {"is_so": "no", "language": "en", "seen": reported.pk, "reason": "The third well is dry."}
    signed(dia).post(f"{address}confirm/", said)
    assert Commitment.objects.get().state == CommitmentState.OPEN
    assert "The third well is dry." in client.get(address).content.decode()


def test_a_change_shows_what_stood_there_before(
    signed: Signed, bao: Person, commitment: Commitment, eastbay: City, client: Client
) -> None:
    page = signed(bao).get(f"/commitments/{commitment.number}/change/")
    typed = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    later = timezone.localdate() + timedelta(days=90)
    typed |= {"due_on": str(later), "reason": "The drill broke.", "confirmer_city": str(eastbay.pk)}
    assert signed(bao).post(f"/commitments/{commitment.number}/change/", typed).status_code == 302
    commitment.refresh_from_db()
    assert commitment.due_on == later
    page_now = client.get(f"/commitments/{commitment.number}/").content.decode()
    assert "The drill broke." in page_now
    assert "<del" in page_now
    assert "first promised for" in page_now


def test_who_changes_an_old_page_sees_what_stands_there_now(
    signed: Signed, bao: Person, ana: Person, commitment: Commitment, eastbay: City
) -> None:
    page = signed(bao).get(f"/commitments/{commitment.number}/change/")
    typed = {name: page.context["form"][name].value() or "" for name in page.context["form"].fields}
    commitments.change(ana, commitment, version=commitment.version, owner="River office", reason=("en", "New office."))
    typed |= {"owner": "Wells office", "reason": "Moved.", "confirmer_city": str(eastbay.pk)}
    answer = signed(bao).post(f"/commitments/{commitment.number}/change/", typed)
    assert answer.status_code == 422
    body = answer.content.decode()
    assert "River office" in body
    assert "Wells office" in body


def test_dropped_with_a_reason_and_taken_up_again(
    signed: Signed, bao: Person, commitment: Commitment, client: Client
) -> None:
    address = f"/commitments/{commitment.number}/"
    page = signed(bao).get(f"{address}drop/")
    seen = page.context["form"]["seen"].value()
    signed(bao).post(f"{address}drop/", {"reason": "No money.", "language": "en", "seen": seen})
    assert "No money." in client.get(address).content.decode()
    signed(bao).post(f"{address}take-up/", {"reason": "Money came.", "language": "en"})
    assert Commitment.objects.get().state == CommitmentState.OPEN


def test_residents_confirm_by_the_link_of_a_letter(bao: Person, northport: City, client: Client) -> None:
    made = commitments.promise(
        bao,
        text=("en", "We light the path to the school."),
        city=northport,
        owner="Lights office",
        due_on=timezone.localdate() + timedelta(days=10),
        known_by=("en", "One can walk there at night."),
        confirmer="residents",
        confirmer_group="Parents of the river school",
        confirmer_mailbox="parents@example.org",
    )
    report = commitments.report(bao, made, ("en", "Twelve lamps."), says_done=True)
    address = f"/c/{link_token(report)}/"
    assert "Parents of the river school" in client.get(address).content.decode()
    client.post(address, {"is_so": "yes", "language": "en", "reason": "We walked it."})
    made.refresh_from_db()
    assert made.state == CommitmentState.KEPT
    assert client.get("/c/damaged/").status_code == 410


def test_an_agreement_without_a_commitment_is_called_a_declaration(
    agreement: Agreement, commitment: Commitment, client: Client
) -> None:
    address = f"/agreements/{agreement.slug}/"
    assert "counts as a declaration" in client.get(address).content.decode()
    Commitment.objects.update(agreement=agreement)
    assert "counts as a declaration" not in client.get(address).content.decode()


def test_an_agreement_is_registered_corrected_and_ended(
    signed: Signed, bao: Person, northport: City, eastbay: City, client: Client
) -> None:
    said = {
        "kind": "sister",
        "title": "Sisters by the sea",
        "cities": [str(northport.pk), str(eastbay.pk)],
        "others": "Port Authority",
        "why": "Fishers married across the bay.",
        "signed_on": "1998",
        "documents": "https://example.org/paper.pdf The paper",
        "language": "en",
    }
    signed(bao).post("/agreements/new/", said)
    made = Agreement.objects.get()
    address = f"/agreements/{made.slug}/"
    body = client.get(address).content.decode()
    assert "Port Authority" in body
    assert "The paper" in body
    edited = {**said, "title": "Sisters by the bay", "version": str(made.version)}
    assert signed(bao).post(f"{address}edit/", edited).status_code == 302
    made.refresh_from_db()
    state = {"state": "ended", "reason": "Nobody wrote for ten years.", "language": "en", "seen": made.version}
    assert signed(bao).post(f"{address}state/", state).status_code == 302
    body = client.get(address).content.decode()
    assert "Nobody wrote for ten years." in body
    assert "Sisters by the bay" in body


def test_a_document_without_a_title_is_refused_with_what_came(
    signed: Signed, bao: Person, northport: City, eastbay: City
) -> None:
    said = {
        "kind": "sister", "title": "Sisters", "cities": [str(northport.pk), str(eastbay.pk)], "why": "Sea.",
        "documents": "https://example.org/paper.pdf", "language": "en",
    }  # fmt: skip
    answer = signed(bao).post("/agreements/new/", said)
    assert answer.status_code == 422
    assert "“https://example.org/paper.pdf” came." in answer.content.decode()


def test_the_list_is_filtered_by_links(commitment: Commitment, client: Client) -> None:
    text = "We open four wells beside the market."
    for query, is_there in (("", True), ("?standing=open", True), ("?standing=kept", False), ("?city=eastbay", False)):
        assert (text in client.get(f"/commitments/{query}").content.decode()) is is_there


def test_a_late_one_is_late_everywhere(commitment: Commitment, client: Client) -> None:
    Commitment.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    assert "wells beside the market" in client.get("/commitments/?standing=late").content.decode()
    assert "It was due on" in client.get(f"/commitments/{commitment.number}/").content.decode()
    assert "Promised, and late" in client.get("/").content.decode()
