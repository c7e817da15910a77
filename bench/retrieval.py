"""What search finds: known sentences by some of their words, beside FTS5's tokenizers, and by their translations."""

from __future__ import annotations

import json
import sqlite3
import sys
from collections.abc import Callable, Sequence
from typing import Any

import django
import numpy as np

django.setup()

from django.core.management import call_command  # noqa: E402 - Django first

from bench.passages import LANGUAGES, SHARED  # noqa: E402
from intercity.core.language import cutting  # noqa: E402
from intercity.languages import indexing  # noqa: E402
from intercity.languages.searching import find  # noqa: E402
from intercity.languages.wanting import want  # noqa: E402

ASKED = 40
UNSPACED = {"zh-hans", "th", "lo", "km", "my"}


def sentences() -> dict[str, list[str]]:
    """FLORES-200 devtest: the same 1,012 sentences in each language; empty where they are not here."""
    folder = SHARED / "flores-devtest"
    if not folder.exists():
        return {}
    return {
        code: (folder / f"{file}.txt").read_text(encoding="utf-8").splitlines() for code, file in LANGUAGES.items()
    }


def index(said: dict[str, list[str]]) -> None:
    """Every language is a kind of thing, so that it can be searched alone."""
    for code, own in said.items():
        want(code, range(len(own)))
        bodies = {str(number): body for number, body in enumerate(own)}

        def describe(
            keys: Sequence[str], code: str = code, bodies: dict[str, str] = bodies
        ) -> dict[str, indexing.Described]:
            return {key: indexing.Described("/", [indexing.Piece(code, bodies[key])]) for key in keys}

        while indexing.build([code], describe):
            pass


def part(sentence: str, code: str, rng: np.random.Generator) -> str:
    """Three words in a row, as somebody remembers a sentence."""
    words = cutting.words(sentence)
    begin = int(rng.integers(0, max(1, len(words) - 2)))
    return ("" if code in UNSPACED else " ").join(words[begin : begin + 3])


def ours(code: str, kind: str) -> Callable[[str], list[int]]:
    """Our search, of a reader of one language, among sentences of another or the same."""

    def ask(query: str) -> list[int]:
        found = find(query, reader=code, languages=list(LANGUAGES), kinds=(kind,), most=10)
        return [int(hit.key) for hit in found.hits]

    return ask


def fts5(own: list[str], tokenizer: str) -> Callable[[str], list[int]]:
    """FTS5 as it comes, any of the words, the best by its own BM25."""
    database = sqlite3.connect(":memory:")
    database.execute(f"CREATE VIRTUAL TABLE said USING fts5(body, tokenize='{tokenizer}')")
    database.executemany("INSERT INTO said(rowid, body) VALUES (?, ?)", enumerate(own))

    def ask(query: str) -> list[int]:
        asked = " OR ".join('"' + word.replace('"', "") + '"' for word in query.split())
        rows = database.execute("SELECT rowid FROM said WHERE said MATCH ? ORDER BY rank LIMIT 10", (asked,))
        return [number for (number,) in rows]

    return ask


def rank(ask: Callable[[str], list[int]], queries: Sequence[tuple[str, int]]) -> list[float]:
    """How often the sentence was found among ten, how often first, and the mean of one divided by its rank."""
    places = [found.index(number) + 1 if number in (found := ask(query)) else 0 for query, number in queries]
    return [
        float(np.mean([place > 0 for place in places])),
        float(np.mean([place == 1 for place in places])),
        float(np.mean([1 / place if place else 0 for place in places])),
    ]


def measure(said: dict[str, list[str]]) -> dict[str, Any]:
    """By language: ours, FTS5's default and trigram for a few words; ours for translations, from English and to it."""
    found = {}
    for code, own in said.items():
        rng = np.random.default_rng(7)
        numbers = [int(number) for number in rng.choice(len(own), ASKED, replace=False)]
        few = [(part(own[number], code, rng), number) for number in numbers]
        whole = [(own[number], number) for number in numbers]
        english = [(said["en"][number], number) for number in numbers]
        found[code] = {
            "ours": rank(ours(code, code), few),
            "default": rank(fts5(own, "unicode61"), few),
            "trigram": rank(fts5(own, "trigram"), few),
            "from English": rank(ours("en", code), english),
            "to English": rank(ours(code, "en"), whole),
        }
    return found


def main() -> None:
    """Index, ask, print JSON; nothing where the sentences are absent."""
    said = sentences()
    if said:
        call_command("migrate", verbosity=0, skip_checks=True)
        index(said)
    print(json.dumps(measure(said) if said else {}))
    sys.stdout.flush()


if __name__ == "__main__":
    main()
