"""The opinion space: a rank-2 factor model with intercepts, fitted to the votes alone.

The model explains a vote by what it has to do with the person, with the statement, and with both:

    vote of i on j  =  mean + lean of i + appeal of j + place of i . axis of j + noise
    place ~ Normal(0, diag(spread)),   lean ~ Normal(0, lean_variance),   noise ~ Normal(0, noise)

It is fitted by expectation and maximisation (variational Bayes): in each pass over the votes every participant's place
and lean are found with their uncertainty, then every statement's axis and appeal with theirs, then the variances.
Nothing is filled in for
votes that were not cast, and there is no penalty to tune: how far people with few votes are drawn to the middle
follows from the variances.

Sources: Koren, Bell and Volinsky, IEEE Computer 42 (2009) 30-37 for the model; Ilin and Raiko, Journal of Machine
Learning Research 11 (2010) 1957-2000 for fitting it with missing values; Liu, Rubin and Wu, Biometrika 85 (1998)
755-770 for re-scaling in each pass; Wojcik et al. 2022 (arXiv 2210.15723) for the intercept as a bridging score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray

from intercity.core.compute import Compute, Here
from intercity.core.opinion.components import components
from intercity.core.opinion.positions import Positions
from intercity.core.opinion.votes import Votes

Floats = NDArray[np.float64]

SWEEPS = 60
TOLERANCE = 1e-3
SAMPLE = 8_000
"""Above twice as many participants, the first passes are made on so many of them, evenly spaced."""
MINIMUM_VOTES = 7
PATH = 3
LONGEST_LEAP = 8.0
SMALLEST_VARIANCE = 1e-6


@dataclass(frozen=True)
class Factors:
    """vote of i on j = mean + lean of i + appeal of j + place of i . axis of j + noise.

    The plane is turned and scaled so that distances can be read: over all votes the two axes are orthogonal with
    mean square 1, so two people one unit apart differ by one unit of vote on a typical statement (agree and
    disagree are two apart). Places spread most along the first axis; the largest entry of each axis is positive.

    Attributes
    ----------
    mean : float in [-1, 1]
    appeal : float64, shape (statements,)
        How much a statement is agreed with whoever votes: it bridges. Statements without votes have 0.
    axis : float64, shape (statements, 2)
        How much a vote on the statement changes with the place along the two directions of the opinion space.
    noise : float > 0
        Variance of a vote around its expectation.
    spread : tuple of two floats > 0
        Variance of places along the two directions, before any vote of a person is known.
    lean_variance, appeal_variance : float > 0
    uncertainty : float64, shape (statements, 6)
        Covariance of each statement's (axis 1, axis 2, appeal): entries 11, 12, 22, 13, 23, 33.
    """

    mean: float
    appeal: Floats
    axis: Floats
    noise: float
    spread: tuple[float, float]
    lean_variance: float
    appeal_variance: float
    uncertainty: Floats

    @property
    def ridge(self) -> tuple[float, float, float]:
        """By how many votes' worth x, y and lean of a participant are drawn towards 0: noise / variance."""
        return self.noise / self.spread[0], self.noise / self.spread[1], self.noise / self.lean_variance


def fit_factors(
    votes: Votes,
    *,
    start: Factors | None = None,
    participant_weight: ArrayLike | None = None,
    sweeps: int = SWEEPS,
    tolerance: float = TOLERANCE,
    compute: Compute | None = None,
) -> Factors:
    """Fit the factor model.

    Parameters
    ----------
    votes : Votes
    start : Factors, optional
        An earlier fit to go on from; otherwise the principal components. Large conversations start from a fit
        on 8,000 of their participants, evenly spaced, so that few passes over all votes are needed.
    participant_weight : float64 >= 0, shape (participants,), default 1
        How often each participant counts: the multiplicities of a resample.
    sweeps : int >= 1, default 60
        Most passes over the votes.
    tolerance : float > 0, default 0.001
        Stop once a pass moves the axes by less than this, in units of their length.
    compute : Compute, default this process with all its threads

    Returns
    -------
    Factors
    """
    compute = compute or Here()
    weight = np.ones(votes.participants) if participant_weight is None else np.asarray(participant_weight, np.float64)
    each = np.repeat(weight, votes.per_participant)
    mean = float(each @ votes.value / each.sum()) if each.any() else 0.0
    model = replace(_start(votes, weight, compute) if start is None else start, mean=mean)
    held = compute.hold([_block(votes.rows(a, b), weight[a:b]) for a, b in votes.blocks])
    path = [model]
    for _ in range(sweeps if len(votes) else 0):
        model, moved = _sweep(model, held, compute)
        if moved < tolerance:
            break
        path.append(model)
        if len(path) == PATH:
            model = _leap(*path)
            path = [model]
    return model


def place(
    votes: Votes, factors: Factors, *, minimum_votes: int = MINIMUM_VOTES, compute: Compute | None = None
) -> Positions:
    """Place participants in the opinion space, each by their own votes: the posterior mean and its uncertainty.

    A participant with few votes is drawn towards the middle, as far as those votes leave it open where they stand;
    Polis instead pushes them outwards by sqrt(statements / votes), so that activity looks like extremity.

    Parameters
    ----------
    votes : Votes, on the statements that `factors` was fitted on
    minimum_votes : int >= 1, default 7
        Participants with fewer votes are not `placed`; with fewer statements than that, all of them are enough.

    Returns
    -------
    Positions
    """
    compute = compute or Here()
    held = compute.hold([_block(votes.rows(a, b)) for a, b in votes.blocks])
    solved = [(unknown, inverse) for unknown, inverse, _ in compute.map(_participants, held, factors)]
    unknown = np.concatenate([u for u, _ in solved]) if solved else np.zeros((0, 3))
    inverse = np.concatenate([i for _, i in solved]) if solved else np.zeros((0, 6))
    enough = max(1, min(minimum_votes, votes.statements))
    return Positions(
        xy=unknown[:, :2],
        covariance=factors.noise * inverse[:, :3],
        lean=unknown[:, 2],
        placed=votes.per_participant >= enough,
    )


def expected(factors: Factors, positions: Positions, participant: ArrayLike, statement: ArrayLike) -> Floats:
    """The vote that the model expects, for pairs of participant and statement.

    Parameters
    ----------
    factors : Factors
    positions : Positions, as `place` found them
    participant, statement : integers, of shapes that fit

    Returns
    -------
    float64, about -1 (disagrees) to 1 (agrees), of the common shape
    """
    i, j = np.broadcast_arrays(np.asarray(participant), np.asarray(statement))
    together: Floats = np.einsum("...k,...k", positions.xy[i], factors.axis[j])
    result: Floats = factors.mean + positions.lean[i] + factors.appeal[j] + together
    return result


def _leap(first: Factors, second: Factors, third: Factors) -> Factors:
    """Go on along the path of the last two passes, as far as they promise: squared extrapolation.

    Passes creep when a direction is weak; a leap in every third replaces some ten of them. Every leap is followed by
    passes, so it changes how soon the fit is reached, not which. Source: Varadhan and Roland, Scandinavian Journal
    of Statistics 35 (2008) 335-353, third step length.
    """
    states = [np.column_stack([model.axis, model.appeal]) for model in (first, second, third)]
    step = states[1] - states[0]
    bend = states[2] - states[1] - step
    turned = float(np.linalg.norm(bend))
    length = min(float(np.linalg.norm(step)) / turned, LONGEST_LEAP) if turned else 1.0
    if length <= 1.0:
        return third
    leapt = states[0] + 2 * length * step + length**2 * bend
    return replace(third, axis=leapt[:, :2], appeal=leapt[:, 2])


def _start(votes: Votes, weight: Floats, compute: Compute) -> Factors:
    """The principal components, or for many participants a fit on some of them."""
    if votes.participants > 2 * SAMPLE:
        chosen = np.linspace(0, votes.participants - 1, SAMPLE).astype(np.int64)
        sample = votes.take_participants(chosen)
        return fit_factors(sample, participant_weight=weight[chosen], compute=compute)
    found = components(votes, count=2, tolerance=1e-3, compute=compute)
    axis = found.axes.T * np.sqrt(votes.statements)
    return Factors(0.0, found.mean, axis, 0.4, (0.1, 0.05), 0.05, 0.1, np.zeros((votes.statements, 6)))


def _sweep(model: Factors, held: Sequence[Any], compute: Compute) -> tuple[Factors, float]:
    """One pass over the votes: all places, then all axes; returns the model and how far its axes have moved."""
    statements = np.zeros((len(model.appeal), 9))
    whole = np.zeros(7)
    for of_statements, of_all in compute.map(_sweep_block, held, model):
        statements += of_statements
        whole += of_all
    people, number = whole[5], whole[6]
    if not number:
        return model, 0.0
    noise = max(float(whole[4] / number), SMALLEST_VARIANCE)
    ridge = (noise, noise, noise / model.appeal_variance)  # axes have mean square 1: that is their prior
    unknown, inverse = _solve(statements[:, :6], statements[:, 6:], ridge)
    voted = statements[:, 5] > 0
    unknown[~voted] = 0.0
    uncertainty = noise * inverse
    appeal_variance = max(float(np.mean((unknown[:, 2] ** 2 + uncertainty[:, 5])[voted])), SMALLEST_VARIANCE)
    lean_variance = max(float(whole[3] / people), SMALLEST_VARIANCE)
    turn, spread = _upright(unknown[:, :2], uncertainty, statements[:, 5], _matrix(whole[:3] / people))
    axis = unknown[:, :2] @ turn
    uncertainty = _turn_covariance(uncertainty, turn)
    new = Factors(model.mean, unknown[:, 2], axis, noise, spread, lean_variance, appeal_variance, uncertainty)
    return new, _moved(model.axis, axis)


class _Block(NamedTuple):
    """Some participants' votes, as every pass needs them."""

    seen: sp.csr_array
    """1 where there is a vote, shape (participants, statements)."""
    cast: sp.csr_array
    """The votes, in the same places."""
    weight: Floats
    number: Floats
    """Votes of each participant."""
    square: Floats
    """Sum of each participant's squared votes: how many were not passes."""


def _block(votes: Votes, weight: Floats | None = None) -> _Block:
    cast = votes.matrix()
    seen = sp.csr_array((np.ones(len(votes)), cast.indices, cast.indptr), shape=cast.shape)
    number = votes.per_participant.astype(np.float64)
    square = abs(cast) @ np.ones(votes.statements)
    return _Block(seen, cast, np.ones(len(number)) if weight is None else weight, number, square)


def _sweep_block(block: _Block, model: Factors) -> tuple[Floats, Floats]:
    """The statements' normal equations from one block, and sums over its participants."""
    unknown, inverse, residual = _participants(block, model)
    x, y, lean = unknown.T
    xx, xy, yy, x_lean, y_lean, lean_lean = model.noise * inverse.T
    ones, base = np.ones_like(x), model.mean + lean
    # Second moments are those of the uncertain place: its square plus its variance.
    xx, xy, yy = xx + x * x, xy + x * y, yy + y * y
    terms = np.column_stack([xx, xy, yy, x, y, ones, -(base * x + x_lean), -(base * y + y_lean), -base])
    statements = block.seen.T @ (terms * block.weight[:, None])
    statements[:, 6:] += block.cast.T @ (terms[:, 3:6] * block.weight[:, None])
    spent = 3 - inverse[:, [0, 2, 5]] @ np.array(model.ridge)
    of_all = np.column_stack([xx, xy, yy, lean * lean + lean_lean, residual + model.noise * spent, ones, block.number])
    return statements, (block.weight * (block.number > 0)) @ of_all


def _participants(block: _Block, model: Factors) -> tuple[Floats, Floats, Floats]:
    """Places and leans of a block's participants, the inverse of their equations, and their squared residuals."""
    a, b = model.axis.T
    base = model.mean + model.appeal
    # Products of uncertain quantities: the product of their means plus their covariance.
    aa, ab, bb, a_base, b_base, base_base = (
        np.column_stack([a * a, a * b, b * b, base * a, base * b, base * base]) + model.uncertainty
    ).T
    sums = block.seen @ np.column_stack([aa, ab, bb, a, b, a_base, b_base, base, base_base])
    cast = block.cast @ np.column_stack([a, b, np.ones_like(a), base])
    equations = np.column_stack([sums[:, :5], block.number])
    right = cast[:, :3] - sums[:, 5:8]
    unknown, inverse = _solve(equations, right, model.ridge)
    # |r - H u|^2 = |r|^2 - u.H'r - u.(H'r - H'H u), and the equations of u say that H'r - H'H u = ridge * u.
    unexplained = block.square - 2 * cast[:, 3] + sums[:, 8]
    residual = unexplained - np.einsum("ij,ij->i", unknown, right) - unknown**2 @ np.array(model.ridge)
    return unknown, inverse, np.maximum(residual, 0.0)


def _solve(equations: Floats, right: Floats, ridge: tuple[float, float, float]) -> tuple[Floats, Floats]:
    """Solve many symmetric 3 x 3 systems at once, by their adjugates.

    `equations` and the returned inverse hold the entries 11, 12, 22, 13, 23, 33 of each; the ridge makes every
    system well conditioned, so the closed form is safe and takes a tenth of the time of a call per system.
    """
    e11, e12, e22, e13, e23, e33 = (equations + np.array([ridge[0], 0, ridge[1], 0, 0, ridge[2]])).T
    c11, c12, c13 = e22 * e33 - e23 * e23, e13 * e23 - e12 * e33, e12 * e23 - e13 * e22
    c22, c23, c33 = e11 * e33 - e13 * e13, e12 * e13 - e11 * e23, e11 * e22 - e12 * e12
    inverse = np.stack([c11, c12, c22, c13, c23, c33]) / (e11 * c11 + e12 * c12 + e13 * c13)
    i11, i12, i22, i13, i23, i33 = inverse
    r1, r2, r3 = right.T
    unknown = np.stack(
        [i11 * r1 + i12 * r2 + i13 * r3, i12 * r1 + i22 * r2 + i23 * r3, i13 * r1 + i23 * r2 + i33 * r3]
    )
    return unknown.T.copy(), inverse.T.copy()


def _upright(axis: Floats, uncertainty: Floats, number: Floats, second: Floats) -> tuple[Floats, tuple[float, float]]:
    """The matrix that scales and turns the axes as `Factors` promises, and the variances of places along them."""
    gram = (axis * number[:, None]).T @ axis + _matrix(number @ uncertainty[:, :3])
    root = np.linalg.cholesky(gram / number.sum() + SMALLEST_VARIANCE * np.eye(2))
    spread, turn = np.linalg.eigh(root.T @ second @ root)
    matrix = np.linalg.solve(root.T, turn[:, ::-1])
    turned = axis @ matrix
    largest = turned[np.argmax(np.abs(turned), axis=0), [0, 1]]
    first, other = np.maximum(spread[::-1], SMALLEST_VARIANCE).tolist()
    return matrix * np.where(largest < 0, -1.0, 1.0), (first, other)


def _matrix(entries: Floats) -> Floats:
    return np.array([[entries[0], entries[1]], [entries[1], entries[2]]])


def _turn_covariance(uncertainty: Floats, turn: Floats) -> Floats:
    """The covariances of (axis, appeal), entries 11, 12, 22, 13, 23, 33, after axis -> axis @ turn."""
    c11, c12, c22, c13, c23, c33 = uncertainty.T
    plane = np.stack([np.stack([c11, c12], -1), np.stack([c12, c22], -1)], -2)
    plane = turn.T @ plane @ turn
    mixed = np.column_stack([c13, c23]) @ turn
    return np.column_stack([plane[:, 0, 0], plane[:, 0, 1], plane[:, 1, 1], mixed, c33])


def _moved(old: Floats, new: Floats) -> float:
    """How far the axes have moved, whatever the turn of the plane, in units of their length."""
    common = float(np.linalg.svd(old.T @ new, compute_uv=False).sum())
    length = float((new * new).sum())
    moved = float((old * old).sum()) + length - 2 * common
    return float(np.sqrt(max(moved, 0.0) / length)) if length else 0.0
