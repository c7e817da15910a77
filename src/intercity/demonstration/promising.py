"""Agreements and commitments that a program made up, so that every way in which a promise can stand is to be seen."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from intercity.accounts.models import Person, Role
from intercity.cities.models import City
from intercity.demonstration.dating import day, moment, step_then
from intercity.demonstration.facts import read, said
from intercity.demonstration.people import account_of, officer_of, writer_for
from intercity.demonstration.translating import Said
from intercity.dialogues.models import Answer
from intercity.events.models import Event
from intercity.partnerships.actions import agreements, commitments
from intercity.partnerships.models import Agreement, AgreementStep, Commitment, CommitmentStep, ConfirmerKind
from intercity.practices.models import Adoption

Known = dict[str, dict[str, Any]]
"""What was made before, by its sort and its key in the file."""


def add_agreement(facts: dict[str, Any]) -> tuple[Agreement, list[Said]]:
    """A paper between two members, signed on a day counted from today."""
    secretariat = account_of(Role.SECRETARIAT)
    found = agreements.register(
        secretariat,
        kind=facts["kind"],
        title=said(facts["title"]),
        why=said(facts["why"]),
        parties=[agreements.Party(City.objects.get(slug=slug), "", role) for slug, role in facts["parties"]],
        signed_on=day(facts["signed"]).isoformat(),
        review_on=day(facts["review"]) if facts["review"] else None,
        source=read("cooperation")["source"],
        is_simulated=True,
    )
    words: list[Said] = [(found.title, facts["title"])]
    words += [(found.why, facts["why"])] if found.why else []
    if "state" in facts:
        agreements.set_state(secretariat, found, facts["state"], said(facts["reason"]), ended_on=day(facts["ended"]))
        reason = AgreementStep.objects.filter(agreement=found).latest("pk").reason
        words += [(reason, facts["reason"])] if reason else []
    return found, words


def add_commitment(facts: dict[str, Any], known: Known) -> tuple[Commitment, list[Said]]:
    """A promise, and one after the other what happened to it, each on its day."""
    began = timezone.now()
    city = City.objects.get(slug=facts["city"]) if facts["city"] else None
    who = writer_for(facts["city"] or "")
    made = commitments.promise(
        who,
        text=said(facts["text"]),
        city=city,
        owner=facts["owner"],
        due_on=day(facts["due"]),
        known_by=said(facts["known_by"]),
        promised_on=day(facts["promised"]),
        source=read("cooperation")["source"],
        is_simulated=True,
        **_second(facts["confirmer"]),
        **_origin(facts.get("origin", {}), known),
        event=_event(facts, known),
    )
    step_then(made, began, -facts["promised"])
    Commitment.objects.filter(pk=made.pk).update(written_at=moment(-facts["promised"]))
    words: list[Said] = [(made.text, facts["text"])]
    words += [(made.known_by, facts["known_by"])] if made.known_by else []
    for one in facts["steps"]:
        words += _step(made, who, one)
    return made, words


def _second(facts: dict[str, Any]) -> dict[str, Any]:
    """Who confirms, as the action takes it."""
    if "city" in facts:
        return {"confirmer": ConfirmerKind.CITY, "confirmer_city": City.objects.get(slug=facts["city"])}
    if "group" in facts:
        return {"confirmer": ConfirmerKind.RESIDENTS, "confirmer_group": facts["group"]}
    return {"confirmer": ConfirmerKind.SECRETARIAT}


def _origin(facts: dict[str, Any], known: Known) -> dict[str, Any]:
    """What it comes from, if from anything."""
    if "adoption" in facts:
        practice, city = facts["adoption"]
        return {"adoption": Adoption.objects.get(practice__slug=practice, to_city__slug=city)}
    return {sort: known[sort][key] for sort, key in facts.items()}


def _event(facts: dict[str, Any], known: Known) -> Event | None:
    return known["event"][facts["event"]] if "event" in facts else None


def _step(made: Commitment, who: Person, facts: dict[str, Any]) -> list[Said]:
    """One thing that happened, and its words."""
    began = timezone.now()
    told: dict[str, Any] = facts.get("text") or facts.get("reason") or {}
    match facts["what"]:
        case "report":
            done = facts.get("done")
            commitments.report(
                who,
                made,
                said(told),
                facts.get("evidence", ""),
                says_done=done is not None,
                done_on=day(-done) if done is not None else None,
                is_simulated=True,
            )
        case "change":
            commitments.change(who, made, version=made.version, reason=said(told), due_on=day(facts["due"]))
        case "drop":
            commitments.drop(who, made, said(told))
        case "confirm":
            reason = said(told) if told else None
            seen = made.reports.latest("pk").pk
            commitments.confirm(
                _confirmer(made), made, seen=seen, is_so=facts["is_so"], reason=reason, is_simulated=True
            )
    step_then(made, began, facts["ago"])
    return _words(made, told) if told else []


def _confirmer(made: Commitment) -> Person:
    """Somebody of the second party: of the city's own officers, else who enters it for the group or the network."""
    if made.confirmer_city is not None:
        return officer_of(made.confirmer_city.slug)
    return account_of(Role.MODERATOR if made.confirmer == ConfirmerKind.RESIDENTS else Role.SECRETARIAT)


def _words(made: Commitment, told: dict[str, Any]) -> list[Said]:
    """The texts that the last thing left behind: of a report, of a confirmation, of the step itself."""
    step = CommitmentStep.objects.filter(commitment=made).latest("pk")
    rows = [step.reason]
    if "report" in step.what or step.what == "progress":
        rows.append(made.reports.latest("pk").text)
    if step.what in {"confirmed", "not_confirmed"}:
        rows.append(made.confirmations.latest("pk").reason)
    return [(text, told) for text in rows if text is not None]


def follow(answer: Answer, words: dict[str, Any]) -> list[Said]:
    """Follow a promise that was made in an answer: its sentence, owner and day become a commitment."""
    facts = read("cooperation")["answers"]
    made = commitments.promise(
        account_of(Role.OFFICER),
        answer=answer,
        known_by=said(facts["known_by"]),
        confirmer=ConfirmerKind.RESIDENTS,
        confirmer_group=facts["confirmer_group"],
        source=read("cooperation")["source"],
        is_simulated=True,
    )
    told: list[Said] = [(made.text, words)]
    return [*told, (made.known_by, facts["known_by"])] if made.known_by else told
