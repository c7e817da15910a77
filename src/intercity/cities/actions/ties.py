"""What ties two cities together is claimed with a source, and confirmed or ended by the two cities themselves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.cities.actions.checking import claim_needs, cleaned, day_that_came, pair, refuse
from intercity.cities.models import City, Tie, TieConfirmation
from intercity.cities.rights import check_simulated, require_own_officer, require_writer_of_one
from intercity.refusals import RefusedError


def claim_tie(
    person: Visitor,
    *,
    one: City,
    other: City,
    kind: str,
    claimed_by: str,
    source: str,
    as_of: date,
    note: str = "",
    is_simulated: bool = False,
) -> Tie:
    """Say that a flight, a train, a border or the like ties two members, who says so, where, and for which day."""
    author = require_writer_of_one(person, one, other)
    check_simulated(is_simulated)
    first, second = pair(one, other)
    kept = _checked({"kind": kind, "note": note, "claimed_by": claimed_by, "source": source, "as_of": as_of})
    with transaction.atomic():
        tie, is_new = Tie.objects.get_or_create(
            one=first,
            other=second,
            kind=kept["kind"],
            note=kept["note"],
            defaults={**kept, "is_simulated": is_simulated, "written_by": author},
        )
        if not is_new:
            raise RefusedError(
                _("This is on the page already. Confirm it there, or say there what a newer source says."), "kind"
            )
        record(author, "tie.claimed", tie, one=first.slug, other=second.slug, kind=tie.kind)
    return tie


def renew_tie(person: Visitor, tie: Tie, *, claimed_by: str, source: str, as_of: date) -> Tie:
    """Put a newer source in the place of the one that stands there; what the cities said of it stays."""
    author = require_writer_of_one(person, tie.one, tie.other)
    kept = _checked({"claimed_by": claimed_by, "source": source, "as_of": as_of})
    with transaction.atomic():
        found = _locked(tie)
        if kept["as_of"] < found.as_of:
            older = _("What stands here is of %(day)s, which is later. Write only what is newer.")
            raise RefusedError(older % {"day": found.as_of.isoformat()}, "as_of")
        for name, value in kept.items():
            setattr(found, name, value)
        found.save(update_fields=list(kept))
        record(author, "tie.renewed", found, as_of=found.as_of.isoformat())
    return found


def confirm_tie(person: Visitor, tie: Tie, city: City) -> TieConfirmation:
    """Say for one of the two cities that it is still there, today."""
    return _say(person, tie, city, True)


def end_tie(person: Visitor, tie: Tie, city: City) -> TieConfirmation:
    """Say for one of the two cities that it is no longer there, as of today; the claim stays, and says so."""
    return _say(person, tie, city, False)


def _say(person: Visitor, tie: Tie, city: City, is_so: bool) -> TieConfirmation:
    officer = require_own_officer(person, city)
    if city.pk not in {tie.one_id, tie.other_id}:
        raise RefusedError(_("This is between two other cities. Only they can say whether it is so."))
    with transaction.atomic():
        found = _locked(tie)
        today = timezone.localdate()
        same = found.words().get(city.pk)
        if same is not None and same.is_so is is_so and same.confirmed_on == today:
            return same  # a form that is sent twice
        said = TieConfirmation.objects.create(
            tie=found, city=city, is_so=is_so, confirmed_on=today, confirmed_by=officer
        )
        ended = [one.confirmed_on for one in found.words().values() if not one.is_so]
        found.ended_on = min(ended, default=None)
        found.save(update_fields=["ended_on"])
        record(officer, "tie.confirmed" if is_so else "tie.ended", found, city=city.slug)
    return said


def _locked(tie: Tie) -> Tie:
    return Tie.objects.select_for_update(of=("self",)).select_related("one", "other").get(pk=tie.pk)


def _checked(facts: dict[str, Any]) -> dict[str, Any]:
    kept, faults = cleaned(Tie, facts, claim_needs())
    if "as_of" in kept:
        faults += day_that_came("as_of", kept["as_of"])
    refuse(faults)
    return kept
