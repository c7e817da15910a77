"""An operator's own encoder takes the place of the one that is carried along."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.languages import corpus

from intercity.core.language import meaning
from intercity.languages import indexing
from intercity.languages.models import Passage


class Counting:
    """Says that the meaning of a text is its length."""

    name = "counting 1"

    def encode(self, texts: Sequence[str], languages: str | Sequence[str]) -> meaning.Vectors:
        """Vectors of unit length."""
        vectors = np.zeros((len(texts), meaning.WIDTH), np.float32)
        vectors[np.arange(len(texts)), [len(text) % meaning.WIDTH for text in texts]] = 1
        return vectors

    def speaks(self, code: str) -> bool:
        """Only Tetum, of which the carried one knows nothing."""
        return code == "tet"

    def quality(self, code: str) -> meaning.Quality:
        """As `speaks` says."""
        return "good" if self.speaks(code) else "none"


def test_vectors_are_made_anew_by_another_encoder(
    db: None, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus.index()
    before = dict(Passage.objects.values_list("language", "vector_by"))
    assert (before["en"], before["tet"]) == (meaning.NAME, "")
    monkeypatch.setattr(meaning, "encoder", lambda _folder, _languages: Counting())
    settings.ENCODER, settings.ENCODER_LANGUAGES = tmp_path, ("tet",)
    assert indexing.renew_passages() > 0
    after = dict(Passage.objects.values_list("language", "vector_by"))
    assert (after["en"], after["tet"]) == ("", "counting 1")
    assert indexing.renew_passages() == 0
