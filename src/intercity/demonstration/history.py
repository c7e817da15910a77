"""What is known of the network's past: two dialogues of mayors and what was signed, from published reports.

Nothing here is made up. What no report tells stays unknown: which 14 projects were announced, and two cities' names.
"""

from __future__ import annotations

from typing import Any

from intercity.accounts.models import Role
from intercity.demonstration.facts import read, said
from intercity.demonstration.meeting import add_reported, city_of
from intercity.demonstration.people import account_of
from intercity.demonstration.translating import Said, add_translations
from intercity.events.models import Event
from intercity.partnerships.actions import agreements
from intercity.partnerships.models import AgreementStep


def add_history() -> None:
    """Enter both dialogues and the papers, as the secretariat would that has read the reports."""
    words: list[Said] = []
    events: dict[str, Event] = {}
    for facts in read("history")["events"]:
        events[facts["key"]], told = add_reported(facts)
        words += told
    for facts in read("history")["agreements"]:
        words += _register(facts, events.get(facts["event"]))
    add_translations(words)


def _register(facts: dict[str, Any], event: Event | None) -> list[Said]:
    """A paper with its parties, and how it stands as far as anybody has said."""
    secretariat = account_of(Role.SECRETARIAT)
    found = agreements.register(
        secretariat,
        kind=facts["kind"],
        title=said(facts["title"]),
        why=said(facts["why"]) if "why" in facts else ("", ""),
        parties=[agreements.Party(**{**one, "city": city_of(one.get("city", ""))}) for one in facts["parties"]],
        signed_on=facts["signed_on"],
        event=event,
        source=facts["source"],
        documents=[agreements.Document(**one) for one in facts["documents"]],
    )
    agreements.set_state(secretariat, found, facts["state"], said(facts["reason"]))
    words: list[Said] = [(found.title, facts["title"])]
    if found.why is not None:
        words.append((found.why, facts["why"]))
    reason = AgreementStep.objects.filter(agreement=found).latest("pk").reason
    return [*words, (reason, facts["reason"])] if reason else words
