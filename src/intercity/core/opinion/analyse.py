"""The default recipe: from votes to common ground, groups and what is known about how sure that is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from intercity.core.compute import Compute, Here
from intercity.core.opinion.analysis import Analysis
from intercity.core.opinion.bridging import bridging
from intercity.core.opinion.common_ground import MINIMUM_CITY_VOTES, CommonGround, find_common_ground
from intercity.core.opinion.completeness import completeness
from intercity.core.opinion.counts import Counts, count
from intercity.core.opinion.differences import city_differences, group_differences
from intercity.core.opinion.exposure import Exposures, effective_counts, exposure_weights
from intercity.core.opinion.factors import MINIMUM_VOTES, Factors, fit_factors, place
from intercity.core.opinion.groups import Groups, find_groups, keep_names
from intercity.core.opinion.groups.find import MOST_GROUPS, RESAMPLES, STABLE
from intercity.core.opinion.intervals import CONFIDENCE
from intercity.core.opinion.positions import Positions
from intercity.core.opinion.robustness import Robustness, Suspicion, compare, suspicious_clusters
from intercity.core.opinion.slate import SIZE, choose_slate
from intercity.core.opinion.votes import Votes, VotesError, as_mask

Step = Callable[[str], None]


@dataclass(frozen=True)
class Parameters:
    """Everything the default recipe can be told, with its defaults; stored with every result.

    Attributes
    ----------
    seed : int >= 0
    resamples : int >= 1
        How often people are drawn anew to see whether groups are stable.
    most_groups : int >= 2
    stable : float in [0, 1]
        Overlap from which a group counts as stable.
    minimum_votes : int >= 1
        Votes from which a participant is put into a group.
    minimum_city_votes : int >= 1
        Votes from which a city is counted on a statement.
    confidence : float in (0, 1)
        Of the lower bounds.
    slate_size : int >= 1
    """

    seed: int = 0
    resamples: int = RESAMPLES
    most_groups: int = MOST_GROUPS
    stable: float = STABLE
    minimum_votes: int = MINIMUM_VOTES
    minimum_city_votes: int = MINIMUM_CITY_VOTES
    confidence: float = CONFIDENCE
    slate_size: int = SIZE

    def __post_init__(self) -> None:
        allowed = {
            "seed": (0, 2**63 - 1),
            "resamples": (1, 10_000),
            "most_groups": (2, 26),
            "stable": (0.0, 1.0),
            "minimum_votes": (1, 1_000_000),
            "minimum_city_votes": (1, 1_000_000),
            "confidence": (0.5, 0.9999),
            "slate_size": (1, 1_000),
        }
        for name, (low, high) in allowed.items():
            value = getattr(self, name)
            if not low <= value <= high:
                raise ValueError(f"{name} is {value}; {low} to {high} is allowed.")


class _Parts(NamedTuple):
    """How people are divided, and how much their votes weigh."""

    group: NDArray[np.int32]
    groups: int
    city: NDArray[np.int64] | None
    weight: NDArray[np.float64] | None


@dataclass(frozen=True)
class _Shares:
    """Votes counted for everybody, by group and by city, corrected for exposure where it was logged."""

    whole: Counts
    by_group: Counts
    by_city: Counts | None


def analyse(
    votes: Votes,
    *,
    city: ArrayLike | None = None,
    time: ArrayLike | None = None,
    exposures: Exposures | None = None,
    removed: ArrayLike = (),
    previous_groups: ArrayLike | None = None,
    parameters: Parameters | None = None,
    compute: Compute | None = None,
    step: Step | None = None,
) -> Analysis:
    """Analyse votes by the default recipe.

    Parameters
    ----------
    votes : Votes
    city : integers >= -1, shape (participants,), optional
        Each participant's city; -1: not known.
    time : float, shape (votes,), optional
        When each vote was cast, in seconds; NaN where unknown.
    exposures : Exposures, optional
        Who was shown what, with which chance; shares are corrected for it.
    removed : integers in [0, statements), or a mask
        Statements that moderation has removed: they count for nothing.
    previous_groups : integers >= -1, shape (participants before,), optional
        Labels of an earlier result: its groups keep their numbers.
    parameters : Parameters, default as they are
    compute : Compute, default this process with all its threads
    step : callable with the name of the step that begins, optional

    Returns
    -------
    Analysis; what it cannot say is in its `silent`, never an error

    Raises
    ------
    VotesError
        If `city` or `time` does not fit the votes.
    """
    use, compute, tell = parameters or Parameters(), compute or Here(), step or (lambda _: None)
    gone = as_mask(removed, votes.statements)
    when = _fitting(time, len(votes), "time", "vote")
    left = votes.without_statements(gone)
    when = when[~gone[votes.statement]] if when is not None and gone.any() else when
    cities = _cities(city, votes.participants)
    weight, unlogged = (None, 0) if exposures is None else exposure_weights(left, exposures)
    tell("opinion space")
    factors = fit_factors(left, compute=compute)
    positions = place(left, factors, minimum_votes=use.minimum_votes, compute=compute)
    tell("groups")
    groups = _groups(left, factors, positions, previous_groups, use, compute)
    tell("common ground")
    parts = _Parts(groups.label, groups.count, cities, weight)
    shares = _shares(left, parts, compute)
    ground = _ground(shares, gone, use)
    suspicion = None if when is None else suspicious_clusters(left, when)
    tell("how sure it is")
    return Analysis(
        parameters={name: getattr(use, name) for name in Parameters.__dataclass_fields__},
        silent=_silent(left, positions, groups, shares, ground, unlogged),
        counts=count(left, np.zeros(left.participants, dtype=np.int8), 1, compute=compute),
        factors=factors,
        positions=positions,
        groups=groups,
        by_group=shares.by_group,
        by_city=shares.by_city,
        common_ground=ground,
        group_differences=group_differences(shares.by_group, removed=gone),
        city_differences=None
        if shares.by_city is None
        else city_differences(shares.by_city, removed=gone, minimum_city_votes=use.minimum_city_votes),
        bridging=bridging(factors, positions, shares.by_group, left.per_statement),
        slate=choose_slate(left, factors, positions, size=use.slate_size, removed=gone),
        completeness=completeness(left, removed=gone, seed=use.seed, compute=compute),
        suspicion=suspicion,
        robustness=_robustness(left, suspicion, parts, ground, gone, use, compute),
    )


def _fitting(given: ArrayLike | None, size: int, name: str, each: str) -> NDArray[np.float64] | None:
    if given is None:
        return None
    array = np.asarray(given, dtype=np.float64)
    if array.shape != (size,):
        raise VotesError(f"{name} has shape {array.shape}; give one for every {each}, shape ({size},).")
    return array


def _cities(city: ArrayLike | None, participants: int) -> NDArray[np.int64] | None:
    labels = _fitting(city, participants, "city", "participant")
    if labels is None:
        return None
    wrong = ~(labels >= -1) | (labels != np.floor(labels))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise VotesError(f"row {row}: city is {labels[row]}; numbers from 0, and -1 for not known, are allowed.")
    return labels.astype(np.int64)


def _groups(
    votes: Votes,
    factors: Factors,
    positions: Positions,
    previous: ArrayLike | None,
    use: Parameters,
    compute: Compute,
) -> Groups:
    groups = find_groups(
        votes,
        factors,
        positions,
        resamples=use.resamples,
        most_groups=use.most_groups,
        threshold=use.stable,
        seed=use.seed,
        compute=compute,
    )
    return groups if previous is None else keep_names(groups, previous)


def _shares(votes: Votes, parts: _Parts, compute: Compute) -> _Shares:
    def counted(label: NDArray[np.integer], labels: int) -> Counts:
        if parts.weight is None:
            return count(votes, label, labels, compute=compute)
        return effective_counts(votes, label, labels, parts.weight)

    everybody = np.zeros(votes.participants, dtype=np.int8)
    cities = -1 if parts.city is None else int(parts.city.max(initial=-1))
    by_city = None if parts.city is None or cities < 0 else counted(parts.city, cities + 1)
    return _Shares(counted(everybody, 1), counted(parts.group, parts.groups), by_city)


def _ground(shares: _Shares, gone: NDArray[np.bool_], use: Parameters) -> CommonGround:
    return find_common_ground(
        shares.whole,
        shares.by_group,
        shares.by_city,
        removed=gone,
        confidence=use.confidence,
        minimum_city_votes=use.minimum_city_votes,
    )


def _robustness(
    votes: Votes,
    suspicion: Suspicion | None,
    parts: _Parts,
    before: CommonGround,
    gone: NDArray[np.bool_],
    use: Parameters,
    compute: Compute,
) -> Robustness | None:
    """The same common ground, groups unchanged, without the people in suspicious clusters."""
    if suspicion is None:
        return None
    left = suspicion.cluster < 0
    if left.all():
        return compare(before, before, 0)
    kept = np.repeat(left, votes.per_participant)
    rest = parts._replace(weight=None if parts.weight is None else parts.weight[kept])
    after = _ground(_shares(votes.take_votes(kept), rest, compute), gone, use)
    return compare(before, after, int((~left).sum()))


def _silent(
    votes: Votes, positions: Positions, groups: Groups, shares: _Shares, ground: CommonGround, unlogged: int
) -> tuple[str, ...]:
    """What the analysis cannot say, and why."""
    voted = int(np.count_nonzero(votes.per_participant))
    statements = int(np.count_nonzero(votes.per_statement))
    found = []
    if not voted:
        found.append("no_votes")
    if statements == 1:
        found.append("one_statement")
    if voted and votes.per_participant.max() < 2:
        found.append("nobody_voted_twice")
    if voted and len(votes) and np.ptp(votes.value) == 0:
        found.append("everybody_equal")
    if voted and not positions.placed.any():
        found.append("nobody_placed")
    elif groups.count == 1:
        found.append("no_stable_groups")
    if shares.by_city is not None and not ground.city_counted.any():
        found.append("cities_too_small")
    if unlogged:
        found.append("exposures_missing")
    return tuple(found)
