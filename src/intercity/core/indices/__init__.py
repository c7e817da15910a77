"""Indicators → composite indices with honest uncertainty: intervals and comparisons, never an order of cities."""

from intercity.core.indices.affordability import LIMIT, Affordability, Range, affordability
from intercity.core.indices.answers import Answers, count_answers
from intercity.core.indices.assumptions import DOUBTS, Assumptions, Doubt
from intercity.core.indices.coherence import Coherence, coherence, cronbach_alpha, drop_one
from intercity.core.indices.definition import (
    Gap,
    Goalposts,
    Index,
    Indicator,
    Pillar,
    arrange,
    digital_inclusion,
    read_index,
    with_goalposts,
)
from intercity.core.indices.gaps import adjusted, atkinson, difference, parity
from intercity.core.indices.scoring import (
    FLOOR,
    Aggregation,
    Scores,
    aggregate,
    normalise,
    pillars,
    positions,
    score,
)
from intercity.core.indices.sensitivity import Sensitivity, sensitivity
from intercity.core.indices.uncertainty import DRAWS, SURE, Comparison, Uncertainty, comparable, simulate

__all__ = [
    "DOUBTS",
    "DRAWS",
    "FLOOR",
    "LIMIT",
    "SURE",
    "Affordability",
    "Aggregation",
    "Answers",
    "Assumptions",
    "Coherence",
    "Comparison",
    "Doubt",
    "Gap",
    "Goalposts",
    "Index",
    "Indicator",
    "Pillar",
    "Range",
    "Scores",
    "Sensitivity",
    "Uncertainty",
    "adjusted",
    "affordability",
    "aggregate",
    "arrange",
    "atkinson",
    "coherence",
    "comparable",
    "count_answers",
    "cronbach_alpha",
    "difference",
    "digital_inclusion",
    "drop_one",
    "normalise",
    "parity",
    "pillars",
    "positions",
    "read_index",
    "score",
    "sensitivity",
    "simulate",
    "with_goalposts",
]
