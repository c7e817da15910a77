"""Texts that may say the same are proposed, across languages, in small pools and in bunches."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intercity.core.language import meaning
from intercity.core.language.meaning.background import background
from intercity.core.language.meaning.contract import Vectors
from intercity.core.language.similar import THRESHOLDS, margins, similar

CODES = ("en", "zh", "th", "lo", "my", "vi")
ENGLISH = [
    "The streets need more trees",
    "Buses should run until midnight",
    "Tax forms must be shorter",
    "Our school has no library",
]
SAME = [
    ("zh", "街道需要更多的树木", 0),
    ("id", "Bus seharusnya beroperasi sampai tengah malam", 1),
    ("lo", "ຖະໜົນຕ້ອງການຕົ້ນໄມ້ຫຼາຍຂຶ້ນ", 0),
    ("vi", "Trường học của chúng tôi không có thư viện", 3),
]


def made(seed: int, count: int, *, near: float = 0.7) -> tuple[Vectors, list[str]]:
    """Random texts, some of them near to the one before."""
    generator = np.random.default_rng(seed)
    vectors = generator.normal(size=(count, 512)).astype(np.float32)
    for row in range(1, count, 3):
        vectors[row] = vectors[row - 1] * near + vectors[row] * (1 - near)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors.flags.writeable = False
    return vectors, [str(code) for code in generator.choice(CODES, count)]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32), st.integers(0, 40))
def test_likeness_has_no_direction(seed: int, count: int) -> None:
    vectors, languages = made(seed, count)
    found = margins(vectors, languages)
    assert found.shape == (count, count)
    assert np.allclose(found, found.T, atol=1e-5)
    assert (np.diag(found) == -2).all()
    assert (np.abs(found) <= 2).all()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32), st.integers(1, 60))
def test_similar_is_what_margins_say(seed: int, count: int) -> None:
    vectors, languages = made(seed, count)
    every, pairs = margins(vectors, languages), similar(vectors, languages)
    assert np.allclose(pairs.margin, every[pairs.first, pairs.second], atol=1e-5)
    kind = np.array([int(meaning.quality(code) == "good") for code in languages])
    over = np.triu(every / THRESHOLDS[kind[:, None], kind], 1) >= 1
    assert set(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == set(
        zip(*(side.tolist() for side in np.nonzero(over)), strict=True)
    )
    assert (np.diff(pairs.sureness) <= 0).all()
    assert (pairs.sureness >= 1).all()


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 2**32))
def test_those_asked_about_come_first_and_nobody_else(seed: int) -> None:
    vectors, languages = made(seed, 30)
    whole, some = similar(vectors, languages), similar(vectors, languages, [1, 4, 4])
    assert set(some.first.tolist()) <= {1, 4}
    expected = {frozenset(pair) for pair in zip(whole.first.tolist(), whole.second.tolist(), strict=True)}
    found = {frozenset(pair) for pair in zip(some.first.tolist(), some.second.tolist(), strict=True)}
    assert found == {pair for pair in expected if pair & {1, 4}}


@pytest.mark.parametrize("code", ["en", "lo"])
@pytest.mark.parametrize("copies", [2, 6, 40])
def test_the_same_words_are_proposed_however_often_they_come(code: str, copies: int) -> None:
    vectors, _ = made(3, 10, near=0)
    same = np.repeat(vectors[:1], copies, axis=0)
    pairs = similar(np.concatenate([same, vectors[1:]]), [code] * (copies + 9))
    assert set(pairs.first.tolist()) | set(pairs.second.tolist()) == set(range(copies))


@pytest.mark.parametrize(("language", "text", "same"), SAME)
def test_a_translation_is_proposed_and_nothing_else(language: str, text: str, same: int) -> None:
    vectors = meaning.encode([*ENGLISH, text], ["en"] * 4 + [language])
    pairs = similar(vectors, ["en"] * 4 + [language], [4])
    assert pairs.second.tolist() == [same]


def test_two_texts_alone_are_no_pair_by_being_alone() -> None:
    vectors = meaning.encode(ENGLISH[:2], "en")
    assert not len(similar(vectors, ["en", "en"]).first)
    assert not len(similar(vectors[:1], ["en"]).first)
    assert not len(similar(vectors[:0], []).first)


def test_a_blank_text_is_similar_to_nothing() -> None:
    vectors = np.zeros((3, 512), dtype=np.float32)
    assert not len(similar(vectors, ["en", "lo", "en"]).first)


def test_texts_without_meaning_are_similar_to_nothing_and_change_nothing() -> None:
    vectors = meaning.encode([ENGLISH[0], ENGLISH[0], ENGLISH[0]], "en")
    pairs = similar(vectors, ["en", "tet", "en"])
    assert (pairs.first.tolist(), pairs.second.tolist()) == ([0], [2])
    assert np.allclose(margins(vectors, ["en", "tet", "en"])[0, 2], margins(vectors[:2], ["en", "en"])[0, 1])
    assert vectors[1].any()


def test_shapes_must_fit() -> None:
    with pytest.raises(ValueError, match="one each is expected"):
        margins(np.zeros((2, 512), dtype=np.float32), ["en"])


def test_neutral_sentences_are_of_every_measured_language_and_may_not_be_changed() -> None:
    vectors, languages = background()
    assert {meaning.quality(code) for code in languages} == {"strong", "good"}
    assert len(set(languages)) == 12
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    with pytest.raises(ValueError, match="read-only"):
        vectors[0, 0] = 1
