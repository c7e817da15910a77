"""What countries sell and buy, and what that says about trade between them: country level only, never a city's figure.

A city is not its country: nothing here may be shown as a figure of a city, and none is imputed from its country.
Values of trade are claims of the reporting country; where they come from and of which years is said beside them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

ADVANTAGE: Final = 1.0
"""Revealed comparative advantage from which on a country counts as specialised in a product (Balassa 1965)."""


class TradeError(ValueError):
    """Values of trade that cannot be what they are said to be."""


@dataclass(frozen=True, eq=False)
class ProductSpace:
    """How near products are to each other, and how near each country stands to each product; country level only.

    Attributes
    ----------
    advantage : float64 >= 0 or NaN, shape (countries, products)
        Revealed comparative advantage; NaN where nothing is known to be sold by the country, or of the product.
    specialised : bool, shape (countries, products)
        Where it is at least ADVANTAGE.
    proximity : float64 in [0, 1], shape (products, products)
    density : float64 in [0, 1] or NaN, shape (countries, products)
    """

    advantage: Floats
    specialised: NDArray[np.bool_]
    proximity: Floats
    density: Floats


@dataclass(frozen=True)
class NextProduct:
    """A product in which a country is not specialised, though it is in many products near to it; country level only.

    Attributes
    ----------
    product : int >= 0
        Its column.
    density : float in [0, 1]
        The share of what is near to the product in which the country is specialised.
    advantage : float >= 0
        What it sells of it already, as revealed comparative advantage, below ADVANTAGE.
    """

    product: int
    density: float
    advantage: float


def comparative_advantage(exports: ArrayLike) -> Floats:
    """How many times as large a product's share is in a country's exports as in those of all countries together.

    Country level: rows are countries, and the result says nothing about a city of one.

    Parameters
    ----------
    exports : real >= 0, shape (countries, products)
        Values in one currency, of the same years; 0 where nothing was sold.

    Returns
    -------
    float64 >= 0, shape (countries, products)
        No unit; 1 is the share that the product has everywhere. NaN in rows of countries that sell nothing and in
        columns of products that nobody sells: there is nothing to divide by.

    Raises TradeError for values that are negative, not finite, or no table.

    Source: Balassa, The Manchester School 33 (1965) 99-123; as `balassa_index(discrete = FALSE)` of the R package
    economiccomplexity.
    """
    sold = _table(exports, "exports")
    by_country, by_product = sold.sum(axis=1, keepdims=True), sold.sum(axis=0, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Floats = (sold / by_country) / (by_product / sold.sum())
    return found


def complementarity(exports: ArrayLike, imports: ArrayLike) -> Floats:
    """How well what one country sells suits what another buys, from 0 to 100; country level only.

    Parameters
    ----------
    exports : real >= 0, shape (sellers, products)
        Values of one currency for each row; rows may be of different ones, since only shares count.
    imports : real >= 0, shape (buyers, products)
        The same products in the same order.

    Returns
    -------
    float64 in [0, 100], shape (sellers, buyers)
        100 where the shares of all products are the same, 0 where nothing that is bought is sold:
        100 (1 - half the sum over products of |share in imports - share in exports|). NaN for who sells or buys
        nothing.

    Raises TradeError for values that are negative, not finite, or of different products.

    Source: Michaely, Trade Preferential Agreements in Latin America, World Bank WPS 1583 (1996); the World Bank's
    trade complementarity index.
    """
    sold, bought = _shares(exports, "exports"), _shares(imports, "imports")
    if sold.shape[1] != bought.shape[1]:
        raise TradeError(
            f"exports are of {sold.shape[1]} products, imports of {bought.shape[1]}; give the same products to both"
        )
    found = np.empty((len(sold), len(bought)))
    for row, shares in enumerate(sold):  # a row at a time: three dimensions would not fit for thousands of products
        found[row] = 100.0 - 50.0 * np.abs(bought - shares).sum(axis=1)
    return np.clip(found, 0.0, 100.0)


def proximity(specialised: ArrayLike) -> Floats:
    """How often countries that are specialised in one product are so in another: the smaller of both chances.

    Parameters
    ----------
    specialised : bool or 0/1, shape (countries, products)
        Where a country's revealed comparative advantage is at least 1. Country level only.

    Returns
    -------
    float64 in [0, 1], shape (products, products)
        min(P(i | j), P(j | i)): the same in both directions, 1 on the diagonal, and 0 for products in which nobody is
        specialised.

    Raises TradeError for anything but 0 and 1.

    Source: Hidalgo, Klinger, Barabási and Hausmann, Science 317 (2007) 482-487; as `proximity(...)$proximity_product`
    of the R package economiccomplexity, which divides by the larger of the two numbers of countries.
    """
    has = _specialised(specialised)
    together, many = has.T @ has, has.sum(axis=0)
    larger = np.maximum(many[:, None], many[None, :])
    found: Floats = np.divide(together, larger, out=np.zeros_like(together), where=larger > 0)
    return found


def density(specialised: ArrayLike, near: ArrayLike) -> Floats:
    """Of what is near to a product, the share in which a country is specialised; country level only.

    Parameters
    ----------
    specialised : bool or 0/1, shape (countries, products)
    near : float64 in [0, 1], shape (products, products)
        Proximity of the products.

    Returns
    -------
    float64 in [0, 1] or NaN, shape (countries, products)
        sum over j of specialised(c, j) near(i, j) / sum over j of near(i, j), the product itself counted among its
        own neighbours as in the source. NaN for a product that is near to none.

    Raises TradeError for tables of different products, or values out of range.

    Source: Hidalgo et al. (2007), as above; The Atlas of Economic Complexity (2014), "distance" = 1 - density.
    """
    has, links = _specialised(specialised), _table(near, "near")
    if links.shape != (has.shape[1], has.shape[1]):
        raise TradeError(
            f"near has the shape {links.shape}, for {has.shape[1]} products; one row and column each is needed"
        )
    if links.size and links.max() > 1:
        raise TradeError(f"near goes up to {links.max()}; proximities are from 0 to 1")
    around = links.sum(axis=1)
    found = np.full(has.shape, np.nan)
    np.divide(has @ links.T, around, out=found, where=np.broadcast_to(around > 0, has.shape))
    np.minimum(found, 1.0, out=found)
    return found


def product_space(exports: ArrayLike, *, cutoff: float = ADVANTAGE) -> ProductSpace:
    """Advantage, specialisation, proximity and density at once; country level only.

    Parameters
    ----------
    exports : real >= 0, shape (countries, products)
        As for `comparative_advantage`.
    cutoff : float > 0, default 1
        Advantage from which on a country counts as specialised.

    Returns
    -------
    ProductSpace
        A country that sells nothing is specialised in nothing: its advantage is NaN, so that it can be told apart.

    Raises TradeError as `comparative_advantage`, and for a cutoff that is not above 0.

    Source: as for the four parts.
    """
    if not cutoff > 0:
        raise TradeError(f"cutoff is {cutoff}; it must be above 0")
    advantage = comparative_advantage(exports)
    specialised = np.nan_to_num(advantage) >= cutoff
    near = proximity(specialised)
    return ProductSpace(advantage, specialised, near, density(specialised, near))


def next_products(space: ProductSpace, country: int, *, many: int = 10) -> tuple[NextProduct, ...]:
    """Products in which a country is not specialised, nearest to what it is specialised in first.

    A question to ask, not advice: nearness says what went together elsewhere, not what pays, and holds for a country.

    Parameters
    ----------
    space : ProductSpace
    country : int in [0, countries)
    many : int >= 0, default 10

    Returns
    -------
    tuple of NextProduct, at most `many`
        By density, falling; equal ones by column. Empty for a country that sells nothing: nothing is known of it.

    Raises TradeError for a country that is not in the table.

    Source: Hidalgo et al. (2007), as for `density`.
    """
    if not 0 <= country < len(space.advantage):
        raise TradeError(f"country {country} is not among the {len(space.advantage)} rows")
    known = ~np.isnan(space.advantage[country]) & ~np.isnan(space.density[country])
    open_ones = np.flatnonzero(known & ~space.specialised[country])
    order = open_ones[np.argsort(-space.density[country, open_ones], kind="stable")][: max(0, many)]
    return tuple(
        NextProduct(int(at), float(space.density[country, at]), float(space.advantage[country, at])) for at in order
    )


def _table(values: ArrayLike, name: str) -> Floats:
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2:
        raise TradeError(f"{name} has {table.ndim} dimensions; a table of two is needed")
    wrong = ~(np.isfinite(table) & (table >= 0))
    if wrong.any():
        row, column = (int(at) for at in np.argwhere(wrong)[0])
        raise TradeError(f"{name}[{row}, {column}] is {table[row, column]}; 0 and more is allowed")
    return table


def _shares(values: ArrayLike, name: str) -> Floats:
    table = _table(values, name)
    total = table.sum(axis=1, keepdims=True)
    found: Floats = np.divide(table, total, out=np.full_like(table, np.nan), where=total > 0)
    return found


def _specialised(values: ArrayLike) -> Floats:
    table = _table(values, "specialised")
    if not np.isin(table, (0.0, 1.0)).all():
        raise TradeError("specialised holds other numbers than 0 and 1; compare the advantage with a cutoff first")
    return table
