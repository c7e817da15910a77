"""An index is data: what cannot be computed is refused, and nothing in the index of digital inclusion is invented."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from tests.core.indices.made import INDEX, indicator

from intercity.core.indices import Goalposts, Index, Pillar, arrange, digital_inclusion, read_index, with_goalposts

ONE = {"code": "x", "name": "X", "unit": "percent", "worst": 0, "best": 100, "source": "made up"}
SMALL = {"code": "i", "name": "I", "source": "s", "pillars": [{"code": "p", "name": "P", "indicators": [ONE]}]}


@pytest.mark.parametrize(
    ("worst", "best", "form"), [(1, 1, "linear"), (math.nan, 1, "linear"), (0, 1, "log"), (1, -2, "log"), (0, 1, "ln")]
)
def test_goalposts_between_which_nothing_lies_are_refused(worst: float, best: float, form: str) -> None:
    with pytest.raises(ValueError, match=r"goalposts|form"):
        Goalposts(worst, best, form)  # type: ignore[arg-type]


def test_an_index_that_cannot_be_computed_is_refused() -> None:
    good = Pillar("p", "P", (indicator("x"),))
    for pillars, needed in [
        ((), 0.5),
        ((good, good), 0.5),
        ((good, Pillar("q", "Q", (indicator("x"),))), 0.5),
        ((Pillar("p", "P", ()),), 0.5),
        ((Pillar("p", "P", (indicator("x"),), weight=0),), 0.5),
        ((good,), 0.0),
        ((good,), 1.1),
    ]:
        with pytest.raises(ValueError, match=r"pillar|needed|twice"):
            Index("i", "I", "s", pillars, needed)


def test_a_definition_is_read_and_its_faults_are_named() -> None:
    assert read_index(json.dumps(SMALL)).codes == ("x",)
    with pytest.raises(ValueError, match="'unit'"):
        read_index(json.dumps(SMALL).replace('"unit"', '"units"'))
    with pytest.raises(ValueError, match="'best'"):
        read_index(json.dumps(SMALL).replace('"best"', '"beste"'))
    for text in ("[]", "no", json.dumps({**SMALL, "pillars": [3]})):
        with pytest.raises(ValueError, match=r"index|Expecting"):
            read_index(text)


def test_members_and_weights_follow_the_pillars() -> None:
    assert INDEX.members.tolist() == [[c == p for c in range(3)] for p in (0, 0, 0, 1, 2, 2)]
    heavy = Index("i", "I", "s", (Pillar("p", "P", (indicator("x"),), 3), Pillar("q", "Q", (indicator("y"),))))
    assert heavy.weights.tolist() == [0.75, 0.25]


def test_figures_are_arranged_by_code_and_what_is_not_known_stays_so() -> None:
    found = arrange(digital_inclusion(), [{"school-links": 80, "price-of-a-device": 30}, {}])
    assert found.shape == (2, len(digital_inclusion().codes))
    assert found[0, digital_inclusion().codes.index("school-links")] == 80
    assert np.isnan(found).sum() == found.size - 1
    assert arrange(INDEX, []).shape == (0, 6)
    with pytest.raises(ValueError, match="wealth: no such indicator"):
        arrange(INDEX, [{"wealth": 3}])


def test_a_network_may_set_goalposts_of_its_own() -> None:
    own = with_goalposts(digital_inclusion(), {"public-access-points": Goalposts(0, 5), "own-smartphone": None})
    assert own.codes[2] == "public-access-points"
    assert "own-smartphone" not in own.codes
    assert len(digital_inclusion().codes) == 11
    with pytest.raises(ValueError, match="wealth"):
        with_goalposts(INDEX, {"wealth": None})


def test_the_index_of_digital_inclusion_is_that_of_the_research() -> None:
    index = digital_inclusion()
    assert [one.code for one in index.pillars] == ["access", "affordability", "skills", "use", "institutions"]
    assert index.weights.tolist() == [0.2] * 5
    assert index.needed == 0.5
    posts = {one.code: one.goalposts for one in index.indicators}
    assert posts.pop("price-of-2-gb") == Goalposts(10, 2, "log")
    skills = {posts.pop(code) for code in ("basic-skills", "basic-skills-60", "basic-skills-women")}
    assert skills == {Goalposts(0, 70)}
    assert set(posts.values()) == {Goalposts(0, 100)}, "the bounds of a share, or a target of all"
    assert [one.code for one in index.not_counted] == ["public-access-points", "price-of-a-device"]
    assert [one.code for one in index.gaps] == ["sex", "age", "income", "place"]
    assert all(one.source and one.unit for pillar in index.pillars for one in pillar.indicators)
