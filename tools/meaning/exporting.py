"""Weights as the package reads them: int8 rows with a scale each, half floats for the rest, and what pins them."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from tools.meaning.network import Network


def export(network: Network, folder: Path, beside: Path | None = None) -> None:
    """Write students.npz and sha256sums.txt beside the models that are in the folder.

    `beside` are weights whose other languages are taken over, byte by byte.
    """
    arrays = _taken_over(beside, folder) if beside else {}
    for code, table in network.tables.items():
        rows = table.weight.detach().numpy()
        scale = np.abs(rows).max(axis=1, keepdims=True) / 127 + 1e-12
        arrays[f"q_{code}"] = np.rint(rows / scale).astype(np.int8)
        arrays[f"s_{code}"] = scale[:, 0].astype(np.float16)
    for name, value in network.layers.state_dict().items():
        arrays[name] = value.numpy().astype(np.float16)
    np.savez_compressed(folder / "students.npz", **arrays)
    pin(folder)


def _taken_over(beside: Path, folder: Path) -> dict[str, Any]:
    for model in beside.glob("*.model"):
        if not (folder / model.name).exists():
            shutil.copyfile(model, folder / model.name)
    with np.load(beside / "students.npz", allow_pickle=False) as arrays:
        return dict(arrays)


def pin(folder: Path) -> None:
    """List the SHA-256 of every file of weights, as the program sha256sum does."""
    files = sorted(path for path in folder.iterdir() if path.suffix in {".npz", ".model"})
    pins = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (folder / "sha256sums.txt").write_text("".join(pins), encoding="utf-8")
