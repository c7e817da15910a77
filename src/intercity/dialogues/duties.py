"""What must become true by itself; each may run twice, late, or after a crash."""

from __future__ import annotations

import logging
from datetime import timedelta
from time import perf_counter

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from intercity.core.opinion import Analysis
from intercity.dialogues import letters
from intercity.dialogues.actions import close_now
from intercity.dialogues.finding import DESCRIBERS
from intercity.dialogues.gathering import gather_round
from intercity.dialogues.likeness import compared_by, likenesses_of, waiting_among
from intercity.dialogues.models import (
    Comparison,
    Dialogue,
    Likeness,
    Release,
    Round,
    SentKey,
    State,
    Statement,
    StatementState,
    StoredResult,
    Subscription,
)
from intercity.dialogues.releasing import release
from intercity.dialogues.results import compute_result
from intercity.dialogues.snapshot import pack
from intercity.languages import indexing
from intercity.languages.models import Findable, Kind
from intercity.letters.models import Letter
from intercity.letters.sending import begin, post

log = logging.getLogger("intercity.dialogues")
CLAIM = timedelta(minutes=10)
RETRY = timedelta(seconds=30)
KEYS_KEPT = timedelta(days=30)
A_TURN = 50
"""Letters in one turn, so that other duties have theirs."""
COMPARED = 50
"""Statements of one dialogue that are compared in a turn, so that other duties have theirs."""
REST = 0.25
"""A result is renewed after so many times the seconds that it took, so that one dialogue leaves time for others."""


def close_dialogues() -> int:
    """Close those whose time is over."""
    return sum(close_now(dialogue, None) for dialogue in Dialogue.objects.to_close())


def update_results() -> int:
    """Compute the result of every round in which more was said than it counts."""
    return sum(_update(asked) for asked in Round.objects.stale().exclude(dialogue__state=State.DRAFT))


def _update(asked: Round) -> bool:
    StoredResult.objects.get_or_create(round=asked)
    now = timezone.now()
    mine = StoredResult.objects.filter(Q(claimed_until=None) | Q(claimed_until__lt=now), round=asked, due_at__lte=now)
    if not mine.update(claimed_until=now + CLAIM):
        return False
    try:
        _compute(asked)
    except Exception as error:
        log.exception("the result of round %d could not be computed", asked.pk)
        StoredResult.objects.filter(round=asked).update(
            claimed_until=None, error=type(error).__name__, due_at=timezone.now() + RETRY
        )
        return False
    return True


def _compute(asked: Round) -> None:
    """Read the version before the votes, analyse, and store unless somebody has stored a later one."""
    begin = perf_counter()
    gathered = gather_round(asked)
    found = compute_result(gathered.conversation)
    if not isinstance(found.analysis, Analysis):
        raise TypeError("The result of a dialogue is of the recipe intercity.")
    seconds = perf_counter() - begin
    StoredResult.objects.filter(round=asked, version__lte=gathered.version).update(
        version=gathered.version,
        document=found.document,
        model=pack(gathered.conversation, found.analysis),
        votes=found.document["input"]["votes"],
        participants=found.document["input"]["participants"],
        computed_at=timezone.now(),
        seconds=seconds,
        error="",
        due_at=timezone.now() + timedelta(seconds=REST * seconds),
    )
    StoredResult.objects.filter(round=asked).update(claimed_until=None)


def publish_releases() -> int:
    """Publish every closed round once its result counts all votes; anew if moderation has changed what counts."""
    wanting = Round.objects.filter(closed_at__isnull=False, result__version=F("votes_version")).exclude(
        Q(releases__is_final=True) & Q(releases__version__gte=F("votes_version"))
    )
    number = 0
    for asked in wanting.distinct():
        newest = Release.objects.filter(round=asked, is_final=True).order_by("-number").first()
        if newest is None or newest.version < asked.votes_version:
            release(asked, None, is_final=True)
            number += 1
    return number


def index_dialogues() -> int:
    """Let public dialogues, statements and answers be found; returns how many were described anew."""
    return sum(indexing.build((kind,), describe) for kind, describe in DESCRIBERS.items())


def propose_similar() -> int:
    """Compare each statement on which no moderator has decided with those that are there, once; returns how many.

    What is compared later finds what came before, so each pair is looked at. Waits until what is public can be found,
    since its meaning is computed there.
    """
    if Findable.objects.stale(Kind.STATEMENT).exists():
        return 0
    kept = (StatementState.WAITING, StatementState.PUBLISHED)
    undecided = Q(is_accepted=False) | Q(is_seed=True)
    fresh = Statement.objects.filter(undecided, state__in=kept, dialogue__is_imported=False).exclude(
        comparison__by=compared_by()
    )
    number = 0
    for key in list(fresh.order_by("dialogue").values_list("dialogue", flat=True).distinct()):
        there = list(Statement.objects.filter(dialogue=key, state__in=kept).select_related("text"))
        waiting = waiting_among(there)
        for one in fresh.filter(dialogue=key).select_related("text").order_by("number")[:COMPARED]:
            found = likenesses_of(one, there, waiting)
            with transaction.atomic():
                Likeness.objects.filter(statement=one).delete()
                Likeness.objects.bulk_create(found)
                Comparison.objects.update_or_create(statement=one, defaults={"by": compared_by()})
            number += 1
    return number


def forget_keys() -> int:
    """Forget keys of votes that no device will send again."""
    return SentKey.objects.filter(sent_at__lt=timezone.now() - KEYS_KEPT).delete()[0]


def tell_subscribers() -> int:
    """Write to those who wanted to be told of the answer, then forget their addresses; numbers wait for a person.

    A mailbox that refuses the letter for good is forgotten, too. Of a resident's address nothing stays, not even that
    a letter was sent.
    """
    key = Concat(Value("subscription-"), Cast(OuterRef("pk"), CharField()))
    waiting = (
        Subscription.objects.filter(dialogue__state=State.ANSWERED, told_at=None)
        .exclude(email="")
        .exclude(Exists(Letter.objects.in_hand().filter(key=key, bounces=None)))
        .select_related("dialogue__question")
        .order_by("pk")
    )
    return sum(_tell(one) for one in waiting[:A_TURN])


def _tell(one: Subscription) -> bool:
    key, to = f"subscription-{one.pk}", [letters.of_subscriber(one)]
    with transaction.atomic():
        if Subscription.objects.select_for_update().filter(pk=one.pk).first() is None:
            return False  # another worker has told them and forgotten them meanwhile
        begin(key, letters.ANSWERED)
    letter = post(
        key, letters.ANSWERED, to, lambda language: letters.of_dialogue(one.dialogue, language), is_begun=True
    )
    if letter is None and not Letter.objects.bounced().filter(key=key).exists():
        return False
    _forget(one, key)
    return True


def _forget(one: Subscription, key: str) -> None:
    with transaction.atomic():
        Letter.objects.filter(key=key).delete()
        one.delete()
