"""Routing: which statement to show next to a participant, with the chances it was drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intercity.core.opinion.counts import Counts
from intercity.core.opinion.factors import Factors, place
from intercity.core.opinion.votes import as_mask, gather

Floats = NDArray[np.float64]

EXPLORATION = 0.1
NEW_SHARE, NEW_UNTIL = 0.1, 10
SHARPNESS = 2.0
PLACE_WEIGHT = 100.0
PRIOR = 2.0
BALANCE = 2.0
META_AFTER = 2


@dataclass(frozen=True)
class RoutingState:
    """What routing knows of a dialogue, to be kept between draws and renewed with every analysis.

    Attributes
    ----------
    gain_group : float64 >= 0, shape (groups, statements)
        How much less uncertain a vote from each group would make the share on which common ground depends.
    gain_city : float64 >= 0, shape (cities, statements)
        The same for each city.
    shown : int64 >= 0, shape (statements,)
        How often each statement has been shown.
    balance : float64 > 0, shape (statements,)
        Above 1 for statements of languages or cities that have been shown less than the others.
    meta, open : bool, shape (statements,)
        Statements about participants themselves; statements that may be shown.
    factors : Factors or None
        None as long as there is no analysis.
    centre : float64, shape (groups, 2), or None
        Where the groups stand.
    """

    gain_group: Floats
    gain_city: Floats
    shown: NDArray[np.int64]
    balance: Floats
    meta: NDArray[np.bool_]
    open: NDArray[np.bool_]
    factors: Factors | None
    centre: Floats | None


@dataclass(frozen=True)
class Draw:
    """What to show, and with which chances it was drawn.

    Attributes
    ----------
    statement : int, or None if there is nothing left to show
    probability : float in (0, 1]
        The chance of this statement: to be logged with the showing. 0 where there is none.
    probabilities : float64 in [0, 1], shape (statements,), sum 1
        The chances of all; all 0 where there is nothing left.
    """

    statement: int | None
    probability: float
    probabilities: Floats


@dataclass(frozen=True)
class Viewer:
    """What is known about the participant to whom a statement is to be shown.

    Attributes
    ----------
    voted : bool, shape (statements,)
    membership : float64 in [0, 1], shape (groups,), or None before anything is known
    covariance : float64, shape (3,), of the place: variance of x, covariance, variance of y; or None
    city : int >= -1
        -1: not known.
    since_meta : int >= 0
        Statements shown since the last one about participants themselves.
    """

    voted: NDArray[np.bool_]
    membership: Floats | None = None
    covariance: Floats | None = None
    city: int = -1
    since_meta: int = META_AFTER


def routing_state(
    by_group: Counts,
    shown: ArrayLike,
    *,
    by_city: Counts | None = None,
    factors: Factors | None = None,
    centre: ArrayLike | None = None,
    label: ArrayLike | None = None,
    meta: NDArray[np.bool_] | None = None,
    closed: NDArray[np.bool_] | None = None,
) -> RoutingState:
    """What routing needs to know of a dialogue.

    A vote is worth most where it makes the common ground more certain: in the group and in the city whose share of
    agreement is known least. The worth is the expected fall of the variance of that share (a Beta around the share of
    everybody) with one more vote: share (1 - share) / (n + 1)^2.

    Parameters
    ----------
    by_group : Counts, shape (groups, statements)
        One group of everybody before there are groups.
    shown : integers >= 0, shape (statements,)
    by_city : Counts, shape (cities, statements), optional
    factors : Factors, optional
    centre : float64, shape (groups, 2), optional
        Where the groups of `by_group` stand.
    label : integers >= 0, shape (statements,), optional
        The language or the city that each statement comes from: labels shown less are shown more.
    meta, closed : bool, shape (statements,), default none

    Returns
    -------
    RoutingState
    """
    statements = by_group.seen.shape[1]
    number = np.asarray(shown, dtype=np.int64)
    none = np.zeros(statements, dtype=bool)
    return RoutingState(
        gain_group=_gain(by_group),
        gain_city=np.zeros((0, statements)) if by_city is None else _gain(by_city),
        shown=number,
        balance=np.ones(statements) if label is None else _balance(number, np.asarray(label)),
        meta=none if meta is None else meta,
        open=~none if closed is None else ~closed,
        factors=factors,
        centre=None if centre is None else np.asarray(centre, dtype=np.float64),
    )


def see(
    state: RoutingState, statement: ArrayLike, value: ArrayLike, *, city: int = -1, since_meta: int = META_AFTER
) -> Viewer:
    """A participant by the votes they have cast so far, without waiting for the next analysis.

    Parameters
    ----------
    state : RoutingState
    statement : integers in [0, statements), shape (votes,)
    value : -1, 0 or 1, shape (votes,)
    city : int >= -1
    since_meta : int >= 0

    Returns
    -------
    Viewer; its membership is the likeness to each group's centre under the uncertainty of the place

    Raises
    ------
    VotesError
        As `gather`.
    """
    size = len(state.open)
    cast = np.asarray(statement, dtype=np.int64)
    votes = gather(np.zeros(len(cast), dtype=np.int64), cast, value, participants=1, statements=size)
    voted = as_mask(votes.statement, size)
    if state.factors is None:
        return Viewer(voted, city=city, since_meta=since_meta)
    at = place(votes, state.factors)
    covariance = at.covariance[0]
    membership = None
    if state.centre is not None:
        far = ((state.centre - at.xy[0]) ** 2).sum(axis=1) / (covariance[0] + covariance[2])
        likeness = np.exp(far.min() - far)
        membership = likeness / likeness.sum()
    return Viewer(voted, membership, covariance, city, since_meta)


def next_statement(
    state: RoutingState,
    viewer: Viewer,
    *,
    seed: int | np.random.Generator,
    exploration: float = EXPLORATION,
) -> Draw:
    """Draw the statement to show next.

    A tenth of the draws go to statements that have been shown fewer than ten times, as long as there are any: every
    new statement gets its first showings. The others go by what the vote is worth, to the common ground and to
    knowing where this participant stands. Another tenth is drawn evenly from all, so that no chance is ever near 0 and
    showings can be weighed by their chances afterwards. Statements the participant has voted on are never drawn, and
    statements about participants themselves at most once in three.

    Parameters
    ----------
    state : RoutingState
    viewer : Viewer
    seed : int, or a Generator
    exploration : float in (0, 1], default 0.1

    Returns
    -------
    Draw
    """
    chances = probabilities(state, viewer, exploration=exploration)
    if not chances.any():
        return Draw(None, 0.0, chances)
    point = np.random.default_rng(seed).random()
    chosen = min(int(np.searchsorted(np.cumsum(chances), point, side="right")), int(np.flatnonzero(chances)[-1]))
    return Draw(chosen, float(chances[chosen]), chances)


def probabilities(state: RoutingState, viewer: Viewer, *, exploration: float = EXPLORATION) -> Floats:
    """The chances from which `next_statement` draws.

    Parameters
    ----------
    state : RoutingState
    viewer : Viewer
    exploration : float in (0, 1]

    Returns
    -------
    float64 in [0, 1], shape (statements,); sum 1, or all 0 where nothing is left
    """
    eligible = state.open & ~viewer.voted
    if viewer.since_meta < META_AFTER and (eligible & ~state.meta).any():
        eligible = eligible & ~state.meta
    number = int(np.count_nonzero(eligible))
    if not number:
        return np.zeros(len(eligible))
    even = eligible / number
    new = eligible & (state.shown < NEW_UNTIL)
    new_share = NEW_SHARE if new.any() and not new[eligible].all() else 0.0
    worth = np.where(eligible, _worth(state, viewer) * state.balance, 0.0)
    by_worth = worth / worth.sum() if worth.sum() > 0 else even
    first = new / max(int(np.count_nonzero(new)), 1)
    chances = exploration * even + (1 - exploration) * (new_share * first + (1 - new_share) * by_worth)
    result: Floats = chances / chances.sum()
    return result


def evenness(chances: ArrayLike) -> float:
    """How evenly chances are spread: 1 if all are equal, near 0 if one takes all. A figure to watch.

    Polis's routing drew evenly for sixteen months, by a mistake that nobody saw. The effective number of choices
    (exponential of Shannon's entropy) divided by their number.

    Parameters
    ----------
    chances : float >= 0, shape (statements,)

    Returns
    -------
    float in [0, 1]; 0 where there are no chances
    """
    given = np.asarray(chances, dtype=np.float64)
    positive = given[given > 0] / max(float(given.sum()), 1e-300)
    if not len(positive):
        return 0.0
    return float(np.exp(-(positive * np.log(positive)).sum()) / len(positive))


def _gain(counts: Counts) -> Floats:
    """Expected fall of the variance of the share of agreement with one more vote."""
    whole = counts.whole
    everybody = (whole.agree + 1) / (whole.seen + 2)
    number = counts.seen + PRIOR
    share = (counts.agree + PRIOR * everybody) / number
    gain: Floats = share * (1 - share) / (number + 1) ** 2
    return gain


def _balance(shown: NDArray[np.int64], label: NDArray[np.integer]) -> Floats:
    """Mean showings of all statements divided by those of the same label, within bounds."""
    number = np.bincount(label)
    mean = (np.bincount(label, shown) + 1) / np.maximum(number, 1)
    boost: Floats = np.clip((shown.mean() + 1) / mean, 1 / BALANCE, BALANCE)[label]
    return boost


def _worth(state: RoutingState, viewer: Viewer) -> Floats:
    """What a vote of this participant on each statement is worth, before it is known."""
    groups = len(state.gain_group)
    known = viewer.membership is not None and viewer.membership.sum() > 0 and len(viewer.membership) == groups
    membership = viewer.membership if known and viewer.membership is not None else np.full(groups, 1 / groups)
    gain: Floats = membership @ state.gain_group
    if 0 <= viewer.city < len(state.gain_city):
        gain = gain + state.gain_city[viewer.city]
    largest = float(gain.max())
    worth: Floats = (gain / largest) ** SHARPNESS if largest > 0 else np.ones_like(gain)
    if state.factors is not None and viewer.covariance is not None:
        worth = worth * (1 + PLACE_WEIGHT * _place_information(state.factors, viewer.covariance))
    return worth


def _place_information(factors: Factors, covariance: Floats) -> Floats:
    """Which part of the uncertainty of a newcomer's place one vote on each statement would take away."""
    xx, xy, yy = covariance
    turned = factors.axis @ np.array([[xx, xy], [xy, yy]])
    fall: Floats = (turned**2).sum(axis=1) / (factors.noise + (turned * factors.axis).sum(axis=1))
    return fall / (factors.spread[0] + factors.spread[1])
