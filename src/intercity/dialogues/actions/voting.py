"""Votes and own statements."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intercity.cities.models import Network
from intercity.core.language.identifying import identify
from intercity.core.language.normalising import normalise
from intercity.dialogues.actions.joining import check_open
from intercity.dialogues.actions.preparing import number_statement
from intercity.dialogues.models import ModerationTime, Participant, SentKey, Statement, StatementState, Vote
from intercity.languages.models import LanguageSaidBy
from intercity.refusals import RefusedError

SHORTEST = 5
HOURLY = 5
LONGEST_KEY = 64
VALUES = (-1, 0, 1)


def cast_vote(
    participant: Participant, statement: Statement, value: int, *, is_important: bool = False, key: str = ""
) -> None:
    """Agree (1), disagree (-1) or pass (0); the last vote counts. Sent again with the same key, it changes nothing.

    There is no entry in the record for a single vote: it would be a trail of what somebody did and when. What is
    recorded is each release, with the fingerprint of the votes that it counts.
    """
    if value not in VALUES:
        raise RefusedError(
            _("The vote is %(value)s; 1 (agree), -1 (disagree) and 0 (pass) are allowed.") % {"value": value}
        )
    _check_participant(participant)
    if statement.dialogue_id != participant.dialogue_id or statement.state != StatementState.PUBLISHED:
        raise RefusedError(_("This statement can no longer be voted on. Here is the next one."))
    with transaction.atomic():
        if not key or _is_new(participant, key):
            _store(participant, statement, value, is_important)


def take_back_vote(participant: Participant, statement: Statement) -> None:
    """As if the participant had never voted on it."""
    _check_participant(participant)
    with transaction.atomic():
        _store(participant, statement, None, False)


def _is_new(participant: Participant, key: str) -> bool:
    if len(key) > LONGEST_KEY:
        raise RefusedError(
            _("The key of the vote has %(number)d characters; at most %(most)d are allowed.")
            % {"number": len(key), "most": LONGEST_KEY}
        )
    return SentKey.objects.get_or_create(participant=participant, key=key)[1]


def _check_participant(participant: Participant) -> None:
    check_open(participant.dialogue)
    if participant.banned_at is not None:
        raise RefusedError(_("A moderator has excluded this participant, so no votes are taken. Ask the secretariat."))


def _store(participant: Participant, statement: Statement, value: int | None, is_important: bool) -> None:
    """One row written anew or replaced, under the version that the round has from now on."""
    current = participant.dialogue.round
    version = current.next_version()
    if version is None:
        raise RefusedError(_("This dialogue is closed: it takes no more votes. You can read what came of it."))
    vote = Vote(
        round=current,
        participant=participant,
        statement=statement,
        value=value,
        is_important=is_important,
        version=version,
        cast_at=timezone.now(),
    )
    Vote.objects.bulk_create(
        [vote],
        update_conflicts=True,
        unique_fields=["participant", "statement", "round"],
        update_fields=["value", "is_important", "version", "cast_at"],
    )


def write_statement(participant: Participant, *, body: str, language: str = "") -> Statement:
    """Say something in one's own words, shown at once or after moderation; its author is taken to agree.

    The author says which language it is in, and their word stands; where they do not, the computer recognises it.
    """
    _check_participant(participant)
    words = " ".join(body.split())
    _check_words(participant, normalise(words).text)
    allowed = _languages(participant)
    if language and language not in allowed:
        raise RefusedError(
            _("The language is “%(came)s”; these are allowed here: %(allowed)s.")
            % {"came": language, "allowed": ", ".join(allowed)},
            "language",
        )
    before = participant.dialogue.moderation == ModerationTime.BEFORE
    with transaction.atomic():
        statement = number_statement(
            participant.dialogue,
            words,
            language or _recognised(participant, words, allowed),
            said_by=LanguageSaidBy.AUTHOR if language else LanguageSaidBy.DETECTOR,
            author=participant,
            state=StatementState.WAITING if before else StatementState.PUBLISHED,
        )
        _store(participant, statement, 1, False)
    return statement


def _languages(participant: Participant) -> list[str]:
    """Everybody may write in a language of the network, whichever the dialogue was begun in."""
    network = Network.current()
    return sorted({*(network.languages if network else ()), *participant.dialogue.languages})


def _recognised(participant: Participant, words: str, allowed: list[str]) -> str:
    """The language of words of which nobody said it; where it is not sure, the author's, else the question's."""
    found = identify(normalise(words).text, allowed, interface=participant.language)
    if found.is_sure and found.language:
        return found.language
    return participant.language if participant.language in allowed else participant.dialogue.question.language


def _check_words(participant: Participant, words: str) -> None:
    dialogue, longest = participant.dialogue, participant.dialogue.statement_length
    if not SHORTEST <= len(words) <= longest:
        raise RefusedError(
            _("The statement has %(number)d characters; %(shortest)d to %(longest)d are allowed. Say one idea.")
            % {"number": len(words), "shortest": SHORTEST, "longest": longest},
            "body",
        )
    own = dialogue.statements.filter(author=participant)
    if own.count() >= dialogue.statements_each:
        raise RefusedError(
            ngettext(
                "You have written %(most)d statement, as many as one person may here. You can go on voting.",
                "You have written %(most)d statements, as many as one person may here. You can go on voting.",
                dialogue.statements_each,
            )
            % {"most": dialogue.statements_each},
            "body",
        )
    if own.filter(written_at__gte=timezone.now() - timedelta(hours=1)).count() >= HOURLY:
        raise RefusedError(
            _("You have written %(most)d statements within an hour. Others will read them; write more later.")
            % {"most": HOURLY},
            "body",
        )
    if dialogue.statements.filter(text__body__iexact=words, state=StatementState.PUBLISHED).exists():
        raise RefusedError(_("Somebody has said exactly this already. Vote on it instead."), "body")
