"""What must become true by itself; each may run twice, late, or after a crash."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from intercity.cities.models import Network
from intercity.letters.models import Letter, Letters
from intercity.letters.recipients import of_secretariat
from intercity.letters.sending import mark, post
from intercity.practices import letters
from intercity.practices.models import AdoptionStep, Practice, PracticeState, Question, StepKind
from intercity.practices.models.practices import FRESH

WEEK = timedelta(days=7)
"""Between two letters about one question, and between two that ask one mailbox how something stands."""
AFTER = (timedelta(0), timedelta(days=7), timedelta(days=21), timedelta(days=28))
"""When a question is written about, counted from when it was asked: once, two reminders, then to the secretariat."""
TOLD_WITHIN = timedelta(days=30)
"""Whoever asked is told of an answer that is no older; records that are brought in later write to nobody."""
A_TURN = 50
"""Letters of each kind in one turn, so that other duties have theirs."""


def send_letters() -> int:
    """Write to those who were asked, to those who were answered, and to those whose practice nobody has confirmed.

    Where a city took a confirmation back, it and the city that gave the practice each get a letter, too.

    A network that is a demonstration writes to nobody, and no letter says what was simulated: its mailboxes may be
    those of real offices.
    """
    network = Network.current()
    if network is None or network.is_demonstration:
        return 0
    return _ask_for_answers() + _tell_askers() + _tell_of_confirmations() + _ask_how_it_stands()


def _with_key(among: Letters, *parts: Combinable) -> Exists:
    """Whether a letter is among these whose key is put together of columns of the row that is looked at."""
    return Exists(among.filter(key=Concat(*parts)))


def _column(name: str) -> Cast:
    return Cast(OuterRef(name), CharField())


def _ask_for_answers() -> int:
    """A new question, its reminders, and at the end a word to the secretariat."""
    due = (
        Question.objects.waiting()
        .filter(next_letter_at__lte=timezone.now(), reminded__lt=len(AFTER), is_simulated=False)
        .filter(practice__state=PracticeState.PUBLISHED)
        .exclude(
            _with_key(Letter.objects.in_hand(), Value("question-"), _column("pk"), Value("-"), _column("reminded"))
        )
        .select_related("practice__city", "from_city", "text")
    )
    return sum(_ask_for_answer(one) for one in due[:A_TURN])


def _ask_for_answer(question: Question) -> bool:
    number = question.reminded
    last = number == len(AFTER) - 1
    letter = post(
        f"question-{question.pk}-{number}",
        letters.PASSED_ON if last else letters.REMINDER if number else letters.ASKED,
        [*([] if last else letters.of_the_doers(question.practice)), of_secretariat()],
        lambda language: letters.of_question(question, language),
        about=[question.practice, question],
    )
    if letter is None:
        return False
    with transaction.atomic():
        mark(letter)
        Question.objects.filter(pk=question.pk, reminded=number).update(
            reminded=number + 1, next_letter_at=_next_letter(question, number + 1)
        )
    return True


def _next_letter(question: Question, number: int) -> datetime:
    """When the next one is due: at its time after the question, and a week after this one at the earliest."""
    wait = AFTER[min(number, len(AFTER) - 1)]
    return max(question.asked_at + wait, timezone.now() + WEEK)


def _tell_askers() -> int:
    """Whoever asked is told once that there is an answer, or that there will be none."""
    since = timezone.now() - TOLD_WITHIN
    key = (Value("answer-"), _column("pk"))
    due = (
        Question.objects.filter(Q(answered_at__gte=since) | Q(declined_at__gte=since), is_simulated=False)
        .exclude(_with_key(Letter.objects.settled(), *key))
        .exclude(_with_key(Letter.objects.in_hand(), *key))
        .select_related("practice__city", "from_city", "asked_by", "text", "answer")
        .order_by("pk")
    )
    return sum(_tell(one) for one in due[:A_TURN])


def _tell(question: Question) -> bool:
    recipients = letters.of_the_asker(question)
    if not any(one.addresses for one in recipients):
        return False  # somebody without an address, of a city without one: the page tells them
    letter = post(
        f"answer-{question.pk}",
        letters.ANSWERED if question.answer_id else letters.DECLINED,
        recipients,
        lambda language: letters.of_answer(question, language),
        about=[question.practice, question],
    )
    if letter is None:
        return False
    mark(letter)
    return True


def _tell_of_confirmations() -> int:
    """A confirmation that was taken back, and not given anew since: told once to both cities."""
    steps = (
        AdoptionStep.objects.filter(what=StepKind.TAKEN_BACK, made_at__gte=timezone.now() - TOLD_WITHIN)
        .filter(adoption__confirmed_at=None, adoption__is_simulated=False)
        .filter(adoption__practice__state=PracticeState.PUBLISHED)
        .select_related("adoption__practice__city", "adoption__from_city", "adoption__to_city")
        .order_by("pk")
    )
    last = {step.adoption_id: step for step in steps}
    due = {f"taken-back-{step.pk}-{who}": (step, who) for step in last.values() for who in ("taker", "giver")}
    known = Letter.objects.filter(key__in=due).exclude(pk__in=Letter.objects.free())
    done = set(known.values_list("key", flat=True))
    return sum(_tell_of(key, *of) for key, of in [one for one in due.items() if one[0] not in done][:A_TURN])


def _tell_of(key: str, step: AdoptionStep, who: str) -> bool:
    adoption = step.adoption
    recipients = letters.of_the_taker(adoption) if who == "taker" else letters.of_the_giver(adoption)
    if not any(one.addresses for one in recipients):
        return False  # a city without a mailbox reads it on the page
    letter = post(
        key,
        letters.TAKEN_BACK,
        recipients,
        lambda language: letters.of_step(step, who, language),
        about=[adoption.practice, adoption],
    )
    if letter is None:
        return False
    mark(letter)
    return True


def _ask_how_it_stands() -> int:
    """Ask once how something stands of which nobody has said so for 18 months; one such letter a week to a mailbox."""
    asked_before = Q(status_asked_on__isnull=False) & (
        Q(status_confirmed_on=None) | Q(status_asked_on__gte=F("status_confirmed_on"))
    )
    lately = _asked_lately().values_list("city", "contact_mailbox")
    cities = {city for city, _mailbox in lately if city}
    mailboxes = {mailbox for _city, mailbox in lately if mailbox}
    day = Coalesce(_column("status_confirmed_on"), Value("never"))
    due = (
        Practice.objects.stale()
        .filter(Q(status_confirmed_on__isnull=False) | Q(published_at__lt=timezone.now() - FRESH))
        .filter(Q(city__isnull=False) & ~Q(city__mailbox="") | ~Q(contact_mailbox=""))
        .exclude(asked_before)
        .exclude(Q(city__in=cities) | Q(contact_mailbox__in=mailboxes))
        .exclude(_with_key(Letter.objects.in_hand(), Value("status-"), _column("pk"), Value("-"), day))
        .select_related("city")
        .order_by("status_confirmed_on", "pk")
    )
    return sum(_ask_how(one) for one in due[:A_TURN])


def _asked_lately() -> models.QuerySet[Practice]:
    """Practices of which somebody was asked within a week how they stand."""
    sent = Letter.objects.filter(kind=letters.STATUS.name, sent_at__gt=timezone.now() - WEEK)
    names = (name.partition(":") for about in sent.values_list("about", flat=True) for name in about)
    return Practice.objects.filter(pk__in=[int(key) for subject, _colon, key in names if subject == "practice"])


def _ask_how(practice: Practice) -> bool:
    recipients = letters.of_the_doers(practice)
    same = Q(city__isnull=False, city=practice.city_id)
    if practice.contact_mailbox:
        same |= Q(contact_mailbox=practice.contact_mailbox)
    if not any(one.addresses for one in recipients) or _asked_lately().filter(same).exists():
        return False  # another letter of this turn
    letter = post(
        f"status-{practice.pk}-{practice.status_confirmed_on or 'never'}",
        letters.STATUS,
        recipients,
        lambda language: letters.of_standing(practice, language),
        about=[practice],
    )
    if letter is None:
        return False
    with transaction.atomic():
        mark(letter)
        Practice.objects.filter(pk=practice.pk).update(status_asked_on=timezone.localdate())
    return True
