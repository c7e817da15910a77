"""Votes: the last one counts, none twice, none after closing."""

from __future__ import annotations

import pytest

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.dialogues import actions
from intercity.dialogues.models import Dialogue, Participant, Round, Vote
from intercity.refusals import RefusedError


def test_the_last_vote_counts_and_versions_follow_each_other(dialogue: Dialogue, participant: Participant) -> None:
    statement = dialogue.statements.get(number=1)
    actions.cast_vote(participant, statement, 1)
    actions.cast_vote(participant, statement, -1, is_important=True)
    vote = Vote.objects.get()
    assert (vote.value, vote.is_important, vote.version) == (-1, True, 2)
    assert Round.objects.get().votes_version == 2


def test_a_vote_sent_again_with_its_key_changes_nothing(dialogue: Dialogue, participant: Participant) -> None:
    statement = dialogue.statements.get(number=1)
    actions.cast_vote(participant, statement, 1, key="first")
    actions.cast_vote(participant, statement, -1, key="second")
    actions.cast_vote(participant, statement, 1, key="first")
    assert Vote.objects.get().value == -1


def test_a_vote_taken_back_is_no_pass(dialogue: Dialogue, participant: Participant) -> None:
    statement = dialogue.statements.get(number=1)
    actions.cast_vote(participant, statement, 1)
    actions.take_back_vote(participant, statement)
    assert Vote.objects.get().value is None


@pytest.mark.parametrize("value", [2, -2, 17])
def test_other_values_are_refused(dialogue: Dialogue, participant: Participant, value: int) -> None:
    with pytest.raises(RefusedError, match="allowed"):
        actions.cast_vote(participant, dialogue.statements.get(number=1), value)


def test_a_closed_dialogue_takes_no_votes(dialogue: Dialogue, participant: Participant, ana: Person) -> None:
    statement = dialogue.statements.get(number=1)
    actions.close_dialogue(ana, dialogue)
    with pytest.raises(RefusedError, match="closed"):
        actions.cast_vote(Participant.objects.get(), statement, 1)
    assert not Vote.objects.exists()


def test_a_page_that_was_open_while_the_dialogue_closed_takes_no_votes(
    dialogue: Dialogue, participant: Participant, ana: Person
) -> None:
    assert participant.dialogue.is_open, "read before closing, as in another process"
    actions.close_dialogue(ana, Dialogue.objects.get())
    with pytest.raises(RefusedError, match="closed"):
        actions.cast_vote(participant, dialogue.statements.get(number=1), 1)
    assert not Vote.objects.exists()


def test_a_banned_participant_is_heard_no_more(dialogue: Dialogue, participant: Participant, bao: Person) -> None:
    actions.ban(bao, participant, reason="insult")
    with pytest.raises(RefusedError, match="excluded"):
        actions.cast_vote(participant, dialogue.statements.get(number=1), 1)


def test_own_statements_are_short_few_and_new(dialogue: Dialogue, participant: Participant) -> None:
    for body in ("No", "x" * 201, "Idea number 3 is good."):
        with pytest.raises(RefusedError) as refused:
            actions.write_statement(participant, body=body, language="en")
        assert refused.value.field == "body"
    for number in range(5):
        written = actions.write_statement(participant, body=f"Plant {number} more trees.", language="en")
    assert written.number == 17
    with pytest.raises(RefusedError, match="within an hour"):
        actions.write_statement(participant, body="And one more.", language="en")
    assert Vote.objects.filter(value=1).count() == 5, "whoever writes agrees"


def test_a_key_that_is_too_long_is_refused_and_no_vote_dropped_in_silence(
    dialogue: Dialogue, participant: Participant
) -> None:
    with pytest.raises(RefusedError, match="at most 64"):
        actions.cast_vote(participant, dialogue.statements.get(number=1), 1, key="x" * 65)


def test_a_statement_is_in_a_language_of_the_dialogue(dialogue: Dialogue, participant: Participant) -> None:
    with pytest.raises(RefusedError, match="allowed here: en, km") as refused:
        actions.write_statement(participant, body="Un fleuve propre.", language="fr")
    assert refused.value.field == "language"


def test_nobody_says_something_of_themselves_after_closing(
    dialogue: Dialogue, participant: Participant, ana: Person, eastbay: City
) -> None:
    """A result that is published would no longer be of the people it names."""
    actions.close_dialogue(ana, dialogue)
    with pytest.raises(RefusedError, match="closed"):
        actions.describe_participant(Participant.objects.get(), city=eastbay)
    assert Participant.objects.get().city is None
