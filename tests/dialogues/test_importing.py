"""A dialogue that was held elsewhere comes in whole, closed, and without what nobody here needs to know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from django.db.models import Sum

from intercity.accounts.models import Person
from intercity.accounts.rights import NotAllowedError
from intercity.audit.models import Entry
from intercity.core.opinion.votes import gather
from intercity.dialogues import actions
from intercity.dialogues.imports import Conversation, Statement, read_polis_export
from intercity.dialogues.models import Dialogue, Participant, Round, Vote
from intercity.refusals import RefusedError

NAN = float("nan")
TERMS = {"slug": "parks", "licence": "CC BY 4.0", "attribution": "Parks office"}


def conversation(**fields: object) -> Conversation:
    """Two people, three statements, of which one was removed; the second vote has no time."""
    found: dict[str, object] = {
        "topic": "Where shall we plant?",
        "description": "",
        "url": "",
        "statements": (
            Statement("0", "By the river.", author="b", time=1_000_000.0, moderated=1, is_seed=True),
            Statement("4", "Buy my seeds.", moderated=-1),
            Statement("7", "Who are you?", is_meta=True),
        ),
        "participants": ("a", "b"),
        "votes": gather([0, 1, 1], [0, 0, 2], [1, -1, 0], participants=2, statements=3),
        "time": np.array([1_086_400.0, NAN, 1_172_800.0]),
    }
    return Conversation(**{**found, **fields})  # type: ignore[arg-type]


def test_it_is_closed_and_says_where_it_comes_from(ana: Person) -> None:
    found = actions.import_conversation(ana, conversation(), **TERMS, language="km")
    found = Dialogue.objects.get(pk=found.pk)
    assert (found.state, found.is_imported, found.is_simulated, found.is_open) == ("closed", True, False, False)
    assert (found.attribution, found.licence, found.languages) == ("Parks office", "CC BY 4.0", ["km"])
    assert (found.question.body, found.question.language, found.background) == ("Where shall we plant?", "km", None)
    assert found.opened_at == datetime.fromtimestamp(1_000_000, UTC)
    assert found.round.closed_at == datetime.fromtimestamp(1_172_800, UTC)
    entry = Entry.objects.get(action="dialogue.imported")
    assert entry.actor == ana
    assert (entry.details["votes"], entry.details["digest"]) == (3, conversation().digest)


def test_statements_keep_number_words_and_moderation(ana: Person) -> None:
    found = actions.import_conversation(ana, conversation(), **TERMS)
    rows = found.statements.values_list("number", "text__body", "state", "reason", "is_meta", "is_seed", "is_accepted")
    assert list(rows) == [
        (0, "By the river.", "published", "", False, True, True),
        (4, "Buy my seeds.", "removed", "off_topic", False, False, False),
        (7, "Who are you?", "published", "", True, False, False),
    ]
    assert found.decisions.get().note.endswith("the reason was not handed on.")
    assert found.statements.get(number=0).author == Participant.objects.order_by("pk")[1]


def test_a_removal_can_be_undone(ana: Person) -> None:
    found = actions.import_conversation(ana, conversation(), **TERMS)
    actions.undo(ana, found.decisions.get())
    assert found.statements.get(number=4).state == "published"


def test_statements_without_numbers_are_counted(ana: Person) -> None:
    named = tuple(Statement(name, f"Plant {name}.") for name in ("x", "y", "2"))
    found = actions.import_conversation(ana, conversation(statements=named), **TERMS)
    assert list(found.statements.values_list("number", flat=True)) == [1, 2, 3]


def test_votes_have_their_times_and_versions(ana: Person) -> None:
    actions.import_conversation(ana, conversation(), **TERMS)
    last = datetime.fromtimestamp(1_172_800, UTC)
    rows = Vote.objects.order_by("version").values_list("statement__number", "value", "version", "cast_at")
    assert list(rows) == [(0, 1, 1, datetime.fromtimestamp(1_086_400, UTC)), (0, -1, 2, last), (7, 0, 3, last)]
    assert Round.objects.get().votes_version == 3


def test_participants_bring_no_name_and_no_city(ana: Person) -> None:
    actions.import_conversation(ana, conversation(cities=("Northport",), city=np.array([0, -1])), **TERMS)
    people = Participant.objects.order_by("pk")
    assert [(one.channel, one.city, one.code_hash) for one in people] == [("import", None, None)] * 2
    assert [one.joined_on for one in people] == [datetime.fromtimestamp(s, UTC).date() for s in (1_086_400, 1_172_800)]


def test_simulated_votes_stay_simulated(ana: Person) -> None:
    assert actions.import_conversation(ana, conversation(simulated=True), **TERMS).is_simulated


def test_nothing_known_is_no_fault(ana: Person) -> None:
    empty = conversation(
        statements=(), participants=(), votes=gather([], [], [], participants=0, statements=0), time=np.array([])
    )
    assert actions.import_conversation(ana, empty, **TERMS).round.votes_version == 0


@pytest.mark.parametrize(
    ("terms", "field"),
    [({"licence": " "}, "licence"), ({"attribution": ""}, "attribution"), ({"attribution": "x" * 501}, "attribution")],
)
def test_data_without_terms_are_refused(ana: Person, terms: dict[str, str], field: str) -> None:
    with pytest.raises(RefusedError) as refused:
        actions.import_conversation(ana, conversation(), **{**TERMS, **terms})
    assert refused.value.field == field
    assert not Dialogue.objects.exists()


def test_an_address_is_given_once(ana: Person) -> None:
    actions.import_conversation(ana, conversation(), **TERMS)
    with pytest.raises(RefusedError, match="already") as refused:
        actions.import_conversation(ana, conversation(), **TERMS)
    assert refused.value.field == "slug"


def test_only_the_secretariat_imports(bao: Person, cem: Person) -> None:
    for person in (bao, cem, None):
        with pytest.raises(NotAllowedError):
            actions.import_conversation(person, conversation(), **TERMS)


def test_a_real_dialogue_comes_in_whole(ana: Person, shared_data: Callable[[str], Path]) -> None:
    read = read_polis_export(shared_data("polis/american-assembly.bowling-green"))
    found = actions.import_conversation(ana, read, **TERMS)
    assert Vote.objects.filter(round=found.round).count() == len(read.votes)
    assert Vote.objects.aggregate(total=Sum("value"))["total"] == read.votes.value.sum()
    assert found.statements.count() == len(read.statements)
    assert found.participants.count() == len(read.participants)
