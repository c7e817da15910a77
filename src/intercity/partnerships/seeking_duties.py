"""What must become true of needs, offers and introductions by itself; each may run twice, late, or after a crash."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from intercity.cities.models import City, Network
from intercity.languages import indexing
from intercity.languages.models import Findable, Kind
from intercity.languages.wanting import want
from intercity.letters.kinds import LetterKind
from intercity.letters.models import Letter
from intercity.letters.recipients import Recipient
from intercity.letters.sending import Fill, mark, post
from intercity.partnerships import asking, matching
from intercity.partnerships.actions.introductions import MONTHS
from intercity.partnerships.actions.postings import document_of
from intercity.partnerships.finding import describe_postings
from intercity.partnerships.models import (
    Direction,
    Introduction,
    IntroductionState,
    Outcome,
    Posting,
    PostingState,
    Webhook,
    WebhookEvent,
)
from intercity.partnerships.models.introductions import Introductions
from intercity.partnerships.telling import tell

A_TURN = 50
"""Letters of each kind in one turn, so that other duties have theirs."""
BEFORE = timedelta(days=14)
"""So long before a need or an offer runs out its city is asked."""
AGAIN = timedelta(days=14)
"""After so long without an answer a city is asked once more whether it wants to be introduced; then no more."""
TOLD_WITHIN = timedelta(days=30)
"""What happened longer ago is told to nobody any more: records that are brought in later write no letters."""
SUITS = 0.5
"""From this score on a need and an offer are told to webhooks as a match."""
MOST_TOLD = 3


def index_postings() -> int:
    """Let needs and offers be found by their words, and tell webhooks what suits what is new."""
    stale = [int(key) for key in _stale()]
    done = indexing.build((Kind.POSTING,), describe_postings)
    if done and Webhook.objects.filter(is_active=True).exists():
        for posting in Posting.objects.open().filter(pk__in=stale).with_words():
            _tell_matches(posting)
    return done


def _stale() -> Sequence[str]:
    return list(Findable.objects.stale(Kind.POSTING).values_list("key", flat=True))


def _tell_matches(posting: Posting) -> None:
    """Tell of what suits one, each pair once."""
    for found in matching.matches(posting, most=MOST_TOLD):
        if found.score < SUITS:
            continue
        pair = sorted((posting, found.posting), key=lambda one: one.direction != Direction.NEED)
        need, offer = pair
        data = {
            "need": document_of(need),
            "offer": document_of(offer),
            "score": round(found.score, 3),
            "reasons": [reason.said for reason in found.reasons if not reason.is_missing],
        }
        tell(WebhookEvent.MATCH_FOUND, f"match-{need.pk}-{offer.pk}", data)


def end_postings() -> int:
    """What has run out says so; it can be taken up again."""
    over = Posting.objects.filter(state=PostingState.OPEN, expires_on__lt=timezone.localdate())
    keys = list(over.values_list("pk", flat=True)[:A_TURN])
    with transaction.atomic():
        done = over.filter(pk__in=keys).update(state=PostingState.EXPIRED)
        if done:
            want(Kind.POSTING, keys)
    return done


def ask_to_renew() -> int:
    """Ask the city, once, before a need or an offer runs out."""
    if not _writes():
        return 0
    today = timezone.localdate()
    due = (
        Posting.objects.open()
        .filter(expires_on__lte=today + BEFORE, asked_to_renew_on=None, is_simulated=False)
        .with_words()
        .order_by("expires_on", "pk")
    )
    done = 0
    for one in due[:A_TURN]:
        key = f"renew-{one.pk}-{one.expires_on:%Y%m%d}"
        letter = post(key, asking.RUNS_OUT, asking.of_posting(one), _fill_end(one), about=[one])
        if letter is None:
            continue
        with transaction.atomic():
            mark(letter)
            Posting.objects.filter(pk=one.pk, expires_on=one.expires_on).update(asked_to_renew_on=today)
        done += 1
    return done


def _fill_end(one: Posting) -> Fill:
    return lambda code: asking.of_end(one, code)


def ask_about_introductions() -> int:
    """Ask those who have not answered: once, and once more after a while."""
    if not _writes():
        return 0
    since = timezone.now() - AGAIN - TOLD_WITHIN
    found = _ours().filter(state=IntroductionState.PROPOSED, proposed_at__gte=since)
    done = 0
    for one in found.order_by("pk"):
        number = 1 if one.proposed_at <= timezone.now() - AGAIN else 0
        sides = [(one.one, one.one_yes_at), (one.other, one.other_yes_at)]
        for city in (city for city, yes in sides if yes is None):
            key = f"introduction-{one.pk}-{city.pk}-{number}"
            done += done < A_TURN and _once(key, asking.PROPOSED, asking.of_side(city), _fill(one), one)
    return done


def tell_of_introductions() -> int:
    """Tell both sides that it is made, and those who proposed it that it was declined; each once."""
    if not _writes():
        return 0
    since = timezone.now() - TOLD_WITHIN
    made = Q(state=IntroductionState.MADE, made_at__gte=since)
    declined = Q(state=IntroductionState.DECLINED, proposed_at__gte=since)
    done = 0
    for one in _ours().filter(made | declined).order_by("pk"):
        if one.state == IntroductionState.MADE:
            for city in (one.one, one.other):
                key = f"introduced-{one.pk}-{city.pk}"
                done += done < A_TURN and _once(key, asking.MADE, asking.of_side(city), _fill(one), one)
        else:
            key = f"declined-{one.pk}"
            done += done < A_TURN and _once(key, asking.DECLINED, asking.of_side(one.one), _fill_no(one), one)
    return done


def _fill(one: Introduction) -> Fill:
    return lambda code: asking.of_introduction(one, code)


def _fill_no(one: Introduction) -> Fill:
    return lambda code: asking.of_refusal(one, code)


def ask_for_outcomes() -> int:
    """Ask both sides after 3, 6 and 12 months what came of it, once each; not those who said it already."""
    if not _writes():
        return 0
    today = timezone.localdate()
    oldest = timezone.now() - timedelta(days=31 * max(MONTHS)) - TOLD_WITHIN
    said = set(Outcome.objects.values_list("introduction", "city", "months"))
    done = 0
    for one in _ours().filter(state=IntroductionState.MADE, made_at__gte=oldest).order_by("pk"):
        months = due_months(timezone.localdate(one.made_at), today)
        for city in (one.one, one.other):
            if months is None or (one.pk, city.pk, months) in said:
                continue
            key = f"outcome-{one.pk}-{city.pk}-{months}"
            done += done < A_TURN and _once(
                key, asking.OUTCOME, asking.of_side(city), _fill_outcome(one, city, months), one
            )
    return done


def _fill_outcome(one: Introduction, city: City, months: int) -> Fill:
    return lambda code: asking.of_outcome(one, city, months, code)


def due_months(made_on: date, today: date) -> int | None:
    """After how many months it is asked today: the last of 3, 6 and 12 that has come, within 30 days of it."""
    for months in reversed(MONTHS):
        day = months_later(made_on, months)
        if day <= today:
            return months if today - day <= TOLD_WITHIN else None
    return None


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


LETTERS = (ask_to_renew, ask_about_introductions, tell_of_introductions, ask_for_outcomes)
"""All that write letters, for the worker."""


def _once(key: str, kind: LetterKind, recipients: list[Recipient], fill: Fill, about: Introduction) -> bool:
    """Send a letter that is neither sent nor unwanted yet."""
    if Letter.objects.settled().filter(key=key).exists() or Letter.objects.in_hand().filter(key=key).exists():
        return False
    letter = post(key, kind, recipients, fill, about=[about])
    if letter is None:
        return False
    with transaction.atomic():
        mark(letter)
    return True


def _ours() -> Introductions:
    """Introductions that letters may tell of: real ones, between members."""
    return Introduction.objects.filter(is_simulated=False, one__left_on=None, other__left_on=None).with_words()


def _writes() -> bool:
    """Whether this network writes letters: a demonstration writes to nobody, its mailboxes may be of real offices."""
    network = Network.current()
    return network is not None and not network.is_demonstration
