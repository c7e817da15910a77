"""Two cities are made known to each other when both want it, and tell later what came of it."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import NotAllowedError, Visitor, has_role, not_allowed
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.cities.rights import check_simulated, require_own_officer, speaks_for
from intercity.events.models import Event
from intercity.languages.actions import write_text
from intercity.languages.models import Text
from intercity.partnerships.models import (
    Direction,
    Introduction,
    IntroductionState,
    Outcome,
    OutcomeAnswer,
    Posting,
    WebhookEvent,
)
from intercity.partnerships.telling import tell
from intercity.practices.actions.checking import needed_words, words_of
from intercity.refusals import RefusedError

Said = tuple[str, str]
LONGEST_WHY, LONGEST_GIVES, LONGEST_NOTE = 1_000, 500, 1_000
MOST_WAITING = 5
"""Introductions that may wait for the answer of one city at a time, so that a famous city is not drowned in them."""
MONTHS = (3, 6, 12)
"""After how many months both sides are asked what came of it."""
SALT = "intercity.partnerships.outcome"
VALID_FOR = timedelta(days=45)
"""How long the links in a letter answer; then the next letter comes, or the page answers for who signs in."""


def propose(
    person: Visitor,
    *,
    one: City,
    other: City,
    why: Said,
    one_gives: Said = ("", ""),
    other_gives: Said = ("", ""),
    need: Posting | None = None,
    offer: Posting | None = None,
    event: Event | None = None,
    is_simulated: bool = False,
) -> Introduction:
    """Propose that two cities get to know each other, and say what each side gives.

    An officer of `one` thereby says yes for it. The secretariat may propose it for both, which then both have to
    answer. Nobody is told a contact before both have said yes.
    """
    author = _proposer(person, one)
    check_simulated(is_simulated)
    if one.pk == other.pk:
        raise RefusedError(_("Choose another city than your own."), "other")
    for city in (one, other):
        if city.left_on is not None:
            raise RefusedError(_("%(city)s is not a member any more.") % {"city": city.name}, "other")
    _check_postings((one, other), need, offer)
    said = needed_words("why", why, LONGEST_WHY, _("Say why these two should know each other."))
    gives = [_kept(field, words) for field, words in (("one_gives", one_gives), ("other_gives", other_gives))]
    with transaction.atomic():
        # The asked city is locked, so that of two proposals that come together the last free place is taken once.
        City.objects.select_for_update().get(pk=other.pk)
        _check_free(one, other)
        found = Introduction(
            one=one, other=other, need=need, offer=offer, event=event, proposed_by=author, is_simulated=is_simulated
        )
        found.why = write_text(*said)
        found.one_gives, found.other_gives = (write_text(*words) if words else None for words in gives)
        if speaks_for(author, one):
            found.one_yes_at, found.one_yes_by = timezone.now(), author
        found.save()
        record(author, "introduction.proposed", found, one=one.slug, other=other.slug)
    return found


def accept(person: Visitor, introduction: Introduction, gives: Said | None = None) -> Introduction:
    """Say yes for one's city, and what it gives; when both have, the introduction is made and contacts are shown."""
    city = city_of(person, introduction)
    author = require_own_officer(person, city)
    words = _kept("gives", gives or ("", ""))
    with transaction.atomic():
        found = _locked(introduction)
        _refuse_settled(found)
        side = "one" if city.pk == found.one_id else "other"
        if words:
            setattr(found, f"{side}_gives", write_text(*words))
        if getattr(found, f"{side}_yes_at") is None:
            setattr(found, f"{side}_yes_at", timezone.now())
            setattr(found, f"{side}_yes_by", author)
        if found.one_yes_at and found.other_yes_at:
            found.state, found.made_at = IntroductionState.MADE, timezone.now()
        found.save()
        record(author, "introduction.accepted", found, city=city.slug, state=str(found.state))
        if found.state == IntroductionState.MADE:
            data = {
                "id": found.pk, "one": found.one.slug, "other": found.other.slug, "is_simulated": found.is_simulated
            }  # fmt: skip
            tell(WebhookEvent.INTRODUCTION_MADE, f"introduction-{found.pk}", data)
    introduction.refresh_from_db()
    return introduction


def decline(person: Visitor, introduction: Introduction, why: Said | None = None) -> Introduction:
    """Say no for one's city, politely; a reason is welcome and not needed. Others can be asked then."""
    city = city_of(person, introduction)
    return _end(require_own_officer(person, city), introduction, IntroductionState.DECLINED, why)


def withdraw(person: Visitor, introduction: Introduction, why: Said | None = None) -> Introduction:
    """Take a proposal back; for whoever may propose it."""
    return _end(_proposer(person, introduction.one), introduction, IntroductionState.WITHDRAWN, why)


def tell_outcome(
    person: Visitor, introduction: Introduction, months: int, answer: str, note: Said | None = None
) -> Outcome:
    """Say for one's city what came of it so far; what was said before for the same time is replaced."""
    city = city_of(person, introduction)
    author = require_own_officer(person, city)
    return _keep_outcome(author, introduction, city, months, answer, note)


def tell_outcome_by_link(token: str, answer: str, note: Said | None = None) -> Outcome:
    """Say the same by the link of a letter, without an account; RefusedError where the link answers no more."""
    introduction, city, months = read_link(token)
    return _keep_outcome(None, introduction, city, months, answer, note)


def link_token(introduction: Introduction, city: City, months: int) -> str:
    """What stands in the links of the letter to one side after so many months."""
    return signing.dumps([introduction.pk, city.pk, months], salt=SALT)


def read_link(token: str) -> tuple[Introduction, City, int]:
    """The introduction, the side and the months that a link answers for; RefusedError where it answers no more."""
    try:
        key, side, months = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.SignatureExpired:
        raise RefusedError(
            _("This link is older than %(days)d days. Sign in and say it on the page of the introduction.")
            % {"days": VALID_FOR.days}
        ) from None
    except (signing.BadSignature, ValueError, TypeError):
        raise RefusedError(_("This link is not complete. Copy all of it from the letter.")) from None
    found = Introduction.objects.with_words().filter(pk=key, state=IntroductionState.MADE).first()
    city = next((one for one in (found.one, found.other) if one.pk == side), None) if found else None
    if found is None or city is None or months not in MONTHS:
        raise RefusedError(_("This introduction is not there any more."))
    return found, city, months


def city_of(person: Visitor, introduction: Introduction) -> City:
    """The side for which somebody speaks; NotAllowedError for others, and for who speaks for both."""
    sides = [city for city in (introduction.one, introduction.other) if speaks_for(person, city)]
    if len(sides) == 2:
        raise NotAllowedError(_("You are an officer of both cities. Somebody else has to answer for one of them."))
    if not sides:
        raise not_allowed(Role.OFFICER)
    return sides[0]


def _proposer(person: Visitor, one: City) -> Person:
    if isinstance(person, Person) and (speaks_for(person, one) or has_role(person, Role.SECRETARIAT)):
        return person
    raise not_allowed(Role.OFFICER, Role.SECRETARIAT)


def _check_postings(cities: tuple[City, City], need: Posting | None, offer: Posting | None) -> None:
    for name, posting, direction in (("need", need, Direction.NEED), ("offer", offer, Direction.OFFER)):
        if posting is not None and (posting.direction != direction or posting.city not in cities):
            raise RefusedError(_("This need or offer is of another city."), name)
    if need is not None and offer is not None and need.city_id == offer.city_id:
        raise RefusedError(_("The need and the offer are of the same city."), "offer")


def _check_free(one: City, other: City) -> None:
    """Whether the two do not wait for each other already, and the asked one has not too many that wait."""
    waiting = Introduction.objects.filter(state=IntroductionState.PROPOSED)
    if waiting.of(one).of(other).exists():
        raise RefusedError(_("An introduction of these two waits already. Answer that one, or take it back."), "other")
    number = waiting.filter(other=other, other_yes_at=None).count()
    if number >= MOST_WAITING:
        raise RefusedError(
            _(
                "%(number)d introductions wait for the answer of %(city)s, and more than %(most)d would be too many "
                "for it. Ask another city, or come back in some weeks."
            )
            % {"number": number, "city": other.name, "most": MOST_WAITING},
            "other",
        )


def _end(author: Person, introduction: Introduction, state: IntroductionState, why: Said | None) -> Introduction:
    words = _kept("reason", why or ("", ""), LONGEST_WHY)
    with transaction.atomic():
        found = _locked(introduction)
        _refuse_settled(found)
        found.state = state
        found.ended_why = write_text(*words) if words else None
        found.save()
        record(author, f"introduction.{state}", found)
    introduction.refresh_from_db()
    return introduction


def _keep_outcome(
    author: Person | None, introduction: Introduction, city: City, months: int, answer: str, note: Said | None
) -> Outcome:
    if months not in MONTHS:
        raise RefusedError(_("Choose after how many months this is."), "months")
    if answer not in OutcomeAnswer.values:
        raise RefusedError(_("Choose one of the answers."), "answer")
    words = _kept("note", note or ("", ""), LONGEST_NOTE)
    with transaction.atomic():
        found = _locked(introduction)
        if found.state != IntroductionState.MADE:
            raise RefusedError(_("Both have to say yes first; then one can say what came of it."))
        text: Text | None = write_text(*words) if words else None
        made, _new = Outcome.objects.update_or_create(
            introduction=found,
            city=city,
            months=months,
            defaults={
                "answer": answer,
                "note": text,
                "by_link": author is None,
                "answered_by": author,
                "answered_at": timezone.now(),
            },
        )
        record(author, "introduction.outcome", found, city=city.slug, months=months, answer=answer)
    return made


def _refuse_settled(found: Introduction) -> None:
    if found.state != IntroductionState.PROPOSED:
        raise RefusedError(_("This was settled already: %(state)s.") % {"state": found.get_state_display()})


def _kept(field: str, said: Said, most: int = LONGEST_GIVES) -> Said | None:
    words = words_of(field, said, most)
    return words if words[1] else None


def _locked(introduction: Introduction) -> Introduction:
    return Introduction.objects.select_for_update().get(pk=introduction.pk)
