"""What is due, as entries of calendars: of a city for everybody, of a person's offices for that person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from intercity.accounts.models import Membership, Person, Role
from intercity.cities.models import City
from intercity.dialogues.models import Dialogue, State
from intercity.events.feeds import Entry, here, place_of, uid
from intercity.partnerships.models import Agreement, AgreementState, Commitment, Commitments, Slot
from intercity.partnerships.models.tables import SLOT


def of_commitments(commitments: Commitments, language: str, others: Sequence[str]) -> list[Entry]:
    """The days on which commitments are due that are neither kept nor dropped; what takes no time of the day."""
    with translation.override(language):
        return [_commitment(one, language, others) for one in commitments.unsettled().with_words()]


def of_city(city: City, language: str, others: Sequence[str]) -> list[Entry]:
    """What a city promised and has not settled yet."""
    return of_commitments(Commitment.objects.filter(city=city), language, others)


def of_person(person: Person, language: str, others: Sequence[str]) -> list[Entry]:
    """What is due from a person's offices: commitments, answers to dialogues, agreements to look at again, talks."""
    held = Membership.objects.current().filter(person=person)
    cities = City.objects.filter(pk__in=held.filter(role=Role.OFFICER, city__isnull=False).values("city"))
    own = Q(city__in=cities)
    if held.filter(role=Role.SECRETARIAT).exists():
        own |= Q(city=None)
    commitments = of_commitments(Commitment.objects.filter(own), language, others)
    with translation.override(language):
        return [
            *commitments,
            *_answers(held, language, others),
            *_reviews(cities, language, others),
            *_talks(cities, language),
        ]


def _commitment(one: Commitment, language: str, others: Sequence[str]) -> Entry:
    words = one.text.words(language, tuple(others)).body
    who = ", ".join(part for part in (one.owner, one.city.named(language) if one.city else "") if part)
    return Entry(
        uid=uid("commitment", one.number),
        # Translators: a commitment in a calendar, on the day on which it is due
        title=_("Due: %(commitment)s") % {"commitment": words},
        language=language,
        starts=one.due_on,
        ends=None,
        changed_at=one.changed_at,
        sequence=one.version,
        about="\n".join(part for part in (words, who, _simulated(one.is_simulated)) if part),
        address=here("commitment", one.number),
        categories=(_("Commitment"),),
        takes_time=False,
    )


def _answers(held: Iterable[Membership], language: str, others: Sequence[str]) -> list[Entry]:
    """Dialogues that a person's city has to answer, on the day by which it said it would."""
    cities = [one.city_id for one in held if one.role == Role.RESPONDER and one.city_id]
    waiting = (
        Dialogue.objects.visible_to(None)
        .exclude(state=State.ANSWERED)
        .filter(responder_city__in=cities, answer_due__isnull=False)
    )
    return [
        Entry(
            uid=uid("answer", one.pk),
            # Translators: a dialogue in a calendar, on the day by which a city has to answer it
            title=_("Answer due: %(question)s") % {"question": one.question.words(language, tuple(others)).body},
            language=language,
            starts=one.answer_due,
            ends=None,
            changed_at=one.opened_at,
            address=here("dialogue", one.slug),
            categories=(_("Dialogue"),),
            takes_time=False,
        )
        for one in waiting.select_related("question").prefetch_related("question__translations")
        if one.answer_due and one.opened_at
    ]


def _reviews(cities: Iterable[City], language: str, others: Sequence[str]) -> list[Entry]:
    """Agreements of a person's cities, on the day on which they are to be looked at again."""
    found = Agreement.objects.exclude(state=AgreementState.ENDED).filter(
        review_on__isnull=False, parties__city__in=cities
    )
    return [
        Entry(
            uid=uid("review", one.pk),
            # Translators: an agreement in a calendar, on the day on which its parties are to look at it again
            title=_("Look again at: %(agreement)s") % {"agreement": one.title.words(language, tuple(others)).body},
            language=language,
            starts=one.review_on,
            ends=None,
            changed_at=one.changed_at,
            sequence=one.version,
            address=here("agreement", one.slug),
            categories=(_("Agreement"),),
            takes_time=False,
        )
        for one in found.distinct().select_related("title").prefetch_related("title__translations")
        if one.review_on
    ]


def _talks(cities: Iterable[City], language: str) -> list[Entry]:
    """Conversations at trade tables, for both sides."""
    found = Slot.objects.filter(Q(city__in=cities) | Q(table__city__in=cities)).distinct()
    found = found.select_related("event__city", "table__city", "city").prefetch_related(
        "city__names", "table__city__names", "event__city__names"
    )
    return [_talk(one, language) for one in found.filter(event__state="published")]


def _talk(slot: Slot, language: str) -> Entry:
    begins: datetime = slot.starts_at.astimezone(ZoneInfo(slot.event.timezone))
    names = {"one": slot.table.city.named(language), "other": slot.city.named(language)}
    where = ", ".join(part for part in (slot.table.name, place_of(slot.event, language)) if part)
    return Entry(
        uid=uid("talk", slot.pk),
        # Translators: a conversation of two cities at a trade table
        title=_("Trade table: %(one)s and %(other)s") % names,
        language=language,
        starts=begins,
        ends=begins + SLOT,
        changed_at=slot.booked_at,
        place=where,
        address=here("table", slot.event.slug, slot.table.pk),
        within=uid("event", slot.event.pk),
    )


def _simulated(is_simulated: bool) -> str:
    return _("Simulated: a program made this up.") if is_simulated else ""
