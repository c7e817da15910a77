"""Who takes part in an event, and as what."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.cities.rights import may_write, require_writer
from intercity.events.actions.checking import cleaned, refuse
from intercity.events.actions.writing import changed, locked
from intercity.events.models import Event, EventState, Participation
from intercity.refusals import RefusedError

MOST_PARTIES = 2_000


def add_participation(
    person: Visitor,
    event: Event,
    *,
    city: City | None = None,
    name: str = "",
    role: str = "",
    represented_by: str = "",
    source: str = "",
) -> Participation:
    """Say that a city or another party takes part. An officer may say it of their own city at a public event.

    Where somebody is named, a source has to name them, too: nobody is listed by name on hearsay.
    """
    author = _require(person, event, city)
    kept, faults = cleaned(
        Participation, {"name": name, "role": role, "represented_by": represented_by, "source": source}
    )
    if city is None and not kept.get("name"):
        faults.append(("name", _("Choose a city or write the name of the party.")))
    if kept.get("represented_by") and not kept.get("source"):
        faults.append(("source", _("You name somebody. Say where it is published that they take part.")))
    refuse(faults)
    with transaction.atomic():
        found = locked(event)
        if found.participations.count() >= MOST_PARTIES:
            raise RefusedError(_("An event has at most %(most)d parties.") % {"most": MOST_PARTIES}, "name")
        try:
            with transaction.atomic():
                one = Participation.objects.create(event=found, city=city, **kept)
        except IntegrityError as error:
            raise RefusedError(_("This city is on the list already."), "city") from error
        changed(found)
        record(author, "participation.added", one, event=found.slug, city=city.slug if city else "")
    event.refresh_from_db()
    return one


def remove_participation(person: Visitor, participation: Participation) -> None:
    """Take a party off the list."""
    author = _require(person, participation.event, participation.city)
    with transaction.atomic():
        event = locked(participation.event)
        city = participation.city.slug if participation.city else ""
        record(author, "participation.removed", participation, event=event.slug, city=city)
        participation.delete()
        changed(event)


def _require(person: Visitor, event: Event, city: City | None) -> Person:
    """Whoever writes the event, or whoever writes for the city that takes part in a public one."""
    if city is not None and event.state == EventState.PUBLISHED and may_write(person, city):
        return require_writer(person, city)
    return require_writer(person, event.city)
