"""Moderation: decide, several at a time; undo; what everybody sees of it."""

from __future__ import annotations

import csv
import io

import pytest
from django.test import Client

from intercity.accounts.models import Person
from intercity.dialogues import actions
from intercity.dialogues.models import Decision, Dialogue, Participant, StatementState
from intercity.refusals import RefusedError

ADDRESS = "/dialogues/water/moderate/"


@pytest.fixture
def as_bao(client: Client, bao: Person, dialogue: Dialogue) -> Client:
    """A browser in which Bao is signed in."""
    client.force_login(bao)
    return client


@pytest.fixture
def written(ana: Person, dialogue: Dialogue, participant: Participant) -> list[int]:
    """The numbers of three statements that wait."""
    actions.edit_dialogue(ana, dialogue, moderation="before")
    participant.dialogue.refresh_from_db()
    bodies = ("Cây xanh làm mát sông.", "=Click(here)", "Fish need shade.")
    return [actions.write_statement(participant, body=body, language="en").number for body in bodies]


def states(dialogue: Dialogue, numbers: list[int]) -> list[str]:
    """What became of statements."""
    return [dialogue.statements.get(number=number).state for number in numbers]


def test_several_are_shown_at_once(as_bao: Client, dialogue: Dialogue, written: list[int]) -> None:
    page = as_bao.get(ADDRESS).content.decode()
    assert "Fish need shade." in page
    assert as_bao.post(ADDRESS, {"what": "accept", "statements": written}).status_code == 302
    assert states(dialogue, written) == ["published"] * 3
    assert (
        "Fish need shade." not in as_bao.get(f"{ADDRESS}?state=waiting").content.decode().split("Latest decisions")[0]
    )


def test_a_removal_needs_a_reason_and_loses_no_tick(as_bao: Client, dialogue: Dialogue, written: list[int]) -> None:
    answer = as_bao.post(ADDRESS, {"what": "remove", "statements": written[:1], "note": "see the letter"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose a reason from the policy" in page
    assert f'value="{written[0]}" id="id_statements" checked' in page
    assert "see the letter" in page
    assert states(dialogue, written) == ["waiting"] * 3
    as_bao.post(ADDRESS, {"what": "remove", "statements": written[:1], "reason": "private"})
    assert states(dialogue, written[:1]) == ["removed"]


def test_nothing_ticked_is_said(as_bao: Client, written: list[int]) -> None:
    answer = as_bao.post(ADDRESS, {"what": "accept"})
    assert answer.status_code == 422
    assert "No statement is ticked" in answer.content.decode()


def test_merged_into_a_number(as_bao: Client, dialogue: Dialogue, written: list[int]) -> None:
    refused = as_bao.post(ADDRESS, {"what": "merge", "statements": written[:2], "into": 99})
    assert refused.status_code == 422
    waiting = as_bao.post(ADDRESS, {"what": "merge", "statements": written[:2], "into": written[2]})
    assert "one of this dialogue that is shown" in waiting.content.decode()
    as_bao.post(ADDRESS, {"what": "merge", "statements": written[:2], "into": 3})
    assert states(dialogue, written) == ["merged", "merged", "waiting"]
    assert "merged with #3" in as_bao.get(f"{ADDRESS}?state=merged").content.decode()


def test_a_decision_is_undone(as_bao: Client, dialogue: Dialogue, written: list[int]) -> None:
    as_bao.post(ADDRESS, {"what": "remove", "statements": written[:1], "reason": "private"})
    decision = Decision.objects.get()
    as_bao.post(f"{ADDRESS}undo/", {"decision": decision.pk})
    assert states(dialogue, written[:1]) == ["waiting"]
    again = as_bao.post(f"{ADDRESS}undo/", {"decision": decision.pk}, follow=True)
    assert "already been undone" in again.content.decode()


def test_the_same_decision_twice_is_one(bao: Person, dialogue: Dialogue, written: list[int]) -> None:
    chosen = list(dialogue.statements.filter(number__in=written))
    assert actions.accept(bao, dialogue, chosen) == 3
    version = dialogue.rounds.get().votes_version
    assert actions.accept(bao, dialogue, list(dialogue.statements.filter(number__in=written))) == 0
    assert (Decision.objects.count(), dialogue.rounds.get().votes_version) == (3, version)


def test_a_merge_does_not_come_back_with_what_has_gone(bao: Person, dialogue: Dialogue) -> None:
    one, into = dialogue.statements.get(number=1), dialogue.statements.get(number=2)
    actions.merge(bao, dialogue, [one], into=into)
    actions.accept(bao, dialogue, [dialogue.statements.get(number=1)])
    actions.remove(bao, dialogue, [dialogue.statements.get(number=2)], reason="unclear")
    accepted = Decision.objects.get(what="accepted")
    with pytest.raises(RefusedError, match="no longer shown"):
        actions.undo(bao, accepted)
    assert dialogue.statements.get(number=1).state == StatementState.PUBLISHED


def test_the_search_knows_no_case_and_no_accents(as_bao: Client, written: list[int]) -> None:
    def found(query: str) -> str:
        return as_bao.get(ADDRESS, {"state": "waiting", "q": query}).content.decode().split("Latest decisions")[0]

    assert "Cây xanh" in found("CAY XANH")
    assert "Cây xanh" not in found("shade")
    assert "Fish need shade." in found(f"#{written[2]}")
    assert "No statement holds these words" in found("elephant")


def test_pages_hold_fifty(as_bao: Client, ana: Person, dialogue: Dialogue) -> None:
    actions.add_statements(ana, dialogue, bodies=[f"Another idea {n}." for n in range(50)], language="en")
    first = as_bao.get(f"{ADDRESS}?state=published").content.decode()
    assert first.count('type="checkbox"') == 50
    second = as_bao.get(f"{ADDRESS}?state=published&page=2").content.decode()
    assert second.count('type="checkbox"') == 12


def test_a_participant_is_excluded_and_let_back(
    as_bao: Client, dialogue: Dialogue, participant: Participant, written: list[int]
) -> None:
    address = f"{ADDRESS}ban/{written[0]}/"
    assert "Fish need shade." in as_bao.get(address).content.decode()
    assert as_bao.post(address, {}).status_code == 422
    as_bao.post(address, {"reason": "insult"})
    participant.refresh_from_db()
    assert participant.banned_at is not None
    policy = as_bao.get("/dialogues/water/policy/").content.decode()
    assert "<dt>Participants excluded</dt><dd>1</dd>" in policy
    as_bao.post(f"{ADDRESS}undo/", {"decision": Decision.objects.get().pk})
    participant.refresh_from_db()
    assert participant.banned_at is None


def test_a_given_statement_has_nobody_to_exclude(as_bao: Client) -> None:
    assert as_bao.get(f"{ADDRESS}ban/1/").status_code == 404


def test_the_log_is_a_table_without_formulas(as_bao: Client, written: list[int]) -> None:
    as_bao.post(ADDRESS, {"what": "remove", "statements": written[1:2], "reason": "advertisement", "note": "+1"})
    answer = as_bao.get(f"{ADDRESS}log.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 1
    assert (rows[0]["what"], rows[0]["statement"], rows[0]["reason"]) == ("removed", str(written[1]), "advertisement")
    assert (rows[0]["words"], rows[0]["note"]) == ("'=Click(here)", "'+1")


def test_everybody_sees_the_rules_and_the_counts(client: Client, bao: Person, dialogue: Dialogue) -> None:
    actions.remove(bao, dialogue, [dialogue.statements.get(number=1)], reason="unclear")
    actions.merge(bao, dialogue, [dialogue.statements.get(number=2)], into=dialogue.statements.get(number=3))
    page = client.get("/dialogues/water/policy/").content.decode()
    assert '<th scope="row">It cannot be understood</th><td class="number">1</td>' in page
    assert '<th scope="row">It advertises</th><td class="number">0</td>' in page
    assert "<dt>Merged with another that says the same</dt><dd>1</dd>" in page
    assert "Bao" not in page


@pytest.mark.parametrize("page", ["", "log.csv", "ban/13/"])
def test_pages_are_for_moderators(page: str, client: Client, cem: Person, written: list[int]) -> None:
    assert client.get(ADDRESS + page)["Location"].startswith("/accounts/login/")
    client.force_login(cem)
    assert client.get(ADDRESS + page).status_code == 403


def test_another_dialogues_decision_is_not_undone_here(
    as_bao: Client, ana: Person, bao: Person, dialogue: Dialogue
) -> None:
    actions.remove(bao, dialogue, [dialogue.statements.get(number=1)], reason="unclear")
    other = actions.prepare_dialogue(ana, slug="other", question="Other?", background="", language="en")
    as_bao.force_login(ana)
    answer = as_bao.post(f"/dialogues/{other.slug}/moderate/undo/", {"decision": Decision.objects.get().pk})
    assert answer.status_code == 404
