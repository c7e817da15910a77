"""An event is written, changed, shown to everybody, and cancelled."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils import timezone as clock
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _

from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.cities.rights import check_simulated, require_writer
from intercity.core.language.folding import fold
from intercity.events import themes
from intercity.events.actions.checking import (
    ConflictError,
    Meanwhile,
    Said,
    cleaned,
    concepts_of,
    faults_of_time,
    moment,
    refuse,
    words_of,
    zone_of,
)
from intercity.events.models import Event, EventState
from intercity.languages.actions import rewrite_text, write_text
from intercity.languages.models import Kind, Text
from intercity.languages.wanting import want
from intercity.refusals import FaultsError, RefusedError

LONGEST_TITLE, LONGEST_ABOUT, LONGEST_WHY = 200, 8_000, 1_000
MOST_CONCEPTS: Final = 10
TRIES: Final = 20
LONGEST_SLUG: Final = 80
TAKEN: Final = frozenset({"new", "write", "edit", "past", "calendar", "data", "feed", "search", "tables"})
"""Addresses that pages may want."""
FACTS: Final = (
    "kind", "starts_on", "ends_on", "starts_at", "ends_at", "timezone", "place", "country", "link", "source",
    "contact_role", "contact_mailbox",
)  # fmt: skip
"""What is said of an event outside its words, its city and its themes."""


def add_event(
    person: Visitor,
    *,
    kind: str,
    title: Said,
    starts_on: date,
    ends_on: date | None = None,
    city: City | None = None,
    is_simulated: bool = False,
    **facts: Any,
) -> Event:
    """Write an event that nobody else sees yet. Without a timezone, that of its city counts, else UTC.

    `facts` may be: about, starts_at, ends_at, timezone, place, country, link, concepts, source, contact_role,
    contact_mailbox. Hours without a timezone are told by the clocks of the place.
    """
    author = require_writer(person, city)
    check_simulated(is_simulated)
    zone = facts.pop("timezone", "") or (city.timezone if city else "") or "UTC"
    said = {"starts_at": None, "ends_at": None, "timezone": zone, **facts}
    event = Event(city=city, is_simulated=is_simulated, written_by=author)
    known = {"kind": kind, "title": title, "city": city, "starts_on": starts_on, "ends_on": ends_on or starts_on}
    kept = _checked(event, said | known)
    with transaction.atomic():
        _apply(event, kept)
        _save_at_free_address(event)
        record(author, "event.added", event, kind=event.kind, city=city.slug if city else "")
    return event


def edit_event(person: Visitor, event: Event, *, sequence: int | None = None, **fields: Any) -> Event:
    """Say it otherwise; what is left out stays as it is. `sequence` is that which the person began from.

    Where somebody changed the event since and something else stands in these fields by now, ConflictError says which,
    and nothing is saved. Who gives it to another city must be allowed to write for both.
    """
    author = require_writer(person, event.city)
    if "city" in fields:
        require_writer(person, fields["city"])
    with transaction.atomic():
        found = locked(event)
        kept = _checked(found, fields)
        differences = _differences(found, kept)
        if differences and sequence is not None and sequence != found.sequence:
            raise ConflictError(differences, found.sequence)
        if differences:
            _apply(found, kept)
            changed(found)
            record(author, "event.edited", found, fields=sorted(one.field for one in differences))
    event.refresh_from_db()
    return event


def publish_event(person: Visitor, event: Event) -> Event:
    """Show it to everybody; a cancelled one takes place after all."""
    author = require_writer(person, event.city)
    with transaction.atomic():
        found = locked(event)
        if found.state == EventState.PUBLISHED:
            raise RefusedError(_("It is published already."))
        found.state, why = EventState.PUBLISHED, found.cancelled_why
        found.cancelled_why = None
        changed(found)
        if why is not None:
            why.delete()
        record(author, "event.published", found)
    event.refresh_from_db()
    return event


def cancel_event(person: Visitor, event: Event, why: Said) -> Event:
    """Say that it does not take place, and why. It stays where it was read; calendars that took it over are told."""
    author = require_writer(person, event.city)
    language, reason = words_of(
        "why", why, LONGEST_WHY, _("Say why it does not take place, so that people understand.")
    )
    with transaction.atomic():
        found = locked(event)
        if found.state != EventState.PUBLISHED:
            raise RefusedError(_("Only an event that is published can be cancelled. A draft can be deleted."))
        found.state = EventState.CANCELLED
        found.cancelled_why = write_text(language, reason)
        changed(found)
        record(author, "event.cancelled", found)
    event.refresh_from_db()
    return event


def discard_event(person: Visitor, event: Event) -> None:
    """Throw a draft away; nobody else has seen it."""
    author = require_writer(person, event.city)
    with transaction.atomic():
        found = locked(event)
        if found.state != EventState.DRAFT:
            raise RefusedError(_("Only a draft can be deleted. What was public stays; it can be cancelled."))
        record(author, "event.discarded", found)
        texts = [found.title_id, found.about_id, *found.sessions.values_list("title", flat=True)]
        found.delete()
        Text.objects.filter(pk__in=[pk for pk in texts if pk]).delete()


def locked(event: Event) -> Event:
    """The event as it stands in the database, locked until the transaction ends."""
    return Event.objects.select_for_update().get(pk=event.pk)


def changed(event: Event) -> None:
    """Keep a locked event of which something was changed: calendars and the search have to look again."""
    event.sequence += 1
    event.changed_at = clock.now()
    event.save()
    if event.state != EventState.DRAFT:
        want(Kind.EVENT, [event.pk])


def _checked(event: Event, said: dict[str, Any]) -> dict[str, Any]:
    """What is told, as it is kept, by field, looked at beside what stands there; FaultsError if it is wrong."""
    facts = {name: value for name, value in said.items() if name in FACTS}
    strange = set(said) - {*FACTS, "title", "about", "city", "concepts"}
    if strange:
        raise TypeError(f"an event has no {', '.join(sorted(strange))}")
    _upper(facts)
    kept, faults = cleaned(Event, facts)
    for check in (_words, _themes, _city):
        try:
            kept |= check(said)
        except RefusedError as error:
            faults.append((error.field, str(error)))
    refuse(faults)
    _time(event, kept)
    return kept


def _upper(facts: dict[str, Any]) -> None:
    """The code of a country is kept in capitals."""
    if "country" in facts:
        facts["country"] = str(facts["country"]).upper()


def _words(said: dict[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    if "title" in said:
        kept["title"] = words_of("title", said["title"], LONGEST_TITLE, _("Write in one line what it is."))
    if "about" in said:
        kept["about"] = words_of("about", said["about"] or ("", ""), LONGEST_ABOUT)
    return kept


def _themes(said: dict[str, Any]) -> dict[str, Any]:
    if "concepts" not in said:
        return {}
    return {"concepts": concepts_of(said["concepts"], themes.known(), MOST_CONCEPTS)}


def _city(said: dict[str, Any]) -> dict[str, Any]:
    if "city" not in said:
        return {}
    if said["city"] is not None and said["city"].left_on is not None:
        raise RefusedError(_("%(city)s is not a member any more.") % {"city": said["city"].name}, "city")
    return {"city": said["city"]}


def _time(event: Event, kept: dict[str, Any]) -> None:
    """Days and hours together, those that are told and those that stand there; what is wrong with them is refused."""
    try:
        zone = zone_of(kept.get("timezone", event.timezone))
        for name in ("starts_at", "ends_at"):
            if name in kept:
                kept[name] = moment(kept[name], zone, name)
    except RefusedError as error:
        raise FaultsError([(error.field, str(error))]) from error
    if {"starts_on", "ends_on", "starts_at", "ends_at", "timezone"} & set(kept):
        names = ("starts_on", "ends_on", "starts_at", "ends_at")
        refuse(faults_of_time({name: kept.get(name, getattr(event, name)) for name in names}, zone))


def _stands(event: Event, name: str) -> Any:
    value = getattr(event, name)
    if name in {"title", "about"}:
        return (value.language, value.body) if value else ("", "")
    return value


def _differences(event: Event, kept: dict[str, Any]) -> list[Meanwhile]:
    """What would change, field by field, as what stands there now."""
    found = []
    for name, value in kept.items():
        now = _stands(event, name)
        if now == value:
            continue
        label = str(capfirst(str(Event._meta.get_field(name).verbose_name)))  # type: ignore[union-attr]
        language, shown = now if name in {"title", "about"} else ("", _shown(event, name))
        found.append(Meanwhile(name, label, shown, language))
    return found


def _shown(event: Event, name: str) -> str:
    """A value as people read it."""
    if name == "kind":
        return str(event.get_kind_display())
    if name == "concepts":
        return ", ".join(one.label for one in themes.themes(event.concepts))
    value = getattr(event, name)
    if isinstance(value, datetime):
        return f"{value.astimezone(zone_of(event.timezone)):%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)


def _apply(event: Event, kept: dict[str, Any]) -> None:
    """Write what is told; words that stand there get another version, by which their translations are old."""
    for name, value in kept.items():
        if name in {"title", "about"}:
            _say(event, name, *value)
        else:
            setattr(event, name, value)


def _say(event: Event, name: str, language: str, words: str) -> None:
    text: Text | None = getattr(event, name) if getattr(event, f"{name}_id") else None
    if text is not None and words:
        rewrite_text(text, words, language=language)
    elif words:
        setattr(event, name, write_text(language, words))
    elif text is not None:
        setattr(event, name, None)
        event.save(update_fields=[name])
        text.delete()


def _save_at_free_address(event: Event) -> None:
    """An address out of the title and the year; two who write the same at the same moment get two."""
    title = slugify(fold(event.title.body))[:LONGEST_SLUG].strip("-")
    otherwise = f"{event.kind}-{event.city.slug}" if event.city else event.kind
    stem = title if title and not title.isdecimal() else f"{otherwise}-{event.starts_on.year}"
    for _number in range(TRIES):
        known = {*TAKEN, *Event.objects.filter(slug__startswith=stem).values_list("slug", flat=True)}
        tries = (stem, *(f"{stem}-{number}" for number in range(2, len(known) + 3)))
        event.slug = next(slug for slug in tries if slug not in known)
        try:
            with transaction.atomic():
                event.save(force_insert=True)
        except IntegrityError:
            if not Event.objects.filter(slug=event.slug).exists():
                raise
        else:
            return
    raise RefusedError(_("Many begin with this title at the same moment. Send it again."), "title")
