"""One database filled and searched, in a process of its own: `python -m bench.search_run`, settings from outside."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django
import numpy as np

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first
from django.db import connection, transaction  # noqa: E402

from bench.passages import LANGUAGES, Pool, passages, pool  # noqa: E402
from intercity.core.language import cutting, meaning  # noqa: E402
from intercity.languages import indexing, vectors, word_index  # noqa: E402
from intercity.languages.models import Findable, Passage  # noqa: E402
from intercity.languages.searching import find  # noqa: E402
from intercity.languages.wanting import want  # noqa: E402

TIMED = 200
BUILT = 500


def memory() -> float:
    """Resident MB of this process now."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def fill(count: int, folder: Path) -> dict[str, list[str]]:
    """Write the passages as duties do, but with vectors summed from those of their sentences; returns sentences."""
    near = "languages_meaning_near"
    has_graph = isinstance(vectors.chosen(), vectors.InPostgres)
    if has_graph:  # built afterwards, as one does for many
        with connection.cursor() as cursor:
            cursor.execute(f"DROP INDEX IF EXISTS {near}")
    sentences = {}
    for code in LANGUAGES:
        own = _pool(code, folder)
        sentences[code] = own.sentences[: own.news]
        _fill_language(code, passages(own, count // len(LANGUAGES)))
    if has_graph:
        begin = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute(vectors.INDEX[1])
        print(f"graph {time.perf_counter() - begin:.0f} s", file=sys.stderr)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return sentences


def _pool(code: str, folder: Path) -> Pool:
    """Encoded once for both databases."""
    path = folder / f"{code}.npz"
    if not path.exists():
        own = pool(code)
        np.savez(path, sentences=np.array(own.sentences, object), news=own.news, vectors=own.vectors)
    with np.load(path, allow_pickle=True) as file:
        return Pool(file["sentences"].tolist(), int(file["news"]), file["vectors"])


def _fill_language(code: str, made: Any) -> None:
    batch: list[Passage] = []
    number = 0
    for number, (body, vector) in enumerate(made):
        words = cutting.words(body)
        plain = word_index.as_stored(p for word, p in zip(words, cutting.plain(words), strict=True) if p != word)
        batch.append(Passage(
            language=code, body=body, words=word_index.as_stored(words), plain=plain, words_by=cutting.CUT,
            vector=meaning.pack(vector[None])[0].tobytes(), vector_by=meaning.NAME,
        ))  # fmt: skip
        if len(batch) == 2_000:
            _write(code, number, batch)
            batch = []
    if batch:
        _write(code, number, batch)


def _write(code: str, number: int, batch: list[Passage]) -> None:
    with transaction.atomic():
        word_index.only_writer()
        kind = "answer" if number % 50_000 < 2_000 else "statement"
        things = Findable.objects.bulk_create(
            Findable(kind=kind, key=f"{code} {number} {place}", indexed=1) for place in range(len(batch))
        )
        for one, thing in zip(batch, things, strict=True):
            one.findable = thing
        indexing._write(batch)


def queries(sentences: dict[str, list[str]]) -> dict[str, list[tuple[str, str]]]:
    """Queries by sort: a few words, whole sentences, one common word; each with its language."""
    rng = np.random.default_rng(1)
    few, whole, common = [], [], []
    for code, own in sentences.items():
        for place in rng.integers(0, len(own), TIMED // len(sentences)):
            words = cutting.words(own[place])
            begin = int(rng.integers(0, max(1, len(words) - 3)))
            joined = "" if code in {"zh-hans", "th", "lo", "km", "my"} else " "
            few.append((joined.join(words[begin : begin + 3]), code))
            whole.append((own[place], code))
        often = max(cutting.words(" ".join(own[:300])), key=cutting.words(" ".join(own[:300])).count)
        common.append((often, code))
    return {"three words": few, "a whole sentence": whole, "the commonest word": common * 3}


def timed(asked: list[tuple[str, str]], **more: Any) -> list[float]:
    """Milliseconds of each."""
    taken = []
    for query, code in asked:
        begin = time.perf_counter()
        find(query, reader=code, languages=list(LANGUAGES), **more)
        taken.append((time.perf_counter() - begin) * 1_000)
    return taken


def upkeep(sentences: dict[str, list[str]]) -> dict[str, float]:
    """Milliseconds per thing, built as duties do it: all of it, and what of it the database takes."""
    codes = list(sentences)
    bodies = {f"new {n}": sentences[codes[n % 10]][n] + " " + sentences[codes[n % 10]][n + 1] for n in range(BUILT)}
    with transaction.atomic():
        want("city", bodies)

    def describe(keys: Any) -> dict[str, indexing.Described]:
        return {key: indexing.Described("/", [indexing.Piece(codes[int(key[4:]) % 10], bodies[key])]) for key in keys}

    taken: list[float] = []
    original: Callable[..., None] = indexing._write

    def watched(*given: Any) -> None:
        begin = time.perf_counter()
        original(*given)
        taken.append(time.perf_counter() - begin)

    setattr(indexing, "_write", watched)  # noqa: B010 - mypy knows it as a function
    begin = time.perf_counter()
    done = indexing.build(["city"], describe)
    all_of_it = time.perf_counter() - begin
    setattr(indexing, "_write", original)  # noqa: B010
    assert done == BUILT
    return {"all": all_of_it * 1_000 / BUILT, "database": sum(taken) * 1_000 / BUILT}


def main() -> None:
    """Fill, measure, print JSON."""
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    call_command("migrate", verbosity=0, skip_checks=True)
    begin = time.perf_counter()
    sentences = fill(count, folder)
    found: dict[str, Any] = {"filling": time.perf_counter() - begin, "store": type(vectors.chosen()).__name__}
    asked = queries(sentences)
    for query, code in asked["three words"][:10]:  # whatever is loaded on first use
        meaning.encode([query], code)
    before = memory()
    begin = time.perf_counter()
    timed(asked["three words"][:1])
    found["first"] = (time.perf_counter() - begin) * 1_000
    found["memory"] = memory() - before
    found["times"] = {name: timed(some) for name, some in asked.items()}
    found["times"]["three words, one kind"] = timed(asked["three words"], kinds=("answer",))
    found["upkeep"] = upkeep(sentences)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
