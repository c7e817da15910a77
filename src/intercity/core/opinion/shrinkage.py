"""Shares of cities with few votes, drawn towards the whole as far as cities are alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

Floats = NDArray[np.float64]

WEAKEST, STRONGEST = 2.0, 1000.0
"""Bounds of the prior's strength, in votes: it always says a little, and never drowns a city that has spoken."""


@dataclass(frozen=True)
class Shrunken:
    """Beta distributions of the share in each city.

    Attributes
    ----------
    alpha, beta : float64 > 0, shape (cities, statements)
    strength : float > 0
        Votes that the mean of cities is worth.
    """

    alpha: Floats
    beta: Floats
    strength: float

    @property
    def share(self) -> Floats:
        """Mean of each distribution, shape (cities, statements)."""
        return np.asarray(self.alpha / (self.alpha + self.beta), dtype=np.float64)

    def bound(self, quantile: float) -> Floats:
        """A quantile of each distribution, shape (cities, statements)."""
        return np.asarray(betaincinv(self.alpha, self.beta, quantile), dtype=np.float64)


def shrunken_shares(number: Floats, seen: Floats, counted: NDArray[np.bool_]) -> Shrunken:
    """Shares of cities by empirical Bayes: each city's votes on top of what cities have in common.

    The prior of a statement is a Beta around the mean share of its counted cities, each city weighing the same. Its
    strength is one number for all statements, from how much cities differ beyond chance (method of moments: Kleinman,
    Journal of the American Statistical Association 68 (1973) 46-54): cities that differ a lot are hardly shrunk.

    Parameters
    ----------
    number, seen : float64 >= 0, shape (cities, statements)
    counted : bool, shape (cities, statements)
        Cities with enough votes, from which the prior is estimated.

    Returns
    -------
    Shrunken
    """
    cities = counted.sum(axis=0)
    share = np.where(counted, number / np.maximum(seen, 1), 0.0)
    average = np.where(cities > 0, share.sum(axis=0) / np.maximum(cities, 1), 0.5)
    strength = _strength(share, seen, counted, average, cities)
    mean: Floats = np.clip(average, 0.5 / strength, 1 - 0.5 / strength)
    return Shrunken(number + strength * mean, np.maximum(seen - number, 0) + strength * (1 - mean), strength)


def _strength(share: Floats, seen: Floats, counted: NDArray[np.bool_], mean: Floats, cities: Floats) -> float:
    several = counted & (cities > 1)
    binomial = mean * (1 - mean)
    correction = cities / np.maximum(cities - 1, 1)
    beyond = ((share - mean) ** 2 * correction - binomial / np.maximum(seen, 1))[several].sum()
    possible = (binomial * (1 - 1 / np.maximum(seen, 1)))[several].sum()
    if possible <= 0:
        return WEAKEST
    alike = min(max(float(beyond / possible), 1e-9), 1.0)
    return float(np.clip((1 - alike) / alike, WEAKEST, STRONGEST))
