"""A model of sentence-transformers takes the place of the carried one; skipped where the extra is not installed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from intercity.core.language import meaning
from intercity.core.language.meaning import transformers
from intercity.core.language.similar import similar

WORDS = ["[UNK]", "trees", "ຕົ້ນໄມ້", "buses", "streets", "need"]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A static model of six words; the Lao word for trees gets the vector of the English one."""
    parts: Any = pytest.importorskip("sentence_transformers")
    modules: Any = pytest.importorskip("sentence_transformers.models")
    tokenizers = pytest.importorskip("tokenizers")
    words = tokenizers.models.WordLevel({word: i for i, word in enumerate(WORDS)}, unk_token="[UNK]")
    tokenizer = tokenizers.Tokenizer(words)
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    rows = np.random.default_rng(0).normal(size=(len(WORDS), 48)).astype(np.float32)
    rows[2] = rows[1]
    model = parts.SentenceTransformer(modules=[modules.StaticEmbedding(tokenizer, embedding_weights=rows)])
    model.save(str(tmp_path / "tiny"))
    return tmp_path / "tiny"


def test_it_encodes_as_the_carried_one_does(tiny: Path) -> None:
    encoder = meaning.encoder(tiny, ["en", "lo"])
    found = encoder.encode(["trees", "ຕົ້ນໄມ້", "buses", " "], ["en", "lo", "en", "en"])
    assert found.dtype == np.float32
    assert found.shape == (4, 512)
    assert found[0] @ found[1] == pytest.approx(1, abs=1e-5)
    assert found[0] @ found[2] < 0.5
    assert not found[3].any()
    assert np.allclose(meaning.unpack(meaning.pack(found)), found, atol=0.01)
    pairs = similar(found[:3], ["en", "lo", "en"], quality=encoder.quality, ground=(found[:0], []))
    assert (pairs.first[0], pairs.second[0]) == (0, 1)


def test_it_speaks_what_it_is_said_to_speak(tiny: Path) -> None:
    encoder = meaning.encoder(tiny, ["en", "lo"])
    assert (encoder.quality("lo"), encoder.quality("vi")) == ("good", "none")
    with pytest.raises(meaning.NoMeaningError, match="'vi'"):
        encoder.encode(["cây"], "vi")
    with pytest.raises(ValueError, match="Name the languages"):
        meaning.encoder(tiny)


def test_its_name_changes_with_its_bytes(tiny: Path) -> None:
    name = meaning.encoder(tiny, ["en"]).name
    assert len(name) <= 60
    assert name != meaning.NAME
    (tiny / "README.md").write_text("changed")
    assert meaning.encoder(tiny, ["en"]).name != name


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(meaning.WeightsError, match="no saved sentence-transformers model"):
        meaning.encoder(tmp_path, ["en"])


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(transformers, "find_spec", lambda _name: None)
    with pytest.raises(meaning.WeightsError, match=r"intercity\[sentence-transformers\]"):
        meaning.encoder(tmp_path, ["en"])


def test_the_carried_one_is_the_default() -> None:
    assert meaning.encoder().name == meaning.NAME


@pytest.mark.parametrize("width", [48, 512, 768, 1024])
def test_every_width_becomes_ours_and_keeps_cosines(width: int) -> None:
    vectors = np.random.default_rng(1).normal(size=(40, width)).astype(np.float32)
    vectors[20:] = vectors[:20] + 0.5 * vectors[20:]
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    changed = transformers._to_width(vectors)
    assert changed.shape == (40, 512)
    assert np.abs(changed @ changed.T - vectors @ vectors.T).max() < (1e-5 if width <= 512 else 0.2)
