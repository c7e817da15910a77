"""Every number has somebody who says it, a source and a day."""

from __future__ import annotations

from typing import Any

import pytest

from intercity.accounts.models import Person
from intercity.practices import actions
from intercity.practices.models import Adoption, Practice

COST: dict[str, Any] = {"kind": "capital", "amount": "1200.50", "currency": "usd", "year": "2020"}
RESULT: dict[str, Any] = {"indicator": "Trees", "value": "40"}
CLAIM = {"claimed_by": "The park office", "source": "Yearbook 2021, page 7", "claimed_on": "2021-06"}


def test_a_cost_is_kept_as_it_was_said(draft: Practice, bao: Person) -> None:
    cost = actions.add_cost(bao, draft, **COST, **CLAIM)
    cost.refresh_from_db()
    assert (str(cost.amount), cost.currency, cost.year, cost.confidence) == ("1200.50", "USD", 2020, "reported")
    draft.refresh_from_db()
    assert draft.version == 1, "who writes words at the same time does not conflict with a new claim"


@pytest.mark.parametrize("name", ["claimed_by", "source", "claimed_on"])
def test_no_number_without_who_where_and_when(draft: Practice, bao: Person, name: str) -> None:
    for add, fields in ((actions.add_cost, COST), (actions.add_result, RESULT)):
        with pytest.raises(actions.FaultsError) as error:
            add(bao, draft, **fields, **{**CLAIM, name: "  "})
        assert [field for field, _sentence in error.value.faults] == [name]
    assert not draft.costs.exists()
    assert not draft.results.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("amount", ""),
        ("amount", None),
        ("amount", "-1"),
        ("amount", "NaN"),
        ("amount", "Infinity"),
        ("amount", "a lot"),
        ("amount", "1.005"),
        ("amount", "1e30"),
        ("currency", ""),
        ("currency", "XXX"),
        ("currency", "riel"),
        ("kind", "sometimes"),
        ("confidence", "sure"),
        ("year", 1066),
        ("year", "soon"),
        ("claimed_on", "2999"),
        ("claimed_on", "yesterday"),
        ("basis", "x" * 301),
    ],
)
def test_what_is_no_cost_is_refused(draft: Practice, bao: Person, field: str, value: object) -> None:
    with pytest.raises(actions.FaultsError) as error:
        actions.add_cost(bao, draft, **{**COST, **CLAIM, field: value})
    assert {name for name, _sentence in error.value.faults} == {field}


@pytest.mark.parametrize(
    ("field", "value"),
    [("indicator", ""), ("value", ""), ("method", "magic"), ("measured_on", "2999"), ("claimed_on", "2021-2")],
)
def test_what_is_no_result_is_refused(draft: Practice, bao: Person, field: str, value: str) -> None:
    with pytest.raises(actions.FaultsError) as error:
        actions.add_result(bao, draft, **{**RESULT, **CLAIM, field: value})
    assert {name for name, _sentence in error.value.faults} == {field}


def test_all_currencies_of_the_region_and_of_before_are_known() -> None:
    assert {"KHR", "LAK", "VND", "CNY", "MMK", "THB", "DEM", "FRF"} <= actions.currencies()


def test_zero_is_an_amount(draft: Practice, bao: Person) -> None:
    assert actions.add_cost(bao, draft, **{**COST, **CLAIM, "amount": 0}).amount == 0


def test_nobody_evaluates_themselves_independently(draft: Practice, bao: Person) -> None:
    actions.save(bao, draft, facts={"implementer": "The Bus Company"}, version=1)
    for name in ("Northport", " northport", "the bus company"):
        with pytest.raises(actions.FaultsError, match="themselves"):
            actions.add_result(bao, draft, **RESULT, method="independent", **{**CLAIM, "claimed_by": name})


def test_claims_that_differ_stand_side_by_side(practice: Practice, bao: Person) -> None:
    actions.add_result(bao, practice, indicator="Floods a year", value="5", **CLAIM)
    assert sorted(practice.results.values_list("value", flat=True)) == ["2", "5"]
    assert practice.versions.count() == 2


def test_an_amount_makes_the_cost_known(draft: Practice, bao: Person) -> None:
    actions.save(bao, draft, facts={"unknown": ["costs", "results"]}, version=1)
    actions.add_cost(bao, draft, **COST, **CLAIM)
    draft.refresh_from_db()
    assert draft.unknown == ["results"]


def test_a_mistake_is_taken_back_once(practice: Practice, bao: Person) -> None:
    cost = actions.add_cost(bao, practice, **COST, **CLAIM)
    key = cost.pk
    actions.remove_claim(bao, cost)
    assert practice.costs.count() == 1
    assert any(len(one.document["costs"]) == 2 for one in practice.versions.all()), "the version before keeps it"
    cost.pk = key
    with pytest.raises(ValueError, match="already"):
        actions.remove_claim(bao, cost)


def test_what_no_claim_has_is_refused(draft: Practice, bao: Person) -> None:
    with pytest.raises(ValueError, match="practice_id"):
        actions.add_cost(bao, draft, **COST, **CLAIM, practice_id=7)


def test_claims_of_an_adoption_are_its_own(adoption: Adoption, dia: Person) -> None:
    actions.move(dia, adoption, "piloting")
    cost = actions.add_cost(dia, adoption, **COST, **CLAIM)
    assert (cost.practice, cost.adoption) == (None, adoption)
    assert adoption.practice.costs.count() == 1
    step = adoption.steps.last()
    assert step is not None
    assert (step.what, step.document["costs"][0]["amount"]) == ("claimed", "1200.5")
    actions.remove_claim(dia, cost)
    assert [one.what for one in adoption.steps.all()] == ["wanted", "moved", "claimed", "unclaimed"]
