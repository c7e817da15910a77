"""Votes whose signs were flipped by an export: found by the totals that stand beside them, and put right."""

from __future__ import annotations

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

Totals = dict[str, tuple[int, int]]

CLEAR = 0.5
"""One reading is taken if it leaves less than half of the disagreement that the other one leaves."""


def repair_signs(
    what: NDArray[np.int64], value: NDArray[np.int8], statements: list[str], totals: Totals
) -> tuple[NDArray[np.int8], str]:
    """The votes with agree = +1, and what was found out, in words; no words where all is well.

    Web exports of 2024 wrote agreement as -1. The totals of comments.csv tell: they count events rather than latest
    votes, so they need not match exactly, but one of the two readings must match much better.
    """
    agree = np.bincount(what[value > 0], minlength=len(statements))
    disagree = np.bincount(what[value < 0], minlength=len(statements))
    known = np.array([name in totals for name in statements], dtype=bool)
    told = np.array([totals.get(name, (0, 0)) for name in statements], dtype=np.int64).reshape(-1, 2)
    as_is = int((abs(told[:, 0] - agree) + abs(told[:, 1] - disagree))[known].sum())
    flipped = int((abs(told[:, 0] - disagree) + abs(told[:, 1] - agree))[known].sum())
    numbers = {"as_is": as_is, "flipped": flipped}
    if not told.any() or as_is == 0 or as_is < CLEAR * flipped:
        return value, ""
    if flipped < CLEAR * as_is:
        text = _(
            "The votes came with agreement as -1, as some exports of 2024 do, and were turned round: their totals "
            "then differ from those in comments.csv by %(flipped)d votes instead of %(as_is)d."
        )
        return (-value).astype(np.int8), text % numbers
    text = _(
        "It cannot be told from the totals in comments.csv whether agreement is +1 or -1 (they differ by %(as_is)d "
        "votes one way and %(flipped)d the other); +1 is assumed."
    )
    return value, text % numbers
