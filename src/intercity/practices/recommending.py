"""What a city might try: practices for its challenges, each with the reasons and with what is not known of it.

The order is that of `search.fitting`, where the score stands: what it is about, its words, the likeness of the places,
the evidence, and what cities like this one took over in the last two years. Here stands only what a city is shown.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from intercity.cities.models import City
from intercity.practices.models import Challenge, ChallengeState, Practice
from intercity.practices.search.fitting import fitting
from intercity.practices.search.reasons import Reason

MOST_CHALLENGES = 5
MOST_PRACTICES = 3


@dataclass(frozen=True)
class Recommended:
    """A practice that a city might try: why, and what one would have to ask first."""

    practice: Practice
    reasons: tuple[Reason, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class ForChallenge:
    """A challenge of a city, and what might be an answer to it; empty where nothing fits."""

    challenge: Challenge
    practices: tuple[Recommended, ...]


def recommendations(city: City, most: int = MOST_PRACTICES) -> list[ForChallenge]:
    """For each challenge to which the city still seeks an answer, practices that fit, the best first.

    What the city did or takes over already is left out; so is what stands under an earlier challenge.
    """
    seen = set(city.taken.values_list("practice", flat=True))
    found = []
    challenges = Challenge.objects.filter(city=city, state=ChallengeState.OPEN).with_words()
    for challenge in challenges[:MOST_CHALLENGES]:
        among = Practice.objects.published().exclude(pk__in=seen)
        fits = fitting(challenge, among)[:most]
        seen |= {one.practice.pk for one in fits}
        shown = [Recommended(one.practice, one.reasons, missing(one.practice)) for one in fits]
        found.append(ForChallenge(challenge, tuple(shown)))
    return found


def missing(practice: Practice) -> tuple[str, ...]:
    """What is not known of a practice and would have to be known before a city decides, in the reader's language."""
    told = {one.field for one in practice.words.all()}
    gaps = (
        (not practice.costs.all(), _("what it cost")),
        (practice.staff is None and "staff" not in told, _("how many people it needs")),
        ("legal" not in told, _("the law it stands on")),
        (not practice.results.all(), _("what came of it")),
        (practice.is_stale(), _("how it stands today")),
    )
    return tuple(sentence for is_missing, sentence in gaps if is_missing)
