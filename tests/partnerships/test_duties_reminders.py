"""Reminders: when, to whom, in which language; one letter to a mailbox in a week, once, also after a kill."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.db.models.signals import pre_save
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.cities.models import City, Network
from intercity.letters.actions import silence
from intercity.letters.marks import token_for
from intercity.letters.models import Letter
from intercity.letters.sending import mark
from intercity.letters.writing import hand_over
from intercity.partnerships import duties
from intercity.partnerships.actions import commitments
from intercity.partnerships.models import Commitment
from intercity.partnerships.reminding import is_to_remind, is_to_remind_this_week, monday_of, week_of

WEDNESDAY = date(2031, 3, 5)


class Clock:
    """Time that a test moves on."""

    def __init__(self) -> None:
        """Noon of a Wednesday."""
        self.now = datetime(2031, 3, 5, 12, tzinfo=timezone.get_default_timezone())

    @property
    def today(self) -> date:
        """The day."""
        return timezone.localdate(self.now)

    def wait(self, **past: Any) -> None:
        """Let so much time go by."""
        self.now += timedelta(**past)


@pytest.fixture
def clock() -> Iterator[Clock]:
    """A clock that all of Django reads; the columns' own defaults were bound to the real one, so they are set."""
    found = Clock()

    def stamp(instance: Any, **_rest: Any) -> None:
        for name in {"made_at", "written_at"} & {field.name for field in instance._meta.fields}:
            if instance._state.adding:
                setattr(instance, name, found.now)

    pre_save.connect(stamp)
    with patch("django.utils.timezone.now", lambda: found.now):
        yield found
    pre_save.disconnect(stamp)


@pytest.fixture
def offices(clock: Clock, northport: City, eastbay: City) -> None:
    """Mailboxes of two cities and of the secretariat."""
    City.objects.filter(pk=northport.pk).update(mailbox="office@northport.example", languages=["en"])
    City.objects.filter(pk=eastbay.pk).update(mailbox="office@eastbay.example")
    Network.objects.update(contact="secretariat@network.example")
    northport.refresh_from_db()
    eastbay.refresh_from_db()


def _promise(person: Person, city: City, eastbay: City, days: int, **fields: Any) -> Commitment:
    return commitments.promise(
        person,
        text=("en", f"We dig a well within {days} days."),
        city=city,
        owner="Water office",
        due_on=timezone.localdate() + timedelta(days=days),
        known_by=("en", "It gives water."),
        confirmer="city",
        confirmer_city=eastbay,
        **fields,
    )


def _days(clock: Clock, number: int) -> list[tuple[int, list[str]]]:
    """Let days go by; on which of them which letters came, by their subjects."""
    found = []
    for day in range(number):
        before = len(mail.outbox)
        duties.remind()
        duties.remind()
        found += [(day, one.to) for one in mail.outbox[before:]]
        clock.wait(days=1)
    return found


@pytest.mark.usefixtures("offices")
def test_30_and_7_days_before_then_a_day_after_then_weekly(
    clock: Clock, bao: Person, northport: City, eastbay: City
) -> None:
    _promise(bao, northport, eastbay, 40)
    assert [day for day, _to in _days(clock, 60)] == [10, 33, 41, 48, 55]
    assert {tuple(one.to) for one in mail.outbox} == {("office@northport.example",)}
    assert "Due on 14 April 2031." in mail.outbox[0].body.replace("April 14, 2031", "14 April 2031")
    assert "Late by 1 day" in mail.outbox[2].body
    assert "Late by 8 days" in mail.outbox[3].body
    assert "/commitments/1/" in mail.outbox[0].body


@pytest.mark.usefixtures("offices")
def test_several_promises_come_in_one_letter_a_week(clock: Clock, bao: Person, northport: City, eastbay: City) -> None:
    for days in (36, 37, 38, 45):
        _promise(bao, northport, eastbay, days)
    found = _days(clock, 30)
    # The first is due to be said on day 6 (Tuesday); what comes that week goes with it; day 15 is of the week after.
    assert [day for day, _to in found] == [6, 15, 29]
    assert mail.outbox[0].body.count("/commitments/") == 4, "three promises, and the list"
    assert "3 promises" in mail.outbox[0].subject
    letter = Letter.objects.order_by("pk").first()
    assert letter is not None
    assert letter.about == [f"commitment:{one.pk}" for one in Commitment.objects.order_by("pk")[:3]]


@pytest.mark.usefixtures("offices")
def test_never_two_to_a_mailbox_in_one_week(clock: Clock, bao: Person, northport: City, eastbay: City) -> None:
    """However many are due and whenever: at most one letter in each week, and each item at most once in it."""
    for days in range(3, 50, 2):
        _promise(bao, northport, eastbay, days)
    clock_weeks: list[str] = []
    for _day in range(70):
        before = len(mail.outbox)
        duties.remind()
        clock_weeks += [week_of(clock.today)] * (len(mail.outbox) - before)
        clock.wait(days=1)
    assert len(clock_weeks) == len(set(clock_weeks)) >= 9
    late = Commitment.objects.filter(reminded_on=None)
    assert not late.exists()


@pytest.mark.usefixtures("offices")
def test_the_mailbox_of_the_role_comes_first_and_each_mailbox_has_its_letter(
    clock: Clock, bao: Person, northport: City, eastbay: City
) -> None:
    _promise(bao, northport, eastbay, 31, mailbox="wells@northport.example")
    _promise(bao, northport, eastbay, 31)
    clock.wait(days=1)
    assert duties.remind() == 2
    assert {one.to[0] for one in mail.outbox} == {"wells@northport.example", "office@northport.example"}


@pytest.mark.usefixtures("offices")
def test_without_mailboxes_the_officer_is_told_then_the_secretariat(
    clock: Clock, bao: Person, ana: Person, northport: City, eastbay: City
) -> None:
    City.objects.update(mailbox="")
    Person.objects.filter(pk=bao.pk).update(language="pt")
    _promise(bao, northport, eastbay, 31)
    clock.wait(days=1)
    duties.remind()
    assert mail.outbox[0].to == ["bao@example.org"]
    assert mail.outbox[0].extra_headers["Content-Language"] == "pt"
    bao.memberships.update(ended_at=clock.now)
    clock.wait(days=23)
    duties.remind()
    assert mail.outbox[1].to == ["secretariat@network.example"]
    assert "meant for Northport" in mail.outbox[1].body


@pytest.mark.usefixtures("offices")
def test_what_the_network_promises_is_said_to_the_secretariat(clock: Clock, ana: Person, eastbay: City) -> None:
    commitments.promise(
        ana,
        text=("en", "We write the report."),
        owner="Secretariat",
        due_on=clock.today + timedelta(days=31),
        known_by=("en", "It can be read."),
        confirmer="city",
        confirmer_city=eastbay,
    )
    clock.wait(days=1)
    duties.remind()
    assert mail.outbox[0].to == ["secretariat@network.example"]
    assert "meant for" not in mail.outbox[0].body
    assert "Rivers and Roads" in mail.outbox[0].body


@pytest.mark.usefixtures("offices")
def test_no_reminder_of_what_is_reported_kept_dropped_or_of_a_city_that_left(
    clock: Clock, bao: Person, northport: City, eastbay: City
) -> None:
    commitments.report(bao, _promise(bao, northport, eastbay, 31), ("en", "Done."), says_done=True)
    commitments.drop(bao, _promise(bao, northport, eastbay, 31), ("en", "No money."))
    clock.wait(days=1)
    assert duties.remind() == 0
    _promise(bao, northport, eastbay, 31)
    City.objects.filter(pk=northport.pk).update(left_on=clock.today)
    clock.wait(days=1)
    assert duties.remind() == 0
    assert mail.outbox == []


@pytest.mark.usefixtures("offices")
def test_a_demonstration_and_what_is_simulated_write_to_nobody(
    clock: Clock, bao: Person, ana: Person, northport: City, eastbay: City
) -> None:
    Network.objects.update(is_demonstration=True)
    made_up = _promise(bao, northport, eastbay, 31, is_simulated=True)
    said = _promise(bao, northport, eastbay, 31)
    commitments.report(bao, said, ("en", "Done."), says_done=True)
    clock.wait(days=60)
    assert [duty() for duty in duties.LETTERS] == [0] * len(duties.LETTERS)
    Network.objects.update(is_demonstration=False)
    Commitment.objects.filter(pk=said.pk).delete()
    assert [duty() for duty in duties.LETTERS] == [0] * len(duties.LETTERS)
    assert Commitment.objects.get() == made_up
    assert not Letter.objects.exists()
    assert mail.outbox == []


@pytest.mark.usefixtures("offices")
def test_who_wants_no_reminders_gets_none(clock: Clock, bao: Person, northport: City, eastbay: City) -> None:
    silence(token_for("office@northport.example", "reminders"))
    _promise(bao, northport, eastbay, 31)
    clock.wait(days=1)
    duties.remind()
    assert [duties.remind() for _turn in range(3)] == [0, 0, 0]
    assert mail.outbox == []
    assert Letter.objects.get().silenced_at is not None


@pytest.mark.usefixtures("offices")
def test_late_for_14_days_without_a_word_goes_to_the_secretariat_once(
    clock: Clock, bao: Person, northport: City, eastbay: City
) -> None:
    silent, told = (_promise(bao, northport, eastbay, 5) for _one in range(2))
    clock.wait(days=18)
    commitments.report(bao, told, ("en", "The drill broke; we wait for another."))
    assert duties.escalate() == 0
    clock.wait(days=1)
    assert [duties.escalate() for _turn in range(3)] == [1, 0, 0]
    (letter,) = mail.outbox
    assert letter.to == ["secretariat@network.example"]
    assert f"/commitments/{silent.number}/" in letter.body
    assert f"/commitments/{told.number}/" not in letter.body
    clock.wait(days=14)
    assert duties.escalate() == 1, "nothing was said about the other for two weeks, either"
    clock.wait(days=60)
    assert duties.escalate() == 0
    commitments.change(
        bao, silent, version=silent.version, due_on=clock.today + timedelta(days=1), reason=("en", "A new drill.")
    )
    clock.wait(days=20)
    assert duties.escalate() == 1, "a new day was promised, and has passed, too"


@pytest.mark.usefixtures("offices")
def test_what_nobody_confirms_goes_to_the_secretariat(
    clock: Clock, bao: Person, northport: City, eastbay: City
) -> None:
    commitments.report(bao, _promise(bao, northport, eastbay, 90), ("en", "Done."), says_done=True)
    clock.wait(days=15)
    assert duties.escalate() == 1
    assert "nobody has confirmed it yet" in mail.outbox[0].body


class Killed(BaseException):
    """The worker is killed: nothing that it would have done happens."""


PLACES = {
    "before the mail server": "intercity.letters.sending.hand_over",
    "before it is marked": "intercity.partnerships.duties.mark",
}


@pytest.mark.parametrize("duty", ["remind", "escalate"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("later", [{"minutes": 11}, {"days": 7, "minutes": 11}])
@pytest.mark.usefixtures("offices")
def test_killed_anywhere_it_comes_once(
    clock: Clock, bao: Person, northport: City, eastbay: City, place: str, duty: str, later: dict[str, int]
) -> None:
    """Also where the next week has begun until somebody goes on: it is the same letter, about the same."""
    first = _promise(bao, northport, eastbay, 31)
    clock.wait(days=1 if duty == "remind" else 50)
    run = getattr(duties, duty)
    with patch(PLACES[place], side_effect=Killed), pytest.raises(Killed):
        run()
    assert run() == 0, "the claim of the dead worker holds"
    second = _promise(bao, northport, eastbay, 31)
    clock.wait(**later)
    assert run() == 1
    assert [run() for _turn in range(3)] == [0, 0, 0]
    (letter,) = mail.outbox
    assert f"/commitments/{first.number}/" in letter.body
    assert f"/commitments/{second.number}/" not in letter.body
    first.refresh_from_db()
    assert (first.reminded_on or first.escalated_on) == clock.today


@pytest.mark.usefixtures("offices")
def test_killed_between_the_mail_server_and_the_note_the_same_letter_comes_again(
    clock: Clock, bao: Person, northport: City, eastbay: City
) -> None:
    """The one gap that no mail server closes: the same Message-ID, the same words, so that programs show one."""
    _promise(bao, northport, eastbay, 31)
    clock.wait(days=1)

    def take_and_die(*arguments: Any) -> None:
        hand_over(*arguments)
        raise Killed

    with patch("intercity.letters.sending.hand_over", take_and_die), pytest.raises(Killed):
        duties.remind()
    _promise(bao, northport, eastbay, 8)
    clock.wait(days=1)
    assert duties.remind() == 1
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]
    assert first.body == second.body


@pytest.mark.usefixtures("offices")
def test_killed_between_mark_and_item_both_are_undone(
    clock: Clock, bao: Person, northport: City, eastbay: City
) -> None:
    """The mark and what was told are of one transaction; the mailbox that has it is left out of the second try."""
    _promise(bao, northport, eastbay, 31)
    clock.wait(days=1)

    def mark_and_die(letter: Letter) -> None:
        mark(letter)
        raise Killed

    with patch("intercity.partnerships.duties.mark", mark_and_die), pytest.raises(Killed):
        duties.remind()
    assert Commitment.objects.get().reminded_on is None
    assert Letter.objects.get().sent_at is None
    clock.wait(minutes=11)
    assert duties.remind() == 1
    assert len(mail.outbox) == 1
    assert Commitment.objects.get().reminded_on == clock.today


@pytest.mark.usefixtures("offices")
def test_what_is_done_before_a_failed_letter_is_tried_again_is_not_asked_for(
    clock: Clock, bao: Person, northport: City, eastbay: City
) -> None:
    found = _promise(bao, northport, eastbay, 31)
    clock.wait(days=1)
    with patch("intercity.letters.sending.hand_over", side_effect=OSError):
        assert duties.remind() == 0
    commitments.report(bao, found, ("en", "Done."), says_done=True)
    clock.wait(days=2)
    assert duties.remind() == 0
    assert not Letter.objects.filter(kind="promises-due").exists()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("before", "reminded", "expected"),
    [
        (31, None, False),
        (30, None, True),
        (29, None, True),
        (30, 0, False),
        (7, 7, True),
        (0, 7, False),
        (-1, 7, True),
    ],
)
def test_the_days_of_reminders(before: int, reminded: int | None, expected: bool) -> None:
    """`before` days before it is due; reminded so many days ago."""
    last = None if reminded is None else WEDNESDAY - timedelta(days=reminded)
    due_on = WEDNESDAY + timedelta(days=before)
    written_on = date(2030, 1, 1)
    assert is_to_remind(due_on, written_on=written_on, reminded_on=last, today=WEDNESDAY) is expected


def test_what_was_written_after_the_day_of_a_reminder_waits_for_the_next() -> None:
    due_on = WEDNESDAY + timedelta(days=20)
    assert not is_to_remind(due_on, written_on=WEDNESDAY, reminded_on=None, today=WEDNESDAY)


def test_what_comes_this_week_goes_with_a_letter_of_today() -> None:
    sunday = monday_of(WEDNESDAY) + timedelta(days=6)
    written_on = date(2030, 1, 1)
    for day, expected in ((sunday, True), (sunday + timedelta(days=1), False)):
        due_on = day + timedelta(days=30)
        found = is_to_remind_this_week(due_on, written_on=written_on, reminded_on=None, today=WEDNESDAY)
        assert found is expected


def test_weeks_at_the_turn_of_the_year() -> None:
    assert week_of(date(2030, 12, 30)) == "2031-W01"
    assert week_of(date(2027, 1, 3)) == "2026-W53"
