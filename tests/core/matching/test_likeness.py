"""Likeness of places is a sum that anybody can add up again, and says what it does not know."""

from __future__ import annotations

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercity.core.matching import (
    WEIGHTS,
    Place,
    climate_by_latitude,
    income_of,
    likeness,
    size_class,
)
from intercity.core.matching.standing import _groups

NANNING = Place(22.8, 108.3, 8_700_000, "CN", "upper-middle", "tropical", "city", ("zh-hans",))
VIENTIANE = Place(17.97, 102.6, 950_000, "LA", "lower-middle", "tropical", "city", ("lo",))

places = st.builds(
    Place,
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
    population=st.none() | st.integers(0, 40_000_000),
    country=st.sampled_from(["", "LA", "CN", "SG"]),
    income=st.sampled_from([None, "low", "lower-middle", "upper-middle", "high"]),
    climate=st.sampled_from([None, "tropical", "subtropical", "temperate", "cold"]),
    level=st.sampled_from(["", "city", "province"]),
    languages=st.lists(st.sampled_from(["lo", "en", "th"]), unique=True).map(tuple),
)


def test_the_weights_add_up_to_one() -> None:
    assert math.fsum(WEIGHTS.values()) == pytest.approx(1)


@given(places, places)
def test_it_is_the_same_from_both_sides_and_between_nothing_and_all(one: Place, other: Place) -> None:
    [there], [back] = likeness(one, [other]), likeness(other, [one])
    assert there.score == pytest.approx(back.score)
    assert there.missing == back.missing
    assert 0 <= there.score <= 1
    assert all(term.value is None or 0 <= term.value <= 1 for term in there.terms)


@given(places, places)
def test_the_terms_add_up_to_the_score(one: Place, other: Place) -> None:
    [found] = likeness(one, [other])
    assert tuple(term.name for term in found.terms) == tuple(WEIGHTS)
    assert found.score == pytest.approx(math.fsum(term.adds for term in found.terms))
    assert all(term.adds == 0 for term in found.terms if term.name in found.missing)


@given(places)
def test_nothing_is_more_like_a_place_than_itself(one: Place) -> None:
    [found] = likeness(one, [one])
    assert all(term.value == pytest.approx(1) for term in found.terms if term.value is not None)


@given(places, st.lists(places, max_size=8), st.data())
def test_each_stands_alone_whatever_the_order(one: Place, others: list[Place], data: st.DataObject) -> None:
    order = data.draw(st.permutations(range(len(others))))
    found = likeness(one, others)
    assert likeness(one, [others[place] for place in order]) == tuple(found[place] for place in order)


def test_what_is_not_known_adds_nothing_and_is_said() -> None:
    [found] = likeness(NANNING, [Place(country="CN")])
    assert found.missing == ("size", "income", "climate", "level", "languages", "nearness")
    assert found.score == pytest.approx(WEIGHTS["country"])
    assert likeness(Place(), [Place()])[0].score == 0


def test_size_counts_by_ratio() -> None:
    values = [
        likeness(Place(population=100_000), [Place(population=other)])[0].terms[0].value
        for other in (100_000, 200_000, 50_000, 1_000_000, 5_000_000)
    ]
    assert values == pytest.approx([1, 0.69897, 0.69897, 0, 0])


def test_neighbours_in_income_are_half_alike() -> None:
    [found] = likeness(NANNING, [VIENTIANE])
    terms = {term.name: term.value for term in found.terms}
    assert terms["income"] == 0.5
    assert terms["climate"] == 1
    assert terms["languages"] == 0
    assert terms["nearness"] == pytest.approx(1 - 802 / 5_000, abs=0.005)  # by a table of distances
    assert found.alike[0] == "climate"


@pytest.mark.parametrize(
    ("latitude", "band"), [(0, "tropical"), (-23, "tropical"), (30, "subtropical"), (-40, "temperate"), (60, "cold")]
)
def test_climate_is_told_by_latitude(latitude: float, band: str) -> None:
    assert climate_by_latitude(latitude) == band
    assert climate_by_latitude(None) is None


@pytest.mark.parametrize(
    ("people", "size"),
    [(0, None), (None, None), (99_999, "under-100k"), (100_000, "100k-500k"), (5_000_000, "over-5m")],
)
def test_classes_of_size(people: int | None, size: str | None) -> None:
    assert size_class(people) == size


def test_the_classification_of_incomes_is_whole() -> None:
    """The World Bank counts 26, 51, 54 and 86 economies; the Channel Islands are two codes here."""
    assert Counter(_groups().values()) == {"low": 26, "lower-middle": 51, "upper-middle": 54, "high": 87}
    assert [income_of(code) for code in ("la", "CN", "SG", "ID", "VE", "")] == [
        "lower-middle", "upper-middle", "high", "upper-middle", None, None,
    ]  # fmt: skip
