"""Keeping a practice true: how it stands now, and who has looked at what is said."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import Visitor, require
from intercity.audit.record import record
from intercity.cities.models import Network
from intercity.languages.models import Kind
from intercity.languages.wanting import want
from intercity.practices.actions.changing import changed, last_version, locked
from intercity.practices.actions.checking import line_of
from intercity.practices.actions.rights import name_of, require_other_officer, require_writer
from intercity.practices.models import Practice, PracticeState, PracticeStatus, Provenance, Verification
from intercity.refusals import RefusedError


def confirm_status(person: Visitor, practice: Practice, status: str) -> Practice:
    """Say how it stands today; the same status again confirms it. Who says so is the city, or the secretariat."""
    author = require_writer(person, practice.city)
    if status not in PracticeStatus.values or status == PracticeStatus.UNKNOWN:
        raise RefusedError(_("Choose how it stands today. If you do not know either, leave it as it is."), "status")
    with transaction.atomic():
        found = locked(practice)
        before = found.status
        found.status = PracticeStatus(status)
        found.status_confirmed_on = timezone.localdate()
        found.status_confirmed_by = name_of(author, found.city)
        found.status_asked_on = None
        found.unknown = [name for name in found.unknown if name != "status"]
        if before != status:
            found.version += 1
            found.changed_in |= {"status": found.version}
        changed(author, found, "practice.status_confirmed", status=status, before=before)
    practice.refresh_from_db()
    return practice


def verify(person: Visitor, practice: Practice, verification: str, by: str = "", seen: int | None = None) -> Practice:
    """Say who has looked at what is said: the city of an officer who is of another one, or the secretariat.

    The secretariat also says that somebody independent did, and who (`by`), and takes a verification back. What was
    looked at is the version that is public now; the pages say when there is a later one. `seen` is its number as the
    person saw it.
    """
    author, name = _verifier(person, practice, verification, line_of("by", by, 200))
    with transaction.atomic():
        found = locked(practice)
        last = last_version(found)
        if found.state != PracticeState.PUBLISHED or last is None:
            raise RefusedError(_("Only what is public can be checked."))
        if seen is not None and seen != last.number:
            raise RefusedError(
                _("There is a newer version since you opened it. Read it once more, then say so again.")
            )
        if verification == Verification.SECRETARIAT and author.pk in {found.written_by_id, last.made_by_id}:
            raise RefusedError(_("You wrote this yourself. Somebody else of the secretariat has to check it."))
        found.verification = Verification(verification)
        is_checked = verification not in {Verification.SELF, Verification.SOURCES}
        found.verified_by = name if is_checked else ""
        found.verified_on = timezone.localdate() if is_checked else None
        found.verified_number = last.number if is_checked else None
        found.save(update_fields=["verification", "verified_by", "verified_on", "verified_number"])
        want(Kind.PRACTICE, [found.pk])
        record(author, "practice.verified", found, verification=verification, number=last.number)
    practice.refresh_from_db()
    return practice


def _verifier(person: Visitor, practice: Practice, verification: str, by: str) -> tuple[Person, str]:
    """Who says it, and the name that is shown; NotAllowedError for whom it is not to say."""
    if verification == Verification.PEER:
        officer, city = require_other_officer(person, practice.city)
        return officer, city.name
    author = require(person, Role.SECRETARIAT)
    if verification not in Verification.values:
        raise RefusedError(_("Choose who has looked at it."), "verification")
    is_of_sources = practice.provenance in {Provenance.SOURCES, Provenance.IMPORT}
    if verification in {Verification.SELF, Verification.SOURCES}:
        if is_of_sources != (verification == Verification.SOURCES):
            raise RefusedError(
                _("This does not fit where the record comes from. Choose the other one."), "verification"
            )
        return author, ""
    if verification == Verification.INDEPENDENT and not by:
        raise RefusedError(_("Name who checked it, and is of neither the city nor the secretariat."), "by")
    network = Network.current()
    return author, by if verification == Verification.INDEPENDENT or not network else network.name
