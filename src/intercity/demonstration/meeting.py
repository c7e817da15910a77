"""Events of the demonstration: two that were reported, and a few that a program made up and that say so."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from intercity.accounts.models import Role
from intercity.cities.models import City
from intercity.demonstration.dating import day
from intercity.demonstration.facts import read, said
from intercity.demonstration.people import account_of
from intercity.demonstration.translating import Said
from intercity.events import actions
from intercity.events.models import Event
from intercity.partnerships.actions import tables
from intercity.partnerships.actions.outcomes import add_outcome
from intercity.partnerships.models import Posting

NOBODY = "Demonstration office (nobody real)"


def city_of(slug: str) -> City | None:
    """The member with this address; None for none."""
    return City.objects.get(slug=slug) if slug else None


def add_reported(facts: dict[str, Any]) -> tuple[Event, list[Said]]:
    """An event that took place, as reports tell it: each participation and each outcome with its source."""
    secretariat = account_of(Role.SECRETARIAT)
    named = ("place", "country", "link", "concepts", "source", "timezone")
    event = actions.add_event(
        secretariat,
        kind=facts["kind"],
        title=said(facts["title"]),
        about=said(facts["about"]),
        starts_on=date.fromisoformat(facts["starts_on"]),
        ends_on=date.fromisoformat(facts["ends_on"]),
        city=city_of(facts["city"]),
        **{name: facts[name] for name in named},
    )
    actions.publish_event(secretariat, event)
    for one in facts["participations"]:
        party = {"source": facts.get("of_participants", ""), **one, "city": city_of(one.get("city", ""))}
        actions.add_participation(secretariat, event, **party)
    words = [(event.title, facts["title"]), *_about(event, facts)]
    for one in facts["outcomes"]:
        told = add_outcome(
            secretariat, event, text=said(one["text"]), claimed_by=one["claimed_by"], source=one["source"]
        )
        words += [(told.text, one["text"])] if told.text else []
    return event, words


def add_simulated(facts: dict[str, Any], postings: dict[str, Posting]) -> tuple[Event, list[Said]]:
    """An event that a program made up, on days counted from today."""
    secretariat, city, first = account_of(Role.SECRETARIAT), city_of(facts["city"]), day(facts["day"])
    last = first + timedelta(days=facts["days"] - 1)
    event = actions.add_event(
        secretariat,
        kind=facts["kind"],
        title=said(facts["title"]),
        about=said(facts["about"]),
        starts_on=first,
        ends_on=last,
        starts_at=_at(first, facts["from"]) if "from" in facts else None,
        ends_at=_at(last, facts["to"]) if "to" in facts else None,
        city=city,
        place=facts["place"],
        country=city.country if city else "",
        concepts=facts["concepts"],
        source=read("cooperation")["source"],
        contact_role=NOBODY,
        is_simulated=True,
    )
    actions.publish_event(secretariat, event)
    for slug, role in facts["participations"]:
        actions.add_participation(secretariat, event, city=city_of(slug), role=role)
    words = [(event.title, facts["title"]), *_about(event, facts), *_sessions(event, facts["sessions"])]
    for one in facts["outcomes"]:
        told = add_outcome(secretariat, event, text=said(one), claimed_by=NOBODY, source=read("cooperation")["source"])
        words += [(told.text, one)] if told.text else []
    for one in facts["tables"]:
        _table(event, one, postings)
    return event, words


def _about(event: Event, facts: dict[str, Any]) -> list[Said]:
    return [(event.about, facts["about"])] if event.about else []


def _sessions(event: Event, sessions: list[dict[str, Any]]) -> list[Said]:
    """The agenda, by the clocks of the place."""
    words: list[Said] = []
    for one in sessions:
        on = event.starts_on + timedelta(days=one["day"])
        made = actions.add_session(
            account_of(Role.SECRETARIAT),
            event,
            title=said(one["title"]),
            starts_at=_at(on, one["from"]),
            ends_at=_at(on, one["to"]),
            room=one["room"],
            speakers=one["speakers"],
        )
        words.append((made.title, one["title"]))
    return words


def _table(event: Event, facts: dict[str, Any], postings: dict[str, Posting]) -> None:
    """A trade table on the first day, and who has taken twenty minutes at it."""
    secretariat = account_of(Role.SECRETARIAT)
    table = tables.open_table(
        secretariat,
        event,
        City.objects.get(slug=facts["city"]),
        starts_at=_at(event.starts_on, facts["from"]),
        ends_at=_at(event.starts_on, facts["to"]),
        name=facts["name"],
        posting=postings[facts["posting"]],
    )
    times = tables.slots_of(table)
    for place, slug in facts["booked"]:
        tables.book(secretariat, table, times[place], City.objects.get(slug=slug))


def _at(on: date, hour: str) -> datetime:
    return datetime.combine(on, time.fromisoformat(hour))
