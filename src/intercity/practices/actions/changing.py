"""What follows whenever a practice is changed: its evidence anew, a version if it is public, the index, the record."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from intercity.accounts.models import Person
from intercity.audit.record import record
from intercity.languages.models import Kind
from intercity.languages.wanting import want
from intercity.practices import evidence
from intercity.practices.models import Practice, PracticeState, PracticeVersion, document_of
from intercity.practices.models.versions import says_the_same


def locked(practice: Practice) -> Practice:
    """The practice as it stands in the database, locked until the transaction ends."""
    return Practice.objects.select_for_update().get(pk=practice.pk)


def changed(author: Person, practice: Practice, what: str, *, note: str = "", **details: Any) -> None:
    """Keep a locked practice that was changed, with everything that follows from it."""
    practice.evidence = evidence.of(practice).level
    practice.changed_at = timezone.now()
    practice.save()
    if practice.state == PracticeState.PUBLISHED:
        _keep_version(author, practice, note)
    if practice.state != PracticeState.DRAFT:
        want(Kind.PRACTICE, [practice.pk])
    record(author, what, practice, **details)


def renew_evidence(practice: Practice) -> None:
    """Another city's confirmed adoption came or went: the level follows. No version, since nobody changed a word."""
    found = locked(practice)
    level = evidence.of(found).level
    if level == found.evidence:
        return
    found.evidence = level
    found.save(update_fields=["evidence"])
    want(Kind.PRACTICE, [found.pk])


def last_version(practice: Practice) -> PracticeVersion | None:
    """What everybody reads now, or read last."""
    return PracticeVersion.objects.filter(practice=practice).order_by("-number").first()


def _keep_version(author: Person, practice: Practice, note: str) -> None:
    """The practice whole, as its next version; none where it says exactly what the last one says."""
    last, document = last_version(practice), document_of(practice)
    if last is not None and says_the_same(last.document, document):
        return
    PracticeVersion.objects.create(
        practice=practice,
        number=last.number + 1 if last else 1,
        document=document,
        note=note,
        made_by=author,
    )
