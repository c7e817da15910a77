"""Days of what was made up: counted from the day of building, and set back where they are told as past.

The record of what was done keeps when it was really done.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from intercity.partnerships.models import Commitment, CommitmentState, Introduction


def day(days: int) -> date:
    """The day so many days from today; a negative number is past."""
    return timezone.localdate() + timedelta(days=days)


def moment(ago: int) -> datetime:
    """This hour, so many days ago."""
    return timezone.now() - timedelta(days=ago)


def made_then(rows: QuerySet[Any], column: str, since: datetime, ago: int) -> None:
    """Set back those of the rows that were made since then."""
    rows.filter(**{f"{column}__gte": since}).update(**{column: moment(ago)})


def step_then(commitment: Commitment, since: datetime, ago: int) -> None:
    """Set back what was just done to a commitment, and the day on which that settled it."""
    for rows in (commitment.steps, commitment.reports, commitment.confirmations):
        made_then(rows.all(), "made_at", since, ago)
    found: dict[str, Any] = {"changed_at": moment(ago)}
    if commitment.state in {CommitmentState.KEPT, CommitmentState.DROPPED}:
        settled = day(-ago)
        found["settled_on"] = settled
        last = commitment.steps.latest("pk")
        last.document["settled_on"] = settled.isoformat()
        last.save(update_fields=["document"])
    Commitment.objects.filter(pk=commitment.pk).update(**found)
    commitment.refresh_from_db()


def introduced_then(introduction: Introduction, ago: int) -> None:
    """Set back when two said yes to each other."""
    then = moment(ago)
    Introduction.objects.filter(pk=introduction.pk).update(
        proposed_at=then - timedelta(days=9), one_yes_at=then - timedelta(days=9), other_yes_at=then, made_at=then
    )
    introduction.refresh_from_db()
