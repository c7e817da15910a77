"""Hints for moderators: which statements may say the same, by letters and by meaning. A person decides."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intercity.accounts.models import Person
from intercity.dialogues import actions, duties
from intercity.dialogues.likeness import compared_by
from intercity.dialogues.models import Comparison, Dialogue, How, Likeness, Participant, Statement

ADDRESS = "/dialogues/water/moderate/"
LAO = "ເດັກນ້ອຍຄວນຮຽນພາສາຂອງປະເທດເພື່ອນບ້ານ"
BURMESE = "ကလေးများသည် အိမ်နီးချင်းနိုင်ငံ၏ ဘာသာစကားကို သင်ယူသင့်သည်။"


@pytest.fixture
def quiet(ana: Person, dialogue: Dialogue, participant: Participant) -> Participant:
    """Somebody in a dialogue whose statements wait for moderation; languages as needed."""
    actions.edit_dialogue(ana, dialogue, moderation="before", languages=["en", "lo", "my"])
    participant.dialogue.refresh_from_db()
    return participant


def wait(participant: Participant, body: str, language: str = "en") -> Statement:
    """A statement that waits."""
    return actions.write_statement(participant, body=body, language=language)


def compared() -> int:
    """Index, then compare, as the worker does; how many of those that somebody wrote were compared."""
    duties.index_dialogues()
    before = Comparison.objects.filter(statement__is_seed=False, by=compared_by()).count()
    duties.propose_similar()
    return Comparison.objects.filter(statement__is_seed=False, by=compared_by()).count() - before


def test_letters_are_compared_once(quiet: Participant) -> None:
    waiting = wait(quiet, "Idea number 3 is very good.")
    assert compared() == 1
    found = Likeness.objects.filter(statement=waiting)
    assert found[0].how == How.LETTERS
    assert 1 <= len(found) <= 3
    assert duties.propose_similar() == 0
    assert Comparison.objects.count() == 13


def test_a_lao_statement_is_proposed_as_similar_to_a_burmese_one(
    ana: Person, dialogue: Dialogue, quiet: Participant
) -> None:
    shown = actions.add_statement(ana, dialogue, body=BURMESE, language="my")
    waiting = wait(quiet, LAO, "lo")
    compared()
    found = Likeness.objects.get(statement=waiting, other=shown)
    assert found.how == How.MEANING
    assert found.likeness >= 1


def test_two_that_wait_are_compared_with_each_other(quiet: Participant) -> None:
    one, other = wait(quiet, LAO, "lo"), wait(quiet, BURMESE, "my")
    compared()
    assert Likeness.objects.filter(statement__in=[one, other], other__in=[one, other]).exists()


def test_what_is_different_is_not_proposed(quiet: Participant) -> None:
    waiting = wait(quiet, "Trains should run at night between the two capitals.")
    compared()
    assert not Likeness.objects.filter(statement=waiting).exists()


def test_those_that_were_given_are_compared_too(client: Client, bao: Person, dialogue: Dialogue) -> None:
    compared()
    assert Likeness.objects.filter(statement__is_seed=True, other__is_seed=True).exists()
    client.force_login(bao)
    assert "Perhaps the same" in client.get(f"{ADDRESS}?state=published").content.decode()


def test_what_a_moderator_has_looked_at_needs_no_hint(bao: Person, dialogue: Dialogue, quiet: Participant) -> None:
    waiting = wait(quiet, "Idea number 3 is very good.")
    actions.accept(bao, dialogue, [waiting])
    compared()
    assert not Likeness.objects.filter(statement=waiting).exists()


def test_what_is_decided_shows_no_hint_any_more(
    client: Client, bao: Person, dialogue: Dialogue, quiet: Participant
) -> None:
    waiting = wait(quiet, "Trains should run at night.")
    dialogue.statements.filter(is_seed=True).update(is_seed=False, is_accepted=True)
    again = wait(quiet, "Trains should run at night!")
    compared()
    actions.accept(bao, dialogue, [waiting, again])
    client.force_login(bao)
    assert "Perhaps the same" not in client.get(f"{ADDRESS}?state=published").content.decode()


def test_it_may_run_again_after_a_crash(quiet: Participant) -> None:
    waiting = wait(quiet, "Idea number 3 is very good.")
    compared()
    before = set(Likeness.objects.filter(statement=waiting).values_list("other", "how"))
    Comparison.objects.update(by="an older version")
    assert compared() == 1
    assert set(Likeness.objects.filter(statement=waiting).values_list("other", "how")) == before
    assert Comparison.objects.filter(by=compared_by()).count() == 13


def test_the_hint_leads_to_merging_and_a_person_presses(
    client: Client, bao: Person, dialogue: Dialogue, quiet: Participant
) -> None:
    waiting = wait(quiet, "Idea number 3 is very good.")
    compared()
    client.force_login(bao)
    page = client.get(ADDRESS).content.decode()
    assert "Perhaps the same:" in page
    assert "Similar words." in page
    number = waiting.number
    assert f'href="?state=waiting&amp;q=%23{number}&amp;tick={number}&amp;into=3#id_into"' in page
    filled = client.get(f"{ADDRESS}?state=waiting&q=%23{number}&tick={number}&into=3").content.decode()
    assert 'name="into" value="3"' in filled
    assert f'value="{waiting.number}" id="id_statements" checked' in filled
    waiting.refresh_from_db()
    assert waiting.state == "waiting"
    client.post(ADDRESS, {"what": "merge", "statements": [waiting.number], "into": 3})
    waiting.refresh_from_db()
    assert waiting.state == "merged"


@pytest.mark.parametrize("query", ["tick=x&into=y", "tick=²&into=²", "tick=99999999999&into=-1", "into="])
def test_a_link_that_is_none_does_no_harm(client: Client, bao: Person, quiet: Participant, query: str) -> None:
    wait(quiet, "Idea number 3 is very good.")
    client.force_login(bao)
    assert client.get(f"{ADDRESS}?{query}").status_code == 200


def test_what_has_gone_is_no_hint(client: Client, bao: Person, dialogue: Dialogue, quiet: Participant) -> None:
    wait(quiet, "Idea number 3 is very good.")
    compared()
    others = [one.other for one in Likeness.objects.select_related("other")]
    actions.remove(bao, dialogue, {one.pk: one for one in others}.values(), reason="unclear")
    client.force_login(bao)
    assert "Perhaps the same" not in client.get(ADDRESS).content.decode()


def test_hints_take_the_same_number_of_questions_for_one_and_for_many(
    client: Client, bao: Person, quiet: Participant
) -> None:
    client.force_login(bao)

    def questions() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert "Perhaps the same" in client.get(ADDRESS).content.decode()
        return len(asked)

    wait(quiet, "Idea number 3 is very good.")
    compared()
    client.get(ADDRESS)
    few = questions()
    for number in (5, 7, 9):
        wait(quiet, f"Idea number {number} is very good.")
    compared()
    assert questions() <= few
