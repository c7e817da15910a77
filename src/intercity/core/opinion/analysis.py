"""What an analysis by the default recipe says, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intercity.core.opinion.bridging import Bridging
from intercity.core.opinion.common_ground import CommonGround
from intercity.core.opinion.completeness import Completeness
from intercity.core.opinion.counts import Counts
from intercity.core.opinion.differences import CityDifferences, GroupDifferences
from intercity.core.opinion.factors import Factors
from intercity.core.opinion.groups import Groups
from intercity.core.opinion.positions import Positions
from intercity.core.opinion.robustness import Robustness, Suspicion
from intercity.core.opinion.slate import Slate

SILENCES = {
    "no_votes": "Nobody has voted yet, so nothing can be said.",
    "one_statement": "There are votes on one statement only, so opinions cannot be compared.",
    "nobody_voted_twice": "Nobody has voted on more than one statement, so opinions cannot be compared.",
    "everybody_equal": "All votes are the same, so there are no differences to be found.",
    "nobody_placed": "Nobody has voted on enough statements to be put into a group.",
    "no_stable_groups": "No stable groups: drawn anew, the groups would be other ones.",
    "cities_too_small": "No city has enough votes on any statement to be counted on its own.",
    "exposures_missing": "For some votes it was not logged that the statement was shown; they are not corrected.",
}
"""What an analysis may be unable to say, in English; doors translate it."""


@dataclass(frozen=True)
class Analysis:
    """The result of `analyse`: common ground first, then groups, then how sure all this is.

    Attributes
    ----------
    parameters : mapping of str to numbers, strings, booleans or None
        Every parameter that was used, the seed included: enough to compute the result again.
    silent : tuple of str
        What this analysis cannot say, by the names in SILENCES; empty: nothing is missing.
    counts : Counts, arrays of shape (1, statements)
        Everybody who voted.
    by_group : Counts, arrays of shape (groups.count, statements)
        Participants who are placed.
    by_city : Counts or None, arrays of shape (cities, statements)
    city_differences, robustness : None without city labels, without times
    """

    parameters: Mapping[str, object]
    silent: tuple[str, ...]
    counts: Counts
    factors: Factors
    positions: Positions
    groups: Groups
    by_group: Counts
    by_city: Counts | None
    common_ground: CommonGround
    group_differences: GroupDifferences
    city_differences: CityDifferences | None
    bridging: Bridging
    slate: Slate
    completeness: Completeness
    suspicion: Suspicion | None
    robustness: Robustness | None
