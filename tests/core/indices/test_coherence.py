"""Whether indicators go together, and what hangs on each."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.testing import assert_allclose
from tests.core.indices.made import INDEX, indicator, table

from intercity.core.indices import Index, Pillar, coherence, cronbach_alpha, drop_one, score

RNG = np.random.default_rng(0)
MANY = table(RNG.random((40, 6)))


def test_alpha_by_hand() -> None:
    assert cronbach_alpha([[1, 1], [2, 2], [3, 3]]) == pytest.approx(1)
    assert cronbach_alpha([[1, 2], [2, 1], [3, 3], [4, 5]]) == pytest.approx(2 * (1 - (5 / 3 + 35 / 12) / (33 / 4)))
    assert abs(cronbach_alpha(RNG.random((5000, 4)))) < 0.1
    assert cronbach_alpha(np.array([[1, 1], [2, 2], [3, 3], [9, np.nan]])) == pytest.approx(1)


@pytest.mark.parametrize("values", [[[1], [2], [3]], [[1, 2], [2, 1]], [[1, 1]] * 5])
def test_no_alpha_where_there_is_nothing_to_tell(values: list[list[float]]) -> None:
    assert np.isnan(cronbach_alpha(values))


def test_correlations_are_those_of_what_is_observed() -> None:
    values = MANY.copy()
    values[:10, 0] = np.nan
    found = coherence(INDEX, values)
    assert [one.codes for one in found] == [("a1", "a2", "a3"), ("b1",), ("c1", "c2")]
    assert [one.cities for one in found] == [30, 40, 40]
    expected = -np.corrcoef(values[10:, 0], values[10:, 1])[0, 1]  # less is better of the second
    assert found[0].correlation[0, 1] == pytest.approx(expected)
    assert_allclose(np.diag(found[0].correlation), 1)
    assert np.isnan(coherence(INDEX, MANY[:2])[0].correlation).all()


def test_leaving_one_out_is_as_if_it_had_never_been_asked_for() -> None:
    values = MANY.copy()
    values[3, 0] = values[4, 4] = np.nan
    found = drop_one(INDEX, values)
    whole = score(INDEX, values).level
    without = Index(
        "i", "I", "s", (Pillar("a", "A", INDEX.pillars[0].indicators[1:]), INDEX.pillars[1], INDEX.pillars[2])
    )
    assert_allclose(found[:, 0], score(without, values[:, 1:]).level - whole)
    pillar = Index("i", "I", "s", (INDEX.pillars[0], INDEX.pillars[2]))
    assert_allclose(found[:, 3], score(pillar, np.delete(values, 3, axis=1)).level - whole)
    assert np.isnan(found[4, 5]), "then nothing of that pillar would be left"
    assert np.isnan(drop_one(Index("i", "I", "s", (Pillar("p", "P", (indicator("x"),)),)), [[30]])).all()
