"""The lists of others are whole, and the vocabulary uses only what is in them."""

from __future__ import annotations

import pytest

from intercity.practices import vocabulary
from intercity.practices.vocabulary import COFOG, FOCUS_AREAS, FUNDING, GROUPS, TARGETS, concepts, sdg


def test_all_goals_and_targets_are_there() -> None:
    assert list(sdg.goals()) == [str(number) for number in range(1, 18)]
    assert len(TARGETS) == 169
    counts = [len(sdg.targets_of(goal)) for goal in sdg.goals()]
    assert counts == [7, 8, 13, 10, 9, 8, 5, 12, 8, 10, 10, 11, 5, 10, 12, 12, 19]


def test_every_target_belongs_to_the_goal_that_its_code_names() -> None:
    for code, target in TARGETS.items():
        assert target.goal == code.split(".")[0]
        assert not target.is_goal
        assert target.address == f"http://metadata.un.org/sdg/{code}"


def test_every_target_of_a_concept_is_known_and_described() -> None:
    for concept in concepts().values():
        for code in concept.targets:
            target = sdg.target(code)
            assert target, (concept.id, code)
            assert 0 < len(target.text) <= 90
            assert target.is_goal == ("." not in code)


def test_targets_are_found_as_people_type_them() -> None:
    assert sdg.target(" 11.B ") == TARGETS["11.b"]
    assert str(sdg.target("11")) == "11 Sustainable cities and communities"
    assert str(sdg.target("3.1")) == "3.1"
    assert sdg.target("18") is None
    assert sdg.targets_of("18") == ()


def test_lists_have_what_was_agreed() -> None:
    assert COFOG.values == [f"{number:02}" for number in range(1, 11)]
    assert set(FOCUS_AREAS.values) == {
        "civic-social", "health", "safety", "environment", "infrastructure", "industry"
    }  # fmt: skip
    assert set(FUNDING.values) == {"own", "national", "donor", "loan", "private", "community"}
    assert {"everybody", "children", "low-income", "visitors"} <= set(GROUPS.values)


def test_codes_fit_their_columns() -> None:
    assert max(map(len, COFOG.values)) <= 5
    assert max(map(len, FOCUS_AREAS.values)) <= 20


@pytest.mark.parametrize("codes", [COFOG, FOCUS_AREAS, GROUPS, FUNDING])
def test_words_for_codes_can_be_told_apart(codes: type[COFOG]) -> None:
    assert len({str(label) for label in codes.labels}) == len(codes.values)


def test_what_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(AttributeError):
        vocabulary.NOTHING  # noqa: B018
