"""The loop: batch after batch, languages mixed, the rates going down as half a cosine."""

from __future__ import annotations

import random
import time
from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from tools.meaning.network import Network
from tools.meaning.recipe import Recipe
from tools.meaning.sampling import Batch, Sampler


def loss_of(found: Any, goals: Any, recipe: Recipe) -> Any:
    """Each text must find its goal among those of the batch, and each goal its text; and be near it."""
    alike = (goals @ goals.T >= recipe.alike).fill_diagonal_(False)
    scores = (found @ goals.T / recipe.temperature).masked_fill(alike, -1e4)
    own = torch.arange(len(scores))
    contrast = (functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own)) / 2
    return contrast + recipe.pull * (1 - (found * goals).sum(-1)).mean()


def train(network: Network, samplers: Mapping[str, Sampler], held_out: Mapping[str, Batch], recipe: Recipe) -> None:
    """Teach the network in place; prints the loss and, every fourth epoch, how held-out sentences are found."""
    tables = torch.optim.SparseAdam(list(network.tables.parameters()), lr=recipe.table_rate)
    layers = torch.optim.Adam(network.layers.parameters(), lr=recipe.layer_rate)
    order = [code for code, sampler in samplers.items() for _ in range(len(sampler))]
    shuffle, step, began = random.Random(recipe.seed), 0, time.process_time()  # noqa: S311 - no secret
    for epoch in range(recipe.epochs):
        shuffle.shuffle(order)
        total = 0.0
        for language in order:
            rate = (1 + np.cos(np.pi * step / (recipe.epochs * len(order)))) / 2
            _set_rate(tables, recipe.table_rate * rate + 1e-5)
            _set_rate(layers, recipe.layer_rate * rate + 1e-5)
            total += _learn(network, samplers[language].draw(), language, (tables, layers), recipe)
            step += 1
        shown = _progress(network, held_out) if epoch % 4 == 3 or epoch == recipe.epochs - 1 else ""
        print(
            f"epoch {epoch} loss {total / len(order):.3f} {time.process_time() - began:.0f} CPU s {shown}", flush=True
        )


def _learn(network: Network, batch: Batch, language: str, optimizers: tuple[Any, ...], recipe: Recipe) -> float:
    loss = loss_of(network(language, batch.texts, True), torch.from_numpy(batch.targets), recipe)
    for optimizer in optimizers:
        optimizer.zero_grad()
    loss.backward()
    for optimizer in optimizers:
        optimizer.step()
    return float(loss.detach())


def _set_rate(optimizer: Any, rate: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = rate


def _progress(network: Network, held_out: Mapping[str, Batch]) -> str:
    return " ".join(f"{code} {_found(network, code, batch):.3f}" for code, batch in held_out.items())


def _found(network: Network, language: str, batch: Batch) -> float:
    scores = network.encode(language, batch.texts) @ batch.targets.T
    return float((scores.argmax(axis=1) == np.arange(len(scores))).mean())
