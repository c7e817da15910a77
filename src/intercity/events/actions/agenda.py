"""The agenda of an event: its parts are written, changed and taken away."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.cities.rights import require_writer
from intercity.events.actions.checking import Faults, Said, cleaned, moment, refuse, words_of, zone_of
from intercity.events.actions.writing import LONGEST_TITLE, changed, locked
from intercity.events.models import Event, Session
from intercity.languages.actions import rewrite_text, write_text

MOST_SESSIONS = 300


def add_session(
    person: Visitor,
    event: Event,
    *,
    title: Said,
    starts_at: datetime,
    ends_at: datetime,
    room: str = "",
    speakers: str = "",
) -> Session:
    """Put a part on the agenda; hours without a timezone are told by the clocks of the place."""
    author = require_writer(person, event.city)
    language, words = _title(title)
    with transaction.atomic():
        found = locked(event)
        kept = _checked(found, starts_at, ends_at, {"room": room, "speakers": speakers})
        if found.sessions.count() >= MOST_SESSIONS:
            refuse([("title", _("An agenda has at most %(most)d parts.") % {"most": MOST_SESSIONS})])
        session = Session.objects.create(event=found, title=write_text(language, words), **kept)
        changed(found)
        record(author, "session.added", session, event=found.slug)
    event.refresh_from_db()
    return session


def edit_session(
    person: Visitor,
    session: Session,
    *,
    title: Said,
    starts_at: datetime,
    ends_at: datetime,
    room: str = "",
    speakers: str = "",
) -> Session:
    """Say a part of the agenda otherwise."""
    author = require_writer(person, session.event.city)
    language, words = _title(title)
    with transaction.atomic():
        event = locked(session.event)
        kept = _checked(event, starts_at, ends_at, {"room": room, "speakers": speakers})
        found = Session.objects.select_for_update().get(pk=session.pk)
        rewrite_text(found.title, words, language=language)
        for name, value in kept.items():
            setattr(found, name, value)
        found.save()
        changed(event)
        record(author, "session.edited", found, event=event.slug)
    session.refresh_from_db()
    return session


def remove_session(person: Visitor, session: Session) -> None:
    """Take a part off the agenda."""
    author = require_writer(person, session.event.city)
    with transaction.atomic():
        event = locked(session.event)
        record(author, "session.removed", session, event=event.slug)
        title = session.title
        session.delete()
        title.delete()
        changed(event)


def _title(title: Said) -> Said:
    return words_of("title", title, LONGEST_TITLE, _("Write in one line what happens then."))


def _checked(event: Event, starts_at: datetime, ends_at: datetime, facts: dict[str, Any]) -> dict[str, Any]:
    """As it is kept; what is not in order or not on a day of the event is refused."""
    zone = zone_of(event.timezone)
    kept, faults = cleaned(Session, facts)
    begins, ends = moment(starts_at, zone, "starts_at"), moment(ends_at, zone, "ends_at")
    faults += _faults(event, begins, ends)
    refuse(faults)
    return kept | {"starts_at": begins, "ends_at": ends}


def _faults(event: Event, begins: datetime, ends: datetime) -> Faults:
    zone = zone_of(event.timezone)
    if ends <= begins:
        return [("ends_at", _("It ends before it begins. Write the hours in order."))]
    if not event.starts_on <= begins.astimezone(zone).date() <= event.ends_on:
        return [("starts_at", _("This is not on a day of the event, by the clocks of the place."))]
    return []
