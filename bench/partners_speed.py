"""Time and memory of partners in a process of its own: `python -m bench.partners_speed WHICH CITIES`.

The places are real where the gazetteer is at hand; ties, needs, offers and answers are planted, so that every term has
something to do. The dense route is what one would write first in numpy: whole tables of every term, then a sort.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from bench.printing import heading, note, row
from bench.sister_cities import GAZETTEER, world
from intercity.core.matching.partners import Cities, Network, Scorer, partners, partners_of_all, prepare, scorer
from intercity.core.matching.partners.network import LIKELY, MIDDLE, NEAREST, RADIUS, RESTART, STEPS
from intercity.core.matching.partners.terms import load, readiness

Floats = NDArray[np.float64]
MANY, ALL, SMALL, TIMES = 50, 34_000, 8_000, 40
COMPARED = 100
"""Lists that are compared with those of the dense route."""
TOPICS, EACH = 97, 5


@dataclass(frozen=True)
class Run:
    """Seconds (median, slowest), MB at the peak (the process as a whole), and the first lists, to be compared."""

    seconds: float
    slowest: float
    megabytes: float
    lists: list[list[int]]


def planted(many: int) -> Cities:
    """Places as they are, the largest first; a seventh has ties, a tenth says what it needs and offers."""
    cities, random = world(), np.random.default_rng(0)
    order = np.argsort(-np.nan_to_num(cities.population), kind="stable")[:many]
    where = np.full(len(cities), -1)
    where[order] = np.arange(len(order))
    tongues = cities.languages[where[cities.languages[:, 0]] >= 0]
    tied, posting = random.permutation(many)[: many // 7], random.permutation(many)[: many // 10]
    asked = random.random(many) < 0.5

    def topics() -> NDArray[np.int64]:
        return np.stack([np.repeat(posting, EACH), random.integers(0, TOPICS, len(posting) * EACH)], axis=1)

    return replace(
        cities,
        latitude=cities.latitude[order],
        longitude=cities.longitude[order],
        population=cities.population[order],
        country=cities.country[order],
        income=cities.income[order],
        languages=np.stack([where[tongues[:, 0]], tongues[:, 1]], axis=1),
        answered_days=np.where(asked, random.integers(0, 500, many), np.nan),
        asked_lately=np.where(asked, random.integers(0, 6, many), np.nan),
        needs=topics(),
        offers=topics(),
        ties=tied[random.integers(0, len(tied), (2 * len(tied), 2))],
    )


def dense(network: Network, rows: NDArray[np.int64]) -> Floats:
    """The same sum, term by term, in whole tables of double precision."""
    cities, weights = network.cities, network.weights
    apart = network.place[rows, None, :].astype(float) - network.place[None, :, :]
    line = np.maximum(RADIUS * np.sqrt((apart**2).sum(axis=2)), NEAREST)
    total: Floats = weights["nearness"] * np.log2(MIDDLE / line)
    people = np.log10(cities.population)
    total += weights["size"] * np.nan_to_num(np.maximum(-1, 1 - np.abs(people[rows, None] - people)))
    total += weights["languages"] * (network.speaks[rows].toarray() @ network.speaks.toarray().T > 0)
    total += weights["country"] * (cities.country[rows, None] == cities.country)
    income = cities.income[rows, None]
    known = (income >= 0) & (cities.income >= 0)
    total += weights["income"] * known * np.maximum(0, 1 - np.abs(income - cities.income) / 2)
    total += weights["countries"] * np.nan_to_num(network.lift[cities.country[rows, None], cities.country])
    total += weights["compatriots"] * np.log2(1 + network.by_country.toarray()[cities.country[rows]])
    total += weights["links"] * np.log2(1 + network.ties)
    total += weights["readiness"] * np.nan_to_num(readiness(cities.answered_days))
    total += weights["load"] * np.nan_to_num(load(cities.asked_lately))
    wanted, given = network.needs.toarray(), network.offers.toarray()
    total += weights["needs"] * (wanted[rows] @ given.T) / np.maximum(wanted[rows].sum(axis=1), 1)[:, None]
    total += weights["offers"] * (given[rows] @ wanted.T) / np.maximum(wanted.sum(axis=1), 1)
    total += weights["shared"] * np.log2(1 + _walks(network, rows) / LIKELY)
    return total


def _walks(network: Network, rows: NDArray[np.int64]) -> Floats:
    steps = network.steps.toarray().astype(float)
    found, at = np.zeros((len(rows), len(network.cities))), np.flatnonzero(network.ties[rows])
    step = RESTART * np.eye(len(steps))[np.searchsorted(network.with_ties, rows[at])]
    total = np.zeros_like(step)
    for _ in range(STEPS):
        step = (1 - RESTART) * step @ steps
        total += step
    found[np.ix_(at, network.with_ties)] = total
    return found


def _dense_lists(network: Network, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Sorted whole; the kept places are left out, which favours this route."""
    scores = dense(network, rows)
    scores[np.arange(len(rows)), rows] = -np.inf
    scores[network.tied[rows].toarray() > 0] = -np.inf
    return np.argsort(-scores, axis=1)[:, :MANY]


def _all_ours(ready: Scorer, _turn: int) -> list[list[int]]:
    found: list[list[int]] = partners_of_all(ready, many=MANY).city.tolist()
    return found


def _all_dense(ready: Scorer, _turn: int) -> list[list[int]]:
    found: list[list[int]] = _dense_lists(ready.network, np.arange(len(ready.network.cities))).tolist()
    return found


def _one_ours(ready: Scorer, turn: int) -> list[list[int]]:
    return [[one.city for one in partners(ready, _city(ready, turn), many=MANY)]]


def _one_dense(ready: Scorer, turn: int) -> list[list[int]]:
    found: list[list[int]] = _dense_lists(ready.network, np.array([_city(ready, turn)])).tolist()
    return found


def _city(ready: Scorer, turn: int) -> int:
    """Another one each time, every second of them with ties."""
    some = ready.network.with_ties if turn % 2 else np.arange(len(ready.network.cities))
    return int(some[turn * 97 % len(some)])


def _prepare(ready: Scorer, _turn: int) -> list[list[int]]:
    return [[len(scorer(prepare(ready.network.cities)).example)]]


ROUTES: dict[str, tuple[Callable[[Scorer, int], list[list[int]]], int]] = {
    "all": (_all_ours, 1),
    "all-dense": (_all_dense, 1),
    "one": (_one_ours, TIMES),
    "one-dense": (_one_dense, TIMES),
    "prepare": (_prepare, 3),
}


def run_alone(which: str, many: int) -> Run:
    """One of ROUTES in a process of its own, whose memory is its own."""
    command = [sys.executable, "-m", "bench.partners_speed", which, str(many)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return Run(**json.loads(done.stdout))


def _agreement(ours: Run, theirs: Run) -> float:
    """How many of the dense route's first four fifths are in our lists, whose last fifth may be kept places."""
    first = MANY * 4 // 5
    pairs = zip(ours.lists, theirs.lists, strict=True)
    return float(np.mean([len(set(dense[:first]) & set(one)) / first for one, dense in pairs]))


def report() -> None:
    """Print the table."""
    heading("Partners: time and memory, each in a process of its own")
    if not GAZETTEER.exists():
        note("Skipped: ../shared/data/gazetteer is not here.")
        return
    row("", "seconds", "MB", "dense s", "dense MB", "faster", "memory", "same")
    slowest: dict[str, float] = {}
    for name, which, many in (
        (f"all pairs of {SMALL:,}", "all", SMALL),
        (f"one of {ALL:,}, top {MANY}, with terms", "one", ALL),
    ):
        ours, theirs = run_alone(which, many), run_alone(f"{which}-dense", many)
        times, part = theirs.seconds / ours.seconds, theirs.megabytes / ours.megabytes
        cells = (f"{ours.seconds:.3f}", f"{ours.megabytes:.0f}", f"{theirs.seconds:.3f}", f"{theirs.megabytes:.0f}")
        slowest[which] = ours.slowest
        row(name, *cells, f"{times:.1f} x", f"1/{part:.1f}", f"{_agreement(ours, theirs):.1%}")
    whole, ready = run_alone("all", ALL), run_alone("prepare", ALL)
    row(f"all pairs of {ALL:,}, top {MANY}", f"{whole.seconds:.1f}", f"{whole.megabytes:.0f}")
    row(f"prepare {ALL:,}", f"{ready.seconds:.2f}", f"{ready.megabytes:.0f}")
    note(f"Goals: one 0.050 s; all 60 s and 2,048 MB. One dense table of {ALL:,} is {ALL**2 * 8e-6:,.0f} MB.")
    note(f"One: the median of {TIMES} cities, half of them with ties; the slowest of ours {slowest['one']:.3f} s.")
    note("Ours fills the kept places and shows all terms; the dense route does neither.")


def main() -> None:
    """Run one route and print seconds, memory and the first lists as JSON."""
    which, many = sys.argv[1:]
    route, times = ROUTES[which]
    ready = scorer(prepare(planted(int(many))))
    seconds, lists = [], []
    for turn in range(times):
        begin = perf_counter()
        lists = route(ready, turn)
        seconds.append(perf_counter() - begin)
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
    found = Run(median(seconds), max(seconds), peak, lists[:COMPARED])
    print(json.dumps(asdict(found)))


if __name__ == "__main__":
    main()
