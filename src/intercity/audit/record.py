"""Append to the record, and check it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils import timezone

from intercity.audit.models import FIRST, Entry, Head

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True)
class Fault:
    """A place where the record was tampered with or damaged; `number` is the entry's."""

    number: int
    what: str


def record(actor: AbstractBaseUser | None, action: str, subject: models.Model, **details: Any) -> Entry:
    """Append an entry, inside the transaction of the action that it tells of.

    Details must be plain JSON and hold nothing by which a resident could be found.
    """
    with transaction.atomic():
        head, _new = Head.objects.select_for_update().get_or_create(pk=1)
        entry = Entry(
            number=head.number + 1,
            at=timezone.now(),
            actor_id=None if actor is None else actor.pk,
            action=action,
            subject=name_of(subject),
            details=details,
            previous=head.hash,
        )
        entry.hash = entry.computed_hash()
        entry.save()
        head.number, head.hash = entry.number, entry.hash
        head.save(update_fields=["number", "hash"])
    return entry


def name_of(subject: models.Model) -> str:
    """How the record names a row: its table and its key."""
    return f"{subject._meta.model_name}:{subject.pk}"


def faults() -> Iterator[Fault]:
    """Every entry that was changed, is missing or stands where it does not belong; nothing where all is well."""
    expected, previous = 1, FIRST
    for entry in Entry.objects.order_by("number").iterator():
        if entry.number != expected:
            yield Fault(expected, f"{entry.number - expected} missing before entry {entry.number}")
        elif entry.previous != previous:
            yield Fault(entry.number, "does not continue the entry before it")
        if entry.hash != entry.computed_hash():
            yield Fault(entry.number, "was changed after it was written")
        expected, previous = entry.number + 1, entry.hash
    head = Head.objects.filter(pk=1).first() or Head()
    if head.number >= expected:
        yield Fault(expected, f"{head.number - expected + 1} missing at the end")
    elif (head.number, head.hash) != (expected - 1, previous):
        yield Fault(head.number, "the head of the record is not its last entry")
