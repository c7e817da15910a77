"""Principal components of votes, without ever filling in the votes that were not cast.

Polis puts the average on the statement where a vote is missing, and then takes the average off everywhere. What is
left is exactly zero wherever there was no vote: the centred matrix is as sparse as the votes, and so is all work here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

import numpy as np
import scipy.sparse as sp
from numpy.typing import ArrayLike, NDArray
from scipy.sparse.linalg import LinearOperator, eigsh

from intercity.core.compute import Compute, Here
from intercity.core.opinion.votes import Votes, as_mask

Floats = NDArray[np.float64]

SMALL = 40
"""Up to so many statements, the whole table of products is cheaper than an iteration."""


@dataclass(frozen=True)
class Components:
    """Principal components of votes.

    Attributes
    ----------
    mean : float64 in [-1, 1], shape (statements,)
        Average vote on each statement, passes counted as 0; 0 without votes and where zeroed.
    axes : float64, shape (components, statements)
        Directions of unit length along which participants differ most, the strongest first; the entry that is
        largest in size is positive. A direction along which nobody differs is all 0.
    strength : float64 >= 0, shape (components,)
        Sum over participants of their squared position along each direction.
    zeroed : bool, shape (statements,)
        Statements that add no variance but count as voted on by everybody (Polis: moderated out, or meta).
    counted : int
        Statements with at least one vote; only these exist for Polis.
    """

    mean: Floats
    axes: Floats
    strength: Floats
    zeroed: NDArray[np.bool_]
    counted: int


def components(
    votes: Votes, *, count: int = 2, zeroed: ArrayLike = (), tolerance: float = 1e-10, compute: Compute | None = None
) -> Components:
    """Principal components of the centred votes, by Lanczos iteration on passes over the votes.

    Source: the mean and the components of Polis (Small et al., Recerca 26 (2021)); the iteration is ARPACK's
    (Lehoucq, Sorensen and Yang 1998), started from fixed values, so that the same votes give the same components.

    Parameters
    ----------
    count : int >= 1, default 2
    zeroed : integers in [0, statements), or a mask of shape (statements,)
    tolerance : float > 0
        Relative accuracy of the strengths.
    compute : Compute, default this process with all its threads

    Returns
    -------
    Components
    """
    mask = as_mask(zeroed, votes.statements)
    total = np.bincount(votes.statement, votes.value, votes.statements)
    mean = np.where(mask, 0.0, total / np.maximum(votes.per_statement, 1))
    compute = compute or Here()
    blocks = compute.hold([_centred(votes.rows(first, last), mean, mask) for first, last in votes.blocks])
    strength, axes = _strongest(blocks, votes.statements, count, tolerance, compute)
    counted = int(np.count_nonzero(votes.per_statement))
    return Components(mean, axes, strength, mask, counted)


def project(votes: Votes, found: Components) -> Floats:
    """Positions of participants along the components, with Polis's correction for missing votes.

    The sum over the statements a participant voted on, times sqrt(statements / votes of the participant): whoever
    voted on little is moved outwards as if the rest had been voted alike.

    Parameters
    ----------
    votes : Votes
    found : Components of these votes, or of others on the same statements

    Returns
    -------
    float64, shape (participants, components); 0 for participants without votes
    """
    mean, axes = found.mean, np.ascontiguousarray(found.axes.T)
    centred = [_centred(votes.rows(a, b), mean, found.zeroed) @ axes for a, b in votes.blocks]
    positions = np.concatenate(centred) if centred else np.zeros((0, axes.shape[1]))
    scale = np.sqrt(found.counted / np.maximum(_votes_counted(votes, found), 1))
    scaled: Floats = positions * scale[:, None]
    return scaled


def statement_positions(found: Components) -> Floats:
    """Where somebody would stand who agrees with one statement and has voted on nothing else.

    Returns
    -------
    float64, shape (statements, components); the length of a row is the statement's extremity
    """
    result: Floats = np.sqrt(found.counted) * ((1 - found.mean) * ~found.zeroed * found.axes).T
    return result


def _votes_counted(votes: Votes, found: Components) -> NDArray[np.int64]:
    """Votes of each participant, zeroed statements counting as voted on by everybody."""
    if not found.zeroed.any():
        return votes.per_participant
    voted = np.concatenate([[0], np.cumsum(~found.zeroed[votes.statement])])
    exist = votes.per_statement > 0
    result: NDArray[np.int64] = np.diff(voted[votes.start]) + int((found.zeroed & exist).sum())
    return result


def _centred(votes: Votes, mean: Floats, zeroed: NDArray[np.bool_]) -> sp.csr_array:
    centred = votes.value - mean[votes.statement]
    if zeroed.any():
        centred[zeroed[votes.statement]] = 0.0
    return votes.matrix(centred)


def _strongest(
    blocks: object, statements: int, count: int, tolerance: float, compute: Compute
) -> tuple[Floats, Floats]:
    """Eigenvalues and eigenvectors of the statements' table of products, strongest first."""

    def products(vectors: Floats) -> Floats:
        total = np.zeros((statements, *vectors.shape[1:]))
        for part in compute.map(_products, blocks, vectors):  # type: ignore[arg-type]
            total += part
        return total

    if statements <= max(SMALL, 2 * count):
        strength, axes = np.linalg.eigh(products(np.eye(statements)))
    else:
        operator = LinearOperator((statements, statements), matvec=partial(products), dtype=np.float64)
        start = np.random.default_rng(0).normal(size=statements)
        if not products(start).any():
            return np.zeros(count), np.zeros((count, statements))
        strength, axes = eigsh(operator, k=count, v0=start, tol=tolerance)
    return _in_order(strength, axes, count)


def _products(block: sp.csr_array, vectors: Floats) -> Floats:
    result: Floats = block.T @ (block @ vectors)
    return result


def _in_order(strength: Floats, axes: Floats, count: int) -> tuple[Floats, Floats]:
    order = np.argsort(-strength, kind="stable")[:count]
    found = np.zeros((count, len(axes)))
    power = np.zeros(count)
    found[: len(order)], power[: len(order)] = axes[:, order].T, np.maximum(strength[order], 0.0)
    found[power <= 1e-12 * max(float(power.max(initial=0.0)), 1e-300)] = 0.0
    largest = np.take_along_axis(found, np.argmax(np.abs(found), axis=1)[:, None], axis=1) if len(axes) else 0.0
    return power, found * np.where(np.asarray(largest) < 0, -1.0, 1.0)
