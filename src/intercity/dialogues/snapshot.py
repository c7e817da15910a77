"""What is kept of an analysis to place one participant and to choose what is shown next, as npz."""

from __future__ import annotations

import io
from typing import Any

import numpy as np

from intercity.core.opinion import Analysis
from intercity.core.opinion.factors import Factors
from intercity.dialogues.imports import Conversation


def pack(conversation: Conversation, found: Analysis) -> bytes:
    """Counts by group and city, the opinion space, and where groups stand; statements by number, cities by name."""
    model, groups, cities = found.factors, found.by_group, found.by_city
    arrays: dict[str, Any] = {
        "statements": np.array([int(one.id) for one in conversation.statements], dtype=np.int64),
        "agree": groups.agree,
        "disagree": groups.disagree,
        "seen": groups.seen,
        "centre": found.groups.centre,
        "mean": model.mean,
        "appeal": model.appeal,
        "axis": model.axis,
        "noise": model.noise,
        "spread": np.array(model.spread),
        "lean_variance": model.lean_variance,
        "appeal_variance": model.appeal_variance,
        "uncertainty": model.uncertainty,
    }
    if cities is not None:
        arrays |= {
            "cities": np.array(conversation.cities[: len(cities.seen)]),
            "city_agree": cities.agree,
            "city_disagree": cities.disagree,
            "city_seen": cities.seen,
        }
    file = io.BytesIO()
    np.savez_compressed(file, **arrays)
    return file.getvalue()


def unpack(packed: bytes) -> dict[str, Any]:
    """The arrays by name."""
    with np.load(io.BytesIO(bytes(packed)), allow_pickle=False) as file:
        return dict(file)


def factors(arrays: dict[str, Any]) -> Factors:
    """The opinion space among unpacked arrays."""
    return Factors(
        mean=float(arrays["mean"]),
        appeal=arrays["appeal"],
        axis=arrays["axis"],
        noise=float(arrays["noise"]),
        spread=(float(arrays["spread"][0]), float(arrays["spread"][1])),
        lean_variance=float(arrays["lean_variance"]),
        appeal_variance=float(arrays["appeal_variance"]),
        uncertainty=arrays["uncertainty"],
    )
