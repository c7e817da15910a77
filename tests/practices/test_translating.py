"""Everything that is published of a practice is translated, and shown with how its translation stands."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.languages.machines.machine import Machine

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.languages import duties, engines
from intercity.languages.models import Beside, Text
from intercity.languages.waiting import is_public, progress, standings
from intercity.practices import actions
from intercity.practices.models import Practice
from intercity.practices.search.duties import index_practices


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """The only engine, from English to Khmer."""
    found = Machine()
    for name in ("_planned", "_resting", "_spoken"):
        monkeypatch.setattr(duties, name, {})
    monkeypatch.setattr(duties, "SHARE", 1e9)  # a busy machine does not rest
    monkeypatch.setattr("intercity.languages.engines.guards.known", lambda _code: None)
    monkeypatch.setattr(engines, "chosen", lambda: (found,))
    return found


def work() -> list[str]:
    """Turns of the duties until nothing is left to do."""
    index_practices()
    while duties.translate_texts(["km"]):
        index_practices()
    return list(Beside.objects.order_by("pk").values_list("text__body", flat=True))


def test_later_headings_questions_and_answers_are_translated_after_what_is_found(
    client: Client, machine: Machine, practice: Practice, bao: Person, dia: Person, eastbay: City
) -> None:
    actions.save(bao, practice, words={"enabling": ("en", "A mayor who came by.")}, version=practice.version)
    question = actions.ask(dia, practice, eastbay, "en", "Who waters them?")
    work()
    actions.answer(bao, question, "en", "The stalls do.")
    assert work() == ["A mayor who came by.", "Who waters them?", "The stalls do."]
    said = [one.text for one in machine.asked]
    assert len(said) == len(set(said)) == 8
    assert said[-3:] == ["A mayor who came by.", "Who waters them?", "The stalls do."]
    page = client.get(f"/practices/{practice.slug}/", headers={"accept-language": "km"}).content.decode()
    assert "[km] A mayor who came by." in page
    page = client.get(f"/practices/{practice.slug}/ask/", headers={"accept-language": "km"}).content.decode()
    for words in ("Who waters them?", "The stalls do."):
        assert f"[km] {words}" in page
        assert f'<p lang="en" dir="auto">{words}</p>' in page


def test_translators_see_them_last_and_what_is_withdrawn_not_at_all(
    practice: Practice, bao: Person, dia: Person, eastbay: City
) -> None:
    question = actions.ask(dia, practice, eastbay, "en", "Who waters them?")
    work_without_machines = index_practices()
    assert work_without_machines == 1
    assert [one.body for one in standings("km")][-1] == "Who waters them?"
    (counted,) = progress(["km"])
    assert counted.missing == standings("km").count() == 6
    actions.withdraw(bao, practice)
    index_practices()
    assert not is_public(Text.objects.get(pk=question.text_id))
    assert not Beside.objects.exists()


def test_a_draft_is_translated_by_nobody(machine: Machine, draft: Practice) -> None:
    assert work() == []
    assert machine.asked == []
