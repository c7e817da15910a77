"""Simulated people and what they vote: planted opinions on the statements of a dialogue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from intercity.cities.models import City
from intercity.core.opinion.planted import Planted, planted_votes
from intercity.core.opinion.votes import Votes, gather
from intercity.dialogues.actions.importing import store_votes
from intercity.dialogues.models import Channel, Dialogue, Participant

VOTES_EACH = 12.0
GROUPS = (0.45, 0.35, 0.2)
SEPARATION = 0.9
CHANNELS, SHARES = (Channel.WEB, Channel.HELPER, Channel.PAPER), (0.8, 0.14, 0.06)


def simulate_votes(
    dialogue: Dialogue, cities: Sequence[City], divides: Sequence[bool], *, people: int, seed: int, until: datetime
) -> int:
    """Add simulated participants of these cities and their votes between the opening and `until`; returns how many.

    This is the only place that writes votes without `cast_vote`, besides bringing in dialogues: nobody cast them, so
    no right can be checked, and one transaction for each of some 30,000 votes would take minutes. The dialogue must
    say that it is simulated.
    """
    if not dialogue.is_simulated:
        raise ValueError(f"{dialogue} is not marked as simulated; only such dialogues get simulated votes.")
    statements = list(dialogue.statements.order_by("number"))
    planted = planted_votes(
        people,
        len(statements),
        votes_per_participant=VOTES_EACH,
        groups=GROUPS,
        cities=len(cities),
        separation=SEPARATION,
        seed=seed,
    )
    votes = _sensible(planted.votes, np.asarray(divides, dtype=bool))
    opened = dialogue.opened_at or until
    arrived, time = _times(votes, opened.timestamp(), until.timestamp(), seed)
    participants = _participants(dialogue, cities, planted, arrived, seed)
    store_votes(dialogue.round, participants, statements, votes, time, otherwise=until)
    return len(votes)


def _sensible(votes: Votes, divides: NDArray[np.bool_]) -> Votes:
    """The same votes, with the columns that most agree with put under the statements that divide nobody.

    Otherwise chance would let simulated people refuse clean water for schools, and readers would doubt the rest.
    """
    agreed = np.bincount(votes.statement, weights=votes.value == 1, minlength=votes.statements)
    share = agreed / np.maximum(votes.per_statement, 1)
    stands_for = np.empty(votes.statements, dtype=np.int64)
    stands_for[np.argsort(-share, kind="stable")] = np.argsort(divides, kind="stable")
    return gather(
        votes.participant(),
        stands_for[votes.statement],
        votes.value,
        participants=votes.participants,
        statements=votes.statements,
    )


def _times(votes: Votes, begin: float, end: float, seed: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """When each participant came and each vote was cast, in seconds since 1970."""
    rng = np.random.default_rng([seed, 1])
    arrived = begin + rng.random(votes.participants) * (end - begin)
    pause = np.cumsum(rng.gamma(2.0, 6.0, len(votes)))
    first = np.repeat(votes.start[:-1], votes.per_participant)
    time = arrived[votes.participant()] + pause - pause[first]
    return arrived, np.minimum(np.round(time), np.floor(end))


def _participants(
    dialogue: Dialogue, cities: Sequence[City], planted: Planted, arrived: NDArray[np.float64], seed: int
) -> list[Participant]:
    channels = np.random.default_rng([seed, 2]).choice(len(CHANNELS), len(arrived), p=SHARES)
    living = [cities[number] for number in (planted.city.tolist() if planted.city is not None else [])]
    return Participant.objects.bulk_create(
        [
            Participant(
                dialogue=dialogue,
                city=city,
                language=city.languages[0] if city.languages else "",
                channel=CHANNELS[channel],
                joined_on=datetime.fromtimestamp(seconds, UTC).date(),
            )
            for city, channel, seconds in zip(living, channels.tolist(), arrived.tolist(), strict=True)
        ],
        batch_size=5_000,
    )
