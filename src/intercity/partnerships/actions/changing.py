"""A promise is changed with a reason that stays; the day that was promised first stays, too."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from intercity.accounts.rights import Visitor
from intercity.cities.models import City
from intercity.languages.actions import rewrite_text, write_text
from intercity.languages.models import Text
from intercity.partnerships.actions.promising import (
    Said,
    check_days,
    mailbox_of,
    owner_of,
    second_party,
    sentence_of,
    sign_of,
)
from intercity.partnerships.actions.rights import require_keeper
from intercity.partnerships.actions.stepping import document_of, locked, reason_of, refuse_settled, step
from intercity.partnerships.models import Commitment, CommitmentState, CommitmentStepKind
from intercity.practices.actions.checking import ConflictError, line_of
from intercity.practices.models import Difference
from intercity.practices.models.versions import plain_value, verbose_name
from intercity.refusals import RefusedError

OF_CONFIRMER = ("confirmer", "confirmer_city", "confirmer_group", "confirmer_mailbox")
OF_THE_PROMISE = frozenset({"text", "known_by", "owner", "due_on"})
"""What was promised: once it is said to be done, it stays as it is until that is confirmed or taken back."""
WITHOUT_REASON = frozenset({"mailbox", "confirmer_mailbox", "source"})
"""What can be corrected without a word: nobody counted on it."""
LONGEST_SOURCE = 500


def change(  # noqa: PLR0913 -- what can change, each by name
    person: Visitor,
    commitment: Commitment,
    *,
    version: int,
    reason: Said | None = None,
    text: Said | None = None,
    owner: str | None = None,
    due_on: date | None = None,
    known_by: Said | None = None,
    mailbox: str | None = None,
    source: str | None = None,
    confirmer: str | None = None,
    confirmer_city: City | None = None,
    confirmer_group: str = "",
    confirmer_mailbox: str = "",
) -> Commitment:
    """Change what was promised, and say why; what is left out stays as it is. A new day explains a delay.

    `version` is that which the person began from. Where somebody changed the same fields since, ConflictError says
    which, and nothing is saved. With `confirmer`, who confirms is replaced whole.
    """
    author = require_keeper(person, commitment)
    with transaction.atomic():
        found = locked(commitment)
        said = _said(found, text, owner, due_on, known_by, mailbox, source)
        if confirmer is not None:
            said |= second_party(
                found.city,
                said.get("mailbox", found.mailbox),
                kind=confirmer,
                city=confirmer_city,
                group=confirmer_group,
                mailbox=confirmer_mailbox,
            )
        differences = _differences(found, said)
        _refuse_conflict(found, differences, version)
        if differences:
            refuse_settled(found)
            names = {one.field for one in differences}
            _refuse_while_waiting(found, names)
            needs_reason = bool(names - WITHOUT_REASON)
            why = (
                reason_of(reason, _("Say why it is changed. The reason stays in the history."))
                if needs_reason
                else None
            )
            _apply(found, differences, said)
            found.is_changed = found.is_changed or needs_reason
            if "due_on" in names:
                found.escalated_on = None
            step(author, found, CommitmentStepKind.CHANGED, reason=why, fields=sorted(names))
    commitment.refresh_from_db()
    return commitment


def _said(
    found: Commitment,
    text: Said | None,
    owner: str | None,
    due_on: date | None,
    known_by: Said | None,
    mailbox: str | None,
    source: str | None,
) -> dict[str, Any]:
    """What is told, as it is kept, by field; RefusedError for what cannot be."""
    origin = line_of("source", source, LONGEST_SOURCE) if source is not None else None
    said = {
        "text": sentence_of(text) if text is not None else None,
        "owner": owner_of(owner) if owner is not None else None,
        "due_on": check_days(found.promised_on, due_on) if due_on is not None else None,
        "known_by": sign_of(known_by, found.source if origin is None else origin) if known_by is not None else None,
        "mailbox": mailbox_of("mailbox", mailbox) if mailbox is not None else None,
        "source": origin,
    }
    return {field: value for field, value in said.items() if value is not None}


def _differences(found: Commitment, said: Mapping[str, Any]) -> list[Difference]:
    """What would change, field by field, as plain values."""
    now = {name: _plain(getattr(found, name)) for name in said}
    if not now.get("known_by", True):
        now["known_by"] = ("", "")
    return [
        Difference(name, verbose_name(Commitment, name), now[name], _plain(value))
        for name, value in said.items()
        if now[name] != _plain(value)
    ]


def _plain(value: Any) -> Any:
    """A value as pages show it beside another: words with their language, a city by its name."""
    match value:
        case Text():
            return (value.language, value.body)
        case City():
            return value.name
        case tuple():
            return value
        case None:
            return ""
    return plain_value(value)


def _refuse_conflict(found: Commitment, differences: list[Difference], version: int) -> None:
    """ConflictError, where fields that would change were changed since the version that the person began from."""
    if version >= found.version or not differences:
        return
    began = found.steps.filter(document__version=version).first()
    before, now = began.document if began else {}, document_of(found)
    meanwhile = [one for one in differences if one.field in now and before.get(one.field) != now[one.field]]
    if meanwhile:
        raise ConflictError(meanwhile, found.version)


def _refuse_while_waiting(found: Commitment, names: set[str]) -> None:
    if found.state == CommitmentState.REPORTED and names & OF_THE_PROMISE:
        raise RefusedError(
            _("It is said to be done and waits for confirmation. Take that back first, then change what is promised.")
        )


def _apply(found: Commitment, differences: list[Difference], said: Mapping[str, Any]) -> None:
    for one in differences:
        if one.field in {"text", "known_by"}:
            _rewrite(found, one.field, *said[one.field])
        else:
            setattr(found, one.field, said[one.field])


def _rewrite(found: Commitment, field: str, language: str, words: str) -> None:
    """Other words, first words, or none; what they were stays in the history."""
    text = getattr(found, field)
    if text is not None and words:
        rewrite_text(text, words, language=language)
    else:
        setattr(found, field, write_text(language, words) if words else None)
