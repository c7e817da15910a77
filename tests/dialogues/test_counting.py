"""From votes in tables to a published result: what counts, what does not, and that it can be verified."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.cast import vote_all

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.dialogues import actions, duties
from intercity.dialogues.gathering import gather_round
from intercity.dialogues.imports import read_polis_export
from intercity.dialogues.models import Dialogue, Participant, Release, Round, StoredResult
from intercity.dialogues.results import read_result
from intercity.dialogues.verification import verify
from intercity.work import work_once


def test_a_result_counts_all_votes_and_becomes_stale_with_the_next(dialogue: Dialogue, northport: City) -> None:
    people = vote_all(dialogue, 8, city=northport)
    assert duties.update_results() == 1
    stored = StoredResult.objects.get()
    assert (stored.votes, stored.participants) == (8 * 12, 8)
    assert not Round.objects.stale().exists()
    assert duties.update_results() == 0
    actions.cast_vote(people[0], dialogue.statements.get(number=1), 0)
    assert Round.objects.stale().exists()


def test_only_what_counts_is_gathered(dialogue: Dialogue, bao: Person) -> None:
    first, _second, third = vote_all(dialogue, 3)
    one, two, three = dialogue.statements.filter(number__in=[1, 2, 3])
    actions.take_back_vote(first, one)
    actions.ban(bao, third, reason="insult")
    actions.remove(bao, dialogue, [two], reason="off_topic")
    gathered = gather_round(dialogue.round).conversation
    assert len(gathered.votes) == 2 * 12 - 1
    assert [line.moderated for line in gathered.statements[:3]] == [1, -1, 1]
    assert gathered.statements[1].text == ""
    assert len(gathered.participants) == 2
    assert three.number == 3


def test_votes_on_a_merged_statement_count_for_the_other(dialogue: Dialogue, bao: Person) -> None:
    one, two = dialogue.statements.filter(number__in=[1, 2])
    first, second = actions.join(dialogue)[0], actions.join(dialogue)[0]
    actions.cast_vote(first, one, 1)
    actions.cast_vote(second, two, -1)
    actions.cast_vote(second, one, 1)
    actions.merge(bao, dialogue, [one], into=two)
    votes = gather_round(dialogue.round).conversation.votes
    assert sorted(votes.value.tolist()) == [-1, 1], "the first one's vote moves, the second one's own vote stays"
    actions.undo(bao, dialogue.decisions.get())
    assert len(gather_round(dialogue.round).conversation.votes) == 3


def test_only_newer_votes_are_read_again(dialogue: Dialogue) -> None:
    first, second = vote_all(dialogue, 2)
    assert len(gather_round(dialogue.round).conversation.votes) == 24
    actions.cast_vote(first, dialogue.statements.get(number=1), 0)
    actions.take_back_vote(second, dialogue.statements.get(number=1))
    votes = gather_round(dialogue.round).conversation.votes
    assert len(votes) == 23
    assert votes.value.tolist().count(0) == 1


@pytest.mark.parametrize(("people", "named"), [(4, ()), (5, ("Northport",))])
def test_a_city_is_named_from_five_people_on(
    dialogue: Dialogue, northport: City, people: int, named: tuple[str, ...]
) -> None:
    vote_all(dialogue, people, city=northport)
    vote_all(dialogue, 2)
    assert gather_round(dialogue.round).conversation.cities == named


def test_a_closed_round_is_published_once_and_verifies(
    dialogue: Dialogue, northport: City, eastbay: City, ana: Person, tmp_path: Path
) -> None:
    vote_all(dialogue, 12, city=northport)
    vote_all(dialogue, 9, city=eastbay)
    vote_all(dialogue, 1, city=None)
    actions.close_dialogue(ana, dialogue)
    work_once()
    work_once()
    published = Release.objects.get()
    zipfile.ZipFile(io.BytesIO(bytes(published.data))).extractall(tmp_path)
    names = {path.name for path in tmp_path.iterdir()}
    assert names >= {"summary.csv", "comments.csv", "votes.csv", "participants-votes.csv", "comment-groups.csv"}
    checked = verify(read_result(tmp_path / "result.json"), read_polis_export(tmp_path))
    assert checked.agrees, checked.disagreements[:3]
    assert published.document["input"]["cities"] == ["Eastbay", "Northport"]
    assert published.document["common_ground"]
    assert StoredResult.objects.get().document == published.document, "pages show what was published"


def test_a_release_names_nobody_twice_alike(dialogue: Dialogue, ana: Person, bao: Person) -> None:
    vote_all(dialogue, 30)
    actions.close_dialogue(ana, dialogue)
    work_once()
    actions.ban(bao, Participant.objects.order_by("pk")[0], reason="insult")
    StoredResult.objects.update(due_at=dialogue.created_at)
    work_once()
    first, second = Release.objects.order_by("number")
    assert second.document["input"]["participants"] == 29
    assert first.sha256 != second.sha256


def test_a_failing_analysis_is_noted_and_tried_later(dialogue: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    vote_all(dialogue, 2)

    def fail(*_args: object, **_named: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(duties, "compute_result", fail)
    assert duties.update_results() == 0
    stored = StoredResult.objects.get()
    assert (stored.error, stored.claimed_until) == ("ZeroDivisionError", None)
    monkeypatch.undo()
    assert duties.update_results() == 0, "not before it is due again"
    StoredResult.objects.update(due_at=stored.round.opened_at)
    assert duties.update_results() == 1
    assert StoredResult.objects.get().error == ""


def test_a_round_that_another_worker_has_claimed_is_left_to_it(dialogue: Dialogue) -> None:
    vote_all(dialogue, 2)
    StoredResult.objects.create(round=dialogue.round)
    StoredResult.objects.update(claimed_until="2100-01-01T00:00:00Z")
    assert duties.update_results() == 0
    StoredResult.objects.update(claimed_until="2001-01-01T00:00:00Z")
    assert duties.update_results() == 1, "a claim of a worker that died runs out"
