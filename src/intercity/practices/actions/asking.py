"""Questions from city to city about what was done; few at a time, so that a famous city is not drowned in them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, require
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.languages.actions import write_text
from intercity.languages.models import Kind
from intercity.languages.wanting import want
from intercity.practices.actions.checking import needed_words
from intercity.practices.actions.rights import check_simulated, require_writer
from intercity.practices.models import DONE, Adoption, DeclineReason, Practice, PracticeState, Question
from intercity.refusals import RefusedError

MOST_WAITING = 5
"""Questions that may wait for the answer of one city at a time."""
MOST_SUGGESTED = 3
LONGEST = 3_000


class AskedEnoughError(RefusedError):
    """A city has as many questions as it can answer; `instead` are others who did the same and can be asked."""

    def __init__(self, message: str, instead: list[City]) -> None:
        """The sentence names them, too."""
        super().__init__(message)
        self.instead = instead


def ask(
    person: Visitor, practice: Practice, city: City, language: str, body: str, *, is_simulated: bool = False
) -> Question:
    """Ask for a city those who did it. Refused where the city of the practice has enough questions already."""
    asker = require(person, Role.OFFICER, city=city)
    check_simulated(is_simulated)
    code, words = needed_words("body", (language, body), LONGEST, _("Write what you would like to know."))
    doer = practice.city
    if doer is None:
        raise RefusedError(
            _("%(place)s is not a member of this network and gets no letter. Ask the secretariat or see the source.")
            % {"place": practice.place}
        )
    if doer.pk == city.pk:
        raise RefusedError(_("Your own city did this. Ask your colleagues."))
    with transaction.atomic():
        # The city is locked, so that of two questions that come together the last free place is taken once.
        City.objects.select_for_update().get(pk=doer.pk)
        _check_free(practice, doer, city)
        question = Question.objects.create(
            practice=practice,
            from_city=city,
            asked_by=asker,
            text=write_text(code, words),
            is_simulated=is_simulated,
        )
        want(Kind.PRACTICE, [practice.pk])  # the question stands on its pages, and is translated there
        record(asker, "question.asked", question, practice=practice.slug, city=city.slug)
    return question


def answer(person: Visitor, question: Question, language: str, body: str) -> Question:
    """Answer for the city that did it; the secretariat may after it heard from the city."""
    author = require_writer(person, question.practice.city)
    code, words = needed_words("body", (language, body), LONGEST * 2, _("Write the answer."))
    with transaction.atomic():
        found = _waiting(question)
        found.answer, found.answered_by, found.answered_at = write_text(code, words), author, timezone.now()
        found.save(update_fields=["answer", "answered_by", "answered_at"])
        want(Kind.PRACTICE, [found.practice_id])
        record(author, "question.answered", found, practice=found.practice.slug)
    question.refresh_from_db()
    return question


def decline(person: Visitor, question: Question, because: str = "") -> Question:
    """Say for the city that it will not answer: the asker knows where they are, and others can be asked."""
    author = require_writer(person, question.practice.city)
    if because and because not in DeclineReason.values:
        raise RefusedError(_("Choose one of the reasons."), "because")
    with transaction.atomic():
        found = _waiting(question)
        found.declined_at, found.answered_by, found.declined_because = timezone.now(), author, because
        found.save(update_fields=["declined_at", "answered_by", "declined_because"])
        record(author, "question.declined", found, practice=found.practice.slug)
    question.refresh_from_db()
    return question


def who_else(practice: Practice, *, without: City | None = None) -> list[City]:
    """Other members that tried or run it, those that confirmed it first: whom one can ask as well."""
    found = Adoption.objects.filter(practice=practice, stage__in=DONE, to_city__left_on=None).exclude(to_city=without)
    ranked = sorted(found.select_related("to_city"), key=lambda one: (one.confirmed_at is None, -one.pk))
    return [one.to_city for one in ranked[:MOST_SUGGESTED]]


def _check_free(practice: Practice, doer: City, city: City) -> None:
    """Whether this can be asked now."""
    if not Practice.objects.filter(pk=practice.pk, state=PracticeState.PUBLISHED).exists():
        raise RefusedError(_("This is not public any more, so nobody can be asked about it."))
    waiting = Question.objects.waiting()
    instead = who_else(practice, without=city)
    if waiting.filter(practice=practice, from_city=city).exists():
        raise AskedEnoughError(
            _("%(city)s has asked about this already and waits for the answer.") % {"city": city.name}
            + _suggested(instead),
            instead,
        )
    number = waiting.filter(practice__city=doer).count()
    if number >= MOST_WAITING:
        sentence = _("%(number)d questions wait for %(city)s, and more than %(most)d would be too many for it.")
        raise AskedEnoughError(
            sentence % {"number": number, "city": doer.name, "most": MOST_WAITING} + _suggested(instead), instead
        )


def _suggested(instead: list[City]) -> str:
    if not instead:
        return " " + _("Nobody else has done it yet. Try again in some weeks.")
    names = ", ".join(one.name for one in instead)
    return " " + _("These have done it, too, and can be asked: %(cities)s.") % {"cities": names}


def _waiting(question: Question) -> Question:
    """The question, locked, if it still waits."""
    found = Question.objects.select_for_update().get(pk=question.pk)
    if found.answered_at is not None:
        raise RefusedError(_("Somebody has answered this already."))
    if found.declined_at is not None:
        raise RefusedError(_("Somebody has said already that the city will not answer."))
    return found
