"""A promise from the day it is made to the day a second party says that it is kept; and every limit on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person
from intercity.audit.record import faults
from intercity.cities.models import City, Network
from intercity.dialogues.actions import answer as answer_statement
from intercity.dialogues.actions import close_dialogue, finish_answering
from intercity.dialogues.models import Answer, Dialogue
from intercity.languages.models import Findable, Kind, Text
from intercity.partnerships.actions import commitments
from intercity.partnerships.actions.answers import promises_waiting
from intercity.partnerships.models import Agreement, Commitment, CommitmentState, ProgressReport, Standing
from intercity.practices.actions import ConflictError
from intercity.refusals import RefusedError


def _later(days: int) -> Any:
    return timezone.localdate() + timedelta(days=days)


def _steps(commitment: Commitment) -> list[str]:
    return list(commitment.steps.values_list("what", flat=True))


def _promise(person: Person, city: City | None, **fields: Any) -> Commitment:
    return commitments.promise(
        person,
        **{
            "text": ("en", "We plant forty trees."),
            "city": city,
            "owner": "Park office",
            "due_on": _later(9),
            "known_by": ("en", "They stand."),
            "confirmer": "secretariat",
            **fields,
        },
    )


def test_promised_reported_confirmed_kept(bao: Person, dia: Person, commitment: Commitment) -> None:
    """The main path: only the second party makes it kept, and each step keeps it whole."""
    stood = [commitment.standing]
    commitments.report(bao, commitment, ("en", "Two of four are dug."))
    stood.append(commitment.standing)
    done = commitments.report(bao, commitment, ("en", "All four run."), "https://example.org/wells", says_done=True)
    stood.append(commitment.standing)
    made = commitments.confirm(dia, commitment, seen=done.pk, is_so=True)
    stood.append(commitment.standing)
    assert stood == [Standing.OPEN, Standing.OPEN, Standing.REPORTED, Standing.KEPT]
    assert commitment.settled_on == timezone.localdate()
    assert (made.report, made.city, made.by_link) == (done, commitment.confirmer_city, False)
    assert _steps(commitment) == ["promised", "progress", "reported", "confirmed"]
    assert [one.document["state"] for one in commitment.steps.all()] == ["open", "open", "reported", "kept"]
    assert [one.made_as for one in commitment.steps.all()] == ["Northport", "Northport", "Northport", "Eastbay"]
    assert [one.document["version"] for one in commitment.steps.all()] == [1, 2, 3, 4]
    assert list(faults()) == []


def test_numbers_follow_each_other_and_what_is_promised_is_found(bao: Person, northport: City) -> None:
    found = [_promise(bao, northport) for _one in range(3)]
    assert [one.number for one in found] == [1, 2, 3]
    keys = set(Findable.objects.filter(kind=Kind.COMMITMENT).values_list("key", flat=True))
    assert keys == {str(one.pk) for one in found}


def test_kept_late_counts_by_the_first_day(bao: Person, ana: Person, northport: City) -> None:
    found = _promise(bao, northport, promised_on=_later(-20), due_on=_later(-5))
    stood = [found.standing]
    commitments.change(bao, found, version=1, due_on=_later(5), reason=("en", "Rain."))
    stood.append(found.standing)
    assert (found.standing, found.first_due_on, found.due_on) == (Standing.CHANGED, _later(-5), _later(5))
    done = commitments.report(bao, found, ("en", "Planted."), says_done=True)
    commitments.confirm(ana, found, seen=done.pk, is_so=True)
    assert [*stood, found.standing] == [Standing.LATE, Standing.CHANGED, Standing.KEPT_LATE]
    again = _promise(bao, northport, promised_on=_later(-20), due_on=_later(-5))
    done = commitments.report(bao, again, ("en", "Planted."), says_done=True, done_on=_later(-6))
    commitments.confirm(ana, again, seen=done.pk, is_so=True)
    assert again.standing == Standing.KEPT


@pytest.mark.parametrize(
    ("field", "came", "place"),
    [
        ("text", ("en", "  "), "text"),
        ("text", ("en", "a" * 501), "text"),
        ("text", ("not a language at all", "Words"), "text"),
        ("owner", " ", "owner"),
        ("owner", "a" * 201, "owner"),
        ("due_on", None, "due_on"),
        ("due_on", _later(-1), "due_on"),
        ("due_on", _later(31 * 366), "due_on"),
        ("promised_on", _later(1), "promised_on"),
        ("known_by", ("en", ""), "known_by"),
        ("known_by", ("en", "a" * 501), "known_by"),
        ("mailbox", "not an address", "mailbox"),
        ("source", "a" * 501, "source"),
        ("confirmer", "", "confirmer"),
        ("confirmer", "the mayor", "confirmer"),
        ("confirmer", "city", "confirmer_city"),
        ("confirmer", "residents", "confirmer_group"),
        ("is_simulated", True, ""),
    ],
)
def test_what_no_promise_is(bao: Person, northport: City, field: str, came: Any, place: str) -> None:
    with pytest.raises(RefusedError) as refused:
        _promise(bao, northport, **{field: came})
    assert refused.value.field == place
    assert str(refused.value)
    assert not Commitment.objects.exists()
    assert not Text.objects.exists()


def test_how_one_will_know_may_be_missing_of_what_a_source_says(bao: Person, northport: City) -> None:
    found = _promise(bao, northport, known_by=("", ""), source="Declaration of 2025, point 3")
    assert found.known_by is None
    assert commitments.change(bao, found, version=1, source="Declaration of 2025").version == 2


def test_a_second_party_is_another_one(ana: Person, bao: Person, northport: City, eastbay: City) -> None:
    City.objects.filter(pk=northport.pk).update(mailbox="office@northport.example")
    northport.refresh_from_db()
    with pytest.raises(RefusedError, match="Choose another city"):
        _promise(bao, northport, confirmer="city", confirmer_city=northport)
    with pytest.raises(RefusedError, match="cannot confirm it"):
        _promise(ana, None)
    group: dict[str, Any] = {"confirmer": "residents", "confirmer_group": "Market women"}
    for own in ("Office@Northport.example", "bao@example.org", "trees@northport.example"):
        with pytest.raises(RefusedError, match="belongs to those who promise"):
            _promise(bao, northport, mailbox="trees@northport.example", confirmer_mailbox=own, **group)
    assert _promise(bao, northport, confirmer_mailbox="women@market.example", **group).confirmer_mailbox
    City.objects.filter(pk=eastbay.pk).update(left_on=timezone.localdate())
    eastbay.refresh_from_db()
    with pytest.raises(RefusedError, match="not a member"):
        _promise(bao, northport, confirmer="city", confirmer_city=eastbay)
    with pytest.raises(RefusedError, match="not a member"):
        _promise(ana, eastbay)


def test_who_confirms_keeps_only_what_belongs_to_it(bao: Person, northport: City, eastbay: City) -> None:
    """A city that was chosen and then left for the secretariat confirms nothing."""
    found = _promise(bao, northport, confirmer_city=eastbay, confirmer_group="Market women")
    assert (found.confirmer_city, found.confirmer_group) == (None, "")


def test_it_comes_from_where_the_city_has_a_part(ana: Person, agreement: Agreement, northport: City) -> None:
    found = _promise(ana, northport, agreement=agreement)
    assert list(agreement.commitments.all()) == [found]
    with pytest.raises(RefusedError, match="has no part in this"):
        _promise(ana, cast.member("Westhill"), agreement=agreement)


def _answered(ana: Person, bao: Person, dialogue: Dialogue) -> Answer:
    close_dialogue(ana, dialogue)
    statement = dialogue.statements.order_by("number")[0]
    given = answer_statement(
        bao,
        dialogue,
        statement,
        kind="we_will",
        body="We clean the river twice a year.",
        language="en",
        owner="River office",
        due=_later(60),
    )
    finish_answering(bao, dialogue)
    return given


def test_an_answer_becomes_a_commitment_once(
    ana: Person, bao: Person, dia: Person, dialogue: Dialogue, northport: City, eastbay: City
) -> None:
    given = _answered(ana, bao, dialogue)
    assert promises_waiting(bao) == promises_waiting(ana) == [given]
    assert promises_waiting(dia) == promises_waiting(None) == []
    sign: dict[str, Any] = {"known_by": ("en", "Fish."), "confirmer": "city", "confirmer_city": eastbay}
    with pytest.raises(RefusedError, match="Another city answered"):
        commitments.promise(ana, answer=given, city=cast.member("Westhill"), **sign)
    found = commitments.promise(bao, answer=given, **sign)
    assert found.text.body == "We clean the river twice a year."
    assert (found.city, found.owner, found.due_on) == (northport, "River office", _later(60))
    assert promises_waiting(bao) == promises_waiting(ana) == []
    with pytest.raises(RefusedError, match="as number 1"):
        commitments.promise(bao, answer=Answer.objects.get(), **sign)


def test_what_an_answer_does_not_promise_is_not_followed(
    ana: Person, bao: Person, dialogue: Dialogue, northport: City
) -> None:
    given = _answered(ana, bao, dialogue)
    Answer.objects.update(kind="cannot")
    assert promises_waiting(ana) == []
    with pytest.raises(RefusedError, match="promises nothing"):
        _promise(bao, northport, answer=given)
    Answer.objects.update(kind="we_will")
    Dialogue.objects.update(state="closed")
    assert promises_waiting(ana) == []
    with pytest.raises(RefusedError, match="not complete yet"):
        _promise(bao, northport, answer=Answer.objects.get())


def test_a_change_needs_a_reason_and_stays_in_history(bao: Person, commitment: Commitment) -> None:
    with pytest.raises(RefusedError, match="Say why it is changed"):
        commitments.change(bao, commitment, version=1, due_on=_later(60))
    commitments.change(
        bao, commitment, version=1, due_on=_later(60), text=("en", "We open three wells."), reason=("en", "No money.")
    )
    assert commitment.is_changed
    before, after = commitment.steps.all()
    assert before.document["text"]["body"] == "We open four wells beside the market."
    assert after.document["text"]["body"] == "We open three wells."
    assert after.document["first_due_on"] == before.document["due_on"]
    assert after.reason is not None
    assert after.reason.body == "No money."


def test_a_mailbox_is_changed_without_a_word_and_history_shows_none(bao: Person, commitment: Commitment) -> None:
    commitments.change(bao, commitment, version=1, mailbox="wells@northport.example")
    assert not commitment.is_changed
    assert "wells@northport.example" not in str([one.document for one in commitment.steps.all()])


def test_the_same_again_changes_nothing(bao: Person, commitment: Commitment) -> None:
    commitments.change(
        bao,
        commitment,
        version=1,
        text=("en", "We open four wells beside the market."),
        owner="Water office",
        due_on=commitment.due_on,
        known_by=("en", "Four wells give water on market days."),
        confirmer="city",
        confirmer_city=commitment.confirmer_city,
    )
    assert _steps(commitment) == ["promised"]


def test_two_who_change_the_same(bao: Person, ana: Person, commitment: Commitment) -> None:
    why = ("en", "It is so.")
    commitments.change(bao, commitment, version=1, due_on=_later(60), reason=why)
    with pytest.raises(ConflictError) as conflict:
        commitments.change(ana, commitment, version=1, due_on=_later(90), reason=why)
    assert [one.field for one in conflict.value.differences] == ["due_on"]
    commitments.change(ana, commitment, version=1, owner="River office", reason=why)
    assert (commitment.due_on, commitment.owner) == (_later(60), "River office")
    commitments.report(bao, commitment, ("en", "On the way."))
    commitments.change(ana, commitment, version=3, due_on=_later(90), reason=why)
    assert commitment.due_on == _later(90), "a report meanwhile is in nobody's way"


def test_what_waits_for_confirmation_is_not_changed_under_its_reader(
    bao: Person, reported: ProgressReport, eastbay: City
) -> None:
    found = reported.commitment
    with pytest.raises(RefusedError, match="waits for confirmation"):
        commitments.change(bao, found, version=2, text=("en", "Two wells."), reason=("en", "Fewer."))
    commitments.change(bao, found, version=2, confirmer="secretariat", reason=("en", "Eastbay has no officer."))
    assert found.confirmer == "secretariat"
    commitments.take_up(bao, found, ("en", "One well is dry."))
    assert (found.state, found.done_on) == (CommitmentState.OPEN, None)
    assert _steps(found) == ["promised", "reported", "changed", "taken_back"]
    commitments.change(bao, found, version=4, text=("en", "Three wells."), reason=("en", "One is dry."))


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ({"text": ("en", "")}, "text"),
        ({"text": ("en", "a" * 3_001)}, "text"),
        ({"evidence": "javascript:alert(1)"}, "evidence"),
        ({"evidence": "the wells"}, "evidence"),
        ({"evidence": f"https://example.org/{'a' * 500}"}, "evidence"),
        ({"says_done": True, "done_on": _later(1)}, "done_on"),
        ({"says_done": True, "done_on": _later(-1)}, "done_on"),
        ({"is_simulated": True}, ""),
    ],
)
def test_what_no_report_is(bao: Person, commitment: Commitment, fields: dict[str, Any], place: str) -> None:
    with pytest.raises(RefusedError) as refused:
        commitments.report(bao, commitment, **{"text": ("en", "All run."), **fields})
    assert refused.value.field == place
    assert not commitment.reports.exists()


def test_dropped_with_a_reason_and_taken_up_again(bao: Person, commitment: Commitment) -> None:
    with pytest.raises(RefusedError, match="Say why it is dropped"):
        commitments.drop(bao, commitment, ("en", " "))
    seen = commitment.version
    commitments.report(bao, commitment, ("en", "The drill broke."))
    with pytest.raises(RefusedError, match="Somebody has changed this"):
        commitments.drop(bao, commitment, ("en", "No money."), seen)
    commitments.drop(bao, commitment, ("en", "No money."), commitment.version)
    assert (commitment.standing, commitment.settled_on) == (Standing.DROPPED, timezone.localdate())
    for attempt in (
        lambda: commitments.drop(bao, commitment, ("en", "Again.")),
        lambda: commitments.report(bao, commitment, ("en", "Done."), says_done=True),
        lambda: commitments.change(bao, commitment, version=3, due_on=_later(60), reason=("en", "Later.")),
    ):
        with pytest.raises(RefusedError, match="cannot be done any more"):
            attempt()
    commitments.take_up(bao, commitment, ("en", "There is money."))
    assert (commitment.standing, commitment.settled_on) == (Standing.CHANGED, None)
    with pytest.raises(RefusedError, match="neither dropped nor waiting"):
        commitments.take_up(bao, commitment, ("en", "Again."))


def test_a_demonstration_may_simulate(bao: Person, northport: City) -> None:
    Network.objects.update(is_demonstration=True)
    assert _promise(bao, northport, is_simulated=True).is_simulated
