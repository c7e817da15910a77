"""The facts of needs and offers: asked for each kind, kept in their types, refused beside the right input."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from intercity.partnerships.facts import FIELDS, check, fields, shown, typed
from intercity.partnerships.models import Direction, PostingKind
from intercity.partnerships.vocabulary import chapter, chapters, sections
from intercity.refusals import RefusedError

MONEY = {"amount": "12 000.50", "currency": "usd", "year": "2025"}


def test_every_kind_has_facts_with_names_of_their_own() -> None:
    """Nothing is asked twice, and each input has a label."""
    assert set(FIELDS) == set(PostingKind)
    for kind in PostingKind:
        for direction in Direction:
            names = [name for one in fields(kind, direction) for name in one.inputs]
            assert len(names) == len(set(names))
            assert all(str(one.label) for one in fields(kind, direction))


def test_what_the_brief_names_can_be_said() -> None:
    """Each of the facts that people of a kind need."""
    wanted = {
        "trade": {"certificates", "smallest_lot"},
        "tourism": {"season", "border", "accessibility", "capacity"},
        "technology": {"product", "open_source", "vendor", "yearly_cost", "contract_end", "shows", "test_bed"},
        "culture": {"what", "ages", "starts_on", "ends_on", "group_size"},
        "know_how": {"what", "topic", "length", "pays"},
    }
    for kind, names in wanted.items():
        assert names <= {one.name for one in fields(kind, "offer")}


def test_facts_are_kept_in_their_types_and_in_order() -> None:
    """What is empty is left out; digits of every script are digits."""
    kept = check(
        "technology",
        "offer",
        {
            "shows": "yes",
            "users": "၁၂၀",
            "vendor": " ",
            "yearly_cost": MONEY,
            "contract_end": "2027.06",
            "product": " A ",
        },
    )
    assert list(kept.items()) == [
        ("product", "A"),
        ("yearly_cost", {"amount": "12000.50", "currency": "USD", "year": 2025}),
        ("contract_end", "2027-06"),
        ("shows", True),
        ("users", 120),
    ]
    assert check("technology", "offer", kept) == kept
    assert json.loads(json.dumps(kept)) == kept


@pytest.mark.parametrize(
    ("kind", "name", "value"),
    [
        ("trade", "smallest_lot", "x" * 101),
        ("trade", "samples", "perhaps"),
        ("trade", "price", {"amount": "1.234", "currency": "USD", "year": 2025}),
        ("trade", "price", {"amount": "-1", "currency": "USD", "year": 2025}),
        ("trade", "price", {"amount": "NaN", "currency": "USD", "year": 2025}),
        ("trade", "price", {"amount": "1", "currency": "Dollar", "year": 2025}),
        ("trade", "price", {"amount": "1", "currency": "USD"}),
        ("trade", "price", "12"),
        ("tourism", "days", "366"),
        ("tourism", "days", "two"),
        ("tourism", "connection_checked_on", "yesterday"),
        ("technology", "open_source", "javascript:alert(1)"),
        ("technology", "open_source", "https://example.org/" + "x" * 500),
        ("culture", "what", "war"),
        ("culture", "group_size", True),
        ("know_how", "topic", ["a"]),
        ("know_how", "vendor", "nobody asks this"),
        ("nothing", "kind", "x"),
    ],
)
def test_what_is_wrong_is_said_beside_its_input(kind: str, name: str, value: Any) -> None:
    """Refused, with the name of the input."""
    with pytest.raises(RefusedError) as refused:
        check(kind, "offer", {name: value})
    assert refused.value.field == name
    assert str(refused.value)


def test_an_end_before_the_beginning_is_refused() -> None:
    """A year that holds the beginning is no end before it."""
    with pytest.raises(RefusedError) as refused:
        check("culture", "need", {"starts_on": "2026-05", "ends_on": "2026-04-30"})
    assert refused.value.field == "ends_on"
    assert check("culture", "need", {"starts_on": "2026-05", "ends_on": "2026"})


def test_a_form_sends_money_in_three_inputs() -> None:
    """A currency that was chosen from the beginning says nothing without an amount."""
    sent = {"product": "Maps", "yearly_cost": "", "yearly_cost_currency": "USD", "yearly_cost_year": "2025"}
    assert check("technology", "offer", typed("technology", "offer", sent)) == {"product": "Maps"}
    sent["yearly_cost"] = "100"
    kept = check("technology", "offer", typed("technology", "offer", sent))
    assert kept["yearly_cost"] == {"amount": "100", "currency": "USD", "year": 2025}


def test_facts_are_put_in_words() -> None:
    """In the reader's language, as that language writes numbers and dates."""
    facts = check(
        "technology", "offer", {"yearly_cost": MONEY, "contract_end": "2027-06", "shows": False, "users": 1200}
    )
    with translation.override("en"):
        words = {one.name: text for one, text in shown("technology", "offer", facts)}
    assert words == {
        "yearly_cost": "12,000.50 USD, prices of 2025",
        "contract_end": "June 2027",
        "shows": "no",
        "users": "1,200",
    }


@given(
    st.sampled_from(PostingKind.values),
    st.sampled_from(Direction.values),
    st.dictionaries(
        st.sampled_from([one.name for group in FIELDS.values() for one in group]),
        st.one_of(st.text(), st.none(), st.booleans(), st.integers(), st.lists(st.text()), st.just(MONEY)),
    ),
)
def test_whatever_comes_is_kept_or_refused(kind: str, direction: str, facts: dict[str, Any]) -> None:
    """Nothing else is raised, and what is kept stays as it is."""
    try:
        kept = check(kind, direction, facts)
    except RefusedError:
        return
    assert check(kind, direction, kept) == kept
    assert json.loads(json.dumps(kept)) == kept
    assert len(shown(kind, direction, kept)) == len(kept)


def test_the_chapters_of_the_harmonized_system() -> None:
    """All that there are: 01 to 97, without 77, which is kept free."""
    assert list(chapters()) == [f"{number:02}" for number in range(1, 98) if number != 77]
    assert len(sections()) == 21
    assert all(one.title and one.description for one in chapters().values())
    assert chapter("0901.11") == chapters()["09"]
    assert chapter("77") is None


def test_the_chapters_are_those_of_the_nomenclature(shared_data: Any) -> None:
    """Their descriptions are word for word those of the data set."""
    with shared_data("trade/harmonized_system.csv").open(encoding="utf-8") as file:
        theirs = {row["hscode"]: row["description"] for row in csv.DictReader(file) if row["level"] == "2"}
    assert {code: one.description for code, one in chapters().items()} == {
        code: words for code, words in theirs.items() if code != "99"
    }
