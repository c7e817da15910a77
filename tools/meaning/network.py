"""The network that is taught: a table per language, and layers that all of them share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from intercity.core.language.meaning.contract import WIDTH, Vectors


class Network:
    """Mean of word pieces → linear, beside a small curved layer → length 1.

    Parameters
    ----------
    tokenizers : SentencePiece processors by language
    width : numbers per word piece
    """

    def __init__(self, tokenizers: Mapping[str, Any], width: int) -> None:
        self.tokenizers = tokenizers
        self.tables = nn.ModuleDict(
            {
                code: nn.EmbeddingBag(pieces.get_piece_size(), width, mode="mean", sparse=True)
                for code, pieces in tokenizers.items()
            }
        )
        for table in self.tables.values():
            nn.init.normal_(table.weight, std=2 / width**0.5)
        self.layers = nn.ModuleDict(
            {"p": nn.Linear(width, WIDTH), "m1": nn.Linear(width, WIDTH), "m2": nn.Linear(WIDTH, WIDTH)}
        )
        nn.init.zeros_(self.layers["m2"].weight)
        nn.init.zeros_(self.layers["m2"].bias)

    def keep_layers(self, folder: Path) -> None:
        """Take the layers of weights that are there, and learn only tables: all other languages stay as they are."""
        with np.load(folder / "students.npz", allow_pickle=False) as arrays:
            kept = {name: torch.from_numpy(arrays[name].astype(np.float32)) for name in arrays.files if "." in name}
        self.layers.load_state_dict(kept)
        for parameter in self.layers.parameters():
            parameter.requires_grad_(False)

    def __call__(self, language: str, texts: Sequence[str], sampled: bool) -> Any:
        """Unit vectors of prepared texts; `sampled` cuts them into pieces a little differently every time."""
        options = {"enable_sampling": True, "alpha": 0.2, "nbest_size": -1} if sampled else {}
        cut = [pieces or [0] for pieces in self.tokenizers[language].encode(list(texts), out_type=int, **options)]
        starts = np.cumsum([0] + [len(pieces) for pieces in cut[:-1]])
        flat = torch.from_numpy(np.concatenate([np.asarray(pieces) for pieces in cut]))
        averages = self.tables[language](flat, torch.from_numpy(starts))
        curved = self.layers["m2"](functional.gelu(self.layers["m1"](averages)))
        return functional.normalize(self.layers["p"](averages) + curved, dim=-1)

    def encode(self, language: str, texts: Sequence[str]) -> Vectors:
        """The same as an array, without learning."""
        with torch.no_grad():
            blocks = [self(language, texts[i : i + 512], False).numpy() for i in range(0, len(texts), 512)]
        found: Vectors = np.concatenate(blocks)
        return found
