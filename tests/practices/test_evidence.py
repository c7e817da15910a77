"""The level of evidence follows from what is claimed, and says why."""

from __future__ import annotations

from typing import Any

import pytest

from intercity.accounts.models import Person
from intercity.practices import actions, evidence
from intercity.practices.models import Adoption, Method, Practice, Result

CLAIM: dict[str, Any] = {
    "claimed_by": "The harbour school",
    "source": "https://example.org/study",
    "claimed_on": "2022",
}


def _results(*methods: str) -> list[Result]:
    return [
        Result(indicator=f"Floods {number}", value="1", method=method, claimed_by="The water office")
        for number, method in enumerate(methods)
    ]


@pytest.mark.parametrize(
    ("methods", "level"),
    [
        ((), 0),
        (("told",), 1),
        (("after", "told"), 1),
        (("told", "before_after"), 2),
        (("comparison", "before_after"), 3),
        (("told", "independent", "comparison"), 4),
    ],
)
def test_the_best_result_decides(methods: tuple[str, ...], level: int) -> None:
    found = evidence.level(_results(*methods), [])
    assert found.level == level
    assert found.label == str(evidence.Level(level).label)


def test_every_method_has_a_level() -> None:
    assert set(evidence.OF_METHODS) == set(Method)


def test_it_says_why_and_what_is_missing() -> None:
    found = evidence.level(_results("before_after", "told"), [])
    assert found.reasons == (
        "“Floods 0”: compared with before. The water office says so.",
        "To be stronger, it would need a comparison with a place or group without it.",
    )
    assert evidence.level([], []).reasons == ("Nobody has told a result yet, or results are not known.",)


def test_only_a_confirmed_adoption_with_results_of_its_own_replicates(
    dia: Person, ana: Person, practice: Practice, adoption: Adoption
) -> None:
    """Told by the secretariat it is not enough; nor without results; nor when the confirmation is taken back."""

    def level() -> int:
        practice.refresh_from_db()
        assert practice.evidence == evidence.of(practice).level
        return practice.evidence

    actions.move(ana, adoption, "running")
    assert level() == 2
    actions.confirm(dia, adoption)
    assert level() == 2
    result = actions.add_result(dia, adoption, indicator="Floods a year", value="1", **CLAIM)
    assert level() == 5
    assert evidence.of(practice).reasons[0] == "Confirmed by the adopting city, with results of its own: Eastbay."
    actions.withdraw_confirmation(dia, adoption)
    assert level() == 2
    actions.confirm(dia, adoption)
    assert level() == 5
    actions.remove_claim(dia, result)
    assert level() == 2


def test_what_a_demonstration_made_up_is_no_evidence(dia: Person, practice: Practice, adoption: Adoption) -> None:
    Adoption.objects.update(is_simulated=True)
    adoption.refresh_from_db()
    actions.move(dia, adoption, "running")
    actions.add_result(dia, adoption, indicator="Floods a year", value="1", **CLAIM)
    actions.confirm(dia, adoption)
    practice.refresh_from_db()
    assert practice.evidence == 2


def test_the_level_follows_the_results(bao: Person, practice: Practice) -> None:
    strong = actions.add_result(bao, practice, indicator="Floods", value="1", method="independent", **CLAIM)
    practice.refresh_from_db()
    assert practice.evidence == 4
    actions.remove_claim(bao, strong)
    practice.refresh_from_db()
    assert practice.evidence == 2
