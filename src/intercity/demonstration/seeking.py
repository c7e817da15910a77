"""Needs, offers and introductions that a program made up: each is marked as simulated and says so in its source."""

from __future__ import annotations

from typing import Any

from intercity.cities.models import City
from intercity.demonstration.dating import day, introduced_then, moment
from intercity.demonstration.facts import read, said
from intercity.demonstration.people import officer_of, writer_for
from intercity.demonstration.translating import Said
from intercity.partnerships.actions import introductions, postings
from intercity.partnerships.models import Introduction, Outcome, Posting


def add_posting(facts: dict[str, Any]) -> tuple[Posting, list[Said]]:
    """A need or an offer, until a day counted from today."""
    city = City.objects.get(slug=facts["city"])
    terms = postings.Terms(
        title=said(facts["title"]),
        body=said(facts["body"]),
        facts=facts["facts"],
        topics=[(scheme, code) for scheme, code in facts["topics"]],
        languages=facts["languages"],
        contact_role="Demonstration office (nobody real)",
        contact_mailbox=f"office-{city.slug}@demo.example",
        legs=[_leg(one) for one in facts.get("legs", [])],
        source=read("cooperation")["source"],
    )
    made = postings.post(
        writer_for(city.slug),
        terms,
        direction=facts["direction"],
        kind=facts["kind"],
        city=city,
        expires_on=day(facts["days"]),
        is_simulated=True,
    )
    words: list[Said] = [(made.title, facts["title"])]
    return made, [*words, (made.body, facts["body"])] if made.body else words


def _leg(facts: dict[str, Any]) -> postings.LegSaid:
    places = {name: City.objects.get(slug=facts[name]) for name in ("start", "end")}
    return postings.LegSaid(**{**facts, **places})


def add_introduction(facts: dict[str, Any], known: dict[str, Posting]) -> tuple[Introduction, list[Said]]:
    """One city proposes it; where the file says when it was made, the other said yes, and both told the outcome."""
    one, other = (City.objects.get(slug=facts[name]) for name in ("one", "other"))
    gives = facts["other_gives"]
    made = introductions.propose(
        officer_of(one.slug),
        one=one,
        other=other,
        why=said(facts["why"]),
        one_gives=said(facts["one_gives"]),
        other_gives=said(gives) if gives else ("", ""),
        need=known.get(facts["need"] or ""),
        offer=known.get(facts["offer"] or ""),
        is_simulated=True,
    )
    words: list[Said] = [(made.why, facts["why"])]
    words += [(made.one_gives, facts["one_gives"])] if made.one_gives else []
    words += [(made.other_gives, gives)] if made.other_gives else []
    if "made" in facts:
        introductions.accept(officer_of(other.slug), made)
        introduced_then(made, facts["made"])
        Posting.objects.filter(pk__in=[made.need_id, made.offer_id]).update(written_at=moment(facts["made"] + 30))
        words += [told for outcome in facts["outcomes"] for told in _outcome(made, outcome)]
    return made, words


def _outcome(introduction: Introduction, facts: dict[str, Any]) -> list[Said]:
    note = facts["note"]
    told = introductions.tell_outcome(
        officer_of(facts["city"]), introduction, facts["months"], facts["answer"], said(note) if note else None
    )
    Outcome.objects.filter(pk=told.pk).update(answered_at=moment(facts["ago"]))
    return [(told.note, note)] if told.note else []
