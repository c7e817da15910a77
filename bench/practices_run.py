"""One database filled with practices and searched: `python -m bench.practices_run`, settings from outside."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

import django
import numpy as np

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.passages import LANGUAGES, Pool  # noqa: E402
from bench.retrieval import part, sentences  # noqa: E402
from bench.search_run import _pool as kept_pool  # noqa: E402
from intercity.cities import gazetteer  # noqa: E402
from intercity.cities.models import City  # noqa: E402
from intercity.core.language import cutting, meaning  # noqa: E402
from intercity.languages import indexing, vectors, word_index  # noqa: E402
from intercity.languages.models import Findable, Kind, Passage, Text  # noqa: E402
from intercity.languages.wanting import want  # noqa: E402
from intercity.practices import vocabulary  # noqa: E402
from intercity.practices.models import Practice, PracticeState, PracticeWords  # noqa: E402
from intercity.practices.search import Asked, facets, parse, search  # noqa: E402
from intercity.practices.search.duties import index_practices  # noqa: E402

BATCH, CITIES, TIMED, BUILT, KNOWN, SEED = 2_000, 300, 100, 100, 40, 5
ELSEWHERE = 1 / 3
STATUSES = ("running", "running", "running", "pilot", "scaled", "stopped", "unknown")
COUNTRIES = ("CN", "VN", "LA", "KH", "TH", "ID", "MY", "SG", "PH", "MM", "BN", "TL")


def cities(rng: np.random.Generator) -> list[City]:
    """Members all over a region, in every class of size."""
    return City.objects.bulk_create(
        City(
            slug=f"city-{number}", name=f"City {number}", country=COUNTRIES[number % len(COUNTRIES)],
            population=int(10 ** rng.uniform(4, 7.3)), latitude=float(rng.uniform(-10, 45)),
            longitude=float(rng.uniform(95, 130)),
        )
        for number in range(CITIES)
    )  # fmt: skip


@cache
def elsewhere() -> list[gazetteer.Place]:
    """Places of the same countries that are no members."""
    return [one for code in COUNTRIES for one in gazetteer.find("a", code, 200)]


def practice(number: str, places: Sequence[City], rng: np.random.Generator) -> Practice:
    """One practice with facts at random: themes by Zipf's law, evidence mostly low, one in three of no member."""
    ids = [one.id for one in vocabulary.concepts().values() if one.broader]
    concepts = {ids[min(int(rng.zipf(1.4)) - 1, len(ids) - 1)] for _ in range(2)}
    confirmed = timezone.localdate() - timedelta(days=int(rng.integers(0, 1_500)))
    place = elsewhere()[int(rng.integers(0, len(elsewhere())))]
    where: dict[str, Any] = {"city": places[int(rng.integers(0, len(places)))]}
    if rng.random() < ELSEWHERE:
        where = {"place": place.name, "country": place.country, "geonames_id": place.geonames_id}
    return Practice(
        slug=f"practice-{number}", **where, state=PracticeState.PUBLISHED,
        published_at=timezone.now(), version=1, status=STATUSES[int(rng.integers(0, len(STATUSES)))],
        concepts=sorted(concepts), evidence=min(int(rng.zipf(2.0)) - 1, 5), status_confirmed_on=confirmed,
        targets=sorted({target for one in concepts for target in vocabulary.concepts()[one].targets}),
    )  # fmt: skip


def fill(count: int, pools: Mapping[str, Pool], places: Sequence[City]) -> None:
    """Practices with a title and a summary each, written as duties write them; vectors are those of their sentences.

    pgvector's graph is built afterwards, as one does for many.
    """
    rng = np.random.default_rng(SEED)
    has_graph = isinstance(vectors.chosen(), vectors.InPostgres)
    if has_graph:
        _execute("DROP INDEX IF EXISTS languages_meaning_near")
    for code, own in pools.items():
        for begin in range(0, count // len(LANGUAGES), BATCH):
            _write(code, begin, min(BATCH, count // len(LANGUAGES) - begin), own, places, rng)
    if has_graph:
        _execute("SET maintenance_work_mem = '512MB'", vectors.INDEX[1])
    _execute("ANALYZE")


def _execute(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _write(code: str, begin: int, some: int, own: Pool, places: Sequence[City], rng: np.random.Generator) -> None:
    """Two texts each: a short one as the title, a sentence as the summary."""
    shorts = rng.integers(min(own.news, len(own.sentences) - 1), len(own.sentences), some)
    longs = rng.integers(0, own.news, some)
    chosen = np.column_stack([shorts, longs])
    with transaction.atomic():
        word_index.only_writer()
        made = Practice.objects.bulk_create(practice(f"{code}-{begin + n}", places, rng) for n in range(some))
        texts = Text.objects.bulk_create(
            Text(language=code, body=own.sentences[place]) for pair in chosen for place in pair
        )
        PracticeWords.objects.bulk_create(
            PracticeWords(practice=made[n // 2], field=("title", "summary")[n % 2], text=text)
            for n, text in enumerate(texts)
        )
        things = Findable.objects.bulk_create(
            Findable(kind=Kind.PRACTICE, key=str(one.pk), indexed=1, address=f"/practices/{one.slug}/") for one in made
        )
        indexing._write([
            _passage(code, things[n // 2], text, own.vectors[chosen[n // 2, n % 2]]) for n, text in enumerate(texts)
        ])  # fmt: skip


def _passage(code: str, thing: Findable, text: Text, vector: Any) -> Passage:
    words = cutting.words(text.body)
    plain = word_index.as_stored(p for word, p in zip(words, cutting.plain(words), strict=True) if p != word)
    return Passage(
        findable=thing, text=text, language=code, body=text.body, words=word_index.as_stored(words), plain=plain,
        words_by=cutting.CUT, vector=meaning.pack(vector[None])[0].tobytes(), vector_by=meaning.NAME,
    )  # fmt: skip


def plant(said: dict[str, list[str]], places: Sequence[City]) -> dict[str, list[tuple[int, int]]]:
    """Known practices, indexed by the duty as any: their keys, and the numbers of their sentences."""
    rng = np.random.default_rng(SEED + 1)
    found: dict[str, list[tuple[int, int]]] = {}
    for code, own in said.items():
        numbers = [int(number) for number in rng.choice(len(own), KNOWN, replace=False)]
        made = [practice(f"known-{code}-{number}", places, rng) for number in numbers]
        there = Practice.objects.in_bulk([one.slug for one in made], field_name="slug")
        if there:  # from an earlier run on a database that was kept
            made = [there[one.slug] for one in made]
        else:
            _publish(made, [[own[number]] for number in numbers], code)
        found[code] = [(one.pk, number) for one, number in zip(made, numbers, strict=True)]
    return found


def _publish(made: Sequence[Practice], bodies: Sequence[Sequence[str]], code: str) -> None:
    fields = ("summary", "title", "problem", "solution", "difficulties")
    with transaction.atomic():
        Practice.objects.bulk_create(made)
        for one, some in zip(made, bodies, strict=True):
            for field, body in zip(fields, some, strict=False):
                PracticeWords.objects.create(
                    practice=one, field=field, text=Text.objects.create(language=code, body=body)
                )
        want(Kind.PRACTICE, [one.pk for one in made])
    while index_practices():
        pass


def recall(said: dict[str, list[str]], known: dict[str, list[tuple[int, int]]]) -> dict[str, dict[str, float]]:
    """By language and sort of question, how often the known practice is among the first ten."""
    found = {}
    for code, some in known.items():
        rng = np.random.default_rng(SEED + 2)
        few = [part(said[code][number], code, rng) for _, number in some]
        themes = dict(Practice.objects.filter(pk__in=[pk for pk, _ in some]).values_list("pk", "concepts"))
        found[code] = {
            "words": _share(code, [(Asked(q=words), pk) for words, (pk, _) in zip(few, some, strict=True)]),
            "cross": _share("en", [(Asked(q=said["en"][number][:200]), pk) for pk, number in some]),
            "facet": _share(
                code,
                [(Asked(q=words, theme=themes[pk][0]), pk) for words, (pk, _) in zip(few, some, strict=True)],
            ),
        }
    return found


def _share(reader: str, asked: Sequence[tuple[Asked, int]]) -> float:
    there = [pk in {hit.practice.pk for hit in search(one, reader, list(LANGUAGES)).hits} for one, pk in asked]
    return float(np.mean(there))


def questions(said: dict[str, list[str]]) -> dict[str, list[tuple[Asked, str]]]:
    """Searches by sort, each with the language of its reader."""
    rng = np.random.default_rng(SEED + 3)
    codes = list(said)
    few = [(part(said[code][int(rng.integers(0, len(said[code])))], code, rng), code)
           for code in (codes[n % len(codes)] for n in range(TIMED))]  # fmt: skip
    filters: dict[str, dict[str, str]] = {
        "three words": {},
        "and a theme": {"theme": "flooding"},
        "and an income group": {"income": "lower-middle"},
        "and evidence, size and status": {"evidence": "2", "size": "500k-1m", "status": "running"},
        "and cities like mine": {"like": "city-7"},
    }
    made = {name: [(parse({"q": words, **more}), code) for words, code in few] for name, more in filters.items()}
    made["no words"] = [(Asked(page=1 + n % 5), codes[n % 10]) for n in range(30)]
    made["no words, a theme and evidence"] = [(Asked(theme="water", evidence="2"), codes[n % 10]) for n in range(30)]
    made["no words, cities like mine"] = [(Asked(like=f"city-{n}"), codes[n % 10]) for n in range(30)]
    return made


def timed(asked: Sequence[tuple[Asked, str]], *, with_counts: bool = False) -> list[float]:
    """Milliseconds of each."""
    taken = []
    for one, code in asked:
        begin = time.perf_counter()
        page = search(one, code, list(LANGUAGES))
        if with_counts:
            facets(one, page.among, code)
        taken.append((time.perf_counter() - begin) * 1_000)
    return taken


def upkeep(said: dict[str, list[str]], places: Sequence[City]) -> float:
    """Milliseconds per practice of five texts, from published to found."""
    rng = np.random.default_rng(SEED + 4)
    taken, there = 0.0, Practice.objects.count()
    for code in LANGUAGES:
        made = [practice(f"new-{code}-{there + n}", places, rng) for n in range(BUILT // len(LANGUAGES))]
        bodies = [[said[code][(7 * n + k) % len(said[code])] for k in range(5)] for n in range(len(made))]
        begin = time.perf_counter()
        _publish(made, bodies, code)
        taken += time.perf_counter() - begin
    return taken * 1_000 / BUILT


def main() -> None:
    """Fill, measure, print JSON."""
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    call_command("migrate", verbosity=0, skip_checks=True)
    pools = {code: kept_pool(code, folder) for code in LANGUAGES}
    said = {code: own.sentences[: own.news] for code, own in pools.items()}
    places = list(City.objects.order_by("pk")) or cities(np.random.default_rng(SEED))
    begin = time.perf_counter()
    if not Practice.objects.exists():
        fill(count, pools, places)
    found: dict[str, Any] = {"filling": time.perf_counter() - begin}
    known = sentences()
    planted = plant(known, places) if known else {}
    asked = questions(said)
    timed(asked["three words"][:10])  # whatever is loaded on first use
    found["times"] = {name: timed(some) for name, some in asked.items()}
    found["times"]["three words, values counted"] = timed(asked["three words"], with_counts=True)
    found["times"]["no words, values counted"] = timed(asked["no words"], with_counts=True)
    found["recall"] = recall(known, planted)
    found["upkeep"] = upkeep(said, places)
    found["store"] = type(vectors.chosen()).__name__
    print(json.dumps(found))


if __name__ == "__main__":
    main()
