"""A slate: a few statements that between them represent everyone, with the guarantee checked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Slate:
    """Statements that represent everyone.

    Attributes
    ----------
    statement : int64, shape (k,)
        In the order chosen: each adds most to those before it.
    covered : float64 in [0, 1], shape (k,)
        Share of participants who agree with at least one of the statements so far.
    largest_unrepresented : float >= 0
        Size of the largest set of people who agree on a statement outside the slate and with none inside it,
        in units of participants / k. Below 1: justified representation holds (Aziz et al. 2017).
    represented : bool
        The guarantee, as checked on the result.
    assumed : float in [0, 1]
        Share of approvals that were predicted, not cast.
    """

    statement: NDArray[np.int64]
    covered: NDArray[np.float64]
    largest_unrepresented: float
    represented: bool
    assumed: float
