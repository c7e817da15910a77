"""Needs and offers match by a sum that anybody can add up again, the same from both sides where that is promised."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercity.core.matching import MATCH_WEIGHTS, SYMMETRIC, Match, Place, Side, Topic, match

WIDTH = 4
COFFEE, TEA_SECTION, MILK = Topic("hs", "09", "II"), Topic("hs", "10", "II"), Topic("hs", "04", "I")


def unit(numbers: list[float]) -> np.ndarray[tuple[int], np.dtype[np.float32]] | None:
    """A vector of unit length that nobody may write to; none for zeros."""
    vector = np.array(numbers, dtype=np.float32)
    length = float(np.linalg.norm(vector))
    if length < 1e-3:
        return None
    vector /= length
    vector.flags.writeable = False
    return vector


sides = st.builds(
    Side,
    topics=st.lists(
        st.builds(Topic, st.sampled_from(["hs", "concept"]), st.sampled_from("abc"), st.sampled_from(["", "g", "h"])),
        max_size=4,
    ).map(tuple),
    meaning=st.none() | st.lists(st.floats(-1, 1), min_size=WIDTH, max_size=WIDTH).map(unit),
    words=st.dictionaries(st.sampled_from(["en", "lo"]), st.frozensets(st.sampled_from("stuvwxyz")), max_size=2),
    languages=st.lists(st.sampled_from(["en", "lo", "th"]), unique=True).map(tuple),
    place=st.sampled_from([Place(), Place(country="LA"), Place(18.0, 102.6, 900_000, "LA"), Place(22.8, 108.3)]),
    answered_days=st.none() | st.integers(0, 1000),
    asked_lately=st.none() | st.integers(0, 20),
)


def only(one: Side, other: Side) -> Match:
    """How one side suits another."""
    (found,) = match(one, [other])
    return found


def test_the_weights_add_up_to_one() -> None:
    assert math.fsum(MATCH_WEIGHTS.values()) == pytest.approx(1)


@given(sides, sides)
def test_the_terms_add_up_to_the_score(one: Side, other: Side) -> None:
    found = only(one, other)
    assert tuple(term.name for term in found.terms) == tuple(MATCH_WEIGHTS)
    assert all(term.value is None or 0 <= term.value <= 1 for term in found.terms)
    assert 0 <= found.score <= 1
    assert found.score == pytest.approx(math.fsum(term.adds for term in found.terms))
    assert all(term.adds == 0 for term in found.terms if term.name in found.missing)


@given(sides, sides)
def test_five_terms_are_the_same_from_both_sides(one: Side, other: Side) -> None:
    there, back = only(one, other), only(other, one)
    for name in SYMMETRIC:
        assert there.value(name) == pytest.approx(back.value(name)), name
    assert set(there.languages) == set(back.languages)
    assert there.words == back.words


@given(sides, st.lists(sides, max_size=4))
def test_each_depends_on_its_two_sides_only(one: Side, others: list[Side]) -> None:
    together = match(one, others)
    assert len(together) == len(others)
    for found, other in zip(together, others, strict=True):
        assert found.score == pytest.approx(only(one, other).score)


@given(sides)
def test_what_is_not_known_is_missing_and_adds_nothing(one: Side) -> None:
    found = only(one, Side())
    assert set(found.missing) == set(MATCH_WEIGHTS)
    assert found.score == 0
    assert not found.is_about_the_same


def test_chapters_of_one_section_are_near() -> None:
    need = Side(topics=(COFFEE,))
    assert only(need, Side(topics=(COFFEE, MILK))).value("topics") == 1
    near = only(need, Side(topics=(TEA_SECTION,)))
    assert (near.value("topics"), near.shared) == (0.4, (TEA_SECTION,))
    assert only(need, Side(topics=(MILK,))).value("topics") == 0
    assert only(need, Side(topics=(Topic("concept", "09", "II"),))).value("topics") == 0


def test_meaning_counts_between_what_is_unrelated_and_what_is_the_same() -> None:
    need = Side(meaning=unit([1, 0, 0, 0]))
    for cosine, value in ((0.2, 0), (0.5, 0.5), (0.9, 1), (-1, 0)):
        other = Side(meaning=unit([cosine, math.sqrt(1 - cosine**2), 0, 0]))
        assert only(need, other).value("meaning") == pytest.approx(value, abs=1e-6)
    assert only(need, Side()).value("meaning") is None


def test_words_are_compared_within_a_language() -> None:
    need = Side(words={"en": frozenset({"coffee", "green"}), "lo": frozenset({"ກາເຟ"})})
    assert only(need, Side(words={"en": frozenset({"coffee", "roast"})})).words == ("coffee",)
    assert only(need, Side(words={"th": frozenset({"กาแฟ"})})).value("words") is None


def test_who_answers_is_ready_and_who_was_asked_too_often_has_no_room() -> None:
    for days, value in ((0, 1), (90, 1), (225, 0.5), (360, 0), (4000, 0)):
        assert only(Side(), Side(answered_days=days)).value("readiness") == pytest.approx(value)
    for asked, value in ((0, 1), (2, 0.5), (4, 0), (9, 0)):
        assert only(Side(), Side(asked_lately=asked)).value("room") == pytest.approx(value)


def test_vectors_of_other_models_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be compared"):
        match(Side(meaning=unit([1, 0, 0, 0])), [Side(meaning=unit([1, 0]))])
