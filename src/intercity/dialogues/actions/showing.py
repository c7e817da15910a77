"""What is shown to whom is a record, too: every showing is stored with its chance."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from intercity.dialogues.models import Exposure, Participant, Statement
from intercity.dialogues.routing import Progress, draw, progress


@dataclass(frozen=True)
class Shown:
    """A statement that is shown, the chance it was drawn with, and how many are left, itself among them."""

    statement: Statement
    probability: float
    remaining: int


def show_next(participant: Participant, found: Progress | None = None) -> Shown | None:
    """What to vote on next: what is still waiting for a vote, else a new draw. None where nothing is left."""
    found = found or progress(participant)
    pending = found.pending
    if pending is not None:
        return Shown(pending, found.shown[pending.pk], found.remaining)
    drawn = draw(participant, found)
    if drawn is None:
        return None
    statement, probability = drawn
    with _without_waiting_for_the_disk():
        # The first showing stands: a statement whose vote was taken back may be drawn again.
        Exposure.objects.bulk_create(
            [
                Exposure(
                    round=participant.dialogue.round,
                    participant=participant,
                    statement=statement,
                    probability=probability,
                )
            ],
            ignore_conflicts=True,
        )
    return Shown(statement, probability, found.remaining)


@contextmanager
def _without_waiting_for_the_disk() -> Iterator[None]:
    """A transaction that is durable with the next one that is.

    A vote waits for the disk, and with it all that was written before: so no vote is ever there without its showing.
    Waiting here, too, would double the time of a vote. What a power cut may take is a showing that had no vote yet.
    """
    if connection.in_atomic_block:
        yield  # the transaction around decides
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous = NORMAL")
            try:
                with transaction.atomic():
                    yield
            finally:
                cursor.execute("PRAGMA synchronous = FULL")
