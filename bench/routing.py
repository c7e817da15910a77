"""Does routing reach the final picture with fewer votes? Replayed on real votes only.

Everybody with at least 25 real votes arrives once, in random order, and answers ten statements, which the router
chooses among those that they did vote on: so no vote is made up. Measured are, from the votes gathered so far:
the rank correlation (Spearman) of the common-ground floors with those from all votes, with the groups of all votes;
and how far two groups found from the gathered votes agree with those from all votes (adjusted Rand).
The settings of our router were chosen, out of about twenty, on the conversations marked with a star.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr

from bench.conversations import real_conversations
from bench.printing import heading, note, row
from intercity.core.compute import Here
from intercity.core.opinion.common_ground import find_common_ground
from intercity.core.opinion.components import components, statement_positions
from intercity.core.opinion.counts import count
from intercity.core.opinion.factors import Factors, fit_factors, place
from intercity.core.opinion.groups.agreement import adjusted_rand
from intercity.core.opinion.groups.clustering import k_means
from intercity.core.opinion.plane import compress, nearest
from intercity.core.opinion.planted import planted_votes
from intercity.core.opinion.polis.priority import routing_priority
from intercity.core.opinion.routing import evenness, next_statement, probabilities, routing_state, see
from intercity.core.opinion.votes import Votes, gather

Floats = NDArray[np.float64]
Labels = NDArray[np.integer]
Cast = tuple[list[int], list[int]]

ENOUGH, EACH, RENEW, SEEDS, FEWEST_PEOPLE = 25, 10, 40, 4, 80
CHECKPOINTS = tuple(step / 10 for step in range(1, 11))
GROUPS = 2
TUNED = ("american", "austria", "bg2050", "brexit")


@dataclass
class Gathered:
    """The votes of a replay so far."""

    truth: Votes
    who: list[int] = field(default_factory=list)
    what: list[int] = field(default_factory=list)
    value: list[int] = field(default_factory=list)

    def add(self, who: int, what: int, value: int) -> None:
        """One more vote."""
        self.who.append(who)
        self.what.append(what)
        self.value.append(value)

    def votes(self) -> Votes:
        """All of them."""
        size = {"participants": self.truth.participants, "statements": self.truth.statements}
        return gather(self.who, self.what, self.value, **size)

    def shown(self) -> NDArray[np.int64]:
        """How often each statement was shown."""
        return np.bincount(self.what, minlength=self.truth.statements)


Chances = Callable[[NDArray[np.bool_], Cast], Floats]
"""From the statements that a person may be shown, and their votes so far."""
Router = Callable[[Gathered], Chances]


def intercity(gathered: Gathered) -> Chances:
    """Our routing: groups are found from the votes gathered so far."""
    votes = gathered.votes()
    label: Labels = np.zeros(votes.participants, dtype=np.int64)
    factors, centre = None, None
    if len(votes) > 500:
        label, centre, factors = _divide(votes)
    by_group = count(votes, label, 1 if centre is None else GROUPS)
    state = routing_state(by_group, gathered.shown(), factors=factors, centre=centre)

    def chances(may: NDArray[np.bool_], cast: Cast) -> Floats:
        viewer = see(state, *cast)
        return _among(may, probabilities(state, viewer))

    return chances


def _among(may: NDArray[np.bool_], weight: Floats) -> Floats:
    allowed: Floats = np.where(may, weight, 0.0)
    return allowed / float(allowed.sum())


def polis(gathered: Gathered) -> Chances:
    """Polis's priority."""
    votes = gathered.votes()
    whole = count(votes, np.zeros(votes.participants, dtype=np.int64), 1)
    extremity = np.hypot(*statement_positions(components(votes)).T) if len(votes) else np.zeros(votes.statements)
    weight = routing_priority(whole, extremity, meta=np.zeros(votes.statements, dtype=bool))
    return lambda may, _: _among(may, weight)


def evenly(_gathered: Gathered) -> Chances:
    """Every statement alike."""
    return lambda may, _: _among(may, np.ones(len(may)))


def fewest_first(gathered: Gathered) -> Chances:
    """Always the statement shown least; ties evenly."""
    shown = gathered.shown()

    def chances(may: NDArray[np.bool_], _cast: Cast) -> Floats:
        least = may & (shown == shown[may].min())
        return _among(least, np.ones(len(may)))

    return chances


ROUTERS: dict[str, Router] = {"intercity": intercity, "polis": polis, "evenly": evenly, "fewest first": fewest_first}


@dataclass(frozen=True)
class Goal:
    """What all votes say."""

    truth: Votes
    label: Labels
    floor: Floats


def replay(goal: Goal, router: Router, seed: int) -> list[float]:
    """Correlation with the goal at every checkpoint; last, agreement of groups."""
    truth, rng = goal.truth, np.random.default_rng(seed)
    people = rng.permutation(np.flatnonzero(truth.per_participant >= ENOUGH))
    checks = [round(len(people) * share) for share in CHECKPOINTS]
    gathered, found = Gathered(truth), []
    chances = router(gathered)
    for number, person in enumerate(people.tolist(), start=1):
        _answer(gathered, person, chances, rng)
        if number % RENEW == 0:
            chances = router(gathered)
        if number in checks:
            found.append(_likeness(_floor(gathered.votes(), goal.label), goal.floor))
    label, _, _ = _divide(gathered.votes())
    both = (label >= 0) & (goal.label >= 0)
    return [*found, float(adjusted_rand(label[both], goal.label[both]))]


def _answer(gathered: Gathered, person: int, chances: Chances, rng: np.random.Generator) -> None:
    """One person votes on ten statements."""
    truth = gathered.truth
    a, b = truth.start[person : person + 2]
    theirs = dict(zip(truth.statement[a:b].tolist(), truth.value[a:b].tolist(), strict=True))
    may = np.zeros(truth.statements, dtype=bool)
    may[list(theirs)] = True
    cast: Cast = ([], [])
    for _ in range(EACH):
        chosen = int(rng.choice(truth.statements, p=chances(may, cast)))
        may[chosen] = False
        cast[0].append(chosen)
        cast[1].append(theirs[chosen])
        gathered.add(person, chosen, theirs[chosen])


def _divide(votes: Votes) -> tuple[Labels, Floats, Factors]:
    """Two groups of everybody who voted, their centres, and the opinion space."""
    factors = fit_factors(votes, compute=Here(1))
    xy = place(votes, factors, compute=Here(1)).xy
    voted = votes.per_participant > 0
    centre, _ = k_means(compress(xy[voted]), GROUPS, np.random.default_rng(0))
    return np.where(voted, nearest(xy, centre), -1), centre, factors


def _likeness(floor: Floats, goal: Floats) -> float:
    return float(spearmanr(floor, goal).statistic) if np.ptp(floor) > 0 else 0.0


def _floor(votes: Votes, label: Labels) -> Floats:
    by_group = count(votes, label, GROUPS)
    ground = find_common_ground(by_group.whole, by_group)
    return ground.agree.floor - ground.disagree.floor


def _goal(truth: Votes) -> Goal:
    label, _, _ = _divide(truth)
    label = np.where(truth.per_participant >= ENOUGH, label, -1)
    return Goal(truth, label, _floor(truth, label))


def _runs(given: tuple[Votes, str]) -> NDArray[np.float64]:
    truth, router = given
    goal = _goal(truth)
    return np.array([replay(goal, ROUTERS[router], seed) for seed in range(SEEDS)])


def main() -> None:
    """Print the table."""
    heading(f"Routing replayed on real votes, {EACH} a person, {SEEDS} random orders")
    row("conversation, router", "25 %", "50 %", "100 %", "std", "mean", "votes", "groups")
    tables: dict[str, dict[str, NDArray[np.float64]]] = {}
    conversations = [
        (name, votes)
        for name, votes in real_conversations()
        if (votes.per_participant >= ENOUGH).sum() > FEWEST_PEOPLE
    ]
    work = [(votes, router) for _, votes in conversations for router in ROUTERS]
    with ProcessPoolExecutor() as pool:
        results = pool.map(_runs, work)
        for name, _ in conversations:
            star = "*" if name.startswith(TUNED) else ""
            tables[name + star] = {router: next(results) for router in ROUTERS}
            _print(name + star, tables[name + star])
    _summary({name: table for name, table in tables.items() if not name.endswith("*")})
    _draws()


def _print(name: str, table: dict[str, NDArray[np.float64]]) -> None:
    peer = table["polis"].mean(axis=0)[:-1]
    for router, runs in table.items():
        mean, spread = runs.mean(axis=0), runs.std(axis=0)
        cells = [f"{mean[1:3].mean():.3f}", f"{mean[4]:.3f}", f"{mean[9]:.3f}", f"{spread[9]:.3f}"]
        row(
            f"{name[:24]}, {router}",
            *cells,
            f"{mean[:-1].mean():.3f}",
            _votes_saved(mean[:-1], peer),
            f"{mean[-1]:.2f}",
        )


def _votes_saved(ours: Floats, peer: Floats) -> str:
    """Share of the votes after which the value is reached that the peer's routing reaches with all."""
    reached = np.maximum.accumulate(ours)
    if reached[-1] < peer[-1]:
        return "> 100 %"
    return f"{100 * float(np.interp(peer[-1], reached, CHECKPOINTS)):.0f} %"


def _summary(tables: dict[str, dict[str, NDArray[np.float64]]]) -> None:
    for router in ROUTERS if tables else ():
        means = np.mean([table[router].mean(axis=0) for table in tables.values()], axis=0)
        note(f"conversations without a star: {router} {means[:-1].mean():.3f}, groups {means[-1]:.2f}")
    note("votes: share of all votes after which the value is reached that Polis's routing reaches with all of them;")
    note("groups: adjusted Rand index of two groups found from the gathered votes and from all votes.")


def _draws() -> None:
    votes = planted_votes(5000, 1000, seed=1).votes
    label, centre, factors = _divide(votes)
    state = routing_state(count(votes, label, GROUPS), votes.per_statement, factors=factors, centre=centre)
    a, b = votes.start[:2]
    begin = perf_counter()
    for seed in range(200):
        viewer = see(state, votes.statement[a:b], votes.value[a:b])
        draw = next_statement(state, viewer, seed=seed)
    each = (perf_counter() - begin) / 200
    note(f"one draw at 1,000 statements, placing the participant included: {each * 1e3:.2f} ms")
    note(f"evenness of its chances: {evenness(draw.probabilities):.2f}")


if __name__ == "__main__":
    main()
