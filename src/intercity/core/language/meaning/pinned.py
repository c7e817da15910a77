"""Weights are read only if they are the very bytes that were measured."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType


class WeightsError(RuntimeError):
    """A file of weights is missing or differs from the one that was measured."""


def weights() -> Path:
    """The folder of our own weights, inside the installed package."""
    return Path(str(files(__package__) / "weights"))


def pins(listing: Path) -> Mapping[str, str]:
    """Names of files and their SHA-256, from a list as the program sha256sum writes it."""
    lines = (line.split(maxsplit=1) for line in listing.read_text(encoding="utf-8").splitlines() if line)
    return MappingProxyType({name.strip(): digest for digest, name in lines})


def checked(path: Path, expected: str) -> Path:
    """The same path, if the file has the expected SHA-256; takes some 15 ms for 20 MB."""
    if not path.is_file():
        raise WeightsError(f"{path} is missing. Install Intercity again: its package carries this file.")
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != expected:
        raise WeightsError(
            f"{path} is not the file that was measured: its SHA-256 is {found}, and {expected} is expected. "
            "Vectors of other weights cannot be compared with those stored. Install the pinned version again."
        )
    return path
