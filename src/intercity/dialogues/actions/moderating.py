"""What moderators decide, each with a reason from the published policy, and how they undo it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import Visitor, not_allowed
from intercity.audit.record import record
from intercity.dialogues.models import Decision, Dialogue, Participant, Reason, Statement, StatementState
from intercity.languages.models import Kind
from intercity.languages.wanting import want
from intercity.refusals import RefusedError

KEPT = ("state", "reason", "merged_into_id", "is_accepted")


def _moderator(person: Visitor, dialogue: Dialogue) -> Person:
    if isinstance(person, Person) and dialogue.may_be_moderated_by(person):
        return person
    raise not_allowed(Role.MODERATOR, Role.SECRETARIAT)


def accept(person: Visitor, dialogue: Dialogue, statements: Iterable[Statement]) -> int:
    """Show statements. Returns how many were decided on."""
    return _decide(
        person, dialogue, statements, "accepted", state=StatementState.PUBLISHED, reason="", merged_into_id=None
    )


def remove(
    person: Visitor, dialogue: Dialogue, statements: Iterable[Statement], *, reason: str, note: str = ""
) -> int:
    """Show statements no longer, for a reason of the policy; votes on them count for nothing. Returns how many."""
    if reason not in Reason.values:
        raise RefusedError(_("Choose a reason from the policy: it is shown to everybody."), "reason")
    return _decide(
        person, dialogue, statements, "removed", note, state=StatementState.REMOVED, reason=reason, merged_into_id=None
    )


def merge(person: Visitor, dialogue: Dialogue, statements: Iterable[Statement], *, into: Statement) -> int:
    """Show statements that say the same as another no longer; votes on them count for it. Returns how many."""
    chosen = [one for one in statements if one.pk != into.pk]
    if into.dialogue_id != dialogue.pk or into.state != StatementState.PUBLISHED:
        raise RefusedError(_("Statements can be merged only into one of this dialogue that is shown."), "into")
    return _decide(person, dialogue, chosen, "merged", state=StatementState.MERGED, reason="", merged_into_id=into.pk)


def _decide(
    person: Visitor, dialogue: Dialogue, statements: Iterable[Statement], what: str, note: str = "", **after: Any
) -> int:
    author = _moderator(person, dialogue)
    number = 0
    with transaction.atomic():
        for statement in statements:
            if statement.dialogue_id != dialogue.pk:
                raise RefusedError(_("Statement %(number)d is not of this dialogue.") % {"number": statement.number})
            before, wanted = {name: getattr(statement, name) for name in KEPT}, {**after, "is_accepted": True}
            if before == wanted:
                continue  # sent twice, or decided the same by somebody else a moment ago
            _apply(statement, wanted)
            Decision.objects.create(
                dialogue=dialogue, statement=statement, what=what, before=before, reason=after["reason"], note=note,
                made_by=author,
            )  # fmt: skip
            number += 1
        if number:
            dialogue.round.count_decision()
            record(author, f"statements.{what}", dialogue, number=number, reason=after["reason"])
    return number


def _apply(statement: Statement, fields: dict[str, Any]) -> None:
    """Set and save; what had been merged into a statement that goes is shown by itself again."""
    for name, value in fields.items():
        setattr(statement, name, value)
    statement.save(update_fields=["state", "reason", "merged_into", "is_accepted"])
    changed = [statement.pk]
    if statement.state != StatementState.PUBLISHED:
        changed += statement.merged.values_list("pk", flat=True)
        statement.merged.update(merged_into=None, state=StatementState.PUBLISHED)
    want(Kind.STATEMENT, changed)
    want(Kind.ANSWER, statement.answers.values_list("pk", flat=True))


def ban(person: Visitor, participant: Participant, *, reason: str, note: str = "") -> None:
    """Take no more from a participant, and their votes out of the next result; public as a number."""
    dialogue = participant.dialogue
    author = _moderator(person, dialogue)
    if reason not in Reason.values:
        raise RefusedError(_("Choose a reason from the policy: it is shown to everybody."), "reason")
    with transaction.atomic():
        if not Participant.objects.filter(pk=participant.pk, banned_at=None).update(banned_at=timezone.now()):
            return
        Decision.objects.create(
            dialogue=dialogue, participant=participant, what="banned", reason=reason, note=note, made_by=author
        )
        dialogue.round.count_decision()
        record(author, "participant.banned", dialogue, reason=reason)
    participant.refresh_from_db()


def undo(person: Visitor, decision: Decision) -> None:
    """Put back what it was before; only the latest decision on a statement can be undone."""
    dialogue = decision.dialogue
    author = _moderator(person, dialogue)
    with transaction.atomic():
        later = Decision.objects.filter(
            statement=decision.statement, participant=decision.participant, pk__gt=decision.pk, undone_at=None
        )
        if later.exists():
            raise RefusedError(_("There is a later decision on this. Undo that one first."))
        if not Decision.objects.filter(pk=decision.pk, undone_at=None).update(undone_at=timezone.now()):
            raise RefusedError(_("This decision has already been undone."))
        if decision.statement is not None:
            _check_target(decision.before)
            _apply(decision.statement, decision.before)
        elif decision.participant is not None:
            Participant.objects.filter(pk=decision.participant.pk).update(banned_at=None)
        dialogue.round.count_decision()
        record(author, "decision.undone", dialogue, what=decision.what)


def _check_target(before: dict[str, Any]) -> None:
    """Refuse to merge again with a statement that has gone since: votes would count for something nobody sees."""
    into = before.get("merged_into_id")
    if into is not None and not Statement.objects.shown().filter(pk=into).exists():
        raise RefusedError(
            _("It was merged with a statement that is no longer shown. Show that one first, then undo this decision.")
        )
