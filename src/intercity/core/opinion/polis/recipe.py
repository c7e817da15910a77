"""The recipe "polis" from votes to lists."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intercity.core.compute import Compute, Here
from intercity.core.opinion.components import Components, components, project, statement_positions
from intercity.core.opinion.counts import Counts, count
from intercity.core.opinion.polis.clusters import Clusters, cluster
from intercity.core.opinion.polis.priority import routing_priority
from intercity.core.opinion.polis.representativeness import Listed, consensus, group_aware_consensus, representative
from intercity.core.opinion.votes import Votes, as_mask

Floats = NDArray[np.float64]

ENOUGH_VOTES = 7
FEWEST_COUNTED = 15


@dataclass(frozen=True)
class PolisAnalysis:
    """What the recipe "polis" says.

    Attributes
    ----------
    components : Components
        With axes of shape (2, statements).
    positions : float64, shape (participants, 2)
    statement_positions : float64, shape (statements, 2)
    extremity : float64 >= 0, shape (statements,)
    counted : bool, shape (participants,)
        Who is put into groups.
    label : int64 in [-1, groups), shape (participants,)
        -1 for participants who are not counted. Groups keep the order of their starts.
    centre : float64, shape (groups, 2)
    silhouette : mapping from a number of groups to its silhouette
    whole : Counts, shape (1, statements)
        Votes of everybody.
    by_group : Counts, shape (groups, statements)
    representative : a tuple of Listed for each group
    agreed, disagreed : tuple of Listed
        The consensus of everybody.
    group_aware_consensus : float64 in (0, 1), shape (statements,)
    priority : float64 > 0, shape (statements,)
    centricness, coreness, extremeness : float64, shape (participants,)
        Closeness to the middle, to the group's centre, and how far outside of it; NaN where not counted.
    """

    components: Components
    positions: Floats
    statement_positions: Floats
    extremity: Floats
    counted: NDArray[np.bool_]
    label: NDArray[np.int64]
    centre: Floats
    silhouette: dict[int, float]
    whole: Counts
    by_group: Counts
    representative: tuple[tuple[Listed, ...], ...]
    agreed: tuple[Listed, ...]
    disagreed: tuple[Listed, ...]
    group_aware_consensus: Floats
    priority: Floats
    centricness: Floats
    coreness: Floats
    extremeness: Floats


def analyse_polis(
    votes: Votes,
    *,
    moderated_out: ArrayLike = (),
    meta: ArrayLike = (),
    previously_counted: ArrayLike = (),
    group_centres: Floats | None = None,
    compute: Compute | None = None,
) -> PolisAnalysis:
    """Analyse votes as Polis does.

    Parameters
    ----------
    votes : Votes
    moderated_out, meta : integers in [0, statements), or masks of shape (statements,)
        Both are zeroed in the components; what is moderated out is never listed, what is meta has a fixed priority.
    previously_counted : integers in [0, participants), or a mask
        Who was counted before stays counted.
    group_centres : float64, shape (groups, 2), optional
        Centres of an earlier update to start from. Polis's own groups depend on the whole history of updates.
    compute : Compute, default this process with all its threads

    Returns
    -------
    PolisAnalysis
    """
    compute = compute or Here()
    out, personal = as_mask(moderated_out, votes.statements), as_mask(meta, votes.statements)
    found = components(votes, zeroed=out | personal, compute=compute)
    positions, of_statements = project(votes, found), statement_positions(found)
    extremity = np.hypot(*of_statements.T)
    counted = who_is_counted(votes, previously=previously_counted)
    clusters = cluster(positions[counted], group_centres=group_centres)
    label = np.full(votes.participants, -1, dtype=np.int64)
    label[counted] = clusters.label
    by_group = count(votes, label, max(len(clusters.centre), 1), compute=compute)
    whole = count(votes, np.zeros(votes.participants, dtype=np.int8), 1, compute=compute)
    agreed, disagreed = consensus(whole, removed=out | personal)
    central, core, extreme = _participant_statistics(positions[counted], clusters, votes.participants, counted)
    return PolisAnalysis(
        components=found,
        positions=positions,
        statement_positions=of_statements,
        extremity=extremity,
        counted=counted,
        label=label,
        centre=clusters.centre,
        silhouette=clusters.silhouette,
        whole=whole,
        by_group=by_group,
        representative=representative(by_group, removed=out | personal),
        agreed=agreed,
        disagreed=disagreed,
        group_aware_consensus=group_aware_consensus(by_group),
        priority=routing_priority(by_group.whole, extremity, meta=personal),
        centricness=central,
        coreness=core,
        extremeness=extreme,
    )


def who_is_counted(votes: Votes, *, previously: ArrayLike = ()) -> NDArray[np.bool_]:
    """Who is put into groups: seven votes, or all statements; once counted, always; at least fifteen if there are.

    Parameters
    ----------
    previously : integers in [0, participants), or a mask of shape (participants,)

    Returns
    -------
    bool, shape (participants,)
    """
    number = votes.per_participant
    exist = int(np.count_nonzero(votes.per_statement))
    counted = (number >= max(1, min(ENOUGH_VOTES, exist))) | as_mask(previously, votes.participants)
    if counted.sum() < FEWEST_COUNTED:
        most_active = np.argsort(-number, kind="stable")[:FEWEST_COUNTED]
        counted[most_active] |= number[most_active] > 0
    return counted


def _participant_statistics(
    positions: Floats, clusters: Clusters, participants: int, counted: NDArray[np.bool_]
) -> tuple[Floats, Floats, Floats]:
    """Centricness, coreness and extremeness, NaN for those who are not counted."""
    result = np.full((3, participants), np.nan)
    if len(positions):
        middle = positions.mean(axis=0)
        centre = clusters.centre[clusters.label]
        outward = centre - middle
        length = np.hypot(*outward.T)
        direction = outward / np.where(length > 0, length, 1)[:, None]
        result[0, counted] = 1 - np.hypot(*(positions - middle).T)
        result[1, counted] = 1 - np.hypot(*(positions - centre).T)
        result[2, counted] = ((positions - centre) * direction).sum(axis=1)
    return result[0], result[1], result[2]
