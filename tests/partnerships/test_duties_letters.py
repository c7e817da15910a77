"""Letters to second parties, to those who promised, and to parties of agreements: each once."""

from __future__ import annotations

import re
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.cities.models import City, Network
from intercity.languages.models import Translation
from intercity.letters.kinds import KINDS, filled
from intercity.letters.models import Letter
from intercity.partnerships import duties
from intercity.partnerships.actions import agreements, commitments
from intercity.partnerships.actions.confirming import read_link
from intercity.partnerships.models import Agreement, Commitment, ProgressReport

LATER = timedelta(minutes=11)


@pytest.fixture(autouse=True)
def _offices(northport: City, eastbay: City) -> None:
    City.objects.filter(pk=northport.pk).update(mailbox="office@northport.example")
    City.objects.filter(pk=eastbay.pk).update(mailbox="office@eastbay.example")
    Network.objects.update(contact="secretariat@network.example")


def _of_residents(bao: Person, northport: City, mailbox: str = "women@market.example") -> ProgressReport:
    found = commitments.promise(
        bao,
        text=("en", "The market has shade."),
        city=northport,
        owner="Park office",
        due_on=timezone.localdate() + timedelta(days=9),
        known_by=("en", "Forty trees."),
        confirmer="residents",
        confirmer_group="Market women",
        confirmer_mailbox=mailbox,
    )
    return commitments.report(bao, found, ("en", "They stand."), says_done=True)


def _as_if_later() -> None:
    """Claims of dead workers run out."""
    Letter.objects.filter(sent_at=None).update(claimed_until=timezone.now() - LATER)


def test_the_partner_city_is_asked_once(bao: Person, dia: Person, reported: ProgressReport) -> None:
    assert [duties.ask_to_confirm() for _turn in range(3)] == [1, 0, 0]
    (letter,) = mail.outbox
    assert letter.to == ["office@eastbay.example"]
    for words in ("We open four wells", "All four wells run.", "https://example.org/w", "Four wells give water"):
        assert words in letter.body
    assert "/commitments/1/confirm/" in letter.body
    assert "{" not in f"{letter.body}{letter.subject}"
    found = reported.commitment
    commitments.confirm(dia, found, seen=reported.pk, is_so=False, reason=("en", "One is dry."))
    commitments.report(bao, found, ("en", "Now it runs."), says_done=True)
    assert duties.ask_to_confirm() == 1, "another report is another question"


def test_only_what_waits_is_asked(bao: Person, dia: Person, reported: ProgressReport) -> None:
    commitments.take_up(bao, reported.commitment, ("en", "Too early."))
    assert duties.ask_to_confirm() == 0
    ProgressReport.objects.update(made_at=timezone.now() - timedelta(days=31))
    again = commitments.report(bao, reported.commitment, ("en", "Now."), says_done=True)
    assert duties.ask_to_confirm() == 1
    assert Letter.objects.get().about == [f"commitment:{again.commitment_id}", f"progressreport:{again.pk}"]


def test_what_was_reported_long_ago_writes_to_nobody(reported: ProgressReport) -> None:
    ProgressReport.objects.update(made_at=timezone.now() - timedelta(days=31))
    assert duties.ask_to_confirm() == 0


def test_whoever_is_named_instead_is_asked_too(bao: Person, reported: ProgressReport) -> None:
    duties.ask_to_confirm()
    found = reported.commitment
    commitments.change(bao, found, version=2, confirmer="secretariat", reason=("en", "Eastbay has no officer."))
    assert [duties.ask_to_confirm() for _turn in range(2)] == [1, 0]
    assert [one.to[0] for one in mail.outbox] == ["office@eastbay.example", "secretariat@network.example"]


def test_a_group_gets_a_link_that_answers(bao: Person, northport: City) -> None:
    report = _of_residents(bao, northport)
    duties.ask_to_confirm()
    (letter,) = mail.outbox
    assert letter.to == ["women@market.example"]
    assert "60 days" in letter.body
    found = re.search(r"/c/([^/\s]+)/", str(letter.body))
    assert found
    assert read_link(found[1]) == (report.commitment, report)
    commitments.confirm_by_link(found[1], is_so=True)
    duties.tell_owners()
    assert mail.outbox[1].to == ["office@northport.example"]
    assert "Market women has confirmed" in mail.outbox[1].body


def test_the_link_of_a_group_goes_to_nobody_else(bao: Person, northport: City) -> None:
    """Where the group's mailbox fails it is tried again; no other mailbox gets what answers for the group."""
    _of_residents(bao, northport)
    with patch("intercity.letters.sending.hand_over", side_effect=OSError) as tried:
        for _turn in range(8):
            duties.ask_to_confirm()
            _as_if_later()
    assert {call.args[1] for call in tried.call_args_list} == {"women@market.example"}


def test_a_group_without_a_mailbox_is_asked_by_the_secretariat(bao: Person, northport: City) -> None:
    _of_residents(bao, northport, "")
    duties.ask_to_confirm()
    assert mail.outbox[0].to == ["secretariat@network.example"]
    assert "/c/" not in mail.outbox[0].body


def test_the_owner_hears_what_the_second_party_said(bao: Person, dia: Person, reported: ProgressReport) -> None:
    found = reported.commitment
    commitments.confirm(dia, found, seen=reported.pk, is_so=False, reason=("en", "One well is dry."))
    assert [duties.tell_owners() for _turn in range(3)] == [1, 0, 0]
    again = commitments.report(bao, found, ("en", "Now it runs."), says_done=True)
    commitments.confirm(dia, found, seen=again.pk, is_so=True, reason=("en", "I drank from it."))
    assert duties.tell_owners() == 1
    first, second = mail.outbox
    assert {*first.to, *second.to} == {"office@northport.example"}
    assert "One well is dry." in first.body
    assert "Eastbay has confirmed" in second.body
    assert "I drank from it." in second.body


def test_it_is_in_the_language_of_its_reader_with_the_original_below(
    dia: Person, eastbay: City, reported: ProgressReport
) -> None:
    City.objects.filter(pk=eastbay.pk).update(languages=["km"])
    Translation.objects.create(
        text=reported.text, text_version=1, language="km", body="អណ្ដូងទាំងបួនដំណើរការ", state="machine", engine="Some"
    )
    duties.ask_to_confirm()
    (letter,) = mail.outbox
    assert letter.extra_headers["Content-Language"] == "km"
    assert "អណ្ដូងទាំងបួនដំណើរការ" in letter.body
    assert "All four wells run." in letter.body


def test_each_party_is_asked_once_for_a_review_date(bao: Person, agreement: Agreement) -> None:
    assert duties.ask_to_review() == 0
    Agreement.objects.update(review_on=timezone.localdate())
    assert [duties.ask_to_review() for _turn in range(3)] == [2, 0, 0]
    assert {one.to[0] for one in mail.outbox} == {"office@northport.example", "office@eastbay.example"}
    assert "Clean water on both banks" in mail.outbox[0].subject
    assert "Northport · Eastbay" in mail.outbox[0].body
    assert "/agreements/clean-water-on-both-banks/state/" in mail.outbox[0].body
    agreements.set_state(bao, agreement, "active", review_on=timezone.localdate() + timedelta(days=1))
    Agreement.objects.update(review_on=timezone.localdate() - timedelta(days=1))
    assert duties.ask_to_review() == 2, "another date is another letter"


def test_no_letter_about_what_has_ended_or_is_simulated(agreement: Agreement) -> None:
    Agreement.objects.update(review_on=timezone.localdate(), is_simulated=True)
    assert duties.ask_to_review() == 0
    Agreement.objects.update(is_simulated=False, state="ended")
    assert duties.ask_to_review() == 0


class Killed(BaseException):
    """The worker is killed."""


@pytest.mark.parametrize("place", ["intercity.letters.sending.hand_over", "intercity.partnerships.duties.mark"])
@pytest.mark.parametrize("duty", ["ask_to_confirm", "tell_owners", "ask_to_review"])
def test_killed_anywhere_each_comes_once(
    dia: Person, reported: ProgressReport, agreement: Agreement, duty: str, place: str
) -> None:
    if duty == "tell_owners":
        commitments.confirm(dia, reported.commitment, seen=reported.pk, is_so=True)
    Agreement.objects.update(review_on=timezone.localdate())
    run = getattr(duties, duty)
    with patch(place, side_effect=Killed), pytest.raises(Killed):
        run()
    before = len(mail.outbox)
    other = run()
    assert other == (1 if duty == "ask_to_review" else 0), "the other party has its letter, the dead claim holds"
    _as_if_later()
    assert run() == 1
    assert run() == 0
    assert len(mail.outbox) == (2 if duty == "ask_to_review" else 1)
    assert before <= 1
    assert Letter.objects.filter(sent_at=None).count() == 0


def test_all_words_are_filled() -> None:
    """No kind has a name in braces that stays in the letter."""
    for kind in KINDS.values():
        if kind.name.startswith(("promise", "agreement")):
            assert "{" not in filled(f"{kind.subject}{kind.body}", dict.fromkeys(kind.all_names, "x"))
    assert Commitment.objects.count() == 0
