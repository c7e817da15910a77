"""Build the demonstration: a network, its places, an account for each role, and dialogues with simulated votes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Role
from intercity.audit.record import record
from intercity.cities.models import City, CityName, Network
from intercity.demonstration.cooperating import add_cooperation
from intercity.demonstration.facts import original, read, translate
from intercity.demonstration.people import Account, account_of, accounts, add_people
from intercity.demonstration.practising import add_practices
from intercity.demonstration.translating import Said, add_translations
from intercity.demonstration.voting import simulate_votes
from intercity.dialogues import actions
from intercity.dialogues.imports import read_polis_export
from intercity.dialogues.models import Dialogue, Round
from intercity.languages.models import Kind, Text, Translation
from intercity.languages.wanting import want

OPENED, CLOSED = timedelta(days=42), timedelta(days=7)
CLOSES, ANSWERED = timedelta(days=30), timedelta(days=60)
MOST_PEOPLE = 1_000_000


class AnotherNetworkError(ValueError):
    """There is a real network here, into which nothing simulated may be mixed."""


def build_demonstration(*, people: int = 1200, seed: int = 0, data: Path | None = None) -> list[Account]:
    """Build what is missing of the demonstration and return how to sign in; run again, it changes nothing.

    Each of its dialogues has `people` simulated participants. `data` is a folder with a Polis export, which is brought
    in as a closed dialogue. Raises AnotherNetworkError where there is a network that is no demonstration.
    """
    if not 1 <= people <= MOST_PEOPLE:
        raise ValueError(
            _("people is %(people)d; 1 to %(most)d are allowed.") % {"people": people, "most": MOST_PEOPLE}
        )
    with transaction.atomic():
        _found_network()
        _add_cities()
        add_people()
        for number, plan in enumerate(read("dialogues")["dialogues"]):
            if not Dialogue.objects.filter(slug=plan["slug"]).exists():
                _hold_dialogue(plan, people=people, seed=10 * seed + number)
        add_practices()
        add_cooperation()
    if data is not None:
        _bring_in(data)
    return accounts()


def _found_network() -> None:
    network = Network.current()
    if network is not None:
        if not network.is_demonstration:
            raise AnotherNetworkError(
                _("There is a network already: %(name)s. Use another, empty database for the demonstration.")
                % {"name": network.name}
            )
        return
    facts = read("network")
    about = Text.objects.create(language=facts["about"]["language"], body=_about(facts))
    network = Network.objects.create(
        pk=1, name=facts["name"], about=about, languages=facts["languages"], is_demonstration=True
    )
    Translation.objects.bulk_create(translate(about, facts["about"]))
    record(None, "network.founded", network, name=network.name, demonstration=True)


def _about(facts: dict[str, Any]) -> str:
    return "\n\n".join([original(facts["about"]), "\n".join(["Sources:", *facts["sources"]])])


def _add_cities() -> None:
    for facts in read("cities"):
        fields = {name: value for name, value in facts.items() if name not in {"slug", "names"}}
        city, is_new = City.objects.get_or_create(slug=facts["slug"], defaults=fields)
        if is_new:
            CityName.objects.bulk_create(
                CityName(city=city, language=language, name=name)
                for language, name in facts["names"].items()
                if name != city.name
            )
            want(Kind.CITY, [city.pk])
            record(None, "city.joined", city, slug=city.slug)


def _hold_dialogue(plan: dict[str, Any], *, people: int, seed: int) -> None:
    """Prepare and open a dialogue as the secretariat would, let simulated people vote, and close it if so planned."""
    now, secretariat = timezone.now().replace(microsecond=0), account_of(Role.SECRETARIAT)
    dialogue = _prepare(plan, now)
    actions.open_dialogue(secretariat, dialogue)
    _date(dialogue, opened_at=now - OPENED)
    dialogue.refresh_from_db()
    until = now - CLOSED if plan["is_closed"] else now
    votes = simulate_votes(
        dialogue,
        [City.objects.get(slug=facts["slug"]) for facts in read("cities")],
        [statement["divides"] for statement in plan["statements"]],
        people=people,
        seed=seed,
        until=until,
    )
    if plan["is_closed"]:
        actions.close_dialogue(secretariat, dialogue)
        _date(dialogue, closed_at=until)
    record(None, "dialogue.simulated", dialogue, participants=people, votes=votes, seed=seed)


def _prepare(plan: dict[str, Any], now: datetime) -> Dialogue:
    """The draft, with all words and translations."""
    secretariat, answers = account_of(Role.SECRETARIAT), read("dialogues")
    dialogue = actions.prepare_dialogue(
        secretariat,
        slug=plan["slug"],
        question=original(plan["question"]),
        background=original(plan["background"]),
        language=plan["question"]["language"],
    )
    actions.edit_dialogue(
        secretariat,
        dialogue,
        cities=list(City.objects.filter(slug__in=[facts["slug"] for facts in read("cities")])),
        themes=plan["themes"],
        languages=read("network")["languages"],
        closes_at=None if plan["is_closed"] else now + CLOSES,
        answer_due=timezone.localdate() + ANSWERED,
        responder_role=answers["responder_role"],
        responder_city=City.objects.get(slug=answers["responder_city"]),
        responder=account_of(Role.RESPONDER),
    )
    Dialogue.objects.filter(pk=dialogue.pk).update(is_simulated=True)
    said: list[Said] = [(dialogue.question, plan["question"])]
    if dialogue.background is not None:
        said.append((dialogue.background, plan["background"]))
    for words in plan["statements"]:
        given = actions.add_statement(secretariat, dialogue, body=original(words), language=words["language"])
        said.append((given.text, words))
    add_translations(said)
    return dialogue


def _date(dialogue: Dialogue, **times: datetime) -> None:
    """Set back the times, so that simulated votes lie between them; the record keeps when it was really done."""
    Round.objects.filter(dialogue=dialogue).update(**times)
    if "opened_at" in times:
        Dialogue.objects.filter(pk=dialogue.pk).update(opened_at=times["opened_at"])


def _bring_in(folder: Path) -> None:
    """Import a Polis export once; where its terms are not known, the dialogue says so."""
    name = folder.resolve().name
    slug = _slug(name)
    if Dialogue.objects.filter(slug=slug).exists():
        return
    conversation = read_polis_export(folder)
    terms = read("polis").get(name, {})
    unknown = _("Not stated; brought in from %(where)s.") % {"where": conversation.url or name}
    actions.import_conversation(
        account_of(Role.SECRETARIAT),
        conversation,
        slug=slug,
        licence=terms.get("licence") or _("not stated"),
        attribution=terms.get("attribution") or conversation.attribution or unknown,
    )


def _slug(name: str) -> str:
    """A folder's name as an address: what is no letter or digit becomes a hyphen."""
    tidy = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in name.lower())
    return "-".join(part for part in tidy.split("-") if part)[:80] or "imported"
