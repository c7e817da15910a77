"""Cooperation in the demonstration: what is known of the past, and what was made up so that the pages have something.

Both are put in once, by the actions that people have. The record keeps that it was done: whoever then changes
something in the demonstration finds it as they left it.
"""

from __future__ import annotations

from collections.abc import Callable

from intercity.audit.models import Entry
from intercity.audit.record import record
from intercity.cities.models import Network
from intercity.demonstration.facts import read
from intercity.demonstration.history import add_history
from intercity.demonstration.meeting import add_simulated
from intercity.demonstration.promising import Known, add_agreement, add_commitment
from intercity.demonstration.seeking import add_introduction, add_posting
from intercity.demonstration.translating import Said, add_translations


def add_cooperation() -> None:
    """Put in what is missing of both."""
    _once("cooperation.history_entered", add_history)
    _once("cooperation.simulated", _simulate)


def _once(mark: str, add: Callable[[], None]) -> None:
    if not Entry.objects.filter(action=mark).exists():
        add()
        record(None, mark, Network.objects.get(pk=1))


def _simulate() -> None:
    """Each after what it comes from: postings, introductions, agreements, events, commitments."""
    plan, words = read("cooperation"), list[Said]()
    known: Known = {"posting": {}, "introduction": {}, "agreement": {}, "event": {}}
    for facts in plan["postings"]:
        known["posting"][facts["key"]], told = add_posting(facts)
        words += told
    for facts in plan["introductions"]:
        known["introduction"][facts["key"]], told = add_introduction(facts, known["posting"])
        words += told
    for facts in plan["agreements"]:
        known["agreement"][facts["key"]], told = add_agreement(facts)
        words += told
    for facts in plan["events"]:
        known["event"][facts["key"]], told = add_simulated(facts, known["posting"])
        words += told
    for facts in plan["commitments"]:
        _made, told = add_commitment(facts, known)
        words += told
    add_translations(words)
