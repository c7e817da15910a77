"""A commitment as it is kept: locked, changed, and written whole into its history after each step."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.audit.record import record
from intercity.cities.rights import name_of
from intercity.languages.actions import write_text
from intercity.languages.models import Kind, Text
from intercity.languages.wanting import want
from intercity.partnerships.models import Commitment, CommitmentStep, CommitmentStepKind, WebhookEvent
from intercity.partnerships.telling import tell
from intercity.practices.actions.checking import needed_words
from intercity.practices.models.versions import plain_value
from intercity.refusals import RefusedError

Said = tuple[str, str]
"""A language, and words in it."""

LONGEST_REASON = 1_000


def locked(commitment: Commitment) -> Commitment:
    """The commitment as it stands in the database, locked until the transaction ends."""
    return Commitment.objects.select_for_update().get(pk=commitment.pk)


def step(
    author: Person | None,
    commitment: Commitment,
    what: CommitmentStepKind,
    *,
    reason: Said | None = None,
    made_as: str = "",
    **details: Any,
) -> None:
    """Keep a locked commitment that was changed, its step, and the record; its reason stays in the words it came in.

    `author` is None where a group of residents answered by its link; `made_as` names for whom somebody spoke, if not
    for the owner.
    """
    if what != CommitmentStepKind.PROMISED:
        commitment.version += 1
    commitment.changed_at = timezone.now()
    commitment.save()
    CommitmentStep.objects.create(
        commitment=commitment,
        what=what,
        document=document_of(commitment),
        reason=write_text(*reason) if reason and reason[1] else None,
        made_by=author,
        made_as=made_as or (name_of(author, commitment.city) if author else ""),
    )
    want(Kind.COMMITMENT, [commitment.pk])
    is_new = what == CommitmentStepKind.PROMISED
    told = WebhookEvent.COMMITMENT_MADE if is_new else WebhookEvent.COMMITMENT_CHANGED
    data = {**document_of(commitment), "what": str(what), "is_simulated": commitment.is_simulated}
    tell(told, f"commitment-{commitment.pk}-{commitment.version}", data)
    record(author, f"commitment.{what}", commitment, number=commitment.number, state=commitment.state, **details)


def reason_of(said: Said | None, sentence: str) -> Said:
    """A reason as it is kept; RefusedError with the sentence where none is given."""
    return needed_words("reason", said or ("", ""), LONGEST_REASON, sentence)


def refuse_settled(commitment: Commitment) -> None:
    """RefusedError where it is kept or dropped already."""
    if commitment.settled_on is not None:
        raise RefusedError(
            _("Number %(number)d stands as “%(state)s” since %(day)s, so this cannot be done any more.")
            % {"number": commitment.number, "state": commitment.get_state_display(), "day": commitment.settled_on}
        )


def document_of(commitment: Commitment) -> dict[str, Any]:
    """The commitment whole, as plain JSON; mailboxes are left out, since histories are public."""
    return {
        "number": commitment.number,
        "version": commitment.version,
        "state": str(commitment.state),
        "text": _words(commitment.text),
        "city": commitment.city.slug if commitment.city else "",
        "owner": commitment.owner,
        "promised_on": plain_value(commitment.promised_on),
        "first_due_on": plain_value(commitment.first_due_on),
        "due_on": plain_value(commitment.due_on),
        "known_by": _words(commitment.known_by),
        "confirmer": str(commitment.confirmer),
        "confirmer_city": commitment.confirmer_city.slug if commitment.confirmer_city else "",
        "confirmer_group": commitment.confirmer_group,
        "is_changed": commitment.is_changed,
        "done_on": plain_value(commitment.done_on),
        "settled_on": plain_value(commitment.settled_on),
        "source": commitment.source,
    }


def _words(text: Text | None) -> dict[str, str]:
    return {"language": text.language, "body": text.body} if text else {}
