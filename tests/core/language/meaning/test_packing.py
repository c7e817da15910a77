"""Bytes keep the direction of a vector."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from intercity.core.language.meaning import pack, unpack
from intercity.core.language.meaning.contract import Vectors

ROWS = arrays(np.float32, st.tuples(st.integers(0, 5), st.just(512)), elements=st.floats(-1, 1, width=32))


@settings(deadline=None, max_examples=30)
@given(ROWS)
def test_the_direction_is_kept(vectors: Vectors) -> None:
    vectors.flags.writeable = False
    packed = pack(vectors)
    assert packed.dtype == np.int8
    assert packed.shape == vectors.shape
    back = unpack(packed)
    length = np.linalg.norm(vectors.astype(np.float64), axis=1)
    cosine = (vectors * back).sum(axis=1)[length > 0] / length[length > 0]
    assert (cosine > 0.99).all()
    assert not back[length == 0].any()


def test_packing_what_was_unpacked_changes_nothing() -> None:
    packed = pack(np.random.default_rng(1).normal(size=(20, 512)).astype(np.float32))
    assert (np.abs(packed).max(axis=1) == 127).all()
    assert (pack(unpack(packed)) == packed).all()


@pytest.mark.parametrize("wrong", [np.zeros(512), np.full((1, 512), np.nan), np.full((1, 512), np.inf)])
def test_other_shapes_and_what_is_not_finite_are_refused(wrong: Vectors) -> None:
    with pytest.raises(ValueError, match="pack takes finite numbers"):
        pack(wrong)
