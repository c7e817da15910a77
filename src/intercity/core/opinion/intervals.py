"""Shares with their uncertainty, and many tests at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtr

CONFIDENCE = 0.95


def share_bound(
    successes: ArrayLike, trials: ArrayLike, *, confidence: float = CONFIDENCE, upper: bool = False
) -> NDArray[np.float64]:
    """One-sided bound of a share: the true share lies above it (below, if `upper`) with the given confidence.

    The Jeffreys bound: a quantile of Beta(successes + 1/2, trials - successes + 1/2), with 0 when nobody
    succeeded and 1 when everybody did. Source: Brown, Cai and DasGupta, Statistical Science 16 (2001) 101-133.

    Parameters
    ----------
    successes : array >= 0; trials : array >= successes, of a shape that fits
        Need not be whole: weighted counts are allowed.
    confidence : float in (0, 1)

    Returns
    -------
    float64 in [0, 1]; 0 (1, if `upper`) where there are no trials.
    """
    k, n = np.broadcast_arrays(np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64))
    quantile = confidence if upper else 1 - confidence
    bound = betaincinv(k + 0.5, np.maximum(n - k, 0) + 0.5, quantile)
    edge = (k >= n) if upper else (k <= 0)
    return np.where(edge, 1.0 if upper else 0.0, bound)


def two_shares_z(
    successes: ArrayLike, trials: ArrayLike, other_successes: ArrayLike, other_trials: ArrayLike
) -> NDArray[np.float64]:
    """How many standard errors a share lies above another one: the pooled two-proportion z-test, plus one each.

    Adding one to all four counts keeps the test defined for tiny groups (the published Polis form).

    Parameters
    ----------
    successes, trials : arrays >= 0, of one part
    other_successes, other_trials : arrays >= 0, of the other part; all of shapes that fit

    Returns
    -------
    float64, any sign; 0 where both shares are 1 after adding one.
    """
    k1, n1, k2, n2 = (np.asarray(x, dtype=np.float64) + 1 for x in (successes, trials, other_successes, other_trials))
    pooled = (k1 + k2) / (n1 + n2)
    error = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / n1 + 1 / n2))
    return np.where(error > 0, (k1 / n1 - k2 / n2) / np.where(error > 0, error, 1), 0.0)


def two_sided_p(z: ArrayLike) -> NDArray[np.float64]:
    """The chance of a z at least this far from 0 if there were no difference, in (0, 1]."""
    result: NDArray[np.float64] = 2 * ndtr(-np.abs(np.asarray(z, dtype=np.float64)))
    return result


def false_discovery(p: ArrayLike) -> NDArray[np.float64]:
    """Each test's smallest false-discovery rate at which it would still be reported (q-value), same shape as p.

    Choosing every test with q <= 0.05 means that at most about 5 % of the chosen are chance findings.
    Source: Benjamini and Hochberg, Journal of the Royal Statistical Society B 57 (1995) 289-300.
    NaN stays NaN and does not count as a test.
    """
    given = np.asarray(p, dtype=np.float64)
    flat = given.ravel()
    tested = np.flatnonzero(~np.isnan(flat))
    order = tested[np.argsort(flat[tested], kind="stable")]
    raw = flat[order] * len(order) / np.arange(1, len(order) + 1)
    q = np.full(flat.shape, np.nan)
    q[order] = np.minimum(np.minimum.accumulate(raw[::-1])[::-1], 1.0)
    return q.reshape(given.shape)
