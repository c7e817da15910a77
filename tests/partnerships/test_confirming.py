"""Only a second party makes a promise kept: by sign-in, or by the link of a letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core import signing
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.audit.models import Entry
from intercity.cities.models import City, Network
from intercity.partnerships.actions import commitments
from intercity.partnerships.actions.confirming import VALID_FOR, LinkError, link_token, read_link
from intercity.partnerships.models import CommitmentState, ProgressReport, Standing
from intercity.refusals import RefusedError


@pytest.fixture
def of_residents(bao: Person, northport: City) -> ProgressReport:
    """Northport says that something is done which a group of residents confirms."""
    found = commitments.promise(
        bao,
        text=("en", "The market has shade."),
        city=northport,
        owner="Park office",
        due_on=timezone.localdate() + timedelta(days=9),
        known_by=("en", "Forty trees."),
        confirmer="residents",
        confirmer_group="Market women",
        confirmer_mailbox="women@market.example",
    )
    return commitments.report(bao, found, ("en", "They stand."), says_done=True)


def test_not_yet_brings_it_back_with_the_reason(bao: Person, dia: Person, reported: ProgressReport) -> None:
    found = reported.commitment
    with pytest.raises(RefusedError, match="Say what is missing") as refused:
        commitments.confirm(dia, found, seen=reported.pk, is_so=False)
    assert refused.value.field == "reason"
    made = commitments.confirm(dia, found, seen=reported.pk, is_so=False, reason=("en", "One well is dry."))
    assert (found.state, found.done_on, found.settled_on) == (CommitmentState.OPEN, None, None)
    assert made.reason is not None
    step = found.steps.last()
    assert step is not None
    assert (step.what, step.made_as, step.reason and step.reason.body) == (
        "not_confirmed",
        "Eastbay",
        "One well is dry.",
    )
    again = commitments.report(bao, found, ("en", "Now it runs."), says_done=True)
    commitments.confirm(dia, found, seen=again.pk, is_so=True)
    assert found.state == CommitmentState.KEPT


def test_only_what_is_reported_can_be_confirmed(dia: Person, bao: Person, reported: ProgressReport) -> None:
    found = reported.commitment
    commitments.confirm(dia, found, seen=reported.pk, is_so=True)
    with pytest.raises(RefusedError, match="does not wait for confirmation"):
        commitments.confirm(dia, found, seen=reported.pk, is_so=True)


def test_nothing_is_confirmed_that_nobody_reported(dia: Person, bao: Person, reported: ProgressReport) -> None:
    found = reported.commitment
    commitments.take_up(bao, found, ("en", "Too early."))
    with pytest.raises(RefusedError, match="does not wait for confirmation"):
        commitments.confirm(dia, found, seen=reported.pk, is_so=True)


def test_what_was_reported_since_has_to_be_read(dia: Person, bao: Person, reported: ProgressReport) -> None:
    found = reported.commitment
    note = commitments.report(bao, found, ("en", "One gives less water than we said."))
    assert found.state == CommitmentState.REPORTED, "a word beside it leaves it standing"
    with pytest.raises(RefusedError, match="Something was reported since"):
        commitments.confirm(dia, found, seen=reported.pk, is_so=True)
    made = commitments.confirm(dia, found, seen=note.pk, is_so=True)
    assert made.report == reported


def test_a_moderator_who_enters_it_says_how_they_know(ana: Person, of_residents: ProgressReport) -> None:
    found = of_residents.commitment
    with pytest.raises(RefusedError, match="who said it, when, and how"):
        commitments.confirm(ana, found, seen=of_residents.pk, is_so=True)
    made = commitments.confirm(ana, found, seen=of_residents.pk, is_so=True, reason=("en", "Two came on Monday."))
    assert (made.group, made.by_link, made.city) == ("Market women", False, None)


def test_the_group_answers_by_its_link(of_residents: ProgressReport) -> None:
    token = link_token(of_residents)
    assert "market" not in token
    found, report = read_link(token)
    assert (found, report) == (of_residents.commitment, of_residents)
    made = commitments.confirm_by_link(token, is_so=True)
    found.refresh_from_db()
    assert (found.standing, made.by_link, made.made_by, made.group) == (Standing.KEPT, True, None, "Market women")
    step = found.steps.last()
    assert step is not None
    assert (step.made_as, step.made_by) == ("Market women", None)
    entry = Entry.objects.order_by("number").last()
    assert entry is not None
    assert (entry.action, entry.actor_id, entry.details["by_link"]) == ("commitment.confirmed", None, True)
    with pytest.raises(RefusedError, match="does not wait"):
        commitments.confirm_by_link(token, is_so=True)


def test_the_group_says_what_is_missing(of_residents: ProgressReport) -> None:
    token = link_token(of_residents)
    with pytest.raises(RefusedError, match="Say what is missing"):
        commitments.confirm_by_link(token, is_so=False)
    commitments.confirm_by_link(token, is_so=False, reason=("en", "Ten trees are dead."))
    of_residents.commitment.refresh_from_db()
    assert of_residents.commitment.state == CommitmentState.OPEN


def test_links_that_do_not_answer(bao: Person, of_residents: ProgressReport, reported: ProgressReport) -> None:
    token = link_token(of_residents)
    for broken in ("", "x", token[:-1], token[1:], f"{token}x", signing.dumps([1, "x"], salt="another")):
        with pytest.raises(LinkError, match="not complete"):
            commitments.confirm_by_link(broken, is_so=True)
    with pytest.raises(LinkError, match="Somebody else confirms"):
        commitments.confirm_by_link(link_token(reported), is_so=True)
    found = of_residents.commitment
    group: dict[str, Any] = {"confirmer": "residents", "confirmer_group": "Market women"}
    why = ("en", "They have another mailbox.")
    commitments.change(bao, found, version=found.version, reason=why, confirmer_mailbox="new@market.example", **group)
    with pytest.raises(LinkError, match="Somebody else confirms"):
        commitments.confirm_by_link(token, is_so=True)
    of_residents.refresh_from_db()
    assert read_link(link_token(of_residents))[0] == found


def test_a_link_runs_out(of_residents: ProgressReport, monkeypatch: pytest.MonkeyPatch) -> None:
    token = link_token(of_residents)
    monkeypatch.setattr("intercity.partnerships.actions.confirming.VALID_FOR", timedelta(0) - VALID_FOR)
    with pytest.raises(LinkError, match="older than"):
        commitments.confirm_by_link(token, is_so=True)


def test_a_link_answers_for_the_report_it_was_sent_for(bao: Person, of_residents: ProgressReport) -> None:
    """What was taken back and reported anew has a letter of its own."""
    token = link_token(of_residents)
    found = of_residents.commitment
    commitments.take_up(bao, found, ("en", "Too early."))
    commitments.report(bao, found, ("en", "Now they stand."), says_done=True)
    with pytest.raises(RefusedError, match="Something was reported since"):
        commitments.confirm_by_link(token, is_so=True)


def test_only_a_demonstration_simulates_a_confirmation(dia: Person, reported: ProgressReport) -> None:
    with pytest.raises(RefusedError, match="Only a demonstration"):
        commitments.confirm(dia, reported.commitment, seen=reported.pk, is_so=True, is_simulated=True)
    Network.objects.update(is_demonstration=True)
    assert commitments.confirm(dia, reported.commitment, seen=reported.pk, is_so=True, is_simulated=True).is_simulated
