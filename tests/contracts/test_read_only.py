"""No function of core writes to what it is given: each is called with arrays that cannot be written to."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from intercity.core.opinion import (
    Exposures,
    Votes,
    analyse,
    analyse_polis,
    anonymity,
    bridging,
    common_ground,
    completeness,
    components,
    counts,
    differences,
    exposure,
    factors,
    gather,
    intervals,
    plane,
    prediction,
    robustness,
    routing,
    shrinkage,
    slate,
)
from intercity.core.opinion import votes as votes_module
from intercity.core.opinion.groups import agreement, clustering, find, names, separation
from intercity.core.opinion.planted import planted_votes
from intercity.core.opinion.polis import clusters, priority, recipe, representativeness

OPINION = Path(__file__).parents[2] / "src" / "intercity" / "core" / "opinion"
INDIRECT = {
    "planted_votes": "takes no arrays",
    "resample": "called by find_groups on the same arrays",
    "expected": "called by completeness",
    "discrimination": "called by completeness",
}


def locked(value: Any) -> Any:
    """The same, read-only."""
    array = np.array(value)
    array.flags.writeable = False
    return array


VOTES: Votes = planted_votes(120, 20, votes_per_participant=10, seed=0).votes
MODEL = factors.fit_factors(VOTES)
PLACES = factors.place(VOTES, MODEL)
for one in (PLACES.xy, PLACES.covariance, PLACES.placed, MODEL.axis, MODEL.appeal, MODEL.uncertainty):
    one.flags.writeable = False
GROUP = locked(np.arange(120) % 2)
EVERYBODY = locked(np.zeros(120, dtype=int))
BY_GROUP = counts.count(VOTES, GROUP, 2)
for one in (BY_GROUP.agree, BY_GROUP.disagree, BY_GROUP.seen):
    one.flags.writeable = False
WEIGHT, TIME = locked(np.ones(len(VOTES))), locked(np.arange(len(VOTES)) * 1.0)
NOBODY, POINTS = locked(np.zeros(20, dtype=bool)), locked(PLACES.xy)
SHOWN = locked(VOTES.per_statement)
CELLS = plane.compress(POINTS, locked(np.ones(120)))
EXPOSURES = Exposures(locked(VOTES.participant()), locked(VOTES.statement), locked(np.full(len(VOTES), 0.5)))
COMPONENTS = components.components(VOTES)
GROUPS = find.find_groups(VOTES, MODEL, PLACES, resamples=2)
GROUND = common_ground.find_common_ground(BY_GROUP.whole, BY_GROUP, BY_GROUP)
STATE = routing.routing_state(
    BY_GROUP, SHOWN, by_city=BY_GROUP, factors=MODEL, centre=locked(np.eye(2)), label=SHOWN % 2
)
CENTRE = locked(np.eye(2))
AGREES, SEEN = locked(BY_GROUP.agree), locked(BY_GROUP.seen)

CALLS: dict[str, Callable[[], object]] = {
    "gather": lambda: gather(locked([1, 0, 1]), locked([0, 0, 0]), locked([1, 0, -1])),
    "as_mask": lambda: votes_module.as_mask(locked([0, 2]), 4),
    "analyse": lambda: analyse(
        VOTES, city=GROUP, time=TIME, exposures=EXPOSURES, removed=NOBODY, previous_groups=GROUP
    ),
    "analyse_polis": lambda: analyse_polis(VOTES, moderated_out=NOBODY, meta=NOBODY, group_centres=CENTRE),
    "who_is_counted": lambda: recipe.who_is_counted(VOTES, previously=locked([0, 1])),
    "count": lambda: counts.count(VOTES, GROUP, 2, weight=WEIGHT),
    "share_bound": lambda: intervals.share_bound(AGREES, SEEN),
    "two_shares_z": lambda: intervals.two_shares_z(AGREES, SEEN, AGREES, SEEN),
    "two_sided_p": lambda: intervals.two_sided_p(AGREES),
    "false_discovery": lambda: intervals.false_discovery(locked(np.random.default_rng(0).random((2, 5)))),
    "shrunken_shares": lambda: shrinkage.shrunken_shares(AGREES, SEEN, locked(SEEN > 3)),
    "find_common_ground": lambda: common_ground.find_common_ground(BY_GROUP.whole, BY_GROUP, BY_GROUP, removed=NOBODY),
    "group_differences": lambda: differences.group_differences(BY_GROUP, removed=NOBODY),
    "city_differences": lambda: differences.city_differences(BY_GROUP, removed=NOBODY),
    "exposure_weights": lambda: exposure.exposure_weights(VOTES, EXPOSURES),
    "effective_counts": lambda: exposure.effective_counts(VOTES, GROUP, 2, WEIGHT),
    "bridging": lambda: bridging.bridging(MODEL, PLACES, BY_GROUP, SHOWN),
    "choose_slate": lambda: slate.choose_slate(VOTES, MODEL, PLACES, removed=NOBODY),
    "largest_unrepresented": lambda: slate.largest_unrepresented(locked(SEEN > 3), locked([0]), 2),
    "completeness": lambda: completeness.completeness(VOTES, removed=NOBODY),
    "votes_needed": lambda: completeness.votes_needed(VOTES),
    "hold_out": lambda: prediction.hold_out(VOTES, 0.1, seed=0),
    "suspicious_clusters": lambda: robustness.suspicious_clusters(VOTES, TIME),
    "compare": lambda: robustness.compare(GROUND, GROUND, 0),
    "fit_factors": lambda: factors.fit_factors(VOTES, start=MODEL, participant_weight=locked(np.ones(120))),
    "place": lambda: factors.place(VOTES, MODEL),
    "components": lambda: components.components(VOTES, zeroed=NOBODY),
    "project": lambda: components.project(VOTES, COMPONENTS),
    "statement_positions": lambda: components.statement_positions(COMPONENTS),
    "compress": lambda: plane.compress(POINTS, locked(np.ones(120)), many=5),
    "distances": lambda: plane.distances(POINTS, CENTRE),
    "nearest": lambda: plane.nearest(POINTS, CENTRE),
    "gather_places": lambda: anonymity.gather_places(POINTS, GROUP),
    "publishable": lambda: anonymity.publishable(SEEN),
    "table": lambda: agreement.table(GROUP, EVERYBODY, 2, 1),
    "overlap": lambda: agreement.overlap(GROUP, EVERYBODY, 2, 1),
    "adjusted_rand": lambda: agreement.adjusted_rand(GROUP, EVERYBODY),
    "k_means": lambda: clustering.k_means(CELLS, 2, np.random.default_rng(0)),
    "silhouette": lambda: clustering.silhouette(CELLS, CENTRE),
    "scatter": lambda: clustering.scatter(CELLS),
    "find_groups": lambda: find.find_groups(VOTES, MODEL, PLACES, resamples=2),
    "draws": lambda: None,
    "keep_names": lambda: names.keep_names(GROUPS, GROUP),
    "separation": lambda: separation.separation(POINTS, PLACES.covariance, MODEL, 2, seed=0),
    "routing_state": lambda: routing.routing_state(BY_GROUP, SHOWN, by_city=BY_GROUP, label=SHOWN % 2, closed=NOBODY),
    "see": lambda: routing.see(STATE, locked([0, 1]), locked([1, -1])),
    "probabilities": lambda: routing.probabilities(STATE, routing.see(STATE, [], [])),
    "next_statement": lambda: routing.next_statement(STATE, routing.Viewer(NOBODY, locked([0.5, 0.5])), seed=0),
    "evenness": lambda: routing.evenness(locked([0.5, 0.5])),
    "cluster": lambda: clusters.cluster(POINTS, group_centres=CENTRE),
    "routing_priority": lambda: priority.routing_priority(BY_GROUP.whole, locked(np.ones(20)), meta=NOBODY),
    "share_test": lambda: representativeness.share_test(AGREES, SEEN),
    "sides": lambda: representativeness.sides(BY_GROUP),
    "representative": lambda: representativeness.representative(BY_GROUP, removed=NOBODY),
    "consensus": lambda: representativeness.consensus(BY_GROUP.whole, removed=NOBODY),
    "group_aware_consensus": lambda: representativeness.group_aware_consensus(BY_GROUP),
}


def _public() -> set[str]:
    trees = [ast.parse(path.read_text()) for path in OPINION.rglob("*.py")]
    functions = (node.name for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef))
    return {name for name in functions if not name.startswith("_")}


def test_every_public_function_is_called() -> None:
    assert _public() == CALLS.keys() | INDIRECT.keys()


@pytest.mark.parametrize("name", sorted(CALLS))
def test_what_is_given_is_only_read(name: str) -> None:
    before = [VOTES.value.tobytes(), POINTS.tobytes(), AGREES.tobytes(), MODEL.axis.tobytes()]
    CALLS[name]()
    assert before == [VOTES.value.tobytes(), POINTS.tobytes(), AGREES.tobytes(), MODEL.axis.tobytes()]
