"""What of dialogues can be found, and what must not be."""

from __future__ import annotations

import pytest
from django.test import Client

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.dialogues import actions, duties
from intercity.dialogues.finding import describe_answers, describe_dialogues, describe_statements
from intercity.dialogues.models import Answer, Dialogue, Participant
from intercity.languages.models import Findable, Kind, Passage, Translation


def passages(kind: Kind, key: object) -> set[str]:
    """The words by which something is found."""
    return set(Passage.objects.filter(findable__kind=kind, findable__key=str(key)).values_list("body", flat=True))


@pytest.fixture
def answered(ana: Person, bao: Person, dialogue: Dialogue) -> Answer:
    """An answer to statement 2 of a closed dialogue."""
    actions.close_dialogue(ana, dialogue)
    statement = dialogue.statements.get(number=2)
    return actions.answer(bao, dialogue, statement, kind="cannot", body="The river belongs to others.", language="en")


def test_a_draft_is_not_found_and_an_open_dialogue_is(ana: Person, dialogue: Dialogue) -> None:
    draft = actions.prepare_dialogue(ana, slug="secret", question="Shall we?", background="Not yet.", language="en")
    given = actions.add_statement(ana, draft, body="Keep this to ourselves.", language="en")
    duties.index_dialogues()
    assert passages(Kind.DIALOGUE, draft.pk) == passages(Kind.STATEMENT, given.pk) == set()
    assert passages(Kind.DIALOGUE, dialogue.pk) == {"How do we keep water clean?", "Rivers cross borders."}
    assert passages(Kind.STATEMENT, dialogue.statements.get(number=3).pk) == {"Idea number 3 is good."}


def test_opening_lets_statements_be_found_that_were_given_before(
    ana: Person, northport: City, dialogue: Dialogue
) -> None:
    draft = actions.prepare_dialogue(ana, slug="later", question="Shall we?", background="", language="en")
    given = actions.add_statement(ana, draft, body="Bridges need paint.", language="en")
    duties.index_dialogues()
    actions.edit_dialogue(
        ana, draft, responder_role="Office", responder_city=northport, answer_due=dialogue.answer_due
    )
    actions.open_dialogue(ana, draft)
    duties.index_dialogues()
    assert passages(Kind.STATEMENT, given.pk) == {"Bridges need paint."}


def test_an_edited_question_is_found_by_its_new_words(ana: Person, dialogue: Dialogue) -> None:
    draft = actions.prepare_dialogue(ana, slug="other", question="Old words?", background="", language="en")
    before = Findable.objects.get(kind=Kind.DIALOGUE, key=str(draft.pk)).wanted
    actions.edit_dialogue(ana, draft, question="New words?")
    assert Findable.objects.get(kind=Kind.DIALOGUE, key=str(draft.pk)).wanted > before


def test_what_waits_is_removed_or_merged_is_not_found(
    ana: Person, bao: Person, dialogue: Dialogue, participant: Participant
) -> None:
    actions.edit_dialogue(ana, dialogue, moderation="before")
    participant.dialogue.refresh_from_db()
    waiting = actions.write_statement(participant, body="Plant reeds along the river.", language="en")
    one, two, into = (dialogue.statements.get(number=number) for number in (1, 2, 3))
    duties.index_dialogues()
    assert passages(Kind.STATEMENT, waiting.pk) == set()
    assert passages(Kind.STATEMENT, one.pk) == {"Idea number 1 is good."}
    actions.remove(bao, dialogue, [one], reason="unclear")
    actions.merge(bao, dialogue, [two], into=into)
    actions.accept(bao, dialogue, [waiting])
    duties.index_dialogues()
    assert passages(Kind.STATEMENT, one.pk) == passages(Kind.STATEMENT, two.pk) == set()
    assert passages(Kind.STATEMENT, waiting.pk) == {"Plant reeds along the river."}
    actions.undo(bao, dialogue.decisions.get(statement=one))
    duties.index_dialogues()
    assert passages(Kind.STATEMENT, one.pk) == {"Idea number 1 is good."}


def test_what_was_merged_into_something_that_goes_is_found_again(bao: Person, dialogue: Dialogue) -> None:
    one, into = dialogue.statements.get(number=1), dialogue.statements.get(number=2)
    actions.merge(bao, dialogue, [one], into=into)
    duties.index_dialogues()
    actions.remove(bao, dialogue, [dialogue.statements.get(number=2)], reason="unclear")
    duties.index_dialogues()
    assert passages(Kind.STATEMENT, one.pk) == {"Idea number 1 is good."}
    assert passages(Kind.STATEMENT, into.pk) == set()


def test_an_answer_goes_with_its_statement(bao: Person, answered: Answer) -> None:
    duties.index_dialogues()
    assert passages(Kind.ANSWER, answered.pk) == {"The river belongs to others."}
    actions.remove(bao, answered.statement.dialogue, [answered.statement], reason="unclear")
    duties.index_dialogues()
    assert passages(Kind.ANSWER, answered.pk) == set()


def test_everything_is_read_where_it_says(client: Client, dialogue: Dialogue, answered: Answer) -> None:
    duties.index_dialogues()
    addresses = Findable.objects.exclude(address="").values_list("kind", "address")
    assert {kind for kind, _address in addresses} == {Kind.DIALOGUE, Kind.STATEMENT, Kind.ANSWER}
    for _kind, address in addresses:
        assert client.get(address).status_code == 200, address


def test_fresh_translations_are_among_the_pieces(dialogue: Dialogue) -> None:
    statement = dialogue.statements.get(number=1)
    Translation.objects.create(text=statement.text, text_version=1, language="km", body="គំនិតល្អ")
    described = describe_statements([str(statement.pk)])[str(statement.pk)]
    assert described is not None
    assert [(one.language, one.is_translation) for one in described.pieces] == [("en", False), ("km", True)]


@pytest.mark.django_db
def test_what_is_not_there_is_none() -> None:
    assert describe_dialogues(["7"]) == describe_statements(["7"]) == describe_answers(["7"]) == {"7": None}


def test_a_batch_takes_a_few_questions(dialogue: Dialogue, django_assert_max_num_queries: object) -> None:
    keys = [str(one.pk) for one in dialogue.statements.all()]
    with django_assert_max_num_queries(3):  # type: ignore[operator]
        describe_statements(keys)
