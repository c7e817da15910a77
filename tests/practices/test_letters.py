"""Letters about practices: to whom, when, in which language; once, also when a worker is killed."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Membership, Person, Role
from intercity.cities.models import City, Network
from intercity.languages.actions import write_text
from intercity.languages.models import Translation
from intercity.letters import sending, writing
from intercity.letters.actions import silence
from intercity.letters.marks import message_id, token_for
from intercity.letters.models import Letter
from intercity.letters.recipients import language_for
from intercity.practices import actions, letters
from intercity.practices.duties import send_letters
from intercity.practices.models import Adoption, Practice, Question


@pytest.fixture
def question(practice: Practice, northport: City, eastbay: City, dia: Person) -> Question:
    """Dia asks Northport for Eastbay."""
    City.objects.filter(pk=northport.pk).update(mailbox="office@northport.example", languages=["km"])
    City.objects.filter(pk=eastbay.pk).update(mailbox="office@eastbay.example")
    Network.objects.update(contact="secretariat@network.example")
    return actions.ask(dia, practice, eastbay, "en", "Who waters the gardens in the dry months?")


def _later(question: Question, **past: Any) -> None:
    """As if so much time had gone by: everything about the question lies so much further back."""
    ago = timedelta(**past)
    question.refresh_from_db()
    Question.objects.filter(pk=question.pk).update(
        asked_at=question.asked_at - ago, next_letter_at=question.next_letter_at - ago
    )
    for letter in Letter.objects.all():
        claimed = letter.claimed_until - ago if letter.claimed_until else None
        sent = letter.sent_at - ago if letter.sent_at else None
        Letter.objects.filter(pk=letter.pk).update(claimed_until=claimed, sent_at=sent)


def test_a_question_goes_to_the_citys_mailbox_once(question: Question) -> None:
    assert send_letters() == 1
    assert [send_letters() for _turn in range(3)] == [0, 0, 0]
    (letter,) = mail.outbox
    assert letter.to == ["office@northport.example"]
    assert "Who waters the gardens" in letter.body
    assert f"/questions/{question.pk}/answer/" in letter.body
    assert letter.extra_headers["Message-ID"] == message_id(f"question-{question.pk}-0", "office@northport.example")
    assert letter.reply_to == ["secretariat@network.example"]
    question.refresh_from_db()
    assert question.reminded == 1


def test_the_practices_own_mailbox_comes_first(question: Question) -> None:
    Practice.objects.update(contact_mailbox="gardens@northport.example")
    send_letters()
    assert mail.outbox[0].to == ["gardens@northport.example"]


def test_without_a_mailbox_the_secretariat_gets_it(question: Question) -> None:
    City.objects.update(mailbox="")
    send_letters()
    assert mail.outbox[0].to == ["secretariat@network.example"]
    assert "This letter is meant for Northport. We know no mailbox of theirs" in mail.outbox[0].body


def test_without_a_contact_everybody_of_the_secretariat_gets_it(question: Question, ana: Person) -> None:
    City.objects.update(mailbox="")
    Network.objects.update(contact="")
    send_letters()
    assert mail.outbox[0].to == ["ana@example.org"]


def test_with_nobody_to_write_to_it_is_tried_again(question: Question) -> None:
    City.objects.update(mailbox="")
    Network.objects.update(contact="")
    assert send_letters() == 0
    assert Letter.objects.get().error == "NobodyToWriteTo"
    City.objects.filter(slug="northport").update(mailbox="office@northport.example")
    _later(question, days=1)
    assert send_letters() == 1


def test_it_is_in_the_language_of_the_city(question: Question) -> None:
    Translation.objects.create(
        text=question.text, text_version=1, language="km", body="អ្នកណាស្រោចទឹក?", state="machine", engine="Somebody"
    )
    recipient = letters.of_the_doers(question.practice)[0]
    assert language_for(recipient) == "km"
    send_letters()
    assert "អ្នកណាស្រោចទឹក?" in mail.outbox[0].body
    assert "Who waters the gardens" in mail.outbox[0].body, "the original stands below a machine's translation"


def test_reminders_after_7_and_21_days_then_the_secretariat_then_silence(question: Question) -> None:
    sent = []
    for _day in range(60):
        before = len(mail.outbox)
        send_letters()
        sent += [(_day, letter.to[0], letter.subject) for letter in mail.outbox[before:]]
        _later(question, days=1)
    doer, last = "office@northport.example", "secretariat@network.example"
    assert [(day, to) for day, to, _subject in sent] == [(0, doer), (7, doer), (21, doer), (28, last)]
    assert "has not answered" in sent[-1][2]
    kinds = ["practice-asked", "practice-reminder", "practice-reminder", "practice-passed-on"]
    assert list(Letter.objects.values_list("kind", flat=True)) == kinds


def test_never_two_in_one_week_however_late_the_worker_is(question: Question) -> None:
    _later(question, days=25)
    sent = []
    for day in range(40):
        before = len(mail.outbox)
        send_letters()
        sent += [day] * (len(mail.outbox) - before)
        _later(question, days=1)
    assert len(sent) == 4
    assert all(second - first >= 7 for first, second in pairwise(sent))


def test_no_reminder_of_what_was_answered(question: Question, bao: Person) -> None:
    send_letters()
    actions.answer(bao, question, "en", "The stalls do.")
    _later(question, days=30)
    mail.outbox.clear()
    send_letters()
    assert [letter.to for letter in mail.outbox] == [["dia@example.org"]]


def test_the_asker_is_told_of_the_answer_once(question: Question, bao: Person) -> None:
    send_letters()
    actions.answer(bao, question, "en", "The stalls do, and pay the water.")
    mail.outbox.clear()
    assert [send_letters() for _turn in range(3)] == [1, 0, 0]
    (letter,) = mail.outbox
    assert letter.to == ["dia@example.org"]
    assert "The stalls do, and pay the water." in letter.body


def test_the_asker_is_told_at_the_mailbox_of_the_role(question: Question, bao: Person) -> None:
    Membership.objects.filter(person__name="Dia").update(mailbox="international@eastbay.example")
    actions.answer(bao, question, "en", "The stalls do.")
    send_letters()
    assert [letter.to for letter in mail.outbox] == [["international@eastbay.example"]]


def test_where_the_asker_is_gone_their_office_is_told(question: Question, bao: Person, dia: Person) -> None:
    Person.objects.filter(pk=dia.pk).update(is_active=False)
    actions.answer(bao, question, "en", "The stalls do.")
    send_letters()
    assert [letter.to for letter in mail.outbox] == [["office@eastbay.example"]]


def test_a_no_is_told_with_its_reason(question: Question, bao: Person) -> None:
    actions.decline(bao, question, "not_us")
    send_letters()
    assert "Another office knows this; we do not." in mail.outbox[-1].body
    assert send_letters() == 0


def test_old_answers_that_were_brought_in_write_to_nobody(question: Question, bao: Person) -> None:
    actions.answer(bao, question, "en", "The stalls do.")
    Question.objects.update(answered_at=timezone.now() - timedelta(days=31))
    assert send_letters() == 0


def test_a_demonstration_writes_to_nobody(question: Question) -> None:
    Network.objects.update(is_demonstration=True)
    assert send_letters() == 0
    assert mail.outbox == []


def test_what_is_simulated_is_never_sent(question: Question) -> None:
    Question.objects.update(is_simulated=True)
    assert send_letters() == 0


def test_nobody_is_asked_about_what_was_withdrawn(question: Question) -> None:
    Practice.objects.update(state="withdrawn")
    assert send_letters() == 0


class KilledError(BaseException):
    """As if the process ended here: no `except Exception` sees it."""


@pytest.mark.parametrize("point", ["intercity.letters.sending.hand_over", "intercity.practices.duties.mark"])
def test_killed_before_it_is_sent_or_before_the_mark_it_comes_once(
    question: Question, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    def killed(*_arguments: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(point, killed)
        with pytest.raises(KilledError):
            send_letters()
    assert send_letters() == 0, "another worker may still have it in hand"
    _later(question, minutes=11)
    assert send_letters() == 1
    assert send_letters() == 0
    assert len(mail.outbox) == 1
    question.refresh_from_db()
    assert question.reminded == 1


def test_whoever_wants_no_letters_gets_none_and_the_question_goes_its_way(question: Question) -> None:
    silence(token_for("office@northport.example", "questions"))
    sent = []
    for _day in range(40):
        send_letters()
        sent += [letter.to[0] for letter in mail.outbox]
        mail.outbox.clear()
        _later(question, days=1)
    assert sent == ["secretariat@network.example"], "after 28 days the secretariat hears of it"


def test_a_mailbox_that_refuses_for_good_passes_its_letter_on_at_once(
    question: Question, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Practice.objects.update(contact_mailbox="gone@northport.example")

    def refuses(key: str, address: str, *rest: Any) -> None:
        if address == "gone@northport.example":
            raise SMTPRecipientsRefused({address: (550, b"5.1.1 gone@northport.example is unknown")})
        writing.hand_over(key, address, *rest)

    monkeypatch.setattr(sending, "hand_over", refuses)
    assert [send_letters() for _turn in range(3)] == [0, 1, 0]
    assert mail.outbox[0].to == ["office@northport.example"]
    assert "gone@northport.example" not in caplog.text


def test_one_that_cannot_be_sent_does_not_keep_the_others(
    question: Question, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    southlake = cast.member("Southlake", mailbox="office@southlake.example")
    eli = cast.person("Eli", Role.OFFICER, city=southlake)
    actions.ask(eli, practice, southlake, "en", "What did the plants cost?")

    def refuses(key: str, *rest: Any) -> None:
        if key == f"question-{question.pk}-0":
            raise OSError
        writing.hand_over(key, *rest)

    monkeypatch.setattr(sending, "hand_over", refuses)
    assert send_letters() == 1
    assert "What did the plants cost?" in mail.outbox[0].body


@pytest.fixture
def stale(practice: Practice, northport: City) -> Practice:
    """Nobody has confirmed for two years how it stands."""
    City.objects.filter(pk=northport.pk).update(mailbox="office@northport.example")
    Practice.objects.update(status_confirmed_on=timezone.localdate() - timedelta(days=730))
    return practice


def test_how_it_stands_is_asked_once(stale: Practice) -> None:
    assert [send_letters() for _turn in range(3)] == [1, 0, 0]
    assert f"/practices/{stale.slug}/status/" in mail.outbox[0].body
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=400))
    assert send_letters() == 0


def test_after_another_18_months_it_is_asked_again(stale: Practice, bao: Person) -> None:
    send_letters()
    actions.confirm_status(bao, stale, "running")
    assert send_letters() == 0
    Practice.objects.update(status_confirmed_on=timezone.localdate() - timedelta(days=600))
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=600))
    assert send_letters() == 1


def test_a_fresh_status_is_not_asked_for(practice: Practice) -> None:
    City.objects.update(mailbox="office@northport.example")
    assert send_letters() == 0


def test_a_city_with_many_old_practices_gets_one_such_letter_a_week(stale: Practice, northport: City) -> None:
    for number in range(3):
        Practice.objects.create(
            slug=f"old-{number}",
            city=northport,
            state="published",
            published_at=timezone.now(),
            status_confirmed_on=timezone.localdate() - timedelta(days=700),
        )
    assert [send_letters() for _turn in range(2)] == [1, 0]
    Letter.objects.update(sent_at=timezone.now() - timedelta(days=8))
    assert [send_letters() for _turn in range(2)] == [1, 0]


def test_where_nobody_can_be_asked_nobody_is(stale: Practice) -> None:
    City.objects.update(mailbox="")
    assert send_letters() == 0
    assert not Letter.objects.exists()


def test_a_long_question_is_shortened_and_a_title_cannot_break_the_head(question: Question) -> None:
    question.text.body = "Why? " * 400
    question.text.save()
    title = question.practice.words.get(field="title")
    title.text = write_text("en", "Gardens\nBcc: everybody@example.org")
    title.save()
    send_letters()
    (letter,) = mail.outbox
    assert "\n" not in letter.subject
    assert len(letter.body) < 2500
    assert letter.recipients() == ["office@northport.example"]


@pytest.fixture
def taken_back(adoption: Adoption, northport: City, eastbay: City, dia: Person) -> Adoption:
    """Eastbay tried it and confirmed that; then it took the confirmation back."""
    City.objects.filter(pk=northport.pk).update(mailbox="office@northport.example", languages=["km"])
    City.objects.filter(pk=eastbay.pk).update(mailbox="office@eastbay.example")
    actions.move(dia, adoption, "piloting", "It began.", language="en")
    actions.confirm(dia, adoption)
    return actions.withdraw_confirmation(dia, adoption, "The market was rebuilt.", language="en")


def test_a_confirmation_that_is_taken_back_is_told_to_both_cities_once(taken_back: Adoption) -> None:
    assert send_letters() == 2
    assert [send_letters() for _turn in range(3)] == [0, 0, 0]
    taker, giver = mail.outbox
    assert (taker.to, giver.to) == (["office@eastbay.example"], ["office@northport.example"])
    for letter in mail.outbox:
        assert "The market was rebuilt." in letter.body
        assert f"/adoptions/{taken_back.pk}/" in letter.body
    assert "one of your officers can confirm it again here" in taker.body
    assert "no reason has to be given" in taker.body
    about = [f"practice:{taken_back.practice_id}", f"adoption:{taken_back.pk}"]
    assert [(one.kind, one.about) for one in Letter.objects.all()] == [("practice-taken-back", about)] * 2


def test_of_a_confirmation_that_was_given_again_no_letter_is_sent(taken_back: Adoption, dia: Person) -> None:
    actions.confirm(dia, taken_back)
    assert send_letters() == 0
    actions.withdraw_confirmation(dia, taken_back)
    assert send_letters() == 2
    assert "The market was rebuilt." not in mail.outbox[0].body


def test_whoever_gave_it_on_gets_the_letter_and_not_those_who_did_it_first(
    practice: Practice, taken_back: Adoption
) -> None:
    between = cast.member("Middleton", mailbox="office@middleton.example")
    Adoption.objects.update(from_city=between)
    Practice.objects.update(contact_mailbox="gardens@northport.example")
    assert send_letters() == 2
    assert mail.outbox[1].to == ["office@middleton.example"]


def test_a_city_without_a_mailbox_gets_none_and_the_other_one_does(taken_back: Adoption, northport: City) -> None:
    City.objects.filter(pk=northport.pk).update(mailbox="")
    assert [send_letters() for _turn in range(2)] == [1, 0]
    assert mail.outbox[0].to == ["office@eastbay.example"]


@pytest.mark.parametrize("what", ["simulated", "long ago", "withdrawn"])
def test_no_letter_of_what_is_made_up_long_ago_or_not_public(taken_back: Adoption, what: str) -> None:
    if what == "simulated":
        Adoption.objects.update(is_simulated=True)
    elif what == "long ago":
        taken_back.steps.update(made_at=timezone.now() - timedelta(days=31))
    else:
        Practice.objects.update(state="withdrawn")
    assert send_letters() == 0
