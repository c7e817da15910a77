"""Bringing in a dialogue that was held elsewhere, and writing many votes at once."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import chain, islice

import numpy as np
from django.core.validators import slug_re
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import Visitor, require
from intercity.audit.record import record
from intercity.core.opinion.votes import Votes
from intercity.dialogues.actions.preparing import want_all_of
from intercity.dialogues.imports.conversation import ACCEPTED, MODERATED_OUT, Conversation
from intercity.dialogues.imports.conversation import Statement as Said
from intercity.dialogues.models import (
    Channel,
    Decision,
    Dialogue,
    Participant,
    Reason,
    Round,
    State,
    Statement,
    StatementState,
)
from intercity.languages.actions import unsaved_text, write_text
from intercity.languages.models import LanguageSaidBy, Text
from intercity.refusals import RefusedError

BATCH = 5_000
ROWS = 1_000
INSERT = (
    "INSERT INTO dialogues_vote (round_id, participant_id, statement_id, value, is_important, version, cast_at) "
    "VALUES "
)
ROW = "(%s, %s, %s, %s, %s, %s, %s)"
LONGEST_ATTRIBUTION = 500
UNKNOWN_REASON = "It had been removed where the dialogue was held; the reason was not handed on."


def import_conversation(
    person: Visitor, conversation: Conversation, *, slug: str, licence: str, attribution: str, language: str = "en"
) -> Dialogue:
    """Bring in a dialogue that was held elsewhere, as a closed one that nobody here has to answer.

    Statements keep their numbers where all of them have one. City labels are not taken over: nobody here can say
    which member they mean.
    """
    author = require(person, Role.SECRETARIAT)
    named = attribution.strip() or conversation.attribution
    _check(slug, licence, named)
    begin, end = _times(conversation)
    with transaction.atomic():
        dialogue = Dialogue.objects.create(
            slug=slug,
            question=write_text(language, conversation.topic, said_by=LanguageSaidBy.SOURCE),
            background=write_text(language, conversation.description, said_by=LanguageSaidBy.SOURCE)
            if conversation.description
            else None,
            languages=[language],
            state=State.CLOSED,
            opened_at=begin,
            closes_at=end,
            is_imported=True,
            is_simulated=conversation.simulated,
            attribution=named,
            licence=licence,
        )
        current = Round.objects.create(dialogue=dialogue, opened_at=begin, closed_at=end)
        participants = _participants(dialogue, conversation, begin)
        statements = _statements(dialogue, conversation, participants, language, begin)
        _note_removed(dialogue, statements, author)
        want_all_of(dialogue)
        store_votes(current, participants, statements, conversation.votes, conversation.time, otherwise=end)
        record(
            author,
            "dialogue.imported",
            dialogue,
            slug=slug,
            statements=len(statements),
            participants=len(participants),
            votes=len(conversation.votes),
            digest=conversation.digest,
        )
    return dialogue


def _check(slug: str, licence: str, attribution: str) -> None:
    if not slug_re.fullmatch(slug):
        raise RefusedError(_("The address may hold letters from a to z, digits and hyphens, nothing else."), "slug")
    if Dialogue.objects.filter(slug=slug).exists():
        raise RefusedError(
            _("There is a dialogue at the address %(slug)s already. Choose another.") % {"slug": slug}, "slug"
        )
    if not licence.strip():
        raise RefusedError(_("Say under which licence the data may be used; without one they may not."), "licence")
    if not 0 < len(attribution) <= LONGEST_ATTRIBUTION:
        raise RefusedError(
            _("The attribution has %(number)d characters; 1 to %(most)d are allowed. Say whose data these are.")
            % {"number": len(attribution), "most": LONGEST_ATTRIBUTION},
            "attribution",
        )


def _times(conversation: Conversation) -> tuple[datetime, datetime]:
    """When the dialogue began and ended, as far as its statements and votes tell; now, where they do not."""
    known = [one.time for one in conversation.statements if math.isfinite(one.time)]
    known += conversation.time[np.isfinite(conversation.time)].tolist()
    now = timezone.now()
    return (_moment(min(known), now), _moment(max(known), now)) if known else (now, now)


def _moment(seconds: float, otherwise: datetime) -> datetime:
    return datetime.fromtimestamp(seconds, UTC) if math.isfinite(seconds) else otherwise


def _participants(dialogue: Dialogue, conversation: Conversation, begin: datetime) -> list[Participant]:
    """One for each, without the name that they have in the export: nobody needs it here."""
    first = np.full(len(conversation.participants), np.inf)
    np.fmin.at(first, conversation.votes.participant(), conversation.time)
    return Participant.objects.bulk_create(
        [
            Participant(dialogue=dialogue, channel=Channel.IMPORT, joined_on=_moment(seconds, begin).date())
            for seconds in first.tolist()
        ],
        batch_size=BATCH,
    )


def _statements(
    dialogue: Dialogue, conversation: Conversation, participants: list[Participant], language: str, begin: datetime
) -> list[Statement]:
    who = dict(zip(conversation.participants, participants, strict=True))
    texts = Text.objects.bulk_create(
        [
            unsaved_text(language, one.text, said_by=LanguageSaidBy.SOURCE, written_at=_moment(one.time, begin))
            for one in conversation.statements
        ],
        batch_size=BATCH,
    )
    return Statement.objects.bulk_create(
        [
            Statement(
                dialogue=dialogue,
                number=number,
                text=text,
                author=who.get(one.author),
                is_seed=one.is_seed,
                is_meta=one.is_meta,
                # Why it was removed is not in an export, but a removal must have a reason: the mildest, with a note.
                state=StatementState.REMOVED if one.moderated == MODERATED_OUT else StatementState.PUBLISHED,
                reason=Reason.OFF_TOPIC if one.moderated == MODERATED_OUT else "",
                is_accepted=one.moderated == ACCEPTED,
                written_at=text.written_at,
            )
            for number, one, text in zip(
                _numbers(conversation.statements), conversation.statements, texts, strict=True
            )
        ],
        batch_size=BATCH,
    )


def _numbers(statements: Sequence[Said]) -> list[int]:
    """The numbers that statements have where they come from; counted from 1 where one has none that can be kept."""
    ids = [one.id for one in statements]
    kept = [int(name) for name in ids if name.isdecimal() and name.isascii() and len(name) < 10]
    return kept if len(set(kept)) == len(ids) else list(range(1, len(ids) + 1))


def _note_removed(dialogue: Dialogue, statements: list[Statement], author: Person) -> None:
    """Say in the log of moderation that the reason is not known."""
    Decision.objects.bulk_create(
        [
            Decision(
                dialogue=dialogue,
                statement=one,
                what="removed",
                before={"state": "published", "reason": "", "merged_into_id": None, "is_accepted": False},
                reason=one.reason,
                note=UNKNOWN_REASON,
                made_by=author,
            )
            for one in statements
            if one.state == StatementState.REMOVED
        ],
        batch_size=BATCH,
    )


def store_votes(
    current: Round,
    participants: Sequence[Participant],
    statements: Sequence[Statement],
    votes: Votes,
    time: NDArray[np.float64],
    *,
    otherwise: datetime,
) -> None:
    """Write many votes at once, each under a version of its own, in the caller's transaction.

    For votes that were cast elsewhere or simulated; whoever votes here does so by `cast_vote`. `time` is in seconds
    since 1970; a vote without one is dated `otherwise`, all alike, so that no order is made up.
    """
    who = [one.pk for one in participants]
    what = [one.pk for one in statements]
    columns = votes.participant().tolist(), votes.statement.tolist(), votes.value.tolist(), time.tolist()
    rows = (
        (current.pk, who[i], what[j], value, False, version, connection.ops.adapt_datetimefield_value(when))
        for version, (i, j, value, when) in enumerate(
            ((i, j, value, _moment(seconds, otherwise)) for i, j, value, seconds in zip(*columns, strict=True)),
            start=current.votes_version + 1,
        )
    )
    with connection.cursor() as cursor:
        # Rows without a model each: a quarter of a million come in within seconds, not half a minute.
        while batch := list(islice(rows, ROWS)):
            cursor.execute(INSERT + ", ".join([ROW] * len(batch)), list(chain.from_iterable(batch)))
    current.votes_version += len(votes)
    current.save(update_fields=["votes_version"])
