"""Trade of countries: by hand, by properties, and digit for digit as the R package economiccomplexity prints it."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hypothesis_numpy
from numpy.typing import NDArray

from intercity.core.matching import trade
from intercity.core.matching.trade import (
    TradeError,
    comparative_advantage,
    complementarity,
    density,
    next_products,
    product_space,
    proximity,
)

Floats = NDArray[np.float64]

EXPORTS = np.array([[8.0, 2.0, 0.0], [2.0, 0.0, 8.0]])
"""Two countries that sell for 10 each, of 20 in all: 10, 2 and 8 of three products."""
EXPORTS.flags.writeable = False

tables = hypothesis_numpy.arrays(
    np.float64,
    hypothesis_numpy.array_shapes(min_dims=2, max_dims=2, max_side=6),
    elements=st.integers(0, 1_000).map(float),
)


def test_advantage_by_hand() -> None:
    expected = [[0.8 / 0.5, 0.2 / 0.1, 0.0], [0.2 / 0.5, 0.0, 0.8 / 0.4]]
    assert comparative_advantage(EXPORTS) == pytest.approx(np.array(expected))


def test_complementarity_by_hand() -> None:
    imports = np.array([[4.0, 1.0, 0.0], [0.0, 0.0, 3.0], [1.0, 1.0, 2.0]])
    # 100 − 50 (|.25 − .8| + |.25 − .2| + |.5 − 0|) = 45; 100 − 50 (|.25 − .2| + |.25 − 0| + |.5 − .8|) = 70
    assert complementarity(EXPORTS, imports) == pytest.approx(np.array([[100, 0, 45], [20, 80, 70]]))


def test_proximity_and_density_by_hand() -> None:
    has = np.array([[1, 1, 0], [1, 0, 0], [1, 1, 1], [0, 0, 1]])
    near = proximity(has)
    # Three countries have the first product, two the second, two the third; two have the first and the second.
    assert near == pytest.approx(np.array([[1, 2 / 3, 1 / 3], [2 / 3, 1, 1 / 2], [1 / 3, 1 / 2, 1]]))
    assert density(has, near)[0] == pytest.approx(
        [(1 + 2 / 3) / 2, (2 / 3 + 1) / (13 / 6), (1 / 3 + 1 / 2) / (11 / 6)]
    )
    assert density(has, near)[2] == pytest.approx([1, 1, 1])


def test_next_products_are_the_nearest_that_a_country_is_not_specialised_in() -> None:
    exports = np.array([[5, 5, 0, 1], [5, 5, 5, 0], [0, 0, 0, 9], [0, 0, 0, 9]])
    space = product_space(exports)
    found = next_products(space, 0)
    assert [one.product for one in found] == [2, 3]
    assert found[0].density > found[1].density
    assert found[1].advantage == pytest.approx(space.advantage[0, 3])
    assert found[1].advantage < 1
    assert next_products(space, 0, many=1) == found[:1]


def test_nothing_is_said_of_a_country_that_sells_nothing() -> None:
    space = product_space([[1, 2], [0, 0]])
    assert np.isnan(space.advantage[1]).all()
    assert not space.specialised[1].any()
    assert next_products(space, 1) == ()
    assert np.isnan(complementarity([[0, 0]], [[1, 2]])).all()


def test_a_product_that_nobody_sells_has_no_advantage_and_no_neighbours() -> None:
    space = product_space([[1, 0], [2, 0]])
    assert np.isnan(space.advantage[:, 1]).all()
    assert space.proximity[1].tolist() == [0, 0]
    assert np.isnan(space.density[:, 1]).all()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: comparative_advantage([[1, -1]]), r"exports\[0, 1\] is -1.0; 0 and more is allowed"),
        (lambda: comparative_advantage([[1, np.nan]]), "nan"),
        (lambda: comparative_advantage([1, 2]), "1 dimensions"),
        (lambda: complementarity([[1, 2]], [[1, 2, 3]]), "exports are of 2 products, imports of 3"),
        (lambda: proximity([[0.5]]), "0 and 1"),
        (lambda: density([[1, 0]], [[1]]), "for 2 products"),
        (lambda: density([[1]], [[2]]), "0 to 1"),
        (lambda: product_space([[1]], cutoff=0), "above 0"),
        (lambda: next_products(product_space([[1]]), 1), "country 1"),
    ],
)
def test_what_cannot_be_is_refused(call: Callable[[], object], said: str) -> None:
    with pytest.raises(TradeError, match=said):
        call()


@settings(deadline=None)
@given(tables)
def test_shares_of_the_world_weigh_advantage_to_one(exports: Floats) -> None:
    """Advantage, weighed by a country's part in what all sell, is 1 for each product that is sold."""
    advantage = comparative_advantage(exports)
    total = exports.sum()
    for column in np.flatnonzero(exports.sum(axis=0)):
        assert np.nansum(advantage[:, column] * exports.sum(axis=1)) / total == pytest.approx(1)


@settings(deadline=None)
@given(tables, st.floats(0.01, 1_000))
def test_the_currency_does_not_matter(exports: Floats, rate: float) -> None:
    np.testing.assert_allclose(comparative_advantage(exports * rate), comparative_advantage(exports))
    np.testing.assert_allclose(complementarity(exports * rate, exports), complementarity(exports, exports))


@settings(deadline=None)
@given(tables)
def test_proximity_and_density_are_shares(exports: Floats) -> None:
    exports.flags.writeable = False
    space = product_space(exports)
    assert np.array_equal(space.proximity, space.proximity.T)
    assert ((space.proximity >= 0) & (space.proximity <= 1)).all()
    found = space.density[~np.isnan(space.density)]
    assert ((found >= 0) & (found <= 1)).all()
    held = space.specialised.any(axis=0)
    assert np.array_equal(np.diagonal(space.proximity), held.astype(float))


@settings(deadline=None)
@given(tables)
def test_complementarity_is_a_share_and_whole_with_oneself(values: Floats) -> None:
    values.flags.writeable = False
    found = complementarity(values, values)
    sells = values.sum(axis=1) > 0
    assert np.array_equal(np.isnan(found), ~np.outer(sells, sells))
    assert np.nanmax(found, initial=0) <= 100
    assert np.nanmin(found, initial=0) >= 0
    assert np.diagonal(found)[sells] == pytest.approx(100)


def test_every_public_function_says_that_it_is_of_countries() -> None:
    for found in (comparative_advantage, complementarity, proximity, density, product_space, next_products, trade):
        text = (found.__doc__ or "").lower()
        assert "country" in text, found


PUBLISHED_ADVANTAGE = [[0.2312238, 0.285438688, 0.0, 0.0, 0.0], [0.1777917, 0.087436319]]
PUBLISHED_PROXIMITY = [
    [1.0000000, 0.3658537, 0.1707317, 0.2439024, 0.2682927],
    [0.3658537, 1.0000000, 0.2500000, 0.2250000, 0.2500000],
    [0.1707317, 0.2500000, 1.0000000, 0.2500000, 0.1200000],
    [0.2439024, 0.2250000, 0.2500000, 1.0000000, 0.2250000],
    [0.2682927, 0.2500000, 0.1200000, 0.2250000, 1.0000000],
]
PUBLISHED_DENSITY = [
    [0.16689576, 0.17378847, 0.1414189, 0.15075914, 0.14556406],
    [0.01474693, 0.01543965, 0.0111554, 0.01217709, 0.01240472],
    [0.17902020, 0.16726547, 0.1688524, 0.18488279, 0.18946228],
    [0.26578601, 0.25458634, 0.2278275, 0.25202762, 0.23219603],
    [0.26138713, 0.22934698, 0.2312170, 0.23978684, 0.27186394],
]
"""What the R package economiccomplexity 2.0.0 prints of its own data: vignette "How To Use This Package", reference
pages "proximity" and "density" (pacha.dev/economiccomplexity), read in November 2026."""


def test_it_is_what_the_r_package_prints(shared_data: Callable[[str], Path]) -> None:
    with gzip.open(shared_data("trade/world_exports_sitc4_avg1998_2000.csv.gz"), "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    countries, products = (sorted({row[name] for row in rows}) for name in ("country", "product"))
    exports = np.zeros((len(countries), len(products)))
    row_of, column_of = ({code: at for at, code in enumerate(codes)} for codes in (countries, products))
    for row in rows:
        exports[row_of[row["country"]], column_of[row["product"]]] += float(row["value"])
    assert (countries[:5], products[:3]) == (["afg", "ago", "aia", "alb", "and"], ["0011", "0012", "0013"])
    space = product_space(exports)
    assert space.advantage[0, :5] == pytest.approx(PUBLISHED_ADVANTAGE[0], abs=5e-8)
    assert space.advantage[1, :2] == pytest.approx(PUBLISHED_ADVANTAGE[1], abs=5e-8)
    assert space.specialised[:5, :5].astype(int).tolist() == [[0] * 5] * 4 + [[1, 0, 0, 0, 1]]
    assert space.proximity[:5, :5] == pytest.approx(np.array(PUBLISHED_PROXIMITY), abs=5e-8)
    assert space.density[:5, :5] == pytest.approx(np.array(PUBLISHED_DENSITY), abs=5e-8)
