"""Many made-up requests, right ones and wrong ones: every answer is one that the description of the API names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from tests import cast

from intercity.accounts import limits
from intercity.accounts.models import Person
from intercity.api import api
from intercity.cities.models import City, Story
from intercity.dialogues import actions, duties
from intercity.dialogues.api.tokens import token_of
from intercity.dialogues.models import Dialogue
from intercity.dialogues.releasing import release
from intercity.events.models import Event
from intercity.languages.actions import write_text
from intercity.languages.models import Text
from intercity.partnerships.models import Agreement, Commitment, Posting
from intercity.practices.actions import publish, save
from intercity.practices.models import NEEDED, Challenge, Practice, PracticeWords
from intercity.wsgi import application

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
    negative_data_rejection,
]


SCHEMA = schemathesis.openapi.from_dict(dict(api.get_openapi_schema(path_prefix="/api/v1/")))
SCHEMA.app = application
FOUND: list[Any] = [one.ok() for one in SCHEMA.get_all_operations() if isinstance(one, Ok)]
OPERATIONS = {str(one.definition.raw["operationId"]): one for one in FOUND}
THERE = {"slug": "water", "number": 1, "round_number": 1, "key": 1}
MODES = {"right": GenerationMode.POSITIVE, "wrong": GenerationMode.NEGATIVE}
"""Requests as the description has them, and requests with something in them that it forbids."""
EXAMPLES = 20
UNGUESSED = {"come_back", "write"}
"""Nobody can make up the code by which somebody comes back, nor the dialogue's languages."""


def takes_something(name: str) -> bool:
    """Whether an operation takes more than an address, so that something can be wrong with it."""
    described = OPERATIONS[name].definition.raw
    return "requestBody" in described or any(one["in"] != "path" for one in described.get("parameters", ()))


@pytest.fixture
def _one_connection() -> Iterator[None]:
    """Requests leave the test's connection open, as they do with Django's own client."""
    signals = (request_started, request_finished)
    for one in signals:
        one.disconnect(close_old_connections)
    yield
    for one in signals:
        one.connect(close_old_connections)


@pytest.fixture
def token(
    _one_connection: None, dialogue: Dialogue, ana: Person, northport: City, monkeypatch: pytest.MonkeyPatch
) -> str:
    """A network in which there is something of everything; and the token of somebody in an open dialogue."""
    for purpose in ("join", "code"):
        monkeypatch.setitem(limits.LIMITS, purpose, limits.Limit(10_000, 3600, purpose))
    roads = cast.open_dialogue(ana, northport, slug="roads")
    cast.vote_all(roads, 6)
    actions.close_dialogue(ana, roads)
    people = cast.vote_all(dialogue, 6)
    actions.remove(ana, dialogue, [dialogue.statements.all()[1]], reason="insult")
    duties.update_results()
    duties.publish_releases()
    release(dialogue.round, None, is_final=False)
    City.objects.create(slug="water", name="Water", country="TH", left_on=dialogue.created_at)
    library(northport, ana)
    together(northport)
    return token_of(people[0])


def library(city: City, author: Person) -> None:
    """A practice that was published, and a challenge."""
    practice = Practice.objects.create(slug="water", city=city, written_by=author)
    for name in NEEDED:
        PracticeWords.objects.create(practice=practice, field=name, text=write_text("en", "Clean water"))
    save(author, practice, facts={"unknown": ["costs", "results"], "provenance": "call"}, version=0)
    publish(author, practice)
    Challenge.objects.create(slug="water", city=city, title=write_text("en", "Water"))


def together(city: City) -> None:
    """A commitment, an agreement, a need, an event and a story, each under the address that is asked for."""
    today = timezone.localdate()

    def said() -> Text:
        return write_text("en", "Clean water")

    event = Event.objects.create(
        slug="water", kind="visit", state="published", title=said(), starts_on=today, ends_on=today, city=city
    )
    agreement = Agreement.objects.create(slug="water", kind="sister", title=said(), event=event)
    agreement.parties.create(city=city)
    Commitment.objects.create(
        number=1, text=said(), city=city, owner="Office", first_due_on=today, due_on=today, confirmer="secretariat",
        agreement=agreement,
    )  # fmt: skip
    Posting.objects.create(pk=1, direction="need", kind="trade", city=city, title=said(), expires_on=today)
    Story.objects.create(
        pk=1, city=city, title=said(), text=said(), community="Fishers", consent="Said so.", state="shown"
    )


@pytest.mark.parametrize("mode", MODES)
def test_every_answer_is_one_that_is_described(mode: str, token: str) -> None:
    for name in OPERATIONS:
        if mode == "right" or takes_something(name):
            statuses = try_out(name, mode, token)
            assert mode == "wrong" or name in UNGUESSED or min(statuses) < 300, f"{name} only refuses: {statuses}"


def try_out(name: str, mode: str, token: str) -> set[int]:
    """Send some requests of an operation, check every answer, and return the statuses that came."""
    operation = OPERATIONS[name]
    statuses: set[int] = set()
    needed = {one: THERE[one] for one in re.findall(r"{(\w+)}", operation.path)}
    cases = operation.as_strategy(MODES[mode], **({"path_parameters": needed} if needed else {}))

    @seed(1)
    @settings(
        max_examples=EXAMPLES,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(cases)
    def ask(case: schemathesis.Case[Any]) -> None:
        answer = case.call(headers={"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"})
        statuses.add(answer.status_code)
        case.validate_response(answer, checks=CHECKS)

    ask()
    return statuses
