"""`python -m tools.meaning PAIRS OUT [--without sdg udhr]`: teach all over again, in some ten minutes."""

from __future__ import annotations

import argparse
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from intercity.core.language.meaning.contract import Vectors
from intercity.core.language.meaning.students import prepared
from tools.meaning.background import write_background
from tools.meaning.exporting import export, pin
from tools.meaning.network import Network
from tools.meaning.pairs import Pairs, Row, read
from tools.meaning.pieces import learn
from tools.meaning.recipe import Recipe
from tools.meaning.sampling import Batch, Sampler, clustered
from tools.meaning.targets import targets
from tools.meaning.training import train


def by_language(pairs: Pairs, recipe: Recipe) -> tuple[dict[str, list[Row]], dict[str, list[Row]]]:
    """Prepared rows of each taught language: those to learn from, and the last of NTREX, which are held out."""
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in pairs.rows:
        if row.language in recipe.taught:
            rows[row.language].append(row._replace(text=prepared(row.text)))
    held = {code: [row for row in rows[code] if row.source == "ntrex"][-recipe.held_out :] for code in recipe.taught}
    kept = {code: set(some) for code, some in held.items()}
    return {code: [row for row in rows[code] if row not in kept[code]] for code in recipe.taught}, held


def goals_of(pairs: Pairs, recipe: Recipe, kept: Path) -> Vectors:
    """The targets, from a file if they were computed before: the file must be of the same pairs."""
    if not kept.exists():
        np.save(kept, targets(pairs, recipe.taught).astype(np.float16))
    found: Vectors = np.load(kept).astype(np.float32)
    if len(found) != len(pairs.anchors):
        raise SystemExit(f"{kept} is of other pairs: {len(found)} anchors, not {len(pairs.anchors)}. Remove it.")
    return found


def teach(pairs: Pairs, goals: Vectors, recipe: Recipe, out: Path, beside: Path | None = None) -> None:
    """Learn and write the weights; beside weights that are there, only the tables of the languages taught now."""
    torch.set_num_threads(1)
    torch.manual_seed(recipe.seed)
    rows, held = by_language(pairs, recipe)
    tokenizers = {code: learn(code, [row.text for row in rows[code]], recipe, out) for code in recipe.taught}
    cluster = clustered(goals, recipe.clusters, recipe.seed)
    samplers = {code: Sampler(rows[code], goals, cluster, recipe) for code in recipe.taught}
    unseen = {
        code: Batch([row.text for row in some], goals[[row.anchor for row in some]]) for code, some in held.items()
    }
    network = Network(tokenizers, recipe.width)
    if beside:
        network.keep_layers(beside)
    train(network, samplers, unseen, recipe)
    export(network, out, beside)
    write_background(pairs, recipe.held_out, out)
    pin(out)


def main() -> None:
    """Read the arguments and teach."""
    parser = argparse.ArgumentParser(prog="python -m tools.meaning", description=__doc__)
    parser.add_argument("pairs", type=Path, help="folder of SOURCE.en-LANG.tsv.gz")
    parser.add_argument("out", type=Path, help="folder for the weights, and for what is computed on the way")
    parser.add_argument("--without", nargs="*", default=[], metavar="SOURCE", help="sources kept for measuring")
    parser.add_argument("--only", nargs="*", metavar="LANGUAGE", help="languages to teach; all by default")
    parser.add_argument("--beside", type=Path, help="weights whose layers and other languages are kept as they are")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    recipe = replace(Recipe(), taught=tuple(chosen.only)) if chosen.only else Recipe()
    pairs = read(chosen.pairs, chosen.without)
    teach(pairs, goals_of(pairs, recipe, chosen.out / "targets.npy"), recipe, chosen.out, chosen.beside)


if __name__ == "__main__":
    main()
