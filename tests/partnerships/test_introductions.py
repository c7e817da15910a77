"""Introductions: both sides say yes, contacts are told then and to them only, and what came of it is asked."""

from __future__ import annotations

import inspect
import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Membership, Person, Role
from intercity.accounts.rights import NotAllowedError
from intercity.audit.models import Entry
from intercity.cities.models import City, Network
from intercity.letters.models import Letter
from intercity.partnerships import seeking_duties as duties
from intercity.partnerships.actions import introductions, postings
from intercity.partnerships.actions.postings import Terms
from intercity.partnerships.models import (
    Introduction,
    IntroductionState,
    Outcome,
    Posting,
    PostingState,
)
from intercity.refusals import RefusedError

WHY = ("en", "One grows coffee, the other roasts it.")


@pytest.fixture(autouse=True)
def _offices(northport: City, eastbay: City) -> None:
    City.objects.filter(pk=northport.pk).update(mailbox="office@northport.example")
    City.objects.filter(pk=eastbay.pk).update(mailbox="office@eastbay.example")
    Network.objects.update(contact="secretariat@network.example")


@pytest.fixture
def proposed(bao: Person, northport: City, eastbay: City) -> Introduction:
    return introductions.propose(bao, one=northport, other=eastbay, why=WHY, one_gives=("en", "Coffee."))


@pytest.fixture
def made(dia: Person, proposed: Introduction) -> Introduction:
    return introductions.accept(dia, proposed, ("en", "A roastery."))


def test_who_proposes_for_a_city_says_yes_for_it(proposed: Introduction) -> None:
    assert proposed.one_yes_at is not None
    assert proposed.other_yes_at is None
    assert proposed.state == IntroductionState.PROPOSED


def test_it_is_made_when_both_said_yes(made: Introduction) -> None:
    assert made.state == IntroductionState.MADE
    assert made.other_gives is not None
    assert made.other_gives.body == "A roastery."


def test_the_secretariat_proposes_for_two_and_both_answer(
    ana: Person, bao: Person, dia: Person, northport: City, eastbay: City
) -> None:
    found = introductions.propose(ana, one=northport, other=eastbay, why=WHY)
    assert found.one_yes_at is None
    introductions.accept(bao, found)
    assert found.state == IntroductionState.PROPOSED
    introductions.accept(dia, found)
    assert found.state == IntroductionState.MADE


def test_nobody_says_yes_for_another(ana: Person, bao: Person, cem: Person, proposed: Introduction) -> None:
    for who in (ana, cem, None):
        with pytest.raises(NotAllowedError):
            introductions.accept(who, proposed)
    introductions.accept(bao, proposed)
    assert proposed.state == IntroductionState.PROPOSED


def test_nobody_says_yes_for_both(northport: City, eastbay: City, proposed: Introduction) -> None:
    both = cast.person("Eve", Role.OFFICER, city=northport)
    Membership.objects.create(person=both, role=Role.OFFICER, city=eastbay)
    with pytest.raises(NotAllowedError):
        introductions.accept(both, proposed)


def test_declined_politely_and_withdrawn(bao: Person, dia: Person, northport: City, eastbay: City) -> None:
    one = introductions.propose(bao, one=northport, other=eastbay, why=WHY)
    introductions.decline(dia, one, ("en", "Next year."))
    assert one.state == IntroductionState.DECLINED
    with pytest.raises(RefusedError):
        introductions.accept(dia, one)
    two = introductions.propose(bao, one=northport, other=eastbay, why=WHY)
    with pytest.raises(NotAllowedError):
        introductions.withdraw(dia, two)
    assert introductions.withdraw(bao, two).state == IntroductionState.WITHDRAWN


def _proposed(who: Any, one: Introduction) -> Any:
    return introductions.propose(who, one=one.one, other=cast.member("Westbay"), why=WHY)


ACTIONS: dict[str, tuple[Any, set[str]]] = {
    "propose": (_proposed, {"ana", "bao"}),
    "accept": (introductions.accept, {"bao", "dia"}),
    "decline": (introductions.decline, {"bao", "dia"}),
    "withdraw": (introductions.withdraw, {"ana", "bao"}),
    "tell_outcome": (lambda who, one: introductions.tell_outcome(who, _as_made(one), 3, "talking"), {"bao", "dia"}),
}
"""What can be done, and who of Ana (secretariat), Bao (of the one city), Dia (of the other), Cem and nobody may."""


def _as_made(one: Introduction) -> Introduction:
    now = timezone.now()
    Introduction.objects.filter(pk=one.pk).update(state="made", one_yes_at=now, other_yes_at=now, made_at=now)
    one.refresh_from_db()
    return one


@pytest.mark.parametrize("who", ["ana", "bao", "dia", "cem", "nobody"])
@pytest.mark.parametrize("action", ACTIONS)
def test_who_may_do_what(
    request: pytest.FixtureRequest,
    dia: Person,
    cem: Person,
    ana: Person,
    proposed: Introduction,
    action: str,
    who: str,
) -> None:
    person = None if who == "nobody" else request.getfixturevalue(who)
    act, allowed = ACTIONS[action]
    before = Entry.objects.count()
    if who in allowed:
        act(person, proposed)
        assert Entry.objects.count() == before + 1
    else:
        with pytest.raises(NotAllowedError):
            act(person, proposed)
        assert Entry.objects.count() == before


def test_every_action_has_its_right_tested() -> None:
    known = {name: one for name, one in vars(introductions).items() if inspect.isfunction(one)}
    public = {
        name for name, one in known.items() if one.__module__ == introductions.__name__ and not name.startswith("_")
    }
    by_link = {"tell_outcome_by_link", "link_token", "read_link"}
    assert public - by_link - {"city_of"} == set(ACTIONS)


def test_two_wait_for_each_other_once(dia: Person, proposed: Introduction, northport: City, eastbay: City) -> None:
    with pytest.raises(RefusedError):
        introductions.propose(dia, one=eastbay, other=northport, why=WHY)


def test_a_famous_city_is_not_drowned(ana: Person, eastbay: City) -> None:
    for number in range(introductions.MOST_WAITING):
        introductions.propose(ana, one=cast.member(f"City{number}"), other=eastbay, why=WHY)
    with pytest.raises(RefusedError, match="too many"):
        introductions.propose(ana, one=cast.member("Onemore"), other=eastbay, why=WHY)


def test_needs_and_offers_of_others_are_refused(bao: Person, northport: City, eastbay: City) -> None:
    terms = Terms(title=("en", "Coffee"))
    offer = postings.post(bao, terms, direction="offer", kind="trade", city=northport)
    with pytest.raises(RefusedError) as caught:
        introductions.propose(bao, one=northport, other=eastbay, why=WHY, need=offer)
    assert caught.value.field == "need"


def _reads(who: Person | None, key: int) -> Any:
    client = Client()
    if who is not None:
        client.force_login(who)
    return client.get(f"/introductions/{key}/")


def test_a_proposal_is_for_its_two_sides(
    ana: Person, bao: Person, cem: Person, dia: Person, proposed: Introduction
) -> None:
    assert [_reads(who, proposed.pk).status_code for who in (ana, bao, dia)] == [200, 200, 200]
    assert [_reads(who, proposed.pk).status_code for who in (cem, None)] == [404, 404]


def test_contacts_are_told_to_the_two_and_only_when_both_said_yes(
    bao: Person, cem: Person, dia: Person, proposed: Introduction
) -> None:
    assert b"office@eastbay" not in _reads(bao, proposed.pk).content
    introductions.accept(dia, proposed)
    assert b"office@eastbay" in _reads(bao, proposed.pk).content
    for who in (cem, None):
        page = _reads(who, proposed.pk)
        assert page.status_code == 200
        assert b"office@eastbay" not in page.content


def test_outcomes_are_told_by_each_side_and_can_be_corrected(
    bao: Person, dia: Person, cem: Person, made: Introduction
) -> None:
    introductions.tell_outcome(bao, made, 3, "nothing")
    introductions.tell_outcome(bao, made, 3, "talking", ("en", "We met."))
    introductions.tell_outcome(dia, made, 3, "agreed")
    assert sorted(Outcome.objects.values_list("answer", flat=True)) == ["agreed", "talking"]
    for months, answer in ((4, "agreed"), (3, "great")):
        with pytest.raises(RefusedError):
            introductions.tell_outcome(bao, made, months, answer)
    with pytest.raises(NotAllowedError):
        introductions.tell_outcome(cem, made, 3, "agreed")


def test_a_link_answers_for_one_side_without_an_account(made: Introduction, eastbay: City, client: Client) -> None:
    token = introductions.link_token(made, eastbay, 6)
    page = client.get(f"/o/{token}/?answer=talking")
    assert "Eastbay" in page.content.decode()
    assert Outcome.objects.count() == 0  # a mail program that opens links says nothing
    client.post(f"/o/{token}/", {"answer": "talking", "note": "By phone.", "language": "en"})
    found = Outcome.objects.get()
    assert (found.city, found.months, found.answer, found.by_link) == (eastbay, 6, "talking", True)


@pytest.mark.parametrize("token", ["x", "eyJ:1:2", "a" * 300])
def test_damaged_links_say_so(made: Introduction, client: Client, token: str) -> None:
    assert client.get(f"/o/{token}/").status_code == 410


def test_links_run_out(made: Introduction, eastbay: City, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    token = introductions.link_token(made, eastbay, 3)
    monkeypatch.setattr(introductions, "VALID_FOR", timedelta(seconds=-1))
    answer = client.get(f"/o/{token}/")
    assert answer.status_code == 410
    with pytest.raises(RefusedError):
        introductions.tell_outcome_by_link(token, "agreed")


def _made_days_ago(made: Introduction, days: int) -> None:
    Introduction.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=days))


def test_both_sides_are_asked_once_after_three_months(made: Introduction) -> None:
    _made_days_ago(made, 93)
    assert [duties.ask_for_outcomes() for _turn in range(3)] == [2, 0, 0]
    assert sorted(letter.to[0] for letter in mail.outbox) == ["office@eastbay.example", "office@northport.example"]
    body = str(mail.outbox[0].body)
    links = re.findall(r"/o/\S+", body)
    assert len(links) == 5
    assert "{" not in body
    assert Client().get(links[0]).status_code == 200


def test_who_said_it_already_is_not_asked(bao: Person, made: Introduction) -> None:
    _made_days_ago(made, 93)
    introductions.tell_outcome(bao, made, 3, "talking")
    assert duties.ask_for_outcomes() == 1
    assert mail.outbox[0].to == ["office@eastbay.example"]


@pytest.mark.parametrize(
    ("made_on", "today", "months"),
    [
        (date(2026, 1, 31), date(2026, 4, 29), None),
        (date(2026, 1, 31), date(2026, 4, 30), 3),
        (date(2026, 1, 31), date(2026, 5, 31), None),
        (date(2026, 1, 31), date(2026, 7, 31), 6),
        (date(2026, 1, 31), date(2027, 1, 31), 12),
        (date(2026, 1, 31), date(2028, 1, 31), None),
    ],
)
def test_when_it_is_asked(made_on: date, today: date, months: int | None) -> None:
    assert duties.due_months(made_on, today) == months


def test_the_asked_side_gets_a_letter_and_one_reminder(proposed: Introduction) -> None:
    assert [duties.ask_about_introductions() for _turn in range(2)] == [1, 0]
    assert mail.outbox[0].to == ["office@eastbay.example"]
    Introduction.objects.update(proposed_at=timezone.now() - timedelta(days=15))
    assert [duties.ask_about_introductions() for _turn in range(2)] == [1, 0]
    assert len(mail.outbox) == 2


def test_both_hear_that_it_is_made(made: Introduction) -> None:
    assert [duties.tell_of_introductions() for _turn in range(2)] == [2, 0]
    assert all("A roastery." in letter.body for letter in mail.outbox)


def test_a_no_is_told_to_who_proposed(dia: Person, proposed: Introduction) -> None:
    introductions.decline(dia, proposed, ("en", "Next year."))
    assert [duties.tell_of_introductions() for _turn in range(2)] == [1, 0]
    assert mail.outbox[0].to == ["office@northport.example"]
    assert "Next year." in mail.outbox[0].body


def test_a_city_is_asked_once_before_its_offer_runs_out(bao: Person, northport: City) -> None:
    terms = Terms(title=("en", "Coffee"), contact_mailbox="trade@northport.example")
    offer = postings.post(bao, terms, direction="offer", kind="trade", city=northport)
    assert duties.ask_to_renew() == 0
    Posting.objects.update(expires_on=timezone.localdate() + timedelta(days=10))
    assert [duties.ask_to_renew() for _turn in range(2)] == [1, 0]
    assert mail.outbox[0].to == ["trade@northport.example"]
    Posting.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert [duties.end_postings() for _turn in range(2)] == [1, 0]
    offer.refresh_from_db()
    assert offer.state == PostingState.EXPIRED


def test_a_demonstration_writes_to_nobody(made: Introduction) -> None:
    Network.objects.update(is_demonstration=True)
    _made_days_ago(made, 93)
    assert sum(duty() for duty in duties.LETTERS) == 0
    assert not mail.outbox
    assert not Letter.objects.exists()


def test_killed_at_the_mail_server_it_is_sent_once_later(made: Introduction, monkeypatch: pytest.MonkeyPatch) -> None:
    _made_days_ago(made, 93)

    def die(*_arguments: Any, **_named: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("intercity.letters.sending.hand_over", die)
        with pytest.raises(SystemExit):
            duties.ask_for_outcomes()
    assert duties.ask_for_outcomes() == 1  # the other side; the claim of the dead worker still holds
    Letter.objects.filter(sent_at=None).update(claimed_until=timezone.now() - timedelta(minutes=11))
    assert [duties.ask_for_outcomes() for _turn in range(2)] == [1, 0]
    assert len(mail.outbox) == 2
