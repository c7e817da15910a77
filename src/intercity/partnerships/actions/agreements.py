"""The register of what was signed with whom: whoever is a party of it may write of it, and so may the secretariat."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.rights import Visitor
from intercity.cities.rights import check_simulated
from intercity.events.models import Event
from intercity.partnerships.actions.agreeing import (
    Document,
    Party,
    Said,
    at_free_address,
    checked,
    checked_documents,
    checked_parties,
    differences_of,
    put_rows,
    put_words,
    step,
)
from intercity.partnerships.actions.rights import cities_of, require_party
from intercity.partnerships.actions.stepping import reason_of
from intercity.partnerships.models import Agreement, AgreementState, AgreementStepKind
from intercity.practices.actions.checking import ConflictError
from intercity.refusals import RefusedError

__all__ = ["Document", "Party", "edit", "register", "set_state"]


def register(  # noqa: PLR0913 -- what the register asks for, each by name
    person: Visitor,
    *,
    kind: str,
    title: Said,
    why: Said = ("", ""),
    parties: Sequence[Party],
    signed_on: str = "",
    review_on: date | None = None,
    event: Event | None = None,
    source: str = "",
    documents: Sequence[Document] = (),
    is_simulated: bool = False,
) -> Agreement:
    """Enter an agreement between at least two parties, one of them a member; `signed_on` is a year, month or day."""
    rows = checked_parties(parties)
    author = require_party(person, [one.city for one in rows if one.city is not None])
    check_simulated(is_simulated)
    said = checked(
        {"kind": kind, "title": title, "why": why, "signed_on": signed_on, "source": source, "event": event}
    )
    papers = checked_documents(documents)
    said["review_on"] = _review_day(review_on)
    with transaction.atomic():
        found = Agreement(written_by=author, is_simulated=is_simulated)
        put_words(found, said)
        at_free_address(found, said["title"][1])
        put_rows(found, {"parties": rows, "documents": papers})
        step(author, found, AgreementStepKind.REGISTERED)
    return found


def edit(  # noqa: PLR0913 -- what the register asks for, each by name
    person: Visitor,
    agreement: Agreement,
    *,
    version: int,
    reason: Said | None = None,
    kind: str | None = None,
    title: Said | None = None,
    why: Said | None = None,
    parties: Sequence[Party] | None = None,
    signed_on: str | None = None,
    review_on: date | None = None,
    event: Event | None = None,
    source: str | None = None,
    documents: Sequence[Document] | None = None,
) -> Agreement:
    """Correct or complete what the register says; what is left out stays as it is, and what it was stays in history.

    `version` is that which the person began from; ConflictError where somebody changed the same fields since.
    """
    author = require_party(person, cities_of(agreement))
    said = checked(
        {"kind": kind, "title": title, "why": why, "signed_on": signed_on, "source": source, "event": event}
    )
    if review_on is not None and review_on != agreement.review_on:
        said["review_on"] = _review_day(review_on)
    if parties is not None:
        said["parties"] = checked_parties(parties)
        require_party(person, [one.city for one in said["parties"] if one.city is not None])
    if documents is not None:
        said["documents"] = checked_documents(documents)
    with transaction.atomic():
        found = _locked(agreement)
        differences = differences_of(found, said)
        meanwhile = _meanwhile(found, {one.field for one in differences}, version)
        if meanwhile:
            raise ConflictError([one for one in differences if one.field in meanwhile], found.version)
        if differences:
            names = {one.field for one in differences}
            changed = {name: value for name, value in said.items() if name in names}
            put_words(found, changed)
            put_rows(found, changed)
            step(author, found, AgreementStepKind.EDITED, reason=_kept(reason), fields=sorted(names))
    agreement.refresh_from_db()
    return agreement


def set_state(
    person: Visitor,
    agreement: Agreement,
    state: str,
    reason: Said | None = None,
    version: int | None = None,
    *,
    review_on: date | None = None,
    ended_on: date | None = None,
) -> Agreement:
    """Say honestly how it stands, and why; the same state again says that it was looked at, and when it will be next.

    `version` is that which the person saw; `ended_on` is when it ended, today if nothing is said.
    """
    author = require_party(person, cities_of(agreement))
    if state not in AgreementState.values:
        raise RefusedError(_("Choose how it stands: active, dormant or ended."), "state")
    again = _review_day(review_on)
    with transaction.atomic():
        found = _locked(agreement)
        if version is not None and version != found.version:
            raise RefusedError(
                _("Somebody has changed this since you opened it. It stands as “%(state)s” now. Look at it, and send "
                  "yours again if it is still so.") % {"state": found.get_state_display()},
                "state",
            )  # fmt: skip
        kind = AgreementStepKind.REVIEWED if state == found.state else AgreementStepKind(state)
        why = _kept(reason) if kind == AgreementStepKind.REVIEWED else _why_moved(reason)
        if kind == AgreementStepKind.REVIEWED and again is None and why is None:
            raise RefusedError(
                _("It stands so already. Choose another state, or the day to look at it again."), "state"
            )
        found.state = AgreementState(state)
        found.ended_on = _end_of(found, ended_on)
        found.review_on = None if state == AgreementState.ENDED else again or _still_to_come(found.review_on)
        step(author, found, kind, reason=why)
    agreement.refresh_from_db()
    return agreement


def _locked(agreement: Agreement) -> Agreement:
    return Agreement.objects.select_for_update().get(pk=agreement.pk)


def _why_moved(reason: Said | None) -> Said:
    return reason_of(reason, _("Say why. An honest word about an agreement that sleeps helps more than silence."))


def _kept(reason: Said | None) -> Said | None:
    return reason_of(reason, "") if reason and reason[1].strip() else None


def _review_day(day: date | None) -> date | None:
    """A day to look at it again, which has to be one to come."""
    if day is not None and day <= timezone.localdate():
        raise RefusedError(_("%(day)s has passed. Choose a day that is still to come.") % {"day": day}, "review_on")
    return day


def _still_to_come(day: date | None) -> date | None:
    """The review date, unless it was this one that has just been answered."""
    return day if day is not None and day > timezone.localdate() else None


def _end_of(found: Agreement, ended_on: date | None) -> date | None:
    if found.state != AgreementState.ENDED:
        return None
    day = ended_on or found.ended_on or timezone.localdate()
    if day > timezone.localdate():
        raise RefusedError(_("This day has not come yet. Write when it ended."), "ended_on")
    return day


def _meanwhile(found: Agreement, names: set[str], version: int) -> set[str]:
    """Which of these fields somebody changed since that version."""
    if version >= found.version:
        return set()
    since = found.steps.filter(what=AgreementStepKind.EDITED).order_by("pk")
    changed: set[str] = set()
    for one in since:
        if one.document.get("version", 0) > version:
            changed |= set(one.document.get("changed", []))
    return names & changed
